//! The live connections of one race: who is there, who has to give way, and what each is sent.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use crowd::Dist;
use practice::wire::millis;
use practice::{MemberId, Practice};
use protocol::{FromClient, FromServer, RaceState};
use sale::Moment;
use sale::random::Seed;
use tokio::sync::mpsc;

use super::ask::{Outgoing, ViewerId};
use super::connection::Connection;
use crate::clock::UnixTime;
use crate::context::Patience;
use crate::limits::{VIEWERS_PER_MEMBER_MAX, VIEWERS_PER_RACE_MAX};
use crate::problem::ApiError;

/// The live connections of one race, at most [`VIEWERS_PER_RACE_MAX`], of which each member has at most
/// [`VIEWERS_PER_MEMBER_MAX`].
#[derive(Debug, Default)]
pub(crate) struct Connections {
    /// The seed of the race. It decides when maps refresh.
    seed: Seed,
    /// By their numbers, so in the order in which they came.
    list: BTreeMap<ViewerId, Connection>,
    /// How many each member has.
    counts: HashMap<MemberId, usize>,
}

/// What became of a round of messages.
#[derive(Debug)]
pub(crate) struct Told {
    /// The members who were sent seats.
    pub(crate) shown: Vec<MemberId>,
    /// When something is due for a viewer, if nothing happens before.
    pub(crate) due_at: Option<Moment>,
}

impl Connections {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { seed, list: BTreeMap::new(), counts: HashMap::new() }
    }

    /// Adds a connection of a member (rule F8).
    pub(crate) fn add(
        &mut self,
        now: UnixTime,
        patience: &Patience,
        member: MemberId,
        tx: mpsc::Sender<Outgoing>,
    ) -> Result<ViewerId, ApiError> {
        self.make_room(now, patience, member)?;
        let id = ViewerId::next();
        self.list.insert(id, Connection::new(id, member, self.seed, tx, now));
        *self.counts.entry(member).or_default() += 1;
        Ok(id)
    }

    /// Makes room for one more connection of a member. If there is none, the member's connection that has been silent
    /// longest gives way, provided that its client has let a ping go by: most likely nobody is at its other end, and the
    /// person behind it is the one who connects again. Nobody's connection gives way to that of another member.
    fn make_room(
        &mut self,
        now: UnixTime,
        patience: &Patience,
        member: MemberId,
    ) -> Result<(), ApiError> {
        if self.has_room(member) {
            return Ok(());
        }
        self.drop_gone();
        if self.has_room(member) {
            return Ok(());
        }
        let silent_since = now.before(patience.doubtful_after());
        let own = self.list.iter().filter(|(_, other)| other.member() == member);
        let quietest = own.min_by_key(|(_, other)| other.heard_at());
        match quietest {
            Some((&id, quietest)) if quietest.heard_at() <= silent_since => {
                self.remove(id);
                Ok(())
            }
            _ => Err(ApiError::TooManyViewers),
        }
    }

    fn has_room(&self, member: MemberId) -> bool {
        let own = self.counts.get(&member).copied().unwrap_or(0);
        own < VIEWERS_PER_MEMBER_MAX && self.list.len() < VIEWERS_PER_RACE_MAX
    }

    /// Removes a connection, and returns whose it was; `None` if there is no such connection.
    pub(crate) fn remove(&mut self, viewer: ViewerId) -> Option<MemberId> {
        let gone = self.list.remove(&viewer)?;
        if let Entry::Occupied(mut count) = self.counts.entry(gone.member()) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
        Some(gone.member())
    }

    /// Closes all connections.
    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.counts.clear();
    }

    fn drop_gone(&mut self) {
        let gone = self.list.iter().filter(|(_, other)| other.is_gone());
        let gone: Vec<_> = gone.map(|(&id, _)| id).collect();
        for id in gone {
            self.remove(id);
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there is no connection whose socket is open.
    pub(crate) fn are_gone(&self) -> bool {
        self.list.values().all(Connection::is_gone)
    }

    /// The members with a live connection; one with two comes twice.
    pub(crate) fn members(&self) -> impl Iterator<Item = MemberId> {
        self.list.values().filter(|other| !other.is_gone()).map(Connection::member)
    }

    /// Takes in what a viewer said at `now`, which is `moment` in race time. Gives it back if no such viewer is here.
    pub(crate) fn hear(
        &mut self,
        now: UnixTime,
        moment: Moment,
        viewer: ViewerId,
        said: FromClient,
    ) -> Option<FromClient> {
        let Some(connection) = self.list.get_mut(&viewer) else { return Some(said) };
        connection.hear(now);
        match said {
            FromClient::Ping { echo } => {
                // If the channel is full, the pong is lost, and the client will ask again.
                connection.say(&FromServer::Pong { now_ms: millis(moment), echo });
            }
            FromClient::Resync => connection.resync(),
        }
        None
    }

    /// Sends every viewer what is due. `map_every` is the time between two refreshes of the map, if it
    /// refreshes by itself. Whoever's run is over is told no more counts or seats, so nothing is ever due there.
    pub(crate) fn tell(
        &mut self,
        moment: Moment,
        practice: &Practice,
        map_every: Option<&Dist>,
        state: impl Fn(MemberId) -> RaceState,
    ) -> Told {
        self.drop_gone();
        let mut told = Told { shown: Vec::new(), due_at: None };
        for connection in self.list.values_mut() {
            let member = connection.member();
            connection.tell_state(practice, || state(member));
            if practice.member(member).run().ended().is_some() {
                continue;
            }
            connection.tell_counts(moment, practice);
            if map_every.is_some_and(|every| connection.show_seats(moment, practice, every)) {
                told.shown.push(member);
            }
            let due_at = connection.due_at();
            told.due_at = Some(told.due_at.map_or(due_at, |at| at.min(due_at)));
        }
        told
    }
}
