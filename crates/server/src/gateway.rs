//! The way from the HTTP handlers to the shards, the journal and the library.
//!
//! It sends each question to the shard that owns the race, and waits for the answer. It knows no
//! rule of a sale.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::time::Duration;

use futures_util::future::join_all;
use journal::{JournalError, Ledger, Log, SqliteStore, Store as _};
use practice::{
    About, Act, Begun, Commitment, Exercise, Fair, Header, Origin, PersonId, Practice, Versions,
};
use protocol::{Commanded, RaceCard, RaceView};
use sale::{Moment, Tag};
use scenario::{Course, Library, Recipe};
use tokio::sync::mpsc;
use tokio::sync::oneshot::{self, Receiver};

use crate::client::{Client, Network};
use crate::clock::UnixTime;
use crate::context::{Context, Health};
use crate::exercise::play;
use crate::ids::{GuestId, RaceId, random_bytes};
use crate::index::{Access, Known, Listed, NOBODY, PastRun};
use crate::journal_thread::JournalThread;
use crate::limits::{
    ASKS_WAITING_MAX, RACES_LISTED_MAX, SEED_MAX, SNAPSHOTS_DROPPED_AT_ONCE,
    TALLIES_READ_AT_ONCE_MAX, UNDECIDED_WITHIN,
};
use crate::plan_address::PlanAddress;
use crate::problem::ApiError;
use crate::shard::{
    Ask, Event, Letter, Look, MemberAsk, Outgoing, Reply, Request, Setup, ViewerId,
};
use crate::sheet::{Sheet, about};
use crate::tally::{Tally, tally_key};

/// What a handler needs in order to reach races and files.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) context: Arc<Context>,
    pub(crate) library: Library,
    journal: Arc<JournalThread>,
    shards: Vec<Sender<Event>>,
}

/// A race that was made and has not begun.
#[derive(Debug)]
pub(crate) struct MadeRace {
    sheet: Sheet,
    plan: PlanAddress,
    about: About,
    recipe: String,
    fair: Fair,
    opens_at: Moment,
    ends_at: Moment,
    ledger: Box<Ledger<Practice>>,
    /// The moment of race time at which a person comes into the race: later than its beginning if earlier steps are done.
    from: Moment,
}

/// Who opens a shared race, and who is let in from the beginning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// The guest for whom the race counts; `None` for a race that nobody opened, such as one of the timetable.
    pub(crate) host: Option<GuestId>,
    /// From where it is opened; `None` if the server itself opens it.
    pub(crate) network: Option<Network>,
    /// Who is in the room.
    pub(crate) guests: HashSet<GuestId>,
    /// When race time begins, if that moment has passed: the time that setting the race up took is made up for, so
    /// that the sale opens when it was said to.
    pub(crate) begins_at: Option<UnixTime>,
}

/// The times of a shared race that has begun.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SharedRace {
    pub(crate) started_at: UnixTime,
    pub(crate) opens_at: UnixTime,
    pub(crate) ends_at: UnixTime,
    /// What is shown of seed and secret before the race is over.
    pub(crate) commitment: Commitment,
}

impl MadeRace {
    /// Sets a race up. A large crowd takes up to a second, so this is for the workshop.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`].
    pub(crate) fn on(course: Course, race: RaceId, fair: Fair) -> Result<Self, ApiError> {
        Self::of(course, race, Origin { fair, shared: false })
    }

    fn of(course: Course, race: RaceId, origin: Origin) -> Result<Self, ApiError> {
        let Origin { fair, .. } = origin;
        let (about, ends_at) = (about(&course), course.ends_at);
        let sheet = Sheet::new(race, &course, &about, ends_at, origin);
        let plan = PlanAddress::of(course.recipe.plan_text());
        let (recipe, opens_at) = (course.recipe.to_json(), course.scenario.rules.opens_at);
        let practice = Practice::new(course.scenario, fair, ends_at).map_err(unplayable)?;
        let ledger = Box::new(Ledger::unkept(race.sale(), practice));
        let from = Moment::START;
        Ok(Self { sheet, plan, about, recipe, fair, opens_at, ends_at, ledger, from })
    }

