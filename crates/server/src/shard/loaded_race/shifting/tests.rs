//! Tests: what becomes of an outage that the log of a race cannot take at once.

use std::time::Duration;

use journal::SqliteStore;
use practice::{Note, ShiftCause};
use sale::{Machine, Moment};

use super::super::for_tests::race;
use super::Outage;
use crate::context::Context;
use crate::shard::pace::Pace;

#[test]
fn a84_an_outage_that_the_log_cannot_take_at_once_is_taken_later() {
    let folder = tempfile::tempdir().unwrap();
    let context = Context::for_tests(folder.path());
    let mut store = SqliteStore::open(&folder.path().join("journal")).unwrap();
    let now = context.clock.now();
    let ago = |seconds| now.before(Duration::from_secs(seconds));
    let mut race = race(&context, &mut store, now);
    race.outages.push_back(Outage { from: ago(290), until: ago(30) });
    while race.note_at(Moment::START, None, &Note::Told).is_ok() {}
    assert_eq!(race.tick(&context, now), Pace::Behind, "the batch is full");
    assert_eq!(Machine::now(race.practice()), Moment::from_millis(10_000));
    let batch = race.take_batch().unwrap();
    race.handle_appended(&context, batch.seq, &Ok(()));
    while race.go_on(&context) == Pace::Behind {}
    assert_eq!(Machine::now(race.practice()), Moment::from_millis(40_000));
    let shifts: Vec<_> =
        race.practice().shifts().iter().map(|shift| (shift.at, shift.by)).collect();
    assert_eq!(shifts, [(Moment::from_millis(10_000), sale::Span::from_millis(260_000))]);
    assert_eq!(race.practice().shifts()[0].cause, ShiftCause::Outage);
    context.workshop.close();
}
