//! The checks of a finished history: an order of the log that explains every answer, and races run
//! anew from the log alone, which must be the one that was recovered.

use crowd::{Race, ignore};
use journal::Record;
use practice::Practice;
use sale::{Hash, Machine, Moment, Sale, Seat, SeatState, Stamped};

use crate::dice::Dice;
use crate::history::{History, Submission};
use crate::observer::Observer;
use crate::world::Show;

/// What a race or a practice has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The digest of all that happened.
    pub hash: Hash,
    /// The whole state as bytes.
    pub snapshot: Vec<u8>,
}

impl State {
    /// That of a race.
    pub fn of(race: &Race) -> Self {
        Self { hash: race.hash(), snapshot: race.snapshot() }
    }

    /// That of a practice: the race, and its members with their runs, answers and marks.
    pub fn of_practice(practice: &Practice) -> Self {
        Self { hash: practice.hash(), snapshot: practice.snapshot() }
    }
}

/// Every seat of a sale in order, as everybody may know it.
pub fn seat_states(sale: &Sale) -> Vec<protocol::SeatState> {
    let state = |seat| match sale.seat_state(seat) {
        SeatState::Free => protocol::SeatState::Free,
        SeatState::Held => protocol::SeatState::Held,
        SeatState::Sold => protocol::SeatState::Sold,
    };
    (0..sale.layout().seat_count()).map(|seat| state(Seat(seat))).collect()
}

/// Whoever was told something before another one asked comes before that one: log order respects
/// real time.
///
/// # Panics
///
/// If it does not.
pub fn order_respects_time(history: &History) {
    let order: Vec<&Submission> = history.witnessed().collect();
    let sorted = order.is_sorted_by_key(|submission| {
        (submission.position + usize::from(submission.decided.is_ok()), submission.at)
    });
    assert!(sorted, "the log has the order in which it was decided");
    let mut told_first = u64::MAX;
    for submission in order.into_iter().rev() {
        assert!(
            submission.asked < told_first,
            "something later in the log was told before this was asked: {submission:?}"
        );
        told_first = told_first.min(submission.told.unwrap_or(u64::MAX));
    }
}

/// Every answer is the one that a race without faults gives when asked the same in the order of the
/// log. Gives what that race has come to by `end`.
///
/// # Panics
///
/// If one differs.
pub fn answers_are_those_of_a_replay(show: &Show, history: &History, end: Moment) -> Hash {
    let mut race = show.race();
    for submission in history.witnessed() {
        let decided = race.handle(submission.at, submission.command, ignore);
        assert_eq!(decided, submission.decided, "a replay decides otherwise: {submission:?}");
    }
    race.advance(end, ignore);
    race.hash()
}

/// What an owner told that had lost the sale unknowingly was so as far as its log went.
///
/// # Panics
///
/// If it was not.
pub fn stale_refusals_were_true(show: &Show, history: &History) {
    let mut refusals: Vec<_> = history.stale_refusals().collect();
    refusals.sort_by_key(|submission| submission.position);
    let (mut race, mut fed) = (show.race(), 0);
    for submission in refusals {
        for record in &history.records[fed..submission.position] {
            feed(&mut race, record);
        }
        fed = submission.position;
        let mut fork = race.clone();
        let decided = fork.handle(submission.at, submission.command, ignore);
        assert_eq!(decided, submission.decided, "never true: {submission:?}");
    }
}

/// A race fed the log without faults, snapshots or stops, seen by an observer: what was published
/// must be what happened in it.
///
/// # Panics
///
/// If the observer objects or something else was published.
pub fn undisturbed(show: &Show, history: &History, end: Moment) -> State {
    let (rules, layout) = (show.scenario.rules.clone(), show.scenario.layout.clone());
    let (mut race, mut observer) = (show.race(), Observer::new(rules, layout));
    let mut published = history.published.iter();
    let mut see = |_: &Race, event: &Stamped| {
        observer.see(event);
        if let Some(told) = published.next() {
            assert_eq!(told, event, "what was published happened otherwise");
        }
    };
    for record in &history.records {
        let decided = race.handle(record.at, record.command, &mut see);
        assert!(decided.is_ok(), "what was accepted is refused: {record:?}");
    }
    race.advance(end, &mut see);
    assert_eq!(published.next(), None, "something was published that never happened");
    observer.check(race.sale());
    State::of(&race)
}

/// The same race, told to go on in between at moments of chance.
///
/// # Panics
///
/// If what was accepted is refused.
pub fn in_steps(show: &Show, records: &[Record], end: Moment, dice: &mut Dice) -> State {
    let mut race = show.race();
    let mut at = Moment::START;
    for record in records {
        step_through(&mut race, at, record.at, dice);
        feed(&mut race, record);
        at = record.at;
    }
    step_through(&mut race, at, end, dice);
    race.advance(end, ignore);
    State::of(&race)
}

fn step_through(race: &mut Race, from: Moment, to: Moment, dice: &mut Dice) {
    for _ in 0..dice.below(5) {
        let width = to.since(from).as_nanos();
        let at = Moment::from_nanos(from.as_nanos() + dice.below(width + 1));
        race.advance(at, ignore);
    }
}

fn feed(race: &mut Race, record: &Record) {
    let decided = race.handle(record.at, record.command, ignore);
    assert!(decided.is_ok(), "what was accepted is refused: {record:?}");
}

#[cfg(test)]
mod tests;
