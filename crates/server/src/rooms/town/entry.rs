//! One room in memory: the room itself, its live connections, and those who wait for its race.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use protocol::RoomStart;
use tokio::sync::{oneshot, watch};

use crate::client::Network;
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{OPEN_SETUP, ROOM_BYTES_PER_S, ROOM_TOLD_EVERY};
use crate::problem::ApiError;
use crate::rooms::room::Room;
use crate::rooms::row::OpenedBy;
use crate::rooms::told::{Seat, Told};
use crate::rooms::wish::{Entrance, Right, Wish};

/// A live connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Viewer {
    pub(super) guest: GuestId,
    pub(super) is_watching: bool,
}

/// One room in memory.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) room: Room,
    pub(super) opened_by: Option<OpenedBy>,
    pub(super) viewers: HashMap<u64, Viewer>,
    /// Who each viewing guest is in the room.
    pub(super) seats: HashMap<GuestId, Arc<Seat>>,
    /// From which network each member came who came since the start.
    pub(super) networks: HashMap<u32, Network>,
    pub(super) told: watch::Sender<Option<Arc<Told>>>,
    pub(super) told_at: UnixTime,
    /// Whether the next revision is told as soon as possible.
    pub(super) is_urgent: bool,
    /// Those who wait for the race to begin.
    pub(super) waiting: Vec<oneshot::Sender<Result<(), ApiError>>>,
    /// What became of the wish; those who wait are told once it is written.
    pub(super) settled: Option<Result<(), ApiError>>,
}

impl Entry {
    pub(super) fn new(room: Room, opened_by: Option<OpenedBy>) -> Self {
        let (told, _) = watch::channel(None);
        Self {
            room,
            opened_by,
            viewers: HashMap::new(),
            seats: HashMap::new(),
            networks: HashMap::new(),
            told,
            told_at: UnixTime::default(),
            is_urgent: false,
            waiting: Vec::new(),
            settled: None,
        }
    }

    /// Takes over the connections of the same room as it was before.
    pub(super) fn take_over(&mut self, before: Self) {
        let Self { viewers, seats, networks, told, told_at, waiting, room, .. } = before;
        let was_revision = room.revision;
        (self.viewers, self.seats, self.told, self.told_at) = (viewers, seats, told, told_at);
        (self.networks, self.waiting) = (networks, waiting);
        self.room.revision = self.room.revision.max(was_revision.saturating_add(1));
        self.networks.retain(|number, _| self.room.members.contains_key(number));
        self.room.is_beginning = room.is_beginning;
        for Viewer { guest, is_watching } in self.viewers.values() {
            self.room.came(*guest, *is_watching);
        }
        self.seat_all();
    }

    /// Counts the connections that a guest had before joining.
    pub(super) fn welcome(&mut self, guest: GuestId) {
        for viewer in self.viewers.values().filter(|viewer| viewer.guest == guest) {
            self.room.came(guest, viewer.is_watching);
        }
        self.seat(guest);
    }

    /// Notes who a viewing guest is in the room.
    pub(super) fn seat(&self, guest: GuestId) {
        if let Some(seat) = self.seats.get(&guest) {
            let name = self.room.name_of(guest).map(str::to_owned);
            seat.set(self.room.number_of(guest).zip(name));
        }
    }

    pub(super) fn seat_all(&self) {
        self.seats.keys().for_each(|guest| self.seat(*guest));
    }

    /// What the index is to hear of a guest of the room, for a race; `None` of one who is not in it.
    pub(super) fn entrance(&self, race: RaceId, guest: GuestId) -> Option<Entrance> {
        let name = self.room.name_of(guest)?.to_owned();
        Some(Entrance { race, guest, right: Right::Enter { name } })
    }

    /// Everybody who is in the room, as they may enter a race, and the names of those who left.
    pub(super) fn entrances(&self, race: RaceId) -> Vec<Entrance> {
        let present = self.room.numbers.keys().filter_map(|guest| self.entrance(race, *guest));
        present.chain(self.names_of_left(race)).collect()
    }

    /// The names of everybody who is or was in the room, for a race before the present one. Only those with a run in it may
    /// enter it. Rule A81.
    pub(super) fn names(&self, race: RaceId) -> Vec<Entrance> {
        let named = |guest| Some(called(race, guest, self.room.name_of(guest)?));
        let present = self.room.numbers.keys().filter_map(|guest| named(*guest));
        present.chain(self.names_of_left(race)).collect()
    }

    fn names_of_left(&self, race: RaceId) -> impl Iterator<Item = Entrance> {
        let left = self.room.left.iter().filter(|(guest, _)| self.room.number_of(*guest).is_none());
        left.map(move |(guest, name)| called(race, *guest, name))
    }

    /// The wish for the room's race.
    pub(super) fn wish(&self, starts_at: UnixTime) -> Wish {
        Wish {
            code: self.room.code,
            settings: self.room.settings.clone(),
            starts_at,
            host: self.room.host_guest(),
            client: None,
        }
    }

    /// The wish of the clock. The sale opens at the moment that was set, unless that moment has passed: then the
    /// whole countdown is still to come. Rule A72.
    pub(super) fn clock_wish(&self, now: UnixTime) -> Wish {
        let countdown = self.room.countdown();
        let set = match self.room.settings.start {
            RoomStart::At { at_ms } => UnixTime::from_millis(at_ms),
            RoomStart::Button => now,
        };
        let opens_at = if set > now.after(OPEN_SETUP) { set } else { now.after(countdown) };
        self.wish(opens_at.before(countdown))
    }

    /// When the room must be looked at again.
    pub(super) fn due_at(&self, now: UnixTime) -> UnixTime {
        let telling = self.is_to_be_told().then(|| self.telling_at());
        let state = self.room.poll_timeout(now);
        let moments = [telling, state].into_iter().flatten();
        moments.min().map_or(self.room.expires_at(), |at| at.min(self.room.expires_at()))
    }

    pub(super) fn is_to_be_told(&self) -> bool {
        let told = self.told.borrow().as_ref().map(|told| told.revision);
        !self.viewers.is_empty() && told != Some(self.room.revision)
    }

    /// When the next revision may be told: five times a second at most, and more seldom where many viewers of a large
    /// room would together be sent too many bytes. Rule A74.
    pub(super) fn telling_at(&self) -> UnixTime {
        let bytes = self.told.borrow().as_ref().map_or(0, |told| told.bytes());
        let all = (bytes * self.viewers.len()) as u64;
        let needed = Duration::from_millis(all.saturating_mul(1000) / ROOM_BYTES_PER_S);
        let every = if self.is_urgent { ROOM_TOLD_EVERY } else { needed.max(ROOM_TOLD_EVERY) };
        self.told_at.after(every)
    }
}

fn called(race: RaceId, guest: GuestId, name: &str) -> Entrance {
    Entrance { race, guest, right: Right::Called { name: name.to_owned() } }
}
