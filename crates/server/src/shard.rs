//! A shard: one thread that owns many races and is the only one to write them.
//!
//! Everything that can wake it is an [`Event`]. It does not wait for the disk: it submits batches
//! to the journal's thread, whose results come back as events.

mod ask;
mod board;
mod calendar;
mod coming;
mod connection;
mod connections;
mod hall;
mod loaded_race;
mod making_room;
mod need;
mod pace;
mod revived;
mod tallies;
mod turns;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use journal::{Store as _, TaskResult};

pub(crate) use ask::{
    Ahead, Ask, Jump, Letter, Line, Look, MemberAsk, Outgoing, PaymentStand, Reply, Request,
    SaleSeen, Setup, Standings, ViewerId,
};
pub(crate) use board::Rows;
use calendar::Calendar;
use loaded_race::LoadedRace;
use pace::Pace;
use revived::{Coming, LoadError, Revived};
use turns::Turns;

use crate::clock::UnixTime;
use crate::context::Context;
use crate::ids::{GuestId, RaceId};
use crate::journal_thread::JournalThread;
use crate::limits::SAVE_TIMEOUT;
use crate::problem::ApiError;
use crate::tally::{NewTally, tally_key};
use crate::workshop::{Asker, Wanted, Work};

/// The longest time a shard sleeps. Events and races that are due wake it earlier.
const NAP_MAX: Duration = Duration::from_secs(5);

/// The largest number of waiting events that a shard handles before it advances races and submits
/// batches.
const EVENTS_AT_ONCE: usize = 256;

/// What can wake a shard.
pub(crate) enum Event {
    /// A question about a race.
    Ask(RaceId, Letter),
    /// The journal's thread created a race, or could not.
    Created(RaceId, Result<Box<Revived>, LoadError>),
    /// A race was loaded from the journal, or could not be.
    Loaded(RaceId, Result<Box<Revived>, LoadError>),
    /// The journal's thread wrote batches and snapshots, or could not.
    Written(Vec<TaskResult>),
    /// The shard is to save its races and to end.
    Stop,
}

/// The races of a shard: those in memory, and those that are being created or loaded.
struct Shard {
    context: Arc<Context>,
    journal: Arc<JournalThread>,
    rx: Receiver<Event>,
    tx: Sender<Event>,
    races: HashMap<RaceId, LoadedRace>,
    calendar: Calendar,
    /// The races that have time to make up.
    turns: Turns,
    /// How long the shard rests after a turn, so that making up for the time of abandoned races leaves time
    /// for everything else on the same processor.
    rest: Duration,
    /// Races that may be in memory at once.
    capacity: usize,
    /// The races in which something happened since the last `settle`.
    touched: Vec<RaceId>,
    /// Asks about races that are being created or loaded.
    coming: HashMap<RaceId, Coming>,
    is_stopping: bool,
}