    /// Sets an exercise of a person up, with the steps before it done. For the workshop.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`], also if the style has no such step.
    pub(crate) fn exercise(
        course: Course,
        race: RaceId,
        exercise: Exercise,
        person: PersonId,
    ) -> Result<Self, ApiError> {
        let fair = Fair::drawn(u64::from_le_bytes(random_bytes()) & SEED_MAX);
        // An exercise takes place in a small hall, so a copy costs little.
        let practice = Practice::new(course.scenario.clone(), fair, course.ends_at);
        let mut ledger = Box::new(Ledger::unkept(race.sale(), practice.map_err(unplayable)?));
        let from = play(&mut ledger, exercise, person).map_err(unplayable)?;
        let about = About { title: exercise.title(), exercise: Some(exercise), ..about(&course) };
        let (opens_at, ends_at) = (course.scenario.rules.opens_at, ledger.machine().ends_at());
        let sheet = Sheet::new(race, &course, &about, ends_at, Origin { fair, shared: false });
        let plan = PlanAddress::of(course.recipe.plan_text());
        let recipe = course.recipe.to_json();
        Ok(Self { sheet, plan, about, recipe, fair, opens_at, ends_at, ledger, from })
    }

    /// Sets a race up with a seed and a secret for the captchas that nobody has chosen and nobody can guess. For the
    /// workshop.
    ///
    /// # Errors
    ///
    /// [`ApiError::Unplayable`].
    pub(crate) fn fair(course: Course, race: RaceId) -> Result<Self, ApiError> {
        let seed = u128::from_le_bytes(random_bytes());
        let fair = Fair::keyed(seed, random_bytes());
        Self::of(course, race, Origin { fair, shared: true })
    }

    /// The parts of a race that begins at `now`.
    fn begin(self, now: UnixTime, host: PersonId, content: u64, access: &Access) -> Parts {
        let Self { sheet, plan, about, recipe, fair, ends_at, ledger, from, .. } = self;
        let at_unix_ns = now.as_nanos().saturating_sub(from.as_nanos());
        let begun = Some(Begun { host, at_unix_ns, content });
        let shared = access.is_shared();
        let header = Header { versions: Versions::HERE, fair, shared, ends_at, begun, about };
        Parts { plan, setup: Setup { sheet, recipe, header, ledger } }
    }
}

fn unplayable(error: impl std::fmt::Display) -> ApiError {
    ApiError::Unplayable { reason: error.to_string() }
}

/// What a race begins with.
struct Parts {
    plan: PlanAddress,
    setup: Setup,
}

impl Gateway {
    pub(crate) fn new(
        context: Arc<Context>,
        library: Library,
        journal: Arc<JournalThread>,
        shards: Vec<Sender<Event>>,
    ) -> Self {
        Self { context, library, journal, shards }
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.context.clock.now()
    }

    /// Asks a race a question on behalf of one of its members.
    ///
    /// # Errors
    ///
    /// [`ApiError::NoSuchRace`] also if the race exists and the guest may not enter it.
    pub(crate) async fn ask<T>(
        &self,
        client: Client,
        race: RaceId,
        ask: impl FnOnce(Reply<T>) -> MemberAsk,
    ) -> Result<T, ApiError> {
        self.check_entry(race, client).await?;
        let person = client.guest.person();
        let from = Some(client.network);
        self.ask_any(race, from, |reply| Ask::Member { person, ask: ask(reply) }).await
    }

    /// Asks a race a question on behalf of a guest who may enter it and need not be a member.
    ///
    /// # Errors
    ///
    /// As [`ask`](Self::ask).
    pub(crate) async fn look<T>(
        &self,
        client: Client,
        race: RaceId,
        look: impl FnOnce(Reply<T>) -> Look,
    ) -> Result<T, ApiError> {
        self.check_entry(race, client).await?;
        self.ask_any(race, Some(client.network), |reply| Ask::Look(look(reply))).await
    }

