//! Tests: what becomes of an outage that the log of a race cannot take at once.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use journal::{Ledger, Seq, SqliteStore};
use practice::{Begun, Fair, Header, Note, Origin, Practice, ShiftCause, Versions};
use sale::{Machine, Moment};
use scenario::{Course, Library, Overrides, Recipe};
use tokio::sync::{Semaphore, watch};

use super::{LoadedRace, Outage};
use crate::clock::{Clock, UnixTime};
use crate::context::{Capacity, Context, Health, Patience};
use crate::ids::{GuestId, RaceId};
use crate::index::Index;
use crate::keys::Keys;
use crate::outages::Outages;
use crate::shard::pace::Pace;
use crate::shard::revived::Revived;
use crate::sheet::{Sheet, about};
use crate::shows::{self, Asks};
use crate::snapshot_shelf::SnapshotShelf;
use crate::workshop::Workshop;

const HOUR: Duration = Duration::from_hours(1);
const RACE: RaceId = RaceId(7);

fn context(data: &Path) -> Context {
    let keys = Keys::of(b"a key");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let catalogue = runtime.block_on(shows::open(data, None, &keys)).unwrap();
    Context {
        keys,
        clock: Clock::start(Duration::ZERO),
        catalogue,
        asks: Asks::default(),
        index: Index::default(),
        outages: Outages::default(),
        patience: Patience { lost_after: HOUR, unload_after: HOUR, silent_after: HOUR },
        workshop: Workshop::start().unwrap(),
        health: watch::channel(Health::Serving).0,
        cause: OnceLock::new(),
        capacity: Capacity::default(),
        shelf: SnapshotShelf::default(),
        disk_bytes: AtomicU64::new(0),
        full_at: AtomicU64::new(0),
        saving: Arc::new(Semaphore::new(1)),
        settle: HOUR,
        loaded: AtomicUsize::new(0),
        disk_is_full: AtomicBool::new(false),
        asking: AtomicUsize::new(0),
        openings: crate::openings::Openings::default(),
    }
}

/// A race that began five minutes before `now`.
fn race(context: &Context, store: &mut SqliteStore, now: UnixTime) -> LoadedRace {
    let began_at = now.before(Duration::from_mins(5));
    let overrides = Overrides { rivals: Some(0), style: None };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap();
    let course = Course::new(recipe).unwrap();
    let (fair, ends_at) = (Fair::drawn(7), course.ends_at);
    let about = about(&course);
    let sheet = Sheet::new(RACE, &course, &about, ends_at, Origin { fair, shared: false });
    let host = GuestId(1).person();
    let begun = Some(Begun { host, at_unix_ns: began_at.as_nanos(), content: 0 });
    let header = Header { versions: Versions::HERE, fair, shared: false, ends_at, begun, about };
    let practice = Practice::new(course.scenario, fair, ends_at).unwrap();
    let ledger = Ledger::create(store, RACE.sale(), b"header", practice).unwrap();
    let revived = Revived { header, sheet, ledger, saved_through: Seq::NONE };
    LoadedRace::new(context, RACE, revived, now)
}

#[test]
fn a84_an_outage_that_the_log_cannot_take_at_once_is_taken_later() {
    let folder = tempfile::tempdir().unwrap();
    let context = context(folder.path());
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
