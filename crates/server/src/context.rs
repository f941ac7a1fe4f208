//! What all shards share.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use journal::{Append, JournalError, Report, SqliteStore, Task, Writer};
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

/// The journal's thread, for all shards.
#[derive(Debug)]
pub(crate) struct Desk {
    /// Taken out at the end.
    writer: RwLock<Option<Writer<SqliteStore>>>,
    context: Arc<Context>,
}

impl Desk {
    pub(crate) fn new(
        store: SqliteStore,
        context: Arc<Context>,
        report: impl FnMut(Vec<Report>) + Send + 'static,
    ) -> std::io::Result<Self> {
        Ok(Self { writer: RwLock::new(Some(Writer::spawn(store, report)?)), context })
    }

    pub(crate) fn submit(&self, task: Task) {
        self.with_writer(|writer| writer.submit(task));
    }

    /// Hands in what came together, to be written together.
    pub(crate) fn submit_all(&self, appends: Vec<Append>) {
        self.with_writer(|writer| writer.submit_all(appends));
    }

    /// Has something done by whoever owns the store. Dropped unmade if the thread is gone.
    pub(crate) fn call(&self, call: impl FnOnce(&mut SqliteStore) + Send + 'static) {
        self.with_writer(|writer| writer.call(call));
    }

    fn with_writer(&self, work: impl FnOnce(&Writer<SqliteStore>) -> Result<(), JournalError>) {
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(writer) = &*writer
            && work(writer).is_err()
        {
            self.context.fail();
        }
    }

    /// Writes what waits and gives the store back; nothing if that was done before.
    pub(crate) fn close(&self) -> Option<SqliteStore> {
        let writer = self.writer.write().unwrap_or_else(PoisonError::into_inner).take();
        writer.map(Writer::close)
    }
}