    /// Lets a guest watch the hall of a race: whoever may enter it, and whoever was told the id of a race of several
    /// people. Only those with its room's link are (rule A61).
    ///
    /// # Errors
    ///
    /// As [`ask`](Self::ask), and [`ApiError::StillRacing`] for whoever has a run that goes on.
    pub(crate) async fn watch(
        &self,
        client: Client,
        race: RaceId,
        tx: mpsc::Sender<Outgoing>,
    ) -> Result<ViewerId, ApiError> {
        if !self.context.index.is_shared(race) {
            self.check_entry(race, client).await?;
        }
        let person = client.guest.person();
        let ask = |reply| Ask::Look(Look::Hall { person, tx, reply });
        self.ask_any(race, Some(client.network), ask).await
    }

    /// Refuses a race that a guest may not enter, or that cannot be read.
    ///
    /// # Errors
    ///
    /// [`ApiError::RaceDamaged`] or [`ApiError::NoSuchRace`], and those of loading the race.
    pub(crate) async fn check_entry(&self, race: RaceId, client: Client) -> Result<(), ApiError> {
        let index = &self.context.index;
        if index.is_damaged(race) {
            return Err(ApiError::RaceDamaged);
        }
        if !index.may_enter(race, client.guest) && index.knows_nobody(race) {
            // After a start only the log of a shared race knows who was in it and has left its room since.
            let ask = |reply| Ask::Look(Look::Reach { reply });
            self.ask_any(race, Some(client.network), ask).await?;
        }
        if index.may_enter(race, client.guest) { Ok(()) } else { Err(ApiError::NoSuchRace) }
    }

    /// Asks the shard that owns the race.
    async fn ask_any<T>(
        &self,
        race: RaceId,
        from: Option<Network>,
        ask: impl FnOnce(Reply<T>) -> Ask,
    ) -> Result<T, ApiError> {
        let (reply, answer) = oneshot::channel();
        if !self.tell(race, from, ask(reply)) {
            return Err(ApiError::Overloaded);
        }
        self.wait(answer).await
    }

    /// Asks a race as [`ask`](Self::ask) does, of which the guest may be a member. For the threads of the workshop.
    ///
    /// # Errors
    ///
    /// As [`ask`](Self::ask).
    pub(crate) fn ask_and_wait<T>(
        &self,
        client: Client,
        race: RaceId,
        ask: impl FnOnce(Reply<T>) -> MemberAsk,
    ) -> Result<T, ApiError> {
        let (reply, answer) = oneshot::channel();
        let ask = Ask::Member { person: client.guest.person(), ask: ask(reply) };
        if !self.tell(race, Some(client.network), ask) {
            return Err(ApiError::Overloaded);
        }
        answer.blocking_recv().unwrap_or_else(|_| Err(self.silence()))
    }

    async fn wait<T>(&self, answer: Receiver<Result<T, ApiError>>) -> Result<T, ApiError> {
        // The sender is dropped without an answer only if the journal failed, the disk is full, the race is
        // damaged or the shard ended.
        answer.await.unwrap_or_else(|_| Err(self.silence()))
    }

    /// The error to report when no answer comes.
    fn silence(&self) -> ApiError {
        match *self.context.health.borrow() {
            // The shard dropped a race that could not be written.
            Health::Serving if self.context.is_disk_full() => ApiError::DiskFull,
            Health::Serving | Health::Failed => ApiError::JournalFailed,
            Health::Stopping => ApiError::Stopping,
        }
    }

    /// Sends a message to the shard that owns the race. Returns false if too many wait already.
    pub(crate) fn tell(&self, race: RaceId, from: Option<Network>, ask: Ask) -> bool {
        let Some(line) = self.context.index.line_of(race) else {
            // The race was removed in the meantime; its shard says so.
            return self.post(race, Letter { ask, from, place: None });
        };
        let Some(place) = line.join() else { return false };
        self.post(race, Letter { ask, from, place: Some(place) })
    }

    fn post(&self, race: RaceId, letter: Letter) -> bool {
        if self.context.asking.fetch_add(1, Ordering::Relaxed) >= ASKS_WAITING_MAX {
            self.context.asking.fetch_sub(1, Ordering::Relaxed);
            return false;
        }
        let shard = shard_of(race, self.shards.len());
        // If the shard has ended, the message is dropped and with it the sender of its answer.
        let _gone = self.shards[shard].send(Event::Ask(race, letter));
        true
    }

