//! What all shards share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use journal::JournalError;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::index::Index;
use crate::keys::Keys;

/// How long people may be away.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// A visitor in the queue or inside whom nobody has heard of for so long has lost the connection,
    /// and gives up place and seats.
    pub lost_after: Duration,
    /// A race that is over, or was never entered, leaves the memory when nobody has asked for it for
    /// so long.
    pub unload_after: Duration,
}

/// How the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    Serving,
    Stopping,
    /// The journal failed, or a shard did: nothing more is promised.
    Failed,
}

/// Keys, clock, index and limits.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) keys: Keys,
    pub(crate) clock: Clock,
    pub(crate) index: Index,
    pub(crate) patience: Patience,
    pub(crate) runtime: tokio::runtime::Handle,
    pub(crate) health: watch::Sender<Health>,
    /// What the journal said when it failed first.
    pub(crate) cause: OnceLock<Arc<JournalError>>,
    /// Races in memory, over all shards.
    pub(crate) loaded: AtomicUsize,
    /// Questions that wait, over all shards.
    pub(crate) asking: AtomicUsize,
}

impl Context {
    /// Nothing more can be promised: everybody is told, and the process is to start anew.
    pub(crate) fn fail(&self) {
        self.health.send_replace(Health::Failed);
    }

    /// The same, because the journal failed. What it said first is kept: later errors only follow from it.
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
