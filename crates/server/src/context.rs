//! The context: what shards, handlers and the journal's thread share.

#[cfg(test)]
mod for_tests;

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use catalogue::Catalogue;
use journal::JournalError;
use tokio::sync::{Semaphore, watch};

use crate::accounts::Accounts;
use crate::clock::{Clock, UnixTime};
use crate::ids::RaceId;
use crate::index::Index;
use crate::keys::Keys;
use crate::leaving::Leaving;
#[cfg(doc)]
use crate::limits::SILENCE_MAX;
use crate::limits::{DISK_BYTES_MAX, RACES_LOADED_MAX};
use crate::openings::Openings;
use crate::outages::Outages;
use crate::payments::Payments;
use crate::problem::ApiError;
use crate::shows::Asks;
use crate::snapshot_shelf::SnapshotShelf;
use crate::workshop::Workshop;

/// For how long the server counts as full after a race found no room.
const FULL_FOR: Duration = Duration::from_secs(10);

/// How long the server waits for people who are silent.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// When the server has not heard from a visitor in the queue or inside for this long, it makes
    /// the visitor leave, without the place and the seats.
    pub lost_after: Duration,
    /// A race leaves the memory when for this long nobody has asked for it, nobody watches it, and
    /// nobody is in its queue or inside.
    pub unload_after: Duration,
    /// When a live connection has brought no message for this long, the server closes it. A message
    /// that the connection does not take in this time counts as silence too.
    pub silent_after: Duration,
}

impl Patience {
    /// When a live connection has brought no message for this long, a further one takes its place: a
    /// fifth of [`silent_after`](Self::silent_after), which with [`SILENCE_MAX`] is longer than the five
    /// seconds between two pings.
    pub(crate) fn doubtful_after(&self) -> Duration {
        self.silent_after / 5
    }
}

/// How much a server holds at once.
#[derive(Clone, Copy, Debug)]
pub struct Capacity {
    /// Races in memory at once, over all shards. At least one a shard.
    pub races: usize,
    /// Bytes of the journal beyond which no race begins. Snapshots are dropped before.
    pub disk_bytes: u64,
}

impl Default for Capacity {
    fn default() -> Self {
        Self { races: RACES_LOADED_MAX, disk_bytes: DISK_BYTES_MAX }
    }
}

/// Whether the server does its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    Serving,
    Stopping,
    /// The journal or a shard failed, so the server can accept no more commands.
    Failed,
}

/// Keys, clock, index and limits of a running server.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    /// Concerts and what people do with them. Handlers ask it through [`Self::asks`].
    pub(crate) catalogue: Catalogue,
    /// Limits the questions to the catalogue.
    pub(crate) asks: Asks,
    /// Who has logged in.
    pub(crate) accounts: Accounts,
    /// Who is being deleted.
    pub(crate) leaving: Leaving,
    pub(crate) index: Index,
    /// When the server was away.
    pub(crate) outages: Outages,
    pub(crate) patience: Patience,
    pub(crate) workshop: Workshop,
    pub(crate) health: watch::Sender<Health>,
    /// The first error of the journal, if it failed.
    pub(crate) cause: OnceLock<Arc<JournalError>>,
    pub(crate) capacity: Capacity,
    /// The snapshots on disk.
    pub(crate) shelf: SnapshotShelf,
    /// The bytes of the journal, as it was last measured.
    pub(crate) disk_bytes: AtomicU64,
    /// When a race last found no room in memory, in Unix nanoseconds.
    pub(crate) full_at: AtomicU64,
    /// Limits how many races wait to be saved.
    pub(crate) saving: Arc<Semaphore>,
    /// How long the server runs before it removes anything.
    pub(crate) settle: Duration,
    /// The number of races in memory, in all shards together.
    pub(crate) loaded: AtomicUsize,
    /// Whether the disk took no more the last time.
    pub(crate) disk_is_full: AtomicBool,
    /// The number of asks that wait for a shard, in all shards together.
    pub(crate) asking: AtomicUsize,
    /// How the sales of performances stand.
    pub(crate) openings: Openings,
    /// Whether payments are pending.
    pub(crate) payments: Payments,
}

impl Context {
    /// Declares that the server failed. Everybody who watches `health` hears of it, and the process
    /// ends so that it can be started again.
    pub(crate) fn fail(&self) {
        self.health.send_replace(Health::Failed);
    }

    /// Declares that the server failed because the journal did. Keeps and logs only the first
    /// error, since later ones follow from it.
    pub(crate) fn fail_for(&self, error: &Arc<JournalError>) {
        if self.cause.set(Arc::clone(error)).is_ok() {
            tracing::error!(error = &**error as &dyn std::error::Error, "the journal failed");
        }
        self.fail();
    }

    /// What an error of the journal means for those who asked about a race. A failed write or sync is
    /// the end of the server, a full disk is waited for, and all else concerns the race alone.
    pub(crate) fn judge(&self, race: RaceId, error: &Arc<JournalError>) -> ApiError {
        let cause: &dyn std::error::Error = &**error;
        if error.is_fatal() {
            self.fail_for(error);
            return ApiError::JournalFailed;
        }
        if let JournalError::UnknownSale { .. } = **error {
            return ApiError::NoSuchRace;
        }
        if let JournalError::DiskFull { .. } = **error {
            self.disk_took_no_more(cause);
            return ApiError::DiskFull;
        }
        tracing::error!(race.id = %race, error = cause, "a race is damaged");
        ApiError::RaceDamaged
    }

    /// Notes that the disk takes no more, and says so once.
    pub(crate) fn disk_took_no_more(&self, cause: &(dyn std::error::Error + 'static)) {
        if !self.disk_is_full.swap(true, Ordering::Relaxed) {
            tracing::error!(error = cause, "the disk takes no more");
        }
    }

    /// Notes that the disk takes bytes again, if it did not.
    pub(crate) fn disk_takes_bytes(&self) {
        if self.disk_is_full.swap(false, Ordering::Relaxed) {
            tracing::info!("the disk takes bytes again");
        }
    }

    /// Whether the disk took no more the last time (rule A44).
    pub(crate) fn is_disk_full(&self) -> bool {
        self.disk_is_full.load(Ordering::Relaxed)
    }

    pub(crate) fn loaded(&self) -> usize {
        self.loaded.load(Ordering::Relaxed)
    }

    /// Whether the journal has as many bytes as it may have, so that no race can begin.
    pub(crate) fn is_journal_full(&self) -> bool {
        self.disk_bytes.load(Ordering::Relaxed) >= self.capacity.disk_bytes
    }

    /// Whether the server has run for long enough to remove something.
    pub(crate) fn may_remove(&self) -> bool {
        self.clock.uptime() >= self.settle
    }

    /// Notes that a race found no room in memory.
    pub(crate) fn note_full(&self) {
        self.full_at.store(self.clock.now().as_nanos(), Ordering::Relaxed);
    }

    /// Whether the server serves and takes races of new people.
    pub(crate) fn is_ready(&self) -> bool {
        let full_at = UnixTime::from_nanos(self.full_at.load(Ordering::Relaxed));
        let is_full = self.clock.now() < full_at.after(FULL_FOR);
        *self.health.borrow() == Health::Serving
            && !is_full
            && !self.is_disk_full()
            && !self.is_journal_full()
    }
}
