//! Orders of the log that respect real time, and orders that do not.

use std::panic::catch_unwind;

use journal::Epoch;
use sale::{Command, Outcome, Visitor};

use super::*;

/// A history of submissions, given as (asked, told) in the order of the log. A `told` of 0 means
/// that no answer was given.
fn history(times: &[(u64, u64)]) -> History {
    let mut history = History::new(Epoch(1));
    for (position, &(asked, told)) in times.iter().enumerate() {
        history.submissions.push(Submission {
            at: Moment::from_nanos(position as u64),
            command: Command::Pay { visitor: Visitor(1) },
            person: None,
            tag: Tag::new(1, 0).expect("a key"),
            decided: Ok(Outcome::Left),
            position,
            asked,
            told: (told > 0).then_some(told),
            fate: Fate::Stands,
        });
    }
    history
}

#[test]
fn g3_a_command_that_was_answered_first_comes_first() {
    let overlapping = history(&[(1, 9), (2, 3), (4, 8)]);
    order_respects_time(&overlapping);
    order_respects_time(&history(&[(1, 0), (2, 0), (4, 5)]));
    let backwards = history(&[(5, 6), (1, 2)]);
    assert!(catch_unwind(|| order_respects_time(&backwards)).is_err());
}

#[test]
fn g7_a_race_in_steps_equals_a_race_at_once() {
    let show = Show::new(3, 0);
    let history = History::new(Epoch(1));
    let end = Moment::from_millis(60_000);
    let once = undisturbed(&show, &history, end);
    for seed in 0..5 {
        assert_eq!(in_steps(&show, &[], end, &mut Dice::new(seed, 1)), once);
    }
}
