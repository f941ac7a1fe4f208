//! A live connection: sends one viewer its messages when they are due.

use crowd::Dist;
use practice::{MemberId, Practice, Reader, Viewer};
use protocol::{FromServer, RaceState};
use sale::Moment;
use sale::random::Seed;
use tokio::sync::mpsc;

use super::ask::{Outgoing, ViewerId};
use crate::clock::UnixTime;

/// A viewer and the channel to its socket. The channel holds a few messages at most.
#[derive(Debug)]
pub(crate) struct Connection {
    viewer: Viewer,
    tx: mpsc::Sender<Outgoing>,
    /// When the client last sent a message, or when it connected.
    heard_at: UnixTime,
}

impl Connection {
    pub(crate) fn new(
        id: ViewerId,
        member: MemberId,
        seed: Seed,
        tx: mpsc::Sender<Outgoing>,
        now: UnixTime,
    ) -> Self {
        Self { viewer: Viewer::new(member, seed, id.0), tx, heard_at: now }
    }

    pub(crate) fn member(&self) -> MemberId {
        self.viewer.member()
    }

    pub(crate) fn is_gone(&self) -> bool {
        self.tx.is_closed()
    }

    pub(crate) fn heard_at(&self) -> UnixTime {
        self.heard_at
    }

    /// Notes that the client sent a message.
    pub(crate) fn hear(&mut self, now: UnixTime) {
        self.heard_at = now;
    }

    pub(crate) fn resync(&mut self) {
        self.viewer.resync();
    }

    pub(crate) fn due_at(&self) -> Moment {
        self.viewer.due_at()
    }

    /// Sends a message to the socket. Returns false if the channel is full or closed.
    pub(crate) fn say(&self, message: &FromServer) -> bool {
        let text = serde_json::to_string(message).expect("a message becomes JSON");
        self.tx.try_send(Outgoing::Text(text)).is_ok()
    }

    /// Sends the state if it is due. If the channel is full, the state stays due.
    pub(crate) fn tell_state(&mut self, practice: &Practice, state: impl FnOnce() -> RaceState) {
        let is_due = self.viewer.is_state_due(practice) && self.tx.capacity() > 0;
        if is_due && self.say(&FromServer::State(Box::new(state()))) {
            self.viewer.note_state_told(practice);
        }
    }

    /// Sends the counts if they are due.
    pub(crate) fn tell_counts(&mut self, now: Moment, practice: &Practice) {
        if let Some(counts) = self.viewer.poll_counts(now, practice) {
            // A reader whose channel is full misses these counts and gets the next ones.
            self.say(&counts);
        }
    }

    /// Sends the seats if they are due, and returns whether they were. `every` is the time between two
    /// refreshes of the map.
    pub(crate) fn show_seats(&mut self, now: Moment, practice: &Practice, every: &Dist) -> bool {
        let reader = if self.tx.capacity() > 0 { Reader::Ready } else { Reader::Slow };
        let Some(bytes) = self.viewer.poll_seats(now, practice, every, reader) else {
            return false;
        };
        // The channel has room, so sending fails only if the socket has closed.
        self.tx.try_send(Outgoing::Seats(bytes)).is_ok()
    }
}
