//! The thread that owns a store: takes batches of many ledgers, gives all that arrived meanwhile to
//! one transaction, and reports.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::{io, panic};

use crate::error::JournalError;
use crate::limits::{TASKS_WAITING_MAX, TRANSACTION_BYTES_MAX};
use crate::names::{Epoch, SaleId, Seq};
use crate::store::{Append, Snapshot, Store};

/// Something to write. Tasks are done in the order they come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// A batch.
    Append(Append),
    /// A snapshot.
    Snapshot {
        /// Of which sale.
        sale: SaleId,
        /// Under which claim.
        epoch: Epoch,
        /// What.
        snapshot: Snapshot,
    },
}

/// What became of a task. One failed transaction fails many, hence the shared error.
#[derive(Clone, Debug)]
pub enum Report {
    /// Of a batch.
    Appended {
        /// Of which sale.
        sale: SaleId,
        /// Which batch.
        seq: Seq,
        /// Whether it is on disk.
        result: Result<(), Arc<JournalError>>,
    },
    /// Of a snapshot. A sale goes on without one.
    SnapshotWritten {
        /// Of which sale.
        sale: SaleId,
        /// Its last batch.
        seq: Seq,
        /// Whether it is on disk.
        result: Result<(), Arc<JournalError>>,
    },
}

/// What the thread is given.
enum Job<S> {
    Appends(Vec<Append>),
    Snapshot { sale: SaleId, epoch: Epoch, snapshot: Snapshot },
    Call(Box<dyn FnOnce(&mut S) + Send>),
}

/// A store at work on its own thread.
#[derive(Debug)]
pub struct Writer<S> {
    tasks: Option<SyncSender<Job<S>>>,
    thread: Option<JoinHandle<S>>,
}

impl<S: Store + Send + 'static> Writer<S> {
    /// Starts the thread. `report` is called on it with all that was done at once, so it should only pass
    /// the reports on.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn spawn(store: S, report: impl FnMut(Vec<Report>) + Send + 'static) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(TASKS_WAITING_MAX);
        let thread = Builder::new().name("journal".into());
        let thread = thread.spawn(move || run(store, &receiver, report))?;
        Ok(Self { tasks: Some(sender), thread: Some(thread) })
    }

    /// Hands a task in; waits while [`TASKS_WAITING_MAX`] others do.
    ///
    /// # Errors
    ///
    /// [`JournalError::Poisoned`] if the thread is gone; no report comes.
    pub fn submit(&self, task: Task) -> Result<(), JournalError> {
        self.send(match task {
            Task::Append(append) => Job::Appends(vec![append]),
            Task::Snapshot { sale, epoch, snapshot } => Job::Snapshot { sale, epoch, snapshot },
        })
    }

    /// Hands in batches of many sales at once, so that they go into one transaction as far as it holds
    /// them; waits as [`submit`](Self::submit) does.
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit).
    pub fn submit_all(&self, appends: Vec<Append>) -> Result<(), JournalError> {
        self.send(Job::Appends(appends))
    }

    /// Has `call` done with the store between two transactions, after everything handed in before:
    /// for what only its owner can do, such as creating a sale or copying a [`Log`](crate::Log).
    /// Everybody waits for it, so it should be short.
    ///
    /// # Errors
    ///
    /// [`JournalError::Poisoned`] if the thread is gone; the call is not made.
    pub fn call(&self, call: impl FnOnce(&mut S) + Send + 'static) -> Result<(), JournalError> {
        self.send(Job::Call(Box::new(call)))
    }

    fn send(&self, job: Job<S>) -> Result<(), JournalError> {
        let tasks = self.tasks.as_ref().expect("open until closed");
        tasks.send(job).map_err(|_| JournalError::Poisoned)
    }

    /// Does all that was handed in, ends the thread and gives the store back.
    ///
    /// # Panics
    ///
    /// If the thread did.
    pub fn close(mut self) -> S {
        self.tasks = None;
        let thread = self.thread.take().expect("closed once");
        thread.join().unwrap_or_else(|cause| panic::resume_unwind(cause))
    }
}

impl<S> Drop for Writer<S> {
    fn drop(&mut self) {
        self.tasks = None;
        if let Some(thread) = self.thread.take() {
            // Its panic was printed where it happened.
            drop(thread.join());
        }
    }
}

fn run<S: Store>(mut store: S, tasks: &Receiver<Job<S>>, mut report: impl FnMut(Vec<Report>)) -> S {
    let mut next = None;
    while let Some(job) = next.take().or_else(|| tasks.recv().ok()) {
        match job {
            Job::Call(call) => call(&mut store),
            Job::Appends(mut group) => {
                next = gather(&mut group, tasks);
                let mut rest = group.as_slice();
                while !rest.is_empty() {
                    let (part, others) = rest.split_at(fitting(rest));
                    let mut reports = Vec::with_capacity(part.len());
                    append(&mut store, part, &mut reports);
                    report(reports);
                    rest = others;
                }
            }
            Job::Snapshot { sale, epoch, snapshot } => {
                let result = store.write_snapshot(sale, epoch, &snapshot).map_err(Arc::new);
                report(vec![Report::SnapshotWritten { sale, seq: snapshot.seq, result }]);
            }
        }
    }
    store
}

/// Adds the batches that wait, until a transaction is full; gives back the job that does not belong to
/// them.
fn gather<S>(group: &mut Vec<Append>, tasks: &Receiver<Job<S>>) -> Option<Job<S>> {
    let size = |appends: &[Append]| appends.iter().map(|one| one.records.len()).sum::<usize>();
    let mut bytes = size(group);
    while bytes < TRANSACTION_BYTES_MAX {
        match tasks.try_recv().ok()? {
            Job::Appends(appends) => {
                bytes += size(&appends);
                group.extend(appends);
            }
            other @ (Job::Snapshot { .. } | Job::Call(_)) => return Some(other),
        }
    }
    None
}

/// How many of the batches go into one transaction: one at least.
fn fitting(group: &[Append]) -> usize {
    let mut bytes = 0;
    let fits = |one: &&Append| {
        bytes += one.records.len();
        bytes <= TRANSACTION_BYTES_MAX
    };
    group.iter().take_while(fits).count().max(1)
}

/// One transaction for all. If one of them may not be written, each has its own: a sale that was
/// claimed by somebody else must not stop the others.
fn append(store: &mut impl Store, group: &[Append], reports: &mut Vec<Report>) {
    let result = store.append(group);
    if group.len() > 1 && result.as_ref().is_err_and(JournalError::is_verdict) {
        return group.iter().for_each(|one| append(store, std::slice::from_ref(one), reports));
    }
    let result = result.map_err(Arc::new);
    let report =
        |one: &Append| Report::Appended { sale: one.sale, seq: one.seq, result: result.clone() };
    reports.extend(group.iter().map(report));
}