    /// Gives a command of a person in a race.
    pub(crate) async fn act(
        &self,
        client: Client,
        race: RaceId,
        act: Act,
        tag: Tag,
        pass: Option<String>,
    ) -> Result<Commanded, ApiError> {
        self.ask(client, race, |reply| MemberAsk::Act(Request { act, tag, pass, reply })).await
    }

    /// The race that a guest began before by the same request; `None` if there is no race with this
    /// id (rule A29). `content` is a digest of all that the request asks for.
    ///
    /// # Errors
    ///
    /// [`ApiError::KeyReused`] if another request began the race.
    pub(crate) async fn begun_before(
        &self,
        client: Client,
        race: RaceId,
        content: u64,
    ) -> Result<Option<RaceView>, ApiError> {
        if self.context.index.is_damaged(race) {
            return Err(ApiError::RaceDamaged);
        }
        match self.context.index.known(race, client.guest, content) {
            Known::Nothing => Ok(None),
            Known::Same => {
                self.ask(client, race, |reply| MemberAsk::Show { reply }).await.map(Some)
            }
            Known::Other => Err(ApiError::KeyReused),
        }
    }

    /// Sets up a race for a guest. A guest who has too many unfinished races gives up the oldest of
    /// them. `content` is a digest of all that the request asks for.
    pub(crate) async fn create(
        &self,
        client: Client,
        race: RaceId,
        content: u64,
        made: MadeRace,
    ) -> Result<RaceView, ApiError> {
        if self.context.is_journal_full() {
            return Err(ApiError::ServerFull);
        }
        let Client { guest, network } = client;
        let host = guest.person();
        let now = self.now();
        let Parts { plan, setup } = made.begin(now, host, content, &Access::Host);
        let header = setup.header.clone();
        let surplus = self.context.index.surplus(guest, now);
        let unkept = self.context.index.unkept(guest, now);
        let (reply, answer) = oneshot::channel();
        let first = Ask::Member { person: host, ask: MemberAsk::Show { reply } };
        let ask = Ask::Create { setup: Box::new(setup), first: Box::new(first) };
        let mut is_sent = false;
        let letter = Letter { ask, from: Some(network), place: None };
        let send = || is_sent = self.post(race, letter);
        if !self.context.index.begin(race, &header, plan, Access::Host, send) {
            // The same request, or another one under its key, came in the meantime.
            return self.begun_before(client, race, content).await?.ok_or(ApiError::Overloaded);
        }
        if is_sent {
            // Before waiting: whoever hangs up keeps no more races than others.
            self.make_way(guest, network, &surplus, &unkept);
        }
        let created = if is_sent { self.wait(answer).await } else { Err(ApiError::Overloaded) };
        if created.is_ok() {
            metrics::counter!("tingting_races_created_total").increment(1);
        } else if !is_sent {
            // A race that reached its shard and could not be begun, the shard itself takes out.
            self.context.index.remove(race);
        }
        created
    }

