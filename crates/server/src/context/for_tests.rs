//! The context of a server that does not run, for tests of its parts.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use super::{Capacity, Context, Health, Patience};
use crate::accounts::Accounts;
use crate::clock::Clock;
use crate::index::Index;
use crate::keys::Keys;
use crate::openings::Openings;
use crate::outages::Outages;
use crate::payments::Payments;
use crate::shows::{self, Asks};
use crate::snapshot_shelf::SnapshotShelf;
use crate::workshop::Workshop;

const HOUR: Duration = Duration::from_hours(1);

impl Context {
    /// The catalogue is kept in `data`.
    pub(crate) fn for_tests(data: &Path) -> Self {
        let keys = Keys::of(b"a key");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let catalogue = runtime.block_on(shows::open(data, None, &keys)).unwrap();
        Self {
            keys,
            clock: Clock::start(Duration::ZERO),
            catalogue,
            asks: Asks::default(),
            accounts: Accounts::default(),
            leaving: crate::leaving::Leaving::default(),
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
            openings: Openings::default(),
            payments: Payments::default(),
        }
    }
}
