//! Tests: what a moment of the clock is in race time, and how long a list of shifts becomes.

use alloc::vec::Vec;

use sale::{Moment, Span};

use super::{Shift, ShiftCause, Start, add, last_outage_end, start_after};
use crate::limits::SHIFTS_MAX;

const SECOND_NS: u64 = 1_000_000_000;

fn shift(at_s: u64, by_s: u64, cause: ShiftCause) -> Shift {
    Shift { at: Moment::from_millis(at_s * 1000), by: Span::from_millis(by_s * 1000), cause }
}

#[test]
fn j27_a_moment_of_the_clock_keeps_the_race_time_that_it_had() {
    use ShiftCause::{Forward, Outage};
    // Race time 30 came at second 130. Then an outage of 60 seconds, then a jump over 100 seconds at race time 50.
    let shifts = [shift(30, 60, Outage), shift(50, 100, Forward), shift(200, 5, Outage)];
    let start = Start { began_ms: 100_000.0, shifts: &shifts };
    let cases = [
        (110.0, 10.0),
        (130.0, 30.0),
        (131.0, 30.0),
        (190.0, 30.0),
        (200.0, 40.0),
        (210.0, 50.0),
        (211.0, 151.0),
        (260.0, 200.0),
        (262.0, 200.0),
        (270.0, 205.0),
    ];
    for (unix_s, race_s) in cases {
        let off_ms = start.race_ms(unix_s * 1000.0) - race_s * 1000.0;
        assert!(off_ms.abs() < 1e-6, "at second {unix_s}: off by {off_ms} ms");
    }
    assert_eq!(start_after(100 * SECOND_NS, &shifts), 65 * SECOND_NS);
    assert_eq!(last_outage_end(100 * SECOND_NS, &shifts), 265 * SECOND_NS);
    assert_eq!(last_outage_end(100 * SECOND_NS, &shifts[..2]), 190 * SECOND_NS);
    assert_eq!(last_outage_end(7, &[]), 7);
}

#[test]
fn j27_a_list_of_shifts_has_a_limit_and_loses_no_time() {
    let mut shifts = Vec::new();
    for at_s in 0..SHIFTS_MAX as u64 + 50 {
        add(&mut shifts, shift(at_s, 3, ShiftCause::Outage));
    }
    assert_eq!(shifts.len(), SHIFTS_MAX);
    assert_eq!(start_after(0, &shifts), (SHIFTS_MAX as u64 + 50) * 3 * SECOND_NS);
}
