//! The one thread that reads and writes the journal, for all shards.
//!
//! Callers do not wait for the disk: the results of tasks and calls come back through channels. A
//! caller waits only while as many tasks are queued as the journal allows.

use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use journal::{Append, JournalError, SqliteStore, Store as _, Task, TaskResult, Writer};

use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::RaceId;
use crate::outages::Pulse;

/// The way to the journal's thread. If the thread ends before `close`, the server fails.
#[derive(Debug)]
pub(crate) struct JournalThread {
    /// `None` once the thread was closed.
    writer: RwLock<Option<Writer<SqliteStore>>>,
    pulse: Arc<Mutex<Pulse>>,
    context: Arc<Context>,
}

impl JournalThread {
    /// Starts the thread. It owns `store` and calls `tell` with what became of each task.
    ///
    /// # Errors
    ///
    /// When the system cannot start a thread.
    pub(crate) fn new(
        store: SqliteStore,
        pulse: Pulse,
        context: Arc<Context>,
        tell: impl FnMut(Vec<TaskResult>) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (writer, pulse) = (Writer::spawn(store, tell)?, Arc::new(Mutex::new(pulse)));
        Ok(Self { writer: RwLock::new(Some(writer)), pulse, context })
    }

    /// Queues a task.
    pub(crate) fn submit(&self, task: Task) {
        self.with_writer(|writer| writer.submit(task));
    }

    /// Queues batches of several races, so that the thread can write them in one transaction.
    pub(crate) fn submit_all(&self, appends: Vec<Append>) {
        self.with_writer(|writer| writer.submit_all(appends));
    }

    /// Runs `call` on the thread, with its store. Drops `call` without running it if the thread is
    /// gone.
    pub(crate) fn call(&self, call: impl FnOnce(&mut SqliteStore) + Send + 'static) {
        self.with_writer(|writer| writer.call(call));
    }

    /// Runs `call` on the thread, with its store, and waits for the result. `None` if the thread is gone.
    /// For threads that may wait for the disk, such as those of the workshop.
    pub(crate) fn ask<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut SqliteStore) -> T + Send + 'static,
    ) -> Option<T> {
        let (tx, rx) = sync_channel(1);
        self.call(move |store| {
            // The asker waits for it.
            let _sent = tx.send(call(store));
        });
        rx.recv().ok()
    }

    /// Has the thread do what is to be done about once a second (rules J16, J18, J28). Never blocks: a
    /// thread with so much to do that no task fits writes mark and sign of life a second later.
    pub(crate) fn rest(&self) {
        let (context, pulse) = (Arc::clone(&self.context), Arc::clone(&self.pulse));
        let now = context.clock.now();
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        let Some(writer) = &*writer else { return };
        let rest = move |store: &mut SqliteStore| {
            match store.rest(now.as_nanos()) {
                Ok(()) => context.disk_takes_bytes(),
                Err(error @ (JournalError::DiskFull { .. } | JournalError::Poisoned)) => {
                    tracing::debug!(%error, "the journal waits");
                }
                Err(error) => context.fail_for(&Arc::new(error)),
            }
            beat(&pulse, context.clock.now());
        };
        let _later = writer.try_call(rest);
    }

    /// Drops the snapshots of races. If that fails, they stay and do no harm; a journal that fails says so at
    /// its next write.
    pub(crate) fn drop_snapshots(&self, races: Vec<RaceId>) {
        if races.is_empty() {
            return;
        }
        self.call(move |store| {
            for race in races {
                if let Err(error) = store.drop_snapshot(race.sale()) {
                    tracing::warn!(race.id = %race, %error, "a snapshot was not dropped");
                }
            }
        });
    }

    fn with_writer(&self, work: impl FnOnce(&Writer<SqliteStore>) -> Result<(), JournalError>) {
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(writer) = &*writer
            && work(writer).is_err()
        {
            self.context.fail();
        }
    }

    /// Ends the thread after it has done everything that was submitted, and returns its store.
    /// `None` if it was closed before.
    pub(crate) fn close(&self) -> Option<SqliteStore> {
        let writer = self.writer.write().unwrap_or_else(PoisonError::into_inner).take();
        let store = writer.map(Writer::close);
        beat(&self.pulse, self.context.clock.now());
        store
    }
}

fn beat(pulse: &Mutex<Pulse>, now: UnixTime) {
    pulse.lock().unwrap_or_else(PoisonError::into_inner).beat(now);
}
