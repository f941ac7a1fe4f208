//! Each log-in ends once.

use std::time::Duration;

use super::*;

fn state(number: usize) -> [u8; 32] {
    let mut state = [0; 32];
    state[..8].copy_from_slice(&number.to_le_bytes());
    state
}

#[test]
fn l8_a_log_in_ends_once_and_old_ones_make_room() {
    let mut used = UsedStates::default();
    let now = UnixTime::default().after(Duration::from_hours(1));
    let until = now.after(Duration::from_mins(10));
    assert!(used.take(now, state(0), until));
    assert!(!used.take(now, state(0), until));
    for number in 1..LOG_INS_USED_MAX {
        assert!(used.take(now, state(number), until));
    }
    assert!(!used.take(now, state(LOG_INS_USED_MAX), until), "no more than the limit");
    assert!(used.take(until, state(LOG_INS_USED_MAX), until.after(Duration::from_mins(10))));
}
