//! The live connections of one race: who is there, who has to give way, and what each is sent.

use std::sync::atomic::{AtomicU64, Ordering};

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
use crate::limits::VIEWERS_PER_RACE_MAX;
use crate::problem::ApiError;

/// The live connections of one race, at most [`VIEWERS_PER_RACE_MAX`].
#[derive(Debug, Default)]
pub(crate) struct Connections {
    /// The seed of the race. It decides when maps refresh.
    seed: Seed,
    list: Vec<Connection>,
}

/// How many connections there ever were in this process. A race that was loaded again never gives a number
/// anew, so a message of an old connection reaches no other one.
static COUNT: AtomicU64 = AtomicU64::new(0);

impl Connections {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { seed, list: Vec::new() }
    }

    /// Adds a connection of a member (rule F8).
    pub(crate) fn add(
        &mut self,
        now: UnixTime,
        patience: &Patience,
        member: MemberId,
        tx: mpsc::Sender<Outgoing>,
    ) -> Result<ViewerId, ApiError> {
        self.make_room(now, patience)?;
        let id = ViewerId(COUNT.fetch_add(1, Ordering::Relaxed));
        self.list.push(Connection::new(id, member, self.seed, tx, now));
        Ok(id)
    }

    /// Makes room for one more connection. If there is none, the connection that has been silent longest
    /// gives way, provided that its client has let a ping go by: most likely nobody is at its other end,
    /// and the person behind it is the one who connects again.
    fn make_room(&mut self, now: UnixTime, patience: &Patience) -> Result<(), ApiError> {
        self.drop_gone();
        if self.list.len() < VIEWERS_PER_RACE_MAX {
            return Ok(());
        }
        let silent_since = now.before(patience.doubtful_after());
        let quietest = self.list.iter().enumerate().min_by_key(|(_, other)| other.heard_at());
        match quietest {
            Some((at, quietest)) if quietest.heard_at() <= silent_since => {
                self.list.remove(at);
                Ok(())
            }
            _ => Err(ApiError::TooManyViewers),
        }
    }

    pub(crate) fn remove(&mut self, viewer: ViewerId) {
        self.list.retain(|other| other.id() != viewer);
    }

    /// Closes all connections.
    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }

    fn drop_gone(&mut self) {
        self.list.retain(|other| !other.is_gone());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there is no connection whose socket is open.
    pub(crate) fn are_gone(&self) -> bool {
        self.list.iter().all(Connection::is_gone)
    }

    /// The members with a live connection; one with two comes twice.
    pub(crate) fn members(&self) -> impl Iterator<Item = MemberId> {
        self.list.iter().filter(|other| !other.is_gone()).map(Connection::member)
    }

    /// Takes in what a viewer said at `now`, which is `moment` in race time.
    pub(crate) fn hear(
        &mut self,
        now: UnixTime,
        moment: Moment,
        viewer: ViewerId,
        said: FromClient,
    ) {
        let from = self.list.iter_mut().find(|other| other.id() == viewer);
        let Some(connection) = from else { return };
        connection.hear(now);
        match said {
            FromClient::Ping { echo } => {
                // If the channel is full, the pong is lost, and the client will ask again.
                connection.say(&FromServer::Pong { now_ms: millis(moment), echo });
            }
            FromClient::Resync => connection.resync(),
        }
    }

    /// Sends every viewer what is due. `map_every` is the time between two refreshes of the map, if it
    /// refreshes by itself. Returns the members who were sent seats.
    pub(crate) fn tell(
        &mut self,
        moment: Moment,
        practice: &Practice,
        map_every: Option<&Dist>,
        state: impl Fn(MemberId) -> RaceState,
    ) -> Vec<MemberId> {
        self.drop_gone();
        let mut shown = Vec::new();
        for connection in &mut self.list {
            let member = connection.member();
            connection.tell_state(practice, || state(member));
            if practice.member(member).run().ended().is_some() {
                continue;
            }
            connection.tell_counts(moment, practice);
            if map_every.is_some_and(|every| connection.show_seats(moment, practice, every)) {
                shown.push(member);
            }
        }
        shown
    }

    /// When something is due for a viewer, if nothing happens before. Whoever's run is over is told no
    /// more counts or seats, so nothing is ever due there.
    pub(crate) fn due_at(&self, practice: &Practice) -> Option<Moment> {
        let is_on = |member| practice.member(member).run().ended().is_none();
        let on = self.list.iter().filter(|other| is_on(other.member()));
        on.map(Connection::due_at).min()
    }
}
