//! The thread that owns a store: it takes batches of many ledgers, writes all that arrived
//! meanwhile in one transaction, and tells what became of them.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::{io, panic};

use crate::error::JournalError;
use crate::limits::{TASKS_WAITING_MAX, TRANSACTION_BYTES_MAX};
use crate::names::{Epoch, SaleId, Seq};
use crate::store::{Append, Snapshot, Store};

/// Something to write. The writer does tasks in the order in which they come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Append a batch.
    Append(Append),
    /// Write a snapshot.
    Snapshot {
        /// The sale.
        sale: SaleId,
        /// The epoch of the owner who writes.
        epoch: Epoch,
        /// The snapshot.
        snapshot: Snapshot,
    },
}

/// What became of a task. Results share an error, because one failed transaction fails many tasks.
#[derive(Clone, Debug)]
pub enum TaskResult {
    /// The writer tried to append a batch.
    Appended {
        /// The sale.
        sale: SaleId,
        /// The number of the batch.
        seq: Seq,
        /// `Ok` if the batch is on disk.
        result: Result<(), Arc<JournalError>>,
    },
    /// The writer tried to write a snapshot. If that failed, the sale can go on without it.
    SnapshotWritten {
        /// The sale.
        sale: SaleId,
        /// The last batch in the snapshot.
        seq: Seq,
        /// `Ok` if the snapshot is on disk.
        result: Result<(), Arc<JournalError>>,
    },
}

/// What the thread is told to do.
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
    /// Starts the thread. After each transaction the thread calls `tell` with the results of all
    /// its tasks. While `tell` runs nothing is written, so it should only pass the results on.
    ///
    /// # Errors
    ///
    /// If the system starts no thread.
    pub fn spawn(store: S, tell: impl FnMut(Vec<TaskResult>) + Send + 'static) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(TASKS_WAITING_MAX);
        let thread = Builder::new().name("journal".into());
        let thread = thread.spawn(move || run(store, &receiver, tell))?;
        Ok(Self { tasks: Some(sender), thread: Some(thread) })
    }

    /// Hands a task to the thread. Blocks while [`TASKS_WAITING_MAX`] other tasks wait.
    ///
    /// # Errors
    ///
    /// [`JournalError::Poisoned`] if the thread has ended: no result comes.
    pub fn submit(&self, task: Task) -> Result<(), JournalError> {
        self.send(match task {
            Task::Append(append) => Job::Appends(vec![append]),
            Task::Snapshot { sale, epoch, snapshot } => Job::Snapshot { sale, epoch, snapshot },
        })
    }

    /// Hands batches of many sales to the thread, to be written in one transaction or in as few as
    /// their size allows. Blocks as [`submit`](Self::submit) does.
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit).
    pub fn submit_all(&self, appends: Vec<Append>) -> Result<(), JournalError> {
        self.send(Job::Appends(appends))
    }

    /// Has the thread run `call` with the store, after all tasks that were handed in before. Only
    /// the thread has the store, so use this to create a sale or to copy a [`Log`](crate::Log).
    /// Later tasks wait for it, so `call` should be short.
    ///
    /// # Errors
    ///
    /// [`JournalError::Poisoned`] if the thread has ended: `call` does not run.
    pub fn call(&self, call: impl FnOnce(&mut S) + Send + 'static) -> Result<(), JournalError> {
        self.send(Job::Call(Box::new(call)))
    }

    /// Has the thread run `call` as [`call`](Self::call) does, unless as many tasks wait as may wait.
    /// Never blocks. Returns whether `call` will run.
    pub fn try_call(&self, call: impl FnOnce(&mut S) + Send + 'static) -> bool {
        let tasks = self.tasks.as_ref().expect("open until closed");
        tasks.try_send(Job::Call(Box::new(call))).is_ok()
    }

    fn send(&self, job: Job<S>) -> Result<(), JournalError> {
        let tasks = self.tasks.as_ref().expect("open until closed");
        tasks.send(job).map_err(|_| JournalError::Poisoned)
    }

    /// Waits until the thread has done all tasks, ends it and returns the store.
    ///
    /// # Panics
    ///
    /// If the thread panicked.
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
            // If the thread panicked, it has printed why already.
            drop(thread.join());
        }
    }
}

fn run<S: Store>(
    mut store: S,
    tasks: &Receiver<Job<S>>,
    mut tell: impl FnMut(Vec<TaskResult>),
) -> S {
    let mut next = None;
    while let Some(job) = next.take().or_else(|| tasks.recv().ok()) {
        match job {
            Job::Call(call) => call(&mut store),
            Job::Appends(mut group) => {
                next = gather(&mut group, tasks);
                let mut rest = group.as_slice();
                while !rest.is_empty() {
                    let (part, others) = rest.split_at(fitting(rest));
                    let mut results = Vec::with_capacity(part.len());
                    append(&mut store, part, &mut results);
                    tell(results);
                    rest = others;
                }
            }
            Job::Snapshot { sale, epoch, snapshot } => {
                let result = store.write_snapshot(sale, epoch, &snapshot).map_err(Arc::new);
                tell(vec![TaskResult::SnapshotWritten { sale, seq: snapshot.seq, result }]);
            }
        }
    }
    store
}

/// Adds waiting batches to `group` until a transaction is full or another job comes. Returns that
/// job.
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

/// How many of the batches fit into one transaction. At least one.
fn fitting(group: &[Append]) -> usize {
    let mut bytes = 0;
    let fits = |one: &&Append| {
        bytes += one.records.len();
        bytes <= TRANSACTION_BYTES_MAX
    };
    group.iter().take_while(fits).count().max(1)
}

/// Appends all batches in one transaction. If the store turns one of them down, each gets a
/// transaction of its own, because a sale that another owner claimed must not stop the others.
fn append(store: &mut impl Store, group: &[Append], results: &mut Vec<TaskResult>) {
    let result = store.append(group);
    if group.len() > 1 && result.as_ref().is_err_and(JournalError::is_verdict) {
        return group.iter().for_each(|one| append(store, std::slice::from_ref(one), results));
    }
    let result = result.map_err(Arc::new);
    let to_result = |one: &Append| TaskResult::Appended {
        sale: one.sale,
        seq: one.seq,
        result: result.clone(),
    };
    results.extend(group.iter().map(to_result));
}
