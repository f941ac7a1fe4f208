//! The context: what shards, handlers and the journal's thread share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use journal::JournalError;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::index::Index;
use crate::keys::Keys;
#[cfg(doc)]
use crate::limits::SILENCE_MAX;
use crate::workshop::Workshop;

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
    pub(crate) workshop: Workshop,
    pub(crate) health: watch::Sender<Health>,
    /// The first error of the journal, if it failed.
    pub(crate) cause: OnceLock<Arc<JournalError>>,
    /// The number of races in memory, in all shards together.
    pub(crate) loaded: AtomicUsize,
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

    pub(crate) fn loaded(&self) -> usize {
        self.loaded.load(Ordering::Relaxed)
    }
}
