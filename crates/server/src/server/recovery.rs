//! What a server finds in its data folder when it starts.

use std::path::{Path, PathBuf};
use std::time::Duration;

use journal::{BoxError, Log, SaleId, SqliteStore, Store};
use practice::Header;
use scenario::Recipe;

use super::error::ServerError;
use crate::clock::{Clock, UnixTime};
use crate::data_folder;
use crate::ids::RaceId;
use crate::index::{Access, Index};
use crate::keys::{KeyNeed, Keys};
use crate::outages::{Outages, Pulse};
use crate::plan_address::PlanAddress;
use crate::rooms::RoomStore;
use crate::snapshot_shelf::{Kept, SnapshotShelf};

/// By how much the clock may be behind the journal before the server says so.
const CLOCK_ERROR: Duration = Duration::from_secs(2);

/// After so much time in which the journal was not used the server asks whether the clock is right.
const IDLE_LONG: Duration = Duration::from_hours(7 * 24);

/// The contents of a data folder.
pub(super) struct Opened {
    pub(super) keys: Keys,
    pub(super) store: SqliteStore,
    pub(super) index: Index,
    pub(super) shelf: SnapshotShelf,
    /// When the journal was last written to.
    pub(super) used_at: Option<UnixTime>,
    pub(super) clock: Clock,
    pub(super) outages: Outages,
    pub(super) pulse: Pulse,
    pub(super) rooms: RoomStore,
}

pub(super) fn journal_path(data: &Path) -> PathBuf {
    data.join("journal.sqlite")
}

/// Opens what is in a data folder, and makes what is not.
pub(super) fn open(data: &Path, clock_ahead: Duration) -> Result<Opened, ServerError> {
    let folder = |source| ServerError::Folder { path: data.to_owned(), source };
    data_folder::make(data).map_err(folder)?;
    let path = journal_path(data);
    let broken = |source| ServerError::Journal { path: path.clone(), source };
    let mut store = SqliteStore::open(&path).map_err(broken)?;
    for notice in store.notices() {
        tracing::warn!(%notice, "something is odd about the journal");
    }
    let sales = store.sales().map_err(broken)?;
    let key = data.join("secret.key");
    let keys = Keys::open(&key, if sales.is_empty() { KeyNeed::None } else { KeyNeed::Signed });
    let keys = keys.map_err(|source| ServerError::Key { path: key, source })?;
    let rooms = data.join("rooms.sqlite3");
    let rooms =
        RoomStore::open(&rooms).map_err(|source| ServerError::Rooms { path: rooms, source })?;
    data_folder::close_to_others(data).map_err(folder)?;
    let used_at = store.last_mark_time().map(UnixTime::from_nanos);
    let index = survey(&mut store, &sales);
    let shelf = SnapshotShelf::default();
    for (sale, bytes) in store.snapshot_sizes().map_err(broken)? {
        let (race, network) = (RaceId(sale.0), None);
        shelf.put(Kept { race, bytes, guest: index.host_of(race), network });
    }
    // The server is away until here: opening a large journal takes a while.
    let clock = Clock::start(clock_ahead);
    let outages = Outages::open(data, clock.now(), used_at).map_err(folder)?;
    let mut pulse = Pulse::of(data);
    pulse.beat(clock.now());
    index.pass_outages(&outages);
    Ok(Opened { keys, store, index, shelf, used_at, clock, outages, pulse, rooms })
}

/// Reads the header of every race. If it does not understand a header, it logs that and leaves the
/// race alone.
fn survey(store: &mut SqliteStore, sales: &[SaleId]) -> Index {
    let index = Index::default();
    for &sale in sales {
        let id = RaceId(sale.0);
        let header = match Log::header_of(store, sale) {
            Ok(header) => read_header(&header),
            Err(error) => {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(race.id = %id, error = cause, "a race is damaged");
                index.add_damaged(id);
                continue;
            }
        };
        match header {
            Ok((header, plan)) => {
                index.add(id, &header, plan, Access::of(&header));
                if header.about.performance.is_some() {
                    // What cannot be read is known again once the race was loaded.
                    index.note_visited(id, store.kept_for(sale).unwrap_or_default());
                }
            }
            Err(error) => {
                tracing::error!(race.id = %id, error = &*error, "a header is not understood");
                index.add_damaged(id);
            }
        }
    }
    index
}

/// Says so if the clock does not fit the time at which the journal was last used. The server goes on: the
/// operator decides which is wrong. Until it has run for [`settle`](crate::Retention::settle) it removes nothing.
pub(super) fn check_clock(now: UnixTime, used_at: Option<UnixTime>) {
    let Some(used_at) = used_at else { return };
    if now.after(CLOCK_ERROR) < used_at {
        let seconds = used_at.since(now) / 1_000_000_000;
        tracing::warn!(seconds, "the clock is behind the journal: set the clock and start again");
    }
    let idle = Duration::from_nanos(now.since(used_at));
    if idle > IDLE_LONG {
        let days = idle.as_secs() / (24 * 60 * 60);
        tracing::warn!(days, "the journal was not used for long: if it was, the clock is ahead");
    }
}

/// A race's header, and the address of the plan in its recipe.
fn read_header(bytes: &[u8]) -> Result<(Header, PlanAddress), BoxError> {
    let (header, recipe) = Header::decode_whole(bytes)?;
    Ok((header, PlanAddress::of(Recipe::from_json(&recipe)?.plan_text())))
}
