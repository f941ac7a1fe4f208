//! The checks of a finished history. The order of the log must explain every answer, and a race
//! that is run again from the log alone must equal the recovered one.

use crowd::{Race, ignore};
use journal::Record;
use practice::{Became, Objection, Practice};
use sale::{Hash, Machine, Moment, Sale, Seat, SeatState, Stamped, Tag};

use crate::dice::Dice;
use crate::history::{Fate, History, Submission};
use crate::observer::Observer;
use crate::world::Show;

/// The state of a race or a practice, for comparisons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The digest of all events.
    pub hash: Hash,
    /// The snapshot: the whole state as bytes.
    pub snapshot: Vec<u8>,
}

impl State {
    /// The state of a race.
    pub fn of(race: &Race) -> Self {
        Self { hash: race.hash(), snapshot: race.snapshot() }
    }

    /// The state of a practice: the race, and its members with their runs, answers and marks.
    pub fn of_practice(practice: &Practice) -> Self {
        Self { hash: practice.hash(), snapshot: practice.snapshot() }
    }
}

/// The states of all seats of a sale, in the order of their numbers.
pub fn seat_states(sale: &Sale) -> Vec<protocol::SeatState> {
    let state = |seat| match sale.seat_state(seat) {
        SeatState::Free => protocol::SeatState::Free,
        SeatState::Held => protocol::SeatState::Held,
        SeatState::Sold => protocol::SeatState::Sold,
    };
    (0..sale.layout().seat_count()).map(|seat| state(Seat(seat))).collect()
}

/// Checks that the order of the log respects real time (rule G3): if one command was answered
/// before another one was asked, it comes before that one.
///
/// # Panics
///
/// If the order does not respect real time.
pub fn order_respects_time(history: &History) {
    let order: Vec<&Submission> = history.witnessed().collect();
    let sorted = order.is_sorted_by_key(|submission| {
        (submission.position + usize::from(submission.decided.is_ok()), submission.at)
    });
    assert!(sorted, "the log has the order in which the commands were decided");
    let mut told_first = u64::MAX;
    for submission in order.into_iter().rev() {
        assert!(
            submission.asked < told_first,
            "a later command of the log was answered before this one was asked: {submission:?}"
        );
        told_first = told_first.min(submission.told.unwrap_or(u64::MAX));
    }
}

/// Checks every answer against a race without faults that is asked the same commands in the order
/// of the log (rule G3). Returns the digest of that race at `end`.
///
/// # Panics
///
/// If an answer differs.
pub fn answers_are_those_of_a_replay(show: &Show, history: &History, end: Moment) -> Hash {
    let mut race = show.race();
    for submission in history.witnessed() {
        let decided = race.handle(submission.at, submission.command, ignore);
        assert_eq!(decided, submission.decided, "the replay decides otherwise: {submission:?}");
    }
    race.advance(end, ignore);
    race.hash()
}

/// Checks that a recovered race knows every accepted request of a member that was answered: sent
/// again it has the same outcome, and another request under its key is refused (rules J11, J14). The
/// member is still the same person (rule G12).
/// Returns how many keys it tried.
///
/// # Panics
///
/// If the race would answer otherwise.
pub fn keys_belong_to_their_requests(practice: &Practice, history: &History) -> u64 {
    let mut count = 0;
    for submission in &history.submissions {
        let &Submission { command, tag, decided, told, fate, .. } = submission;
        let sender = command.visitor();
        let member = practice.members().iter().find(|member| Some(member.visitor()) == sender);
        let (Some(member), Ok(outcome), Some(_), Fate::Stands) = (member, decided, told, fate)
        else {
            continue;
        };
        count += 1;
        let person = Some(member.person());
        assert_eq!(person, submission.person, "the answer is another person's: {submission:?}");
        let earlier = member.earlier(tag);
        let is_same = matches!(earlier, Ok(Some(Became::Answered(known)))
            if (known.command, known.outcome) == (command, outcome));
        assert!(is_same, "the race forgot a request: {submission:?} became {earlier:?}");
        let other = Tag { content: !tag.content, ..tag };
        assert_eq!(member.earlier(other), Err(Objection::KeyReused), "{submission:?}");
    }
    count
}

/// Checks the refusals of owners who had lost the sale and did not know it: each refusal was right
/// after the records that this owner knew.
///
/// # Panics
///
/// If a refusal was wrong.
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
        assert_eq!(decided, submission.decided, "this refusal was never right: {submission:?}");
    }
}

/// Runs a race again from the log, without faults, snapshots or stops, and returns its state at
/// `end`. An observer follows it, and its events must be those that were published.
///
/// # Panics
///
/// If the observer objects or other events were published.
pub fn undisturbed(show: &Show, history: &History, end: Moment) -> State {
    let (rules, layout) = (show.scenario.rules.clone(), show.scenario.layout.clone());
    let (mut race, mut observer) = (show.race(), Observer::new(rules, layout));
    let mut published = history.published.iter();
    let mut see = |_: &Race, event: &Stamped| {
        observer.see(event);
        if let Some(told) = published.next() {
            assert_eq!(told, event, "the published event (left) is not what happened (right)");
        }
    };
    for record in &history.records {
        let decided = race.handle(record.at, record.command, &mut see);
        assert!(decided.is_ok(), "an accepted command is refused: {record:?}");
    }
    race.advance(end, &mut see);
    assert_eq!(published.next(), None, "an event was published that never happened");
    observer.check(race.sale());
    State::of(&race)
}

/// Runs a race again from the log and returns its state at `end`. Between the records, its time
/// goes on in steps that the dice choose.
///
/// # Panics
///
/// If the race refuses a record.
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
    assert!(decided.is_ok(), "an accepted command is refused: {record:?}");
}

#[cfg(test)]
mod tests;
