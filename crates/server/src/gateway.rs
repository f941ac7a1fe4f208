//! The way from the HTTP handlers to the shards, the journal and the library.
//!
//! It sends each question to the shard that owns the race, and waits for the answer. It knows no
//! rule of a sale.

mod accounts_only;
mod beginning;
mod doors;
mod identity;
mod lists;
mod upkeep;

use std::num::NonZeroU64;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;

use journal::{JournalError, Log, SqliteStore, Start};
use practice::{Act, Header};
use protocol::Commanded;
use sale::{BookingId, Tag};
use scenario::{Library, Recipe};
use tokio::sync::mpsc;
use tokio::sync::oneshot::{self, Receiver};

use crate::client::{Client, Network};
use crate::clock::UnixTime;
use crate::context::{Context, Health};
use crate::ids::RaceId;
use crate::journal_thread::JournalThread;
use crate::keys::content_of_act;
use crate::limits::ASKS_WAITING_MAX;
use crate::plan_address::PlanAddress;
use crate::problem::ApiError;
use crate::shard::{Ask, Event, Letter, Look, MemberAsk, Outgoing, Reply, Request, ViewerId};
pub(crate) use beginning::{MadeRace, Opening, SharedRace};
use doors::Doors;

/// What a handler needs in order to reach races and files.
#[derive(Debug)]
pub(crate) struct Gateway {
    pub(crate) context: Arc<Context>,
    pub(crate) library: Library,
    journal: Arc<JournalThread>,
    shards: Vec<Sender<Event>>,
    doors: Doors,
}

impl Gateway {
    pub(crate) fn new(
        context: Arc<Context>,
        library: Library,
        journal: Arc<JournalThread>,
        shards: Vec<Sender<Event>>,
    ) -> Self {
        Self { context, library, journal, shards, doors: Doors::default() }
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

    /// Asks a race a question on behalf of a guest who may see it and need not be a member.
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
        // A race of several people is seen by whoever was told its id. Only those with its room's link are (rule A61).
        if self.context.index.is_shared(race) {
            self.check_account(race, client).await?;
        } else {
            self.check_entry(race, client).await?;
        }
        self.ask_any(race, Some(client.network), |reply| Ask::Look(look(reply))).await
    }

    /// Lets a guest watch the hall of a race.
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
        let (person, network) = (client.guest.person(), client.network);
        self.look(client, race, |reply| Look::Hall { person, network, tx, reply }).await
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
        self.check_account(race, client).await?;
        if !index.may_enter(race, client.guest) && index.knows_nobody(race) {
            // After a start only the log of a shared race knows who was in it and has left its room since.
            let ask = |reply| Ask::Look(Look::Reach { reply });
            self.ask_any(race, Some(client.network), ask).await?;
        }
        if index.may_enter(race, client.guest) { Ok(()) } else { Err(ApiError::NoSuchRace) }
    }

    /// Asks the shard that owns the race.
    pub(crate) async fn ask_any<T>(
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
        let ask = |reply| MemberAsk::Act(Request { act, tag, pass, refund_won: None, reply });
        self.ask(client, race, ask).await
    }

    /// Cancels a booking of a person, who gets so much back; everything if nobody says how much.
    pub(crate) async fn cancel(
        &self,
        client: Client,
        race: RaceId,
        booking: BookingId,
        key: NonZeroU64,
        refund_won: Option<u64>,
    ) -> Result<Commanded, ApiError> {
        let act = Act::CancelBooking(booking);
        let tag = Tag { key, content: content_of_act(act) };
        let ask = |reply| MemberAsk::Act(Request { act, tag, pass: None, refund_won, reply });
        self.ask(client, race, ask).await
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

    /// The whole log of a race. For the threads of the workshop.
    ///
    /// # Errors
    ///
    /// What the error of the journal means for the one who waits; see [`Context::judge`].
    pub(crate) fn read_log_and_wait(&self, race: RaceId) -> Result<Log, ApiError> {
        let log =
            self.call_and_wait(move |store| Log::read(store, race.sale(), Start::Beginning))?;
        log.map_err(|error| self.context.judge(race, &Arc::new(error)))
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
