//! Those who watch the hall of a race: they see every seat and at which step everybody is, and take no part.
//!
//! All of them are sent the same, so a round of messages is made once, however many there are. Frames have one sequence for
//! all: whoever comes or was too slow starts with a snapshot of the same number that the others' delta has. Only the clock
//! begins a round: nothing that a watcher says makes the server send something to the others.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Bytes;
use practice::wire::{frame_millis, millis};
use practice::{Cursor, Feed, PersonId};
use protocol::{FromClient, FromServer};
use sale::Moment;
use tokio::sync::mpsc;

use super::ask::{Outgoing, ViewerId};
use crate::client::Network;
use crate::clock::UnixTime;
use crate::limits::{WATCHERS_PER_NETWORK_MAX, WATCHERS_PER_PERSON_MAX, WATCHERS_PER_RACE_MAX};
use crate::problem::ApiError;

/// The time between two rounds. Each has a frame of seats.
const ROUND_EVERY: Duration = Duration::from_millis(500);
/// The time between two messages that tell everybody where the people are. Whoever is new hears it in the next round.
const PEOPLE_EVERY: Duration = Duration::from_secs(1);

/// The watchers of one race, at most [`WATCHERS_PER_RACE_MAX`].
#[derive(Debug, Default)]
pub(crate) struct Hall {
    list: BTreeMap<ViewerId, Watching>,
    cursor: Cursor,
    /// When the next round is due.
    round_at: UnixTime,
    /// When everybody is told next where the people are.
    people_at: UnixTime,
    /// Whether a round was sent since the race is over for everybody.
    has_told_end: bool,
}

/// Whether anything can still happen in a race.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Course {
    GoesOn,
    /// It is over for everybody, and its time stands still.
    IsOver,
}

/// One watcher.
#[derive(Debug)]
struct Watching {
    person: PersonId,
    network: Network,
    tx: mpsc::Sender<Outgoing>,
    /// Whether the next frame is a snapshot.
    needs_snapshot: bool,
    /// Whether the next round tells this watcher where the people are.
    needs_people: bool,
}

impl Hall {
    /// Adds a watcher (rules A61 and A109).
    pub(crate) fn add(
        &mut self,
        id: ViewerId,
        person: PersonId,
        network: Network,
        tx: mpsc::Sender<Outgoing>,
    ) -> Result<ViewerId, ApiError> {
        self.drop_gone();
        let own = self.list.values().filter(|other| other.person == person).count();
        let near = self.list.values().filter(|other| other.network == network).count();
        let has_share = own < WATCHERS_PER_PERSON_MAX && near < WATCHERS_PER_NETWORK_MAX;
        if !has_share || self.list.len() >= WATCHERS_PER_RACE_MAX {
            return Err(ApiError::TooManyViewers);
        }
        let watching = Watching { person, network, tx, needs_snapshot: true, needs_people: true };
        self.list.insert(id, watching);
        Ok(id)
    }

    pub(crate) fn remove(&mut self, viewer: ViewerId) {
        self.list.remove(&viewer);
    }

    /// Closes all connections.
    pub(crate) fn clear(&mut self) {
        self.list.clear();
    }

    fn drop_gone(&mut self) {
        self.list.retain(|_, other| !other.tx.is_closed());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there is no watcher whose socket is open.
    pub(crate) fn are_gone(&self) -> bool {
        self.list.values().all(|other| other.tx.is_closed())
    }

    /// Takes in what a watcher said at `moment`.
    pub(crate) fn hear(&mut self, moment: Moment, viewer: ViewerId, said: FromClient) {
        let Some(watching) = self.list.get_mut(&viewer) else { return };
        match said {
            FromClient::Ping { echo } => {
                let pong = FromServer::Pong { now_ms: millis(moment), echo };
                let text = serde_json::to_string(&pong).expect("a message becomes JSON");
                // If the channel is full, the pong is lost, and the client will ask again.
                let _lost = watching.tx.try_send(Outgoing::Text(text));
            }
            FromClient::Resync => {
                (watching.needs_snapshot, watching.needs_people) = (true, true);
            }
        }
    }

    /// When the next round is due; `None` if nobody has to be told anything more.
    pub(crate) fn due_at(&self, course: Course) -> Option<UnixTime> {
        let is_owed = match course {
            Course::GoesOn => !self.is_empty(),
            Course::IsOver => {
                let waits = |other: &Watching| other.needs_people || other.needs_snapshot;
                !self.is_empty() && (!self.has_told_end || self.list.values().any(waits))
            }
        };
        is_owed.then_some(self.round_at)
    }

    /// Sends every watcher what is due at `now`, which is `moment` in race time: nothing before the next round. Whoever
    /// `races` must see nothing more: the connection ends. `people` makes the message that tells where everybody is.
    /// Rules A61, A83 and A111.
    pub(crate) fn tell(
        &mut self,
        (now, moment): (UnixTime, Moment),
        course: Course,
        feed: &Feed,
        races: impl Fn(PersonId) -> bool,
        people: impl FnOnce() -> String,
    ) {
        if self.due_at(course).is_none_or(|due| now < due) {
            return;
        }
        self.list.retain(|_, other| !other.tx.is_closed() && !races(other.person));
        if self.is_empty() {
            return;
        }
        self.round_at = now.after(ROUND_EVERY);
        let is_for_all = match course {
            Course::GoesOn => now >= self.people_at,
            Course::IsOver => !self.has_told_end,
        };
        self.has_told_end = course == Course::IsOver;
        if is_for_all {
            self.people_at = now.after(PEOPLE_EVERY);
            self.list.values_mut().for_each(|other| other.needs_people = true);
        }
        self.tell_people(people);
        self.tell_seats(frame_millis(moment), feed);
    }

    fn tell_people(&mut self, people: impl FnOnce() -> String) {
        if !self.list.values().any(|other| other.needs_people) {
            return;
        }
        let message = Bytes::from(people());
        for other in self.list.values_mut().filter(|other| other.needs_people) {
            // A watcher whose channel is full is told in the next round.
            other.needs_people = other.tx.try_send(Outgoing::Shared(message.clone())).is_err();
        }
    }

    fn tell_seats(&mut self, at_ms: u32, feed: &Feed) {
        let mut before = self.cursor;
        let delta = feed.next(&mut self.cursor, at_ms);
        let needs_snapshot = self.list.values().any(|other| other.needs_snapshot);
        let snapshot = needs_snapshot.then(|| feed.snapshot(&mut before, at_ms));
        for other in self.list.values_mut() {
            let bytes = match &snapshot {
                Some(snapshot) if other.needs_snapshot => snapshot.clone(),
                Some(_) | None => delta.clone(),
            };
            other.needs_snapshot = other.tx.try_send(Outgoing::Seats(bytes)).is_err();
        }
    }
}

#[cfg(test)]
mod tests;