    /// Begins a race that more people than one may enter. Nobody is a member of it yet: each becomes one with the first
    /// question.
    ///
    /// # Errors
    ///
    /// [`ApiError::ServerFull`], [`ApiError::Overloaded`] or another reason for which no race can begin.
    pub(crate) async fn create_shared(
        &self,
        race: RaceId,
        made: MadeRace,
        opening: Opening,
    ) -> Result<SharedRace, ApiError> {
        if self.context.is_journal_full() {
            return Err(ApiError::ServerFull);
        }
        let Opening { host, network, guests, begins_at } = opening;
        let (now, opens_at, ends_at) = (self.now(), made.opens_at, made.ends_at);
        let begins_at = begins_at.map_or(now, |at| at.min(now));
        // A race that begins now has missed no outage.
        let away_until = self.context.outages.since(begins_at).map(|outage| outage.until).max();
        let begins_at = away_until.map_or(begins_at, |until| until.max(begins_at));
        let unkept = host.map_or_else(Vec::new, |host| self.context.index.unkept(host, now));
        let (host, access) = (host.map_or(NOBODY, GuestId::person), Access::Members(guests));
        let commitment = made.fair.commitment();
        let Parts { plan, setup } = made.begin(begins_at, host, race.0, &access);
        let header = setup.header.clone();
        let (reply, answer) = oneshot::channel();
        let first = Box::new(Ask::Look(Look::Reach { reply }));
        let ask = Ask::Create { setup: Box::new(setup), first };
        let mut is_sent = false;
        let send = || is_sent = self.post(race, Letter { ask, from: network, place: None });
        if !self.context.index.begin(race, &header, plan, access, send) {
            // A random id belongs to another race once in many millions of years.
            return Err(ApiError::Overloaded);
        }
        let created = if is_sent { self.wait(answer).await } else { Err(ApiError::Overloaded) };
        if let Err(error) = created {
            if !is_sent {
                self.context.index.remove(race);
            }
            return Err(error);
        }
        self.remove_unkept(&unkept);
        metrics::counter!("tingting_races_created_total").increment(1);
        let at = |moment: Moment| begins_at.later_by(moment.as_nanos());
        let (opens_at, ends_at) = (at(opens_at), at(ends_at));
        Ok(SharedRace { started_at: begins_at, opens_at, ends_at, commitment })
    }

    /// Ends the unfinished races that a guest has too many, and removes those that are not kept.
    fn make_way(&self, guest: GuestId, from: Network, surplus: &[RaceId], unkept: &[RaceId]) {
        for &race in surplus {
            self.tell(race, Some(from), Ask::GiveUp { person: guest.person() });
        }
        self.remove_unkept(unkept);
    }

    fn remove_unkept(&self, unkept: &[RaceId]) {
        // A clock that is wrong at the start removes nothing.
        for &race in unkept.iter().filter(|_| self.context.may_remove()) {
            let (reply, _nobody_waits) = oneshot::channel();
            self.tell(race, None, Ask::Remove { reply });
        }
    }

    /// The spec of the plan with this address, from a race that is kept. `None` if no race has such a
    /// plan.
    pub(crate) async fn plan_of_race(
        &self,
        address: PlanAddress,
    ) -> Result<Option<String>, ApiError> {
        let Some(race) = self.context.index.race_on(address) else { return Ok(None) };
        let sale = race.sale();
        let header = match self.call(move |store| Log::header_of(store, sale)).await? {
            Ok(header) => header,
            // The race is still being created, or was removed in the meantime.
            Err(JournalError::UnknownSale { .. }) => return Ok(None),
            Err(error) => {
                return Err(self.context.judge(race, &Arc::new(error)));
            }
        };
        let (_, recipe) = Header::decode_whole(&header).map_err(|_| ApiError::RaceDamaged)?;
        let recipe = Recipe::from_json(&recipe).map_err(|_| ApiError::RaceDamaged)?;
        Ok(Some(recipe.plan_text().to_owned()))
    }

    /// The guest's last races, newest first.
    pub(crate) async fn latest(&self, client: Client) -> Vec<RaceCard> {
        self.learn_tallies(client.guest, RACES_LISTED_MAX).await;
        self.decide_last(client, &[Listed::Races]).await;
        self.context.index.latest(client.guest)
    }

    /// The guest's runs that are over, newest first.
    pub(crate) async fn past_runs(&self, client: Client) -> Vec<PastRun> {
        self.learn_tallies(client.guest, usize::MAX).await;
        self.decide_last(client, &[Listed::Races, Listed::Exercises]).await;
        self.context.index.past_runs(client.guest)
    }

    /// Has the index learn from the journal what came of the newest of a guest's runs, which after a start it does not
    /// know.
    async fn learn_tallies(&self, guest: GuestId, count: usize) {
        let mut untold = self.context.index.untold(guest);
        untold.truncate(count);
        let key = tally_key(guest.person());
        for races in untold.chunks(TALLIES_READ_AT_ONCE_MAX) {
            let races = races.to_vec();
            let read = move |store: &mut SqliteStore| {
                let kept = |race: RaceId| (race, store.result(race.sale(), key));
                races.into_iter().map(kept).collect::<Vec<_>>()
            };
            // A list without them shows what is known.
            let Ok(read) = self.call(read).await else { return };
            for (race, kept) in read {
                // What cannot be read is known again once the race was loaded.
                let tally = kept.ok().flatten().and_then(|kept| Tally::read(&kept));
                self.context.index.tell(race, guest, tally);
            }
        }
    }

