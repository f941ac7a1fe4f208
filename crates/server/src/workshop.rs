//! The workshop: a few threads at low priority that do what takes a core for long.
//!
//! ```text
//!  handlers, shards ──jobs──▶ one queue for each class ──▶ threads ──▶ those who wait
//!                              each network in turn,        fixed in
//!                              each guest in turn           number
//! ```
//!
//! It draws captchas, lays plans out, sets races up and replays them. A job belongs to those who wait for it. When
//! nobody waits any more, a job that has not begun is dropped, and one that runs is told to end (rule A40).
//! No other part of the server may do such work on a thread of its own, because then nothing would limit it.

mod flights;
mod queue;
mod work;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::thread::{Builder, JoinHandle};

use tokio::sync::oneshot;

pub(crate) use flights::Flights;
pub(crate) use queue::Asker;
use queue::Queue;
pub(crate) use work::Work;
use work::{CLASSES, Class};

use crate::limits::{WORKERS_MAX, WORKERS_MIN};
use crate::problem::ApiError;

/// The threads and the jobs that wait for them.
#[derive(Debug)]
pub(crate) struct Workshop {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// What the threads share with those who bring jobs.
#[derive(Debug)]
struct Shared {
    queue: Mutex<Queue<Item>>,
    has_come: Condvar,
    is_closed: Arc<AtomicBool>,
}

/// A job as it waits.
pub(crate) struct Item {
    work: Work,
    wanted: Wanted,
    run: Run,
}

/// Does a job, and returns what hands its result over.
type Run = Box<dyn FnOnce(&Wanted) -> Deliver + Send>;

/// Hands a result over to the one who waits for it.
type Deliver = Box<dyn FnOnce() + Send>;

/// Tells a job whether somebody still waits for it.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    /// Whether the one who waited is gone.
    given_up: Arc<AtomicBool>,
    /// Whether the job lost its place in a full queue.
    put_out: Arc<AtomicBool>,
    /// Whether the workshop is closed.
    is_closed: Arc<AtomicBool>,
}

/// A job, held by the one who waits for its result. Dropping it gives the job up.
#[derive(Debug)]
pub(crate) struct Job<T> {
    answer: oneshot::Receiver<Result<T, ApiError>>,
    wanted: Wanted,
}

