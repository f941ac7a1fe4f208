//! What a history accepts, and what it objects to.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sale::{Refusal, Visitor};

use super::*;

/// A history of `count` accepted commands, one in each batch, of which the first `safe` are on
/// disk.
fn history(count: u64, safe: u64) -> History {
    let mut history = History::new(Epoch(1));
    for number in 1..=count {
        history.submitted(submission(number, Ok(Outcome::Left)));
        history.sealed(Seq(number));
        if number <= safe {
            history.saved(Seq(number));
        }
    }
    history
}

fn submission(number: u64, decided: Result<Outcome, Refusal>) -> Submission {
    let command = Command::Pay { visitor: Visitor(1) };
    let position = usize::try_from(number - 1).expect("a small number");
    let at = Moment::from_nanos(number);
    let fate = Fate::Stands;
    let tag = Tag::new(number, 0).expect("a key from 1 on");
    let person = Some(PersonId(1));
    Submission { at, command, person, tag, decided, position, asked: number * 10, told: None, fate }
}

fn log(history: &History, batches: usize) -> Vec<Vec<Record>> {
    history.records[..batches].iter().map(|record| vec![*record]).collect()
}

fn objects<T>(what: impl FnOnce() -> T) -> bool {
    catch_unwind(AssertUnwindSafe(what)).is_err()
}

const LEFT: Answer = Answer::Decided(Ok(Outcome::Left));

#[test]
fn g5_an_answer_before_its_batch_is_on_disk_is_objected_to() {
    history(3, 2).answered(Caller(1), LEFT, 31);
    assert!(objects(|| history(3, 2).answered(Caller(2), LEFT, 31)));
    history(3, 2).answered(Caller(2), Answer::Unknown, 31);
    let mut refused = history(3, 2);
    refused.submitted(submission(4, Err(Refusal::NoHold)));
    let told = Answer::Decided(Err(Refusal::NoHold));
    assert!(objects(|| refused.answered(Caller(3), told, 41)), "a refusal waits as well");
}

#[test]
fn g5_each_command_is_answered_once_with_its_decision() {
    let mut history = history(1, 1);
    let other = Answer::Decided(Ok(Outcome::Pooled));
    assert!(objects(|| history.clone().answered(Caller(0), other, 11)));
    history.answered(Caller(0), LEFT, 11);
    assert!(objects(|| history.answered(Caller(0), LEFT, 12)));
}

#[test]
fn g5_a_log_without_a_batch_that_was_on_disk_is_objected_to() {
    let told = history(4, 2);
    for (found, is_fine) in [(1, false), (2, true), (3, true), (4, true)] {
        let objected = objects(|| told.clone().found(&log(&told, found)));
        assert_eq!(objected, !is_fine, "{found} batches");
    }
    let mut more = log(&told, 4);
    more.push(more[0].clone());
    assert!(objects(|| told.clone().found(&more)), "nobody sealed the fifth batch");
    let mut other = log(&told, 4);
    other[3][0].at = Moment::from_nanos(77);
    assert!(objects(|| told.clone().found(&other)), "the fourth batch has another record");
}

#[test]
fn g5_a_command_that_a_crash_took_is_not_answered_afterwards() {
    let mut history = history(4, 2);
    let aftermath = history.found(&log(&history, 3));
    assert_eq!(aftermath, Aftermath { lost: 1, kept: 1 });
    assert_eq!(history.safe_records(), 3);
    history.answered(Caller(2), LEFT, 51);
    assert!(objects(|| history.answered(Caller(3), LEFT, 52)));
}