    /// Loads those of the guest's last races that ran out of time while they were not in memory: nobody knows how they
    /// ended.
    async fn decide_last(&self, client: Client, listed: &[Listed]) {
        let now = self.now();
        let of = |&listed| self.context.index.undecided(client.guest, now, listed);
        let from = Some(client.network);
        let undecided = listed.iter().flat_map(of);
        let shown = undecided
            .map(|race| self.ask_any(race, from, |reply| Ask::Look(Look::Reach { reply })));
        // A race that cannot be loaded in time is listed without its ending.
        let _unknown = tokio::time::timeout(UNDECIDED_WITHIN, join_all(shown)).await;
    }

    /// Drops the snapshots of races whose time is over: their logs and reports are enough.
    pub(crate) fn drop_old_snapshots(&self) {
        let now = self.now();
        let Context { shelf, index, .. } = &*self.context;
        let mut races = shelf.races();
        races.retain(|&race| index.is_over_by(race, now));
        races.truncate(SNAPSHOTS_DROPPED_AT_ONCE);
        races.retain(|&race| shelf.remove(race));
        self.journal.drop_snapshots(races);
    }

    /// Measures the journal, and drops the oldest snapshots if it has nearly as many bytes as it may have.
    pub(crate) async fn measure_disk(&self) {
        let Ok(Ok(bytes)) = self.call(SqliteStore::bytes_used).await else { return };
        self.context.disk_bytes.store(bytes, Ordering::Relaxed);
        let comfortable = self.context.capacity.disk_bytes / 10 * 9;
        let races = self.context.shelf.take_oldest(bytes.saturating_sub(comfortable));
        self.journal.drop_snapshots(races);
        if self.context.is_journal_full() {
            tracing::error!(bytes, "the journal is full: no race can begin");
        }
    }

    /// Removes races whose time has been over for longer than they are kept (rule A22).
    pub(crate) async fn remove_old(&self, keep: Duration) {
        let mut removed = 0u64;
        for race in self.context.index.over_by(self.now().before(keep)) {
            // Removing them one after the other lets the journal do other work in between. A race
            // that cannot be removed is tried again the next time.
            let is_removed = self.ask_any(race, None, |reply| Ask::Remove { reply }).await;
            removed += u64::from(is_removed.unwrap_or(false));
        }
        if removed > 0 {
            tracing::info!(removed, "old races were removed");
            metrics::counter!("tingting_races_removed_total").increment(removed);
        }
    }

    /// Runs `call` on the journal's thread, with its store, and returns the result.
    pub(crate) async fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut SqliteStore) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let (reply, answer) = oneshot::channel();
        self.journal.call(move |store| {
            // The handler may have been dropped, and then nobody waits for the result.
            let _gone = reply.send(call(store));
        });
        answer.await.map_err(|_| self.silence())
    }

    /// Runs `call` on the journal's thread as [`call`](Self::call) does. For the threads of the workshop.
    pub(crate) fn call_and_wait<T: Send + 'static>(
        &self,
        call: impl FnOnce(&mut SqliteStore) -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        self.journal.ask(call).ok_or_else(|| self.silence())
    }

    /// Tells every shard to save its races and to end.
    pub(crate) fn stop(&self) {
        for shard in &self.shards {
            // Sending fails only if the shard has ended already.
            let _gone = shard.send(Event::Stop);
        }
    }
}

/// Which shard owns a race.
#[expect(clippy::cast_possible_truncation, reason = "a remainder of a usize")]
pub(crate) fn shard_of(race: RaceId, shard_count: usize) -> usize {
    (race.0 % shard_count as u64) as usize
}

#[cfg(test)]
mod tests;
