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
    Task(Task),
    Call(Box<dyn FnOnce(&mut S) + Send>),
}

/// A store at work on its own thread.
#[derive(Debug)]
pub struct Writer<S> {
    tasks: Option<SyncSender<Job<S>>>,
    thread: Option<JoinHandle<S>>,
}

impl<S: Store + Send + 'static> Writer<S> {
    /// Starts the thread. `report` is called on it, so it should only pass the report on.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub fn spawn(store: S, report: impl FnMut(Report) + Send + 'static) -> io::Result<Self> {
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
        let tasks = self.tasks.as_ref().expect("open until closed");
        tasks.send(Job::Task(task)).map_err(|_| JournalError::Poisoned)
    }

    /// Has `call` done with the store between two transactions, after everything handed in before:
    /// for what only its owner can do, such as creating a sale or copying a [`Log`](crate::Log).
    /// Everybody waits for it, so it should be short.
    ///
    /// # Errors
    ///
    /// [`JournalError::Poisoned`] if the thread is gone; the call is not made.
    pub fn call(&self, call: impl FnOnce(&mut S) + Send + 'static) -> Result<(), JournalError> {
        let tasks = self.tasks.as_ref().expect("open until closed");
        tasks.send(Job::Call(Box::new(call))).map_err(|_| JournalError::Poisoned)
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

fn run<S: Store>(mut store: S, tasks: &Receiver<Job<S>>, mut report: impl FnMut(Report)) -> S {
    let mut next = None;
    while let Some(job) = next.take().or_else(|| tasks.recv().ok()) {
        let task = match job {
            Job::Task(task) => task,
            Job::Call(call) => {
                call(&mut store);
                continue;
            }
        };
        match task {
            Task::Append(first) => {
                let mut group = vec![first];
                next = gather(&mut group, tasks);
                append(&mut store, &group, &mut report);
            }
            Task::Snapshot { sale, epoch, snapshot } => {
                let result = store.write_snapshot(sale, epoch, &snapshot).map_err(Arc::new);
                report(Report::SnapshotWritten { sale, seq: snapshot.seq, result });
            }
        }
    }
    store
}

/// Adds the batches that wait, up to the limit; gives back the job that does not belong to them.
fn gather<S>(group: &mut Vec<Append>, tasks: &Receiver<Job<S>>) -> Option<Job<S>> {
    let mut bytes: usize = group.iter().map(|append| append.records.len()).sum();
    while let Ok(job) = tasks.try_recv() {
        let Job::Task(Task::Append(append)) = job else { return Some(job) };
        bytes += append.records.len();
        if bytes > TRANSACTION_BYTES_MAX {
            return Some(Job::Task(Task::Append(append)));
        }
        group.push(append);
    }
    None
}

/// One transaction for all. If one of them may not be written, each has its own: a sale that was
/// claimed by somebody else must not stop the others.
fn append(store: &mut impl Store, group: &[Append], report: &mut impl FnMut(Report)) {
    let result = store.append(group);
    if group.len() > 1 && result.as_ref().is_err_and(JournalError::is_verdict) {
        return group.iter().for_each(|one| append(store, std::slice::from_ref(one), report));
    }
    let result = result.map_err(Arc::new);
    for &Append { sale, seq, .. } in group {
        report(Report::Appended { sale, seq, result: result.clone() });
    }
}
