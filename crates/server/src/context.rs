//! The context: what shards, handlers and the journal's thread share.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use journal::JournalError;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::ids::RaceId;
use crate::index::Index;
use crate::keys::Keys;
#[cfg(doc)]
use crate::limits::SILENCE_MAX;
use crate::problem::ApiError;

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
    pub(crate) index: Index,
    pub(crate) patience: Patience,
    pub(crate) runtime: tokio::runtime::Handle,
    pub(crate) health: watch::Sender<Health>,
    /// The first error of the journal, if it failed.
    pub(crate) cause: OnceLock<Arc<JournalError>>,
    /// The number of races in memory, in all shards together.
    pub(crate) loaded: AtomicUsize,
    /// Whether the disk took no more the last time.
    pub(crate) disk_is_full: AtomicBool,
    /// The number of asks that wait for a shard, in all shards together.
    pub(crate) asking: AtomicUsize,
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
            if !self.disk_is_full.swap(true, Ordering::Relaxed) {
                tracing::error!(error = cause, "the disk takes no more");
            }
            return ApiError::DiskFull;
        }
        tracing::error!(race.id = %race, error = cause, "a race is damaged");
        ApiError::RaceDamaged
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
}
