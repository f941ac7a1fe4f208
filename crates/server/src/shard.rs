//! A shard: one thread that owns many races and is the only one to write them.
//!
//! Everything that can wake it is an [`Event`]. It does not wait for the disk: it submits batches
//! to the journal's thread, whose results come back as events.

mod ask;
mod calendar;
mod connection;
mod connections;
mod loaded_race;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use journal::{BoxError, JournalError, Ledger, Log, Snapshot, Store as _, TaskResult};
use practice::{Header, Practice};
use scenario::{Course, Recipe};

pub(crate) use ask::{Ask, MemberAsk, Outgoing, Reply, Request, Setup, ViewerId};
use calendar::Calendar;
use loaded_race::LoadedRace;

use crate::clock::UnixTime;
use crate::context::{Context, Health};
use crate::ids::{GuestId, RaceId};
use crate::journal_thread::JournalThread;
use crate::limits::RACES_LOADED_MAX;
use crate::problem::ApiError;
use crate::sheet::Sheet;
use crate::workshop::{Asker, Wanted, Work};

/// The longest time a shard sleeps. Events and races that are due wake it earlier.
const NAP_MAX: Duration = Duration::from_secs(5);

/// The largest number of waiting events that a shard handles before it advances races and submits
/// batches.
const EVENTS_AT_ONCE: usize = 256;

/// What can wake a shard.
pub(crate) enum Event {
    /// A question about a race.
    Ask(RaceId, Ask),
    /// The journal's thread created a race, or could not.
    Created(RaceId, Result<Box<Revived>, LoadError>),
    /// A race was loaded from the journal, or could not be.
    Loaded(RaceId, Result<Box<Revived>, LoadError>),
    /// The journal's thread wrote batches and snapshots, or could not.
    Written(Vec<TaskResult>),
    /// The shard is to save its races and to end.
    Stop,
}

/// A race that was created or loaded, on its way to its shard.
pub(crate) struct Revived {
    header: Header,
    sheet: Sheet,
    ledger: Ledger<Practice>,
}

/// Why a race was not created or loaded.
pub(crate) enum LoadError {
    /// The journal failed, so it can do nothing for any race.
    Journal(Arc<JournalError>),
    /// The race was removed after somebody asked for it.
    Removed,
    /// The race cannot be made from its log. Other races can.
    Race(BoxError),
}

impl From<JournalError> for LoadError {
    fn from(error: JournalError) -> Self {
        if error.is_fatal() {
            return Self::Journal(Arc::new(error));
        }
        let is_removed = matches!(error, JournalError::UnknownSale { .. });
        if is_removed { Self::Removed } else { Self::Race(error.into()) }
    }
}

/// The races of a shard: those in memory, and those that are being created or loaded.
struct Shard {
    context: Arc<Context>,
    journal: Arc<JournalThread>,
    rx: Receiver<Event>,
    tx: Sender<Event>,
    races: HashMap<RaceId, LoadedRace>,
    calendar: Calendar,
    /// The races in which something happened since the last `settle`.
    touched: Vec<RaceId>,
    /// Asks about races that are being created or loaded.
    coming: HashMap<RaceId, Vec<Ask>>,
    is_stopping: bool,
}

/// Starts the thread of a shard.
///
/// # Errors
///
/// When the system cannot start a thread.
pub(crate) fn spawn(
    number: usize,
    context: Arc<Context>,
    journal: Arc<JournalThread>,
    channel: (Sender<Event>, Receiver<Event>),
) -> std::io::Result<JoinHandle<()>> {
    let (tx, rx) = channel;
    let mut shard = Shard {
        context,
        journal,
        rx,
        tx,
        races: HashMap::new(),
        calendar: Calendar::default(),
        touched: Vec::new(),
        coming: HashMap::new(),
        is_stopping: false,
    };
    Builder::new().name(format!("shard-{number}")).spawn(move || {
        // A panic loses the shard's races, so the whole server fails and recovers at its next
        // start.
        let _alarm = Alarm(Arc::clone(&shard.context));
        shard.run();
    })
}

/// Declares that the server failed if the thread that holds it panics.
struct Alarm(Arc<Context>);

impl Drop for Alarm {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.fail();
        }
    }
}

