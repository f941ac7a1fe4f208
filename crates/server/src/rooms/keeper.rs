//! The keeper: the one thread that owns all rooms and their file.
//!
//! It takes errands from its line, does as many as wait, writes what they changed in one transaction, and only then
//! answers them and tells the live connections. If the disk takes no more it goes back to what the file has.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use protocol::RoomKind;
use tokio::sync::{mpsc, oneshot};

use super::access;
use super::code::RoomCode;
use super::store::{RoomStore, StoreError};
use super::timetable::Timetable;
use super::town::Town;
use super::wish::Wish;
use crate::clock::UnixTime;
use crate::context::{Context, Health};
use crate::limits::{ROOM_ERRANDS_AT_ONCE, ROOM_ERRANDS_MAX};
use crate::problem::ApiError;

/// The longest time for which the keeper sleeps before it looks at SQLite's log.
const REST_EVERY: Duration = Duration::from_secs(1);

/// How long the keeper leaves alone what is due after the disk took no more: soon enough for people who wait.
const FULL_DISK_REST: Duration = Duration::from_secs(1);

/// Answers an errand, once what it changed is written or could not be.
type Answer = Box<dyn FnOnce(Result<(), ApiError>) + Send>;
type Errand = Box<dyn FnOnce(&mut Town, UnixTime) -> Answer + Send>;

/// Live connections that have ended. Each tells so once, so there are no more than connections.
type Ended = Arc<Mutex<Vec<(RoomCode, u64)>>>;

/// The way to the keeper.
pub(crate) struct Rooms {
    /// `None` once the keeper was told to end.
    line: RwLock<Option<SyncSender<Errand>>>,
    ended: Ended,
    thread: Mutex<Option<JoinHandle<()>>>,
    failure: Arc<OnceLock<StoreError>>,
    context: Arc<Context>,
    pub(crate) timetable: Option<Timetable>,
}

impl Rooms {
    /// Reads all rooms of the file and starts the keeper. The receiver gets the wishes to begin races.
    ///
    /// # Errors
    ///
    /// [`StoreError::Damaged`] if a room cannot be read.
    pub(crate) fn start(
        store: RoomStore,
        context: Arc<Context>,
        timetable: Option<Timetable>,
    ) -> Result<(Self, mpsc::UnboundedReceiver<Wish>), StoreError> {
        let now = context.clock.now();
        let mut town = Town::of(now, store.rooms(now)?);
        town.pass_outages(now, &context.outages);
        access::apply(&context, &town.all_entrances());
        let (line, errands) = sync_channel(ROOM_ERRANDS_MAX);
        let (wishes, rx) = mpsc::unbounded_channel();
        let (ended, failure) = (Ended::default(), Arc::default());
        let keeper = Keeper {
            town,
            store,
            errands,
            wishes,
            ended: Arc::clone(&ended),
            failure: Arc::clone(&failure),
            context: Arc::clone(&context),
            rests_until: UnixTime::default(),
        };
        let thread = thread::Builder::new().name("rooms".to_owned()).spawn(|| keeper.run());
        let thread = thread.map_err(StoreError::Thread)?;
        let (line, thread) = (RwLock::new(Some(line)), Mutex::new(Some(thread)));
        Ok((Self { line, ended, thread, failure, context, timetable }, rx))
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.context.clock.now()
    }

    /// Has the keeper do an errand. The answer comes when what it changed is on disk.
    ///
    /// # Errors
    ///
    /// Those of the errand; [`ApiError::Overloaded`] if too many wait, [`ApiError::DiskFull`] if the disk takes no
    /// more. Then nothing has changed.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        errand: impl FnOnce(&mut Town, UnixTime) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let (tx, answer) = oneshot::channel();
        let errand: Errand = Box::new(move |town, now| {
            let result = errand(town, now);
            Box::new(move |written| {
                // Whoever asked may have hung up.
                let _gone = tx.send(written.and(result));
            })
        });
        self.send(errand)?;
        answer.await.unwrap_or_else(|_| Err(self.silence()))
    }

    /// Tells the keeper that a live connection has ended.
    pub(crate) fn unwatch(&self, code: RoomCode, viewer: u64) {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).push((code, viewer));
        // A line that is full wakes the keeper anyway.
        let _busy = self.send(Box::new(|_, _| Box::new(|_| ())));
    }

    fn send(&self, errand: Errand) -> Result<(), ApiError> {
        let line = self.line.read().unwrap_or_else(PoisonError::into_inner);
        let Some(line) = &*line else { return Err(ApiError::Stopping) };
        line.try_send(errand).map_err(|_| ApiError::Overloaded)
    }

    /// The error to report when no answer comes.
    fn silence(&self) -> ApiError {
        match *self.context.health.borrow() {
            Health::Stopping => ApiError::Stopping,
            Health::Serving | Health::Failed => ApiError::JournalFailed,
        }
    }

    /// Ends the keeper after it has done everything that was asked, and returns why it failed, if it did.
    pub(crate) fn close(&self) -> Option<StoreError> {
        drop(self.line.write().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // If the keeper panicked, the server has failed already.
        let _panicked = thread.map(JoinHandle::join);
        self.failure.get().map(StoreError::again)
    }
}

