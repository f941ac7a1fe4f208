//! A race in memory that runs in no server, for tests of its parts.

use std::time::Duration;

use journal::{Ledger, Seq, SqliteStore};
use practice::{Begun, Fair, Header, Origin, Practice, Versions};
use scenario::{Course, Library, Overrides, Recipe};

use super::LoadedRace;
use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::{GuestId, RaceId};
use crate::shard::revived::Revived;
use crate::sheet::{Sheet, about};

pub(super) const RACE: RaceId = RaceId(7);

/// A race without rivals that began five minutes before `now`. Guest 1 is its host.
pub(super) fn race(context: &Context, store: &mut SqliteStore, now: UnixTime) -> LoadedRace {
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