impl Shard {
    fn run(&mut self) {
        loop {
            let nap = self.nap();
            match self.rx.recv_timeout(nap) {
                Ok(event) => self.handle(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            for _ in 0..EVENTS_AT_ONCE {
                let Ok(event) = self.rx.try_recv() else { break };
                self.handle(event);
            }
            self.tick();
            self.settle();
            if self.is_stopping && self.is_done() {
                return self.races.values().for_each(|race| race.save(&self.journal));
            }
        }
    }

    /// The time until a race is due, but at most [`NAP_MAX`].
    fn nap(&self) -> Duration {
        let now = self.context.clock.now();
        let due = self.calendar.next_at();
        let nap = due.map_or(NAP_MAX, |due| Duration::from_nanos(due.since(now)));
        nap.min(NAP_MAX)
    }

    /// Whether no race waits for the journal any more.
    fn is_done(&self) -> bool {
        self.races.values().all(|race| race.is_quiet() || race.is_poisoned())
    }

    fn handle(&mut self, event: Event) {
        let now = self.context.clock.now();
        match event {
            Event::Ask(id, ask) => {
                self.context.asking.fetch_sub(1, Ordering::Relaxed);
                self.ask(now, id, ask);
            }
            Event::Created(id, result) => self.created(now, id, result),
            Event::Loaded(id, result) => self.loaded(now, id, result),
            Event::Written(results) => {
                for result in results {
                    self.task_ended(now, result);
                }
            }
            Event::Stop => self.is_stopping = true,
        }
    }

    fn ask(&mut self, now: UnixTime, id: RaceId, ask: Ask) {
        if self.is_stopping {
            return ask.refuse(&ApiError::Stopping);
        }
        if let Ask::Remove { reply } = ask {
            return self.remove(id, reply);
        }
        if let Some(race) = self.races.get_mut(&id) {
            self.touched.push(id);
            return race.handle(&self.context, now, ask);
        }
        if let Some(asks) = self.coming.get_mut(&id) {
            return asks.push(ask);
        }
        if self.context.loaded.fetch_add(1, Ordering::Relaxed) >= RACES_LOADED_MAX {
            self.context.loaded.fetch_sub(1, Ordering::Relaxed);
            if matches!(ask, Ask::Create { .. }) {
                self.context.index.remove(id);
            }
            return ask.refuse(&ApiError::ServerFull);
        }
        if let Ask::Create { setup, reply } = ask {
            let person = setup.host;
            self.coming.insert(id, vec![Ask::Member { person, ask: MemberAsk::Show { reply } }]);
            return self.create(id, *setup);
        }
        let asker = match &ask {
            Ask::Member { person, .. } => Asker::guest(GuestId(person.0)),
            Ask::Create { .. }
            | Ask::Hear { .. }
            | Ask::Unwatch { .. }
            | Ask::GiveUp { .. }
            | Ask::Wake
            | Ask::Remove { .. } => Asker::SERVER,
        };
        self.coming.insert(id, vec![ask]);
        self.load(id, asker);
    }

    /// Creates a race in the journal. The thread that owns the store does this.
    fn create(&self, id: RaceId, setup: Setup) {
        let tx = self.tx.clone();
        self.journal.call(move |store| {
            let Setup { sheet, recipe, header, practice, .. } = setup;
            let bytes = header.encode(&recipe);
            let ledger = Ledger::create(store, id.sale(), &bytes, practice);
            let created = ledger.map(|ledger| Box::new(Revived { header, sheet, ledger }));
            let created = created.map_err(LoadError::from);
            // Sending fails only if the shard has ended.
            let _gone = tx.send(Event::Created(id, created));
        });
    }

    fn created(&mut self, now: UnixTime, id: RaceId, result: Result<Box<Revived>, LoadError>) {
        if result.is_err() {
            self.context.index.remove(id);
        }
        self.loaded(now, id, result);
    }

    /// Loads a race. The workshop replays it, so that neither the journal nor the shard waits, and copies the log
    /// when its turn has come.
    fn load(&self, id: RaceId, asker: Asker) {
        let (tx, journal) = (self.tx.clone(), Arc::clone(&self.journal));
        self.context.workshop.post(Work::Load, asker, move |wanted| {
            // The journal ends only when the server does.
            let Some(log) = journal.ask(move |store| Log::claim(store, id.sale())) else { return };
            let loaded = log.map_err(LoadError::from);
            let loaded = loaded.and_then(|log| revive(id, &log, wanted).map_err(LoadError::Race));
            if let Some(loaded) = loaded.transpose() {
                // Sending fails only if the shard has ended.
                let _gone = tx.send(Event::Loaded(id, loaded.map(Box::new)));
            }
        });
    }

    fn loaded(&mut self, now: UnixTime, id: RaceId, result: Result<Box<Revived>, LoadError>) {
        let asks = self.coming.remove(&id).unwrap_or_default();
        let problem = match result {
            Ok(loaded) => {
                let Revived { header, sheet, ledger } = *loaded;
                let started_at = UnixTime::of_header(&header);
                let race = LoadedRace::new(id, sheet, ledger, header.seed, started_at, now);
                self.races.insert(id, race);
                self.touched.push(id);
                for ask in asks {
                    self.ask(now, id, ask);
                }
                return self.measure();
            }
            Err(LoadError::Removed) => ApiError::NoSuchRace,
            Err(LoadError::Race(error)) => {
                tracing::error!(race.id = %id, error = &*error, "a race cannot be set up");
                ApiError::RaceDamaged
            }
            Err(LoadError::Journal(error)) => {
                self.context.fail_for(&error);
                ApiError::JournalFailed
            }
        };
        self.context.loaded.fetch_sub(1, Ordering::Relaxed);
        for ask in asks {
            ask.refuse(&problem);
        }
        self.measure();
    }

    /// Removes a race, unless somebody watches it or waits for an answer (rule A22).
    fn remove(&mut self, id: RaceId, reply: Reply<bool>) {
        if let Some(asks) = self.coming.get_mut(&id) {
            return asks.push(Ask::Remove { reply });
        }
        if self.races.get(&id).is_some_and(|race| !race.is_idle()) {
            // The asker may have been dropped, and then nobody waits for the answer.
            let _gone = reply.send(Ok(false));
            return;
        }
        if self.races.remove(&id).is_some() {
            self.calendar.remove(id);
            self.context.loaded.fetch_sub(1, Ordering::Relaxed);
            self.measure();
        }
        // The index forgets the race first, so that nobody asks for it while the journal removes
        // it.
        self.context.index.remove(id);
        let context = Arc::clone(&self.context);
        self.journal.call(move |store| {
            let removed = store.remove(id.sale()).map(|()| true).map_err(|error| {
                context.fail_for(&Arc::new(error));
                ApiError::JournalFailed
            });
            // The asker may have been dropped, and then nobody waits for the answer.
            let _gone = reply.send(removed);
        });
    }

    fn task_ended(&mut self, now: UnixTime, ended: TaskResult) {
        match ended {
            TaskResult::Appended { sale, seq, result } => {
                if let Err(error) = &result {
                    self.context.fail_for(error);
                }
                if let Some(race) = self.races.get_mut(&RaceId(sale.0)) {
                    self.touched.push(RaceId(sale.0));
                    race.handle_appended(&self.context, now, seq, &result);
                }
            }
            TaskResult::SnapshotWritten { sale, result, .. } => {
                if let Err(error) = result {
                    if error.is_fatal() {
                        self.context.fail_for(&error);
                    }
                    tracing::warn!(race.id = %RaceId(sale.0), %error, "a snapshot was not written");
                }
            }
        }
    }

    /// Advances every race that is due.
    fn tick(&mut self) {
        let now = self.context.clock.now();
        while let Some(id) = self.calendar.pop_due(now) {
            if let Some(race) = self.races.get_mut(&id) {
                race.tick(&self.context, now);
                self.touched.push(id);
            }
        }
    }

    /// Submits the batches of touched races, takes those out of memory that nobody needs, and notes
    /// when the others are due. A race that was not touched has not changed, so it needs none of
    /// this.
    fn settle(&mut self) {
        let now = self.context.clock.now();
        let before = self.races.len();
        let mut batches = Vec::new();
        for id in self.touched.drain(..) {
            let Some(race) = self.races.get_mut(&id) else { continue };
            batches.extend(race.take_batch());
            if race.may_unload(&self.context, now) {
                race.save(&self.journal);
                self.races.remove(&id);
                self.calendar.remove(id);
            } else {
                self.calendar.put(id, race.due());
            }
        }
        if !batches.is_empty() {
            self.journal.submit_all(batches);
        }
        let unloaded = before - self.races.len();
        if unloaded > 0 {
            self.context.loaded.fetch_sub(unloaded, Ordering::Relaxed);
            self.measure();
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "there are only a few hundred races")]
    fn measure(&self) {
        metrics::gauge!("tingting_races_loaded").set(self.context.loaded() as f64);
    }
}

/// Makes a race from its log; `None` if nobody wants it any more.
fn revive(id: RaceId, log: &Log, wanted: &Wanted) -> Result<Option<Revived>, BoxError> {
    let (header, recipe) = Header::decode_whole(log.header())?;
    let course = Course::new(Recipe::from_json(&recipe)?)?;
    let sheet = Sheet::new(id, &course);
    let make = |_: &[u8], snapshot: Option<&Snapshot>| {
        let (scenario, seed, ends_at) = (course.scenario, header.seed, header.ends_at);
        Ok(match snapshot {
            None => {
                header.versions.check()?;
                Practice::new(scenario, seed, ends_at)?
            }
            // A snapshot has a form of its own, which `restore` checks.
            Some(snapshot) => Practice::restore(scenario, seed, ends_at, &snapshot.state)?,
        })
    };
    let ledger = Ledger::from_log_while(log, make, || wanted.is_wanted())?;
    Ok(ledger.map(|ledger| Revived { header, sheet, ledger }))
}

/// Whether the server is serving, neither stopping nor failed.
pub(crate) fn is_serving(context: &Context) -> bool {
    *context.health.borrow() == Health::Serving
}