impl std::fmt::Debug for Rooms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rooms(…)")
    }
}

struct Keeper {
    town: Town,
    store: RoomStore,
    errands: Receiver<Errand>,
    wishes: mpsc::UnboundedSender<Wish>,
    ended: Ended,
    failure: Arc<OnceLock<StoreError>>,
    context: Arc<Context>,
    /// Until when the keeper leaves alone what is due, because the disk took no more.
    rests_until: UnixTime,
}

/// Makes the server fail if the keeper panics.
struct FailOnPanic(Arc<Context>);

impl Drop for FailOnPanic {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.fail();
        }
    }
}

impl Keeper {
    fn run(mut self) {
        let _guard = FailOnPanic(Arc::clone(&self.context));
        while let Some(errands) = self.wait() {
            let done = self.work(errands).and_then(|()| self.store.rest());
            if let Err(error) = done {
                let cause: &dyn std::error::Error = &error;
                tracing::error!(error = cause, "the file of the rooms failed");
                // The first failure is the cause of all others.
                let _later = self.failure.set(error);
                self.context.fail();
                return;
            }
        }
    }

    /// The errands that wait, after the first one came or something is due. `None` when no more will come.
    fn wait(&self) -> Option<Vec<Errand>> {
        let first = match self.errands.recv_timeout(self.pause(self.context.clock.now())) {
            Ok(first) => Some(first),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        let others = self.errands.try_iter().take(ROOM_ERRANDS_AT_ONCE);
        Some(first.into_iter().chain(others).collect())
    }

    /// How long to wait for an errand before the keeper looks at what is due.
    fn pause(&self, now: UnixTime) -> Duration {
        let due = self.town.next_at().map(|at| at.max(self.rests_until));
        due.map_or(REST_EVERY, |at| Duration::from_nanos(at.since(now)).min(REST_EVERY))
    }

    /// Does errands and what is due, writes what changed, and tells it.
    fn work(&mut self, errands: Vec<Errand>) -> Result<(), StoreError> {
        let now = self.context.clock.now();
        let ended = std::mem::take(&mut *self.ended.lock().unwrap_or_else(PoisonError::into_inner));
        for (code, viewer) in ended {
            self.town.unwatch(now, code, viewer);
        }
        if self.rests_until <= now {
            self.town.advance(now);
        }
        let answers: Vec<Answer> =
            errands.into_iter().map(|errand| errand(&mut self.town, now)).collect();
        let changes = self.town.take_changes();
        let written = if changes.is_empty() { Ok(()) } else { self.store.write(&changes) };
        let told = match written {
            Ok(()) => Ok(()),
            Err(StoreError::DiskFull(error)) => {
                self.context.disk_took_no_more(&error);
                // What is due comes back with the rooms, and would be tried again and again (rule A106).
                self.rests_until = now.after(FULL_DISK_REST);
                self.town.go_back(now, &self.store, &self.context.outages)?;
                Err(ApiError::DiskFull)
            }
            Err(error) => return Err(error),
        };
        access::apply(&self.context, &self.town.take_entrances());
        // A live connection that begins with an answer must find who its viewer is.
        self.town.tell(now);
        for answer in answers {
            answer(told.clone());
        }
        for wish in self.town.take_wishes() {
            // The server that takes the wishes ends after the keeper.
            let _gone = self.wishes.send(wish);
        }
        self.measure();
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand rooms")]
    fn measure(&self) {
        for (kind, label) in [(RoomKind::Room, "room"), (RoomKind::Open, "open")] {
            metrics::gauge!("tingting_rooms", "kind" => label).set(self.town.count(kind) as f64);
        }
    }
}

#[cfg(test)]
mod tests;