/// Starts the thread of a shard, which has up to `capacity` races in memory.
///
/// # Errors
///
/// When the system cannot start a thread.
pub(crate) fn spawn(
    number: usize,
    capacity: usize,
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
        turns: Turns::default(),
        rest: Duration::ZERO,
        capacity,
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
            let nap = if self.turns.is_empty() { self.nap() } else { self.rest };
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
            self.take_a_turn();
            self.settle();
            if self.is_stopping && self.is_done() {
                return self.save_all();
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

    /// Answers nothing more but what is decided already. Nobody waits for races to make up for their time.
    fn begin_to_stop(&mut self) {
        self.is_stopping = true;
        self.turns = Turns::default();
        self.calendar = Calendar::default();
        self.races.values_mut().for_each(|race| race.refuse_waiting(&ApiError::Stopping));
        for (_, coming) in self.coming.drain() {
            coming.letters.into_iter().for_each(|letter| letter.ask.refuse(&ApiError::Stopping));
        }
    }

    /// Whether no race waits for the journal any more.
    fn is_done(&self) -> bool {
        self.races.values().all(|race| race.is_quiet() || race.is_poisoned())
    }

    /// Saves the races. Whatever is not saved in time is made from its log.
    fn save_all(&mut self) {
        let until = self.context.clock.now().after(SAVE_TIMEOUT);
        for (_, race) in self.races.drain() {
            if self.context.clock.now() < until {
                race.save(&self.context, &self.journal);
            }
        }
    }

    fn handle(&mut self, event: Event) {
        let now = self.context.clock.now();
        match event {
            Event::Ask(id, letter) => {
                self.context.asking.fetch_sub(1, Ordering::Relaxed);
                self.ask(now, id, letter);
            }
            Event::Created(id, result) => self.created(now, id, result),
            Event::Loaded(id, result) => self.loaded(now, id, result),
            Event::Written(results) => {
                for result in results {
                    self.task_ended(result);
                }
            }
            Event::Stop => self.begin_to_stop(),
        }
    }

    fn ask(&mut self, now: UnixTime, id: RaceId, letter: Letter) {
        let Letter { ask, from, place } = letter;
        if self.is_stopping {
            return ask.refuse(&ApiError::Stopping);
        }
        if let Ask::Remove { reply } = ask {
            return self.remove(id, reply);
        }
        let letter = |ask| Letter { ask, from, place };
        if let Some(race) = self.races.get_mut(&id) {
            let pace = race.take(&self.context, now, letter(ask));
            return self.note_pace(id, pace);
        }
        if let Some(coming) = self.coming.get_mut(&id) {
            return coming.letters.push(letter(ask));
        }
        if matches!(ask, Ask::Hear { .. } | Ask::Unwatch { .. }) {
            // The connection was closed when the race left the memory.
            return;
        }
        if let Err(problem) = self.make_room(now, from) {
            if matches!(ask, Ask::Create { .. }) {
                self.context.index.remove(id);
            }
            return ask.refuse(&problem);
        }
        self.context.loaded.fetch_add(1, Ordering::Relaxed);
        if let Ask::Create { setup, first } = ask {
            self.coming.insert(id, Coming { from, letters: vec![letter(*first)] });
            return self.create(id, *setup);
        }
        let guest = match &ask {
            Ask::Member { person, .. } => Some(GuestId(person.0)),
            Ask::Create { .. }
            | Ask::Look(_)
            | Ask::Hear { .. }
            | Ask::Unwatch { .. }
            | Ask::GiveUp { .. }
            | Ask::Remove { .. } => None,
        };
        self.coming.insert(id, Coming { from, letters: vec![letter(ask)] });
        self.load(id, Asker { network: from, guest });
    }

    /// Notes whether a race has more time to make up.
    fn note_pace(&mut self, id: RaceId, pace: Pace) {
        self.touched.push(id);
        if pace == Pace::Behind && !self.is_stopping {
            let network = self.races.get(&id).and_then(LoadedRace::network);
            self.turns.put(network, id);
            self.calendar.remove(id);
        }
    }

    /// Removes a race, unless somebody watches it or waits for an answer (rule A22).
    fn remove(&mut self, id: RaceId, reply: Reply<bool>) {
        if let Some(coming) = self.coming.get_mut(&id) {
            return coming.letters.push(Letter {
                ask: Ask::Remove { reply },
                from: None,
                place: None,
            });
        }
        if self.races.get(&id).is_some_and(|race| !race.is_idle()) {
            // The asker may have been dropped, and then nobody waits for the answer.
            let _gone = reply.send(Ok(false));
            return;
        }
        if self.take_out(id).is_some() {
            self.context.loaded.fetch_sub(1, Ordering::Relaxed);
            self.measure();
        }
        self.context.shelf.remove(id);
        // The index forgets the race first, so that nobody asks for it while the journal removes
        // it.
        let entry = self.context.index.remove(id);
        let context = Arc::clone(&self.context);
        self.journal.call(move |store| {
            let removed = store.remove(id.sale()).map(|()| true);
            let removed = removed.map_err(|error| {
                // It is still there, and is removed another time.
                context.index.put_back(id, entry);
                context.judge(id, &Arc::new(error))
            });
            // The asker may have been dropped, and then nobody waits for the answer.
            let _gone = reply.send(removed);
        });
    }

    fn task_ended(&mut self, ended: TaskResult) {
        match ended {
            TaskResult::Appended { sale, seq, result } => {
                if let Err(error) = &result {
                    let problem = self.context.judge(RaceId(sale.0), error);
                    if !error.is_fatal() {
                        return self.let_go(RaceId(sale.0), &problem);
                    }
                }
                if let Some(race) = self.races.get_mut(&RaceId(sale.0)) {
                    self.touched.push(RaceId(sale.0));
                    race.handle_appended(&self.context, seq, &result);
                }
            }
            TaskResult::SnapshotWritten { sale, result, .. } => {
                let Err(error) = result else { return };
                let id = RaceId(sale.0);
                self.context.shelf.remove(id);
                if error.is_verdict() {
                    // The race was loaded again or removed before its snapshot was written.
                    tracing::debug!(race.id = %id, %error, "a snapshot came too late");
                } else {
                    // A race can go on without its snapshot, so only the error itself is told.
                    self.context.judge(id, &error);
                    tracing::warn!(race.id = %id, %error, "a snapshot was not written");
                }
            }
        }
    }

    /// Drops a race whose batch was not written, and answers all who wait that the outcome is unknown.
    /// Whoever asks next has the race recovered from the journal (rule A44).
    fn let_go(&mut self, id: RaceId, problem: &ApiError) {
        if let Some(race) = self.take_out(id) {
            race.refuse_all(problem);
            self.context.loaded.fetch_sub(1, Ordering::Relaxed);
            self.measure();
        }
    }

    /// Lets every race go on that is due, unless it waits for a turn. A race that may leave the memory does
    /// not go on: nobody would see it.
    fn tick(&mut self) {
        let now = self.context.clock.now();
        while let Some(id) = self.calendar.pop_due(now) {
            let Some(race) = self.races.get_mut(&id) else { continue };
            if self.turns.has(id) || race.may_unload(&self.context, now) {
                self.touched.push(id);
                continue;
            }
            let pace = race.tick(&self.context, now);
            self.note_pace(id, pace);
        }
    }

    /// Lets the race go on for a slice whose turn it is.
    fn take_a_turn(&mut self) {
        let Some(id) = self.turns.pop() else { return };
        let Some(race) = self.races.get_mut(&id) else { return };
        let began_at = self.context.clock.now();
        let pace = race.go_on(&self.context);
        self.rest = Duration::from_nanos(self.context.clock.now().since(began_at));
        self.note_pace(id, pace);
    }

    /// Takes a race out of memory.
    fn take_out(&mut self, id: RaceId) -> Option<LoadedRace> {
        self.calendar.remove(id);
        self.turns.remove(id);
        self.races.remove(&id)
    }

    /// Saves a race and takes it out of memory. Its live connections end, and their clients connect again.
    fn unload(&mut self, id: RaceId) {
        let Some(mut race) = self.take_out(id) else { return };
        self.context.loaded.fetch_sub(1, Ordering::Relaxed);
        self.measure();
        race.close_connections();
        if !race.has_news() {
            return;
        }
        // A race that waits to be saved is still in memory. Beyond a few, a race is made from its log.
        let Ok(permit) = Arc::clone(&self.context.saving).try_acquire_owned() else { return };
        let (context, journal) = (Arc::clone(&self.context), Arc::clone(&self.journal));
        // Writing down the state of a large race takes longer than the other races should wait.
        let save = move |_: &Wanted| {
            race.save(&context, &journal);
            drop(permit);
        };
        self.context.workshop.post(Work::Save, Asker::SERVER, save);
    }

    /// Submits the batches of touched races, takes those out of memory that nobody needs, and notes
    /// when the others are due. A race that was not touched has not changed, so it needs none of
    /// this.
    fn settle(&mut self) {
        let now = self.context.clock.now();
        let mut batches = Vec::new();
        for id in std::mem::take(&mut self.touched) {
            let Some(race) = self.races.get_mut(&id) else { continue };
            batches.extend(race.take_batch());
            let tallies = race.take_tallies();
            keep_tallies(&self.journal, id, tallies);
            if race.may_unload(&self.context, now) {
                self.unload(id);
            } else if !self.turns.has(id) && !self.is_stopping {
                self.calendar.put(id, race.due());
            }
        }
        if !batches.is_empty() {
            self.journal.submit_all(batches);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "there are only a few hundred races")]
    fn measure(&self) {
        metrics::gauge!("tingting_races_loaded").set(self.context.loaded() as f64);
    }
}

/// Keeps what came of runs that are over, in the journal. If that fails, a list loads the race to know it.
fn keep_tallies(journal: &JournalThread, race: RaceId, tallies: Vec<NewTally>) {
    if tallies.is_empty() {
        return;
    }
    let kept = |(person, tally): NewTally| (race.sale(), tally_key(person), tally.to_result());
    let results: Vec<_> = tallies.into_iter().map(kept).collect();
    journal.call(move |store| {
        if let Err(error) = store.keep_results(&results) {
            tracing::warn!(race.id = %race, %error, "what came of a run was not kept");
        }
    });
}
