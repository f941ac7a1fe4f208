//! One ledger and one writer together, for a program with a single sale: a bench, a test, a
//! command.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use sale::{Command, Machine, Moment};

use crate::error::JournalError;
use crate::ledger::{Caller, Ledger, Reply, SubmitError};
use crate::record::Note;
use crate::store::Store;
use crate::writer::{Task, TaskResult, Writer};

/// A machine whose answers leave only when they are on disk. Its ledger and its writer belong to
/// it.
#[derive(Debug)]
pub struct Durable<M, S> {
    ledger: Ledger<M>,
    writer: Writer<S>,
    results: Receiver<TaskResult>,
    failure: Option<Arc<JournalError>>,
}

impl<M: Machine, S: Store + Send + 'static> Durable<M, S> {
    /// Starts a writer for `store`, in which `ledger` was created or recovered.
    ///
    /// # Errors
    ///
    /// If the system starts no thread.
    pub fn new(ledger: Ledger<M>, store: S) -> io::Result<Self> {
        let (sender, results) = channel();
        let writer = Writer::spawn(store, move |results| {
            for result in results {
                // The send fails only after the `Durable` was dropped: then nobody needs the
                // report.
                sender.send(result).unwrap_or_default();
            }
        })?;
        Ok(Self { ledger, writer, results, failure: None })
    }

    /// Decides a command; see [`Ledger::submit`].
    ///
    /// # Errors
    ///
    /// [`SubmitError`]; the command was not decided.
    pub fn submit(
        &mut self,
        now: Moment,
        command: Command,
        caller: Caller,
    ) -> Result<(), SubmitError> {
        self.ledger.submit(now, command, caller)?;
        self.hand_in();
        Ok(())
    }

    /// Keeps a note; see [`Ledger::note`].
    ///
    /// # Errors
    ///
    /// [`SubmitError`]; nothing was kept.
    pub fn note(&mut self, note: &Note<'_>) -> Result<(), SubmitError> {
        self.ledger.note(note)?;
        self.hand_in();
        Ok(())
    }

    /// The next answer that may leave.
    pub fn poll_reply(&mut self) -> Option<Reply> {
        while let Ok(result) = self.results.try_recv() {
            self.handle_result(result);
        }
        self.ledger.poll_reply()
    }

    /// Waits until the batch in flight is on disk, if there is one.
    pub fn wait(&mut self) {
        if self.ledger.is_settled() || self.ledger.is_poisoned() {
            return;
        }
        self.hand_in();
        match self.results.recv() {
            Ok(result) => self.handle_result(result),
            Err(_) => self.fail(JournalError::Poisoned),
        }
    }

    /// Waits until everything that was decided is on disk.
    ///
    /// # Errors
    ///
    /// The store's error, if it failed.
    pub fn flush(&mut self) -> Result<(), Arc<JournalError>> {
        while !self.ledger.is_settled() && !self.ledger.is_poisoned() {
            self.wait();
        }
        self.failure.clone().map_or(Ok(()), Err)
    }

    /// Waits until everything is on disk, then writes a snapshot, so that a recovery need not
    /// replay the log before it. For `version` see [`Ledger::snapshot`].
    ///
    /// # Errors
    ///
    /// The store's error, if it failed.
    ///
    /// # Panics
    ///
    /// As [`Machine::snapshot`], if the machine's events were not taken.
    pub fn checkpoint(&mut self, version: u16) -> Result<(), Arc<JournalError>> {
        self.flush()?;
        let snapshot = self.ledger.snapshot(version).expect("nothing is open after a flush");
        let (sale, epoch) = (self.ledger.sale(), self.ledger.epoch());
        self.writer.submit(Task::Snapshot { sale, epoch, snapshot })?;
        match self.results.recv() {
            Ok(TaskResult::SnapshotWritten { result, .. }) => result,
            Ok(TaskResult::Appended { .. }) => unreachable!("nothing was in flight"),
            Err(_) => Err(Arc::new(JournalError::Poisoned)),
        }
    }

    /// Waits until everything is on disk, ends the thread, and returns the ledger and the store.
    ///
    /// # Errors
    ///
    /// The store's error, if it failed.
    pub fn close(mut self) -> Result<(Ledger<M>, S), Arc<JournalError>> {
        self.flush()?;
        Ok((self.ledger, self.writer.close()))
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger<M> {
        &self.ledger
    }

    /// The machine, for taking its events and letting its time go on.
    pub fn machine_mut(&mut self) -> &mut M {
        self.ledger.machine_mut()
    }

    fn hand_in(&mut self) {
        if let Some(append) = self.ledger.take_batch()
            && let Err(error) = self.writer.submit(Task::Append(append))
        {
            self.fail(error);
        }
    }

    /// Fails the batch in flight, because the writer's thread has ended and no result will come.
    fn fail(&mut self, error: JournalError) {
        self.ledger.handle_appended(self.ledger.sealed_through(), &Err(()));
        self.failure = Some(Arc::new(error));
    }

    fn handle_result(&mut self, result: TaskResult) {
        match result {
            TaskResult::Appended { seq, result, .. } => {
                self.ledger.handle_appended(seq, &result);
                self.failure = result.err();
                self.hand_in();
            }
            TaskResult::SnapshotWritten { .. } => {}
        }
    }
}
