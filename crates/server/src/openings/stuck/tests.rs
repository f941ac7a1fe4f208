//! Tests of when a sale that was refused is tried again.

use std::time::Duration;

use super::Stuck;
use crate::clock::UnixTime;
use crate::ids::RaceId;

#[test]
fn k61_a_refused_sale_is_told_once_and_tried_again_more_and_more_rarely() {
    let (stuck, race, other) = (Stuck::default(), RaceId(1), RaceId(2));
    let mut now = UnixTime::from_millis(1_000_000);
    assert!(stuck.add(race, now), "the first refusal is told");
    assert!(stuck.waits(race, now));
    assert!(!stuck.waits(other, now), "other sales go on");
    for seconds in [5, 10, 20, 40, 80, 160, 320, 600, 600] {
        assert!(stuck.waits(race, now.after(Duration::from_millis(seconds * 1_000 - 1))));
        now = now.after(Duration::from_secs(seconds));
        assert!(!stuck.waits(race, now));
        assert!(!stuck.add(race, now), "a further refusal is not told");
    }
    assert!(stuck.remove(race));
    assert!(!stuck.remove(race));
    assert!(stuck.add(race, now), "what comes later is told again");
    assert!(!stuck.waits(race, now.after(Duration::from_secs(5))));
}
