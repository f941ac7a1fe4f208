//! What a server is started with.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::context::{Capacity, Patience};
use crate::http::{ConnectionLimits, Front, MetricsAt, RequestRates};
use crate::providers::ProviderOptions;
use crate::rooms::Timetable;
use crate::shows::DatabaseUrl;

/// How long a race is kept after its time is over, unless the operator sets another time.
const KEEP: Duration = Duration::from_hours(30 * 24);

/// How long a server runs before it removes anything.
const SETTLE: Duration = Duration::from_hours(24);

/// The options of a server.
#[derive(Clone, Debug)]
pub struct Options {
    /// The address to listen on. Port 0 takes any free port.
    pub listen: SocketAddr,
    /// The folder of the journal and the key. The server makes it if it does not exist.
    pub data: PathBuf,
    /// A folder of scenarios, plans, styles … that take the place of the built-in ones.
    pub library: Option<PathBuf>,
    /// The number of shards, each of which is one thread. 0 counts as 1.
    pub shards: usize,
    /// How long the server waits for people who are silent.
    pub patience: Patience,
    /// How long races are kept.
    pub retention: Retention,
    /// How much the server holds at once.
    pub capacity: Capacity,
    /// Where the metrics are served, on a listener of their own. `None` serves none.
    pub metrics: Option<MetricsAt>,
    /// How many connections there may be, and how long they may be silent.
    pub connections: ConnectionLimits,
    /// How many requests are answered.
    pub rates: RequestRates,
    /// The proxies and the names of the server.
    pub front: Front,
    /// The open races. `None` for a server without.
    pub open_races: Option<Timetable>,
    /// The database of the catalogue. `None` keeps it in a file of the data folder.
    pub database: Option<DatabaseUrl>,
    /// Those by whom people can log in.
    pub providers: Vec<ProviderOptions>,
    /// Whether the server invents concerts as long as the catalogue has no others.
    pub demo: bool,
    /// How far the server's clock is ahead of the machine's: nothing, except where a test lets time pass while no
    /// server runs.
    pub clock_ahead: Duration,
}

#[cfg(test)]
impl Options {
    /// Those of a test: one shard on a free port, nobody is silent for too long, and nobody asks too often.
    pub(crate) fn in_test(data: PathBuf) -> Self {
        const MANY: std::num::NonZeroU32 = std::num::NonZeroU32::new(100_000).unwrap();
        let hour = Duration::from_hours(1);
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            data,
            library: None,
            shards: 1,
            patience: Patience { lost_after: hour, unload_after: hour, silent_after: hour },
            retention: Retention::default(),
            capacity: Capacity::default(),
            metrics: None,
            connections: ConnectionLimits::default(),
            rates: RequestRates { per_address: MANY, ..RequestRates::default() },
            front: Front::default(),
            open_races: None,
            database: None,
            providers: Vec::new(),
            demo: false,
            clock_ahead: Duration::ZERO,
        }
    }
}

/// How long races are kept.
#[derive(Clone, Copy, Debug)]
pub struct Retention {
    /// How long a race is kept after its time is over.
    pub keep: Duration,
    /// How long the server runs before it removes anything. A clock that is wrong at the start is noticed in
    /// the meantime.
    pub settle: Duration,
}

impl Default for Retention {
    fn default() -> Self {
        Self { keep: KEEP, settle: SETTLE }
    }
}