impl Workshop {
    /// Starts the threads: as many as the machine has cores, within [`WORKERS_MIN`] and [`WORKERS_MAX`].
    ///
    /// # Errors
    ///
    /// When the system cannot start a thread.
    pub(crate) fn start() -> std::io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self::with_threads(cores.clamp(WORKERS_MIN, WORKERS_MAX))
    }

    fn with_threads(count: usize) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            queue: Mutex::new(Queue::default()),
            has_come: Condvar::new(),
            is_closed: Arc::default(),
        });
        let workshop = Self { shared: Arc::clone(&shared), threads: Mutex::default() };
        for number in 0..count {
            let shared = Arc::clone(&shared);
            let thread = Builder::new().name(format!("workshop-{number}"));
            let thread = thread.spawn(move || {
                lower_priority();
                shared.work(classes_of(number));
            })?;
            workshop.threads().push(thread);
        }
        Ok(workshop)
    }

    /// Hands a job in. `run` should look at [`Wanted`] now and then if it takes longer than some 300 ms.
    ///
    /// # Errors
    ///
    /// [`ApiError::TooMuchWork`] if the asker's share of waiting jobs is used up, [`ApiError::Overloaded`] if too
    /// many jobs of all askers wait, [`ApiError::Stopping`] when the workshop is closed.
    pub(crate) fn submit<T: Send + 'static>(
        &self,
        work: Work,
        asker: Asker,
        run: impl FnOnce(&Wanted) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<Job<T>, ApiError> {
        let (tx, answer) = oneshot::channel();
        let wanted = self.wanted();
        let run: Run = Box::new(move |wanted| {
            let result = run(wanted);
            Box::new(move || {
                // The one who waited may be gone.
                let _gone = tx.send(result);
            })
        });
        let item = Item { work, wanted: wanted.clone(), run };
        self.shared.put(asker, item, Queue::push)?;
        Ok(Job { answer, wanted })
    }

    /// Hands a job in, and waits for its result.
    ///
    /// # Errors
    ///
    /// As [`submit`](Self::submit), and those of `run`.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: Work,
        asker: Asker,
        run: impl FnOnce(&Wanted) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        self.submit(work, asker, run)?.await
    }

    /// Hands in a job that nobody waits for here and that has no share, because something else limits how many
    /// there are. It waits for its turn among those of the same asker. It is dropped when the workshop closes, or
    /// when the queue is full and its network has the most jobs.
    pub(crate) fn post(
        &self,
        work: Work,
        asker: Asker,
        run: impl FnOnce(&Wanted) + Send + 'static,
    ) {
        let run: Run = Box::new(move |wanted| {
            run(wanted);
            Box::new(|| {})
        });
        let item = Item { work, wanted: self.wanted(), run };
        let put = |queue: &mut Queue<Item>, class, asker, item| {
            queue.push_anyway(class, asker, item);
            (Ok(()), Vec::new())
        };
        // It is refused only by a workshop that is closed.
        let _closed = self.shared.put(asker, item, put);
    }

    /// Drops the jobs that wait, tells those that run to end, and waits for the threads.
    pub(crate) fn close(&self) {
        self.shared.close();
        let threads: Vec<_> = self.threads().drain(..).collect();
        for thread in threads {
            // A thread catches the panics of its jobs, so it ends well.
            let _ended = thread.join();
        }
    }

    fn wanted(&self) -> Wanted {
        let is_closed = Arc::clone(&self.shared.is_closed);
        Wanted { given_up: Arc::default(), put_out: Arc::default(), is_closed }
    }

    fn threads(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.shared.close();
    }
}

/// The classes whose jobs a thread does, those first that it prefers. The first thread does only quick jobs and
/// the second no long ones, so that a captcha never waits for a race to be set up, nor that for a report. The
/// others take turns in what they prefer, so that no class waits for ever.
fn classes_of(thread: usize) -> &'static [Class] {
    match thread {
        0 => &[Class::Quick],
        1 => &[Class::Quick, Class::Middle],
        _ if thread.is_multiple_of(2) => &[Class::Long, Class::Middle, Class::Quick],
        _ => &[Class::Middle, Class::Quick, Class::Long],
    }
}

/// Lets all other threads of the process and the machine go first. A system that refuses costs only that.
#[cfg(target_os = "linux")]
fn lower_priority() {
    // On Linux this concerns the calling thread alone. With 10 in place of the lowest priority, which is 19, guests who ask without
    // a pause made the slowest answers of races take up to twice as long.
    let _refused = rustix::process::setpriority_process(None, 19);
}

/// Elsewhere the priority is the whole process's, so it stays as it is.
#[cfg(not(target_os = "linux"))]
fn lower_priority() {}

impl Shared {
    /// Puts a job into the queue by `put`, which returns the jobs that it took out.
    fn put(
        &self,
        asker: Asker,
        item: Item,
        put: impl FnOnce(&mut Queue<Item>, Class, Asker, Item) -> (Result<(), ApiError>, Vec<Item>),
    ) -> Result<(), ApiError> {
        let work = item.work;
        let mut queue = self.queue();
        if self.is_closed.load(Ordering::Acquire) {
            return Err(ApiError::Stopping);
        }
        let (put, taken_out) = put(&mut queue, work.class(), asker, item);
        if put.is_ok() {
            metrics::gauge!("tingting_jobs_waiting", "work" => work.label()).increment(1.0);
        }
        drop(queue);
        taken_out.into_iter().for_each(Item::end_unstarted);
        match put {
            Ok(()) => self.has_come.notify_all(),
            Err(_) => count(work, "refused"),
        }
        put
    }

