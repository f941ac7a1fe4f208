//! Tests: a tally is read as it was kept.

use journal::KeptResult;
use practice::PersonId;
use protocol::{Ending, PressParts, StepKey, StepTook};

use super::{Tally, tally_key};

#[test]
fn j31_a_tally_is_read_as_it_was_kept() {
    let mut steps = [None; 7];
    (steps[0], steps[6]) = (Some(-12.5), Some(90_000.0));
    let parts = PressParts { reaction_ms: Some(180.5), network_ms: None, error_ms: Some(3.0) };
    let press = Some(Box::new(parts));
    let (ending, place, recovery) = (Ending::Done, Some(7), Some(1_800.0));
    let tally = Tally { ending, place, steps, recovery, goal: Some(250.25), press };
    let kept = tally.to_result();
    assert_eq!(Tally::read(&kept), Some(tally.clone()));
    let steps: Vec<StepTook> = tally.steps().collect();
    let took = |key, took_ms| StepTook { key, took_ms };
    assert_eq!(steps, [took(StepKey::Press, -12.5), took(StepKey::Paid, 90_000.0)]);
    let (newer, damaged) =
        (KeptResult { version: 3, ..kept.clone() }, KeptResult { bytes: b"{}".to_vec(), ..kept });
    assert_eq!((Tally::read(&newer), Tally::read(&damaged)), (None, None));
}

#[test]
fn j31_a_tally_is_kept_under_another_number_than_the_report() {
    let keys: Vec<u128> = (0..100).map(|number| tally_key(PersonId(number))).collect();
    let different: std::collections::HashSet<_> = keys.iter().copied().chain(0..100).collect();
    assert_eq!(different.len(), 200);
}