    /// Does jobs of these classes until the workshop is closed.
    fn work(&self, classes: &[Class]) {
        let mut queue = self.queue();
        while !self.is_closed.load(Ordering::Acquire) {
            let Some(item) = classes.iter().find_map(|&class| queue.pop(class)) else {
                queue = self.has_come.wait(queue).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            drop(queue);
            item.run();
            queue = self.queue();
        }
    }

    fn close(&self) {
        let mut queue = self.queue();
        self.is_closed.store(true, Ordering::Release);
        let left: Vec<Item> = CLASSES
            .iter()
            .flat_map(|&class| std::iter::from_fn(|| queue.pop(class)).collect::<Vec<_>>())
            .collect();
        drop(queue);
        self.has_come.notify_all();
        left.into_iter().for_each(Item::end_unstarted);
    }

    fn queue(&self) -> MutexGuard<'_, Queue<Item>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Item {
    /// Does the job, unless nobody waits for it any more.
    fn run(self) {
        if !self.wanted.is_wanted() {
            return self.end_unstarted();
        }
        let Self { work, wanted, run } = self;
        let label = work.label();
        metrics::gauge!("tingting_jobs_waiting", "work" => label).decrement(1.0);
        metrics::gauge!("tingting_jobs_running", "work" => label).increment(1.0);
        // Its result is dropped with it, so nobody sees what a panic left half done.
        let ended = catch_unwind(AssertUnwindSafe(|| run(&wanted)));
        metrics::gauge!("tingting_jobs_running", "work" => label).decrement(1.0);
        let outcome = match &ended {
            Err(_) => "panicked",
            Ok(_) if wanted.is_wanted() => "done",
            Ok(_) => "abandoned",
        };
        // It counts before the one who waits has the result and drops the job.
        count(work, outcome);
        if let Ok(deliver) = ended {
            deliver();
        }
    }

    fn end_unstarted(self) {
        metrics::gauge!("tingting_jobs_waiting", "work" => self.work.label()).decrement(1.0);
        count(self.work, "dropped");
        self.wanted.put_out.store(true, Ordering::Release);
    }
}

impl queue::Waiting for Item {
    fn is_wanted(&self) -> bool {
        self.wanted.is_wanted()
    }
}

impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Item").field("work", &self.work).finish_non_exhaustive()
    }
}

/// Counts what became of a job. All outcomes are: `done`, `abandoned` (nobody waited any more when it ended),
/// `dropped` (it never began), `refused` and `panicked`.
fn count(work: Work, outcome: &'static str) {
    let labels = [("work", work.label()), ("outcome", outcome)];
    metrics::counter!("tingting_jobs_total", &labels).increment(1);
}

impl Wanted {
    /// Whether somebody waits for the job, and the server is not stopping.
    pub(crate) fn is_wanted(&self) -> bool {
        !self.given_up.load(Ordering::Acquire) && !self.is_closed.load(Ordering::Acquire)
    }

    /// Why there is no result of a job that somebody waits for.
    fn silence(&self) -> ApiError {
        if self.is_closed.load(Ordering::Acquire) {
            ApiError::Stopping
        } else if self.put_out.load(Ordering::Acquire) {
            ApiError::Overloaded
        } else {
            // The job panicked. The panic is on standard error already.
            ApiError::Internal
        }
    }
}

impl<T> Future for Job<T> {
    type Output = Result<T, ApiError>;

    fn poll(mut self: Pin<&mut Self>, ctx: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = Pin::new(&mut self.answer).poll(ctx);
        answer.map(|answer| answer.unwrap_or_else(|_| Err(self.wanted.silence())))
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        // A job that has ended is not concerned.
        self.wanted.given_up.store(true, Ordering::Release);
    }
}

#[cfg(test)]
mod tests;
