//! One room in memory: the room itself, its live connections, and those who wait for its race.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use protocol::{Door, RoomKind, RoomStage, RoomStart};
use tokio::sync::{oneshot, watch};

use crate::client::Network;
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{OPEN_SETUP, ROOM_BYTES_PER_S, ROOM_TOLD_EVERY};
use crate::problem::ApiError;
use crate::rooms::room::Room;
use crate::rooms::row::OpenedBy;
use crate::rooms::shares::{Idle, Origins};
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
    /// The guests whose seats are to be set once what happened to them is written.
    pub(super) to_seat: HashSet<GuestId>,
    /// From which network the room was opened, if it was opened since the start.
    pub(super) opened_from: Option<Network>,
    pub(super) origins: Origins,
    /// When the last live connection ended.
    pub(super) left_at: UnixTime,
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
            to_seat: HashSet::new(),
            opened_from: None,
            origins: Origins::default(),
            left_at: UnixTime::default(),
            told,
            told_at: UnixTime::default(),
            is_urgent: false,
            waiting: Vec::new(),
            settled: None,
        }
    }

    /// Takes over the connections of the same room as it was before.
    pub(super) fn take_over(&mut self, before: Self) {
        let Self { viewers, seats, told, told_at, waiting, room, .. } = before;
        let was_revision = room.revision;
        (self.viewers, self.seats, self.told, self.told_at) = (viewers, seats, told, told_at);
        (self.origins, self.opened_from) = (before.origins, before.opened_from);
        (self.waiting, self.left_at) = (waiting, before.left_at);
        self.room.revision = self.room.revision.max(was_revision.saturating_add(1));
        self.origins.keep(|number| self.room.members.contains_key(&number));
        (self.room.is_beginning, self.room.starting) = (room.is_beginning, room.starting);
        for Viewer { guest, is_watching } in self.viewers.values() {
            self.room.came(*guest, *is_watching);
        }
        self.seats.keys().for_each(|guest| self.seat(*guest));
    }

    /// Whether the room is that of an open race which is over, or could not begin.
    pub(super) fn is_finished(&self, now: UnixTime) -> bool {
        let is_done = match self.room.stage(now) {
            RoomStage::Over => true,
            RoomStage::Lobby => self.room.door == Door::Closed,
            RoomStage::Counting | RoomStage::Running => false,
        };
        self.room.kind == RoomKind::Open && is_done
    }

    /// Since when the room may end if its place is needed; `None` while somebody needs it. A room of people does not
    /// end while somebody has a live connection in it, or while a race is under way or will start by the clock.
    pub(super) fn idle(&self, now: UnixTime) -> Option<Idle> {
        let room = &self.room;
        if room.kind == RoomKind::Open {
            let since = room.round.as_ref().map_or(room.changed_at, |round| round.opens_at);
            return self.is_finished(now).then_some(Idle { is_met: true, since });
        }
        let is_quiet = match room.stage(now) {
            RoomStage::Lobby => !room.is_beginning && room.clock_start().is_none(),
            RoomStage::Over => true,
            RoomStage::Counting | RoomStage::Running => false,
        };
        let is_met = room.members.len() > 1 || room.latest_race().is_some();
        let idle = Idle { is_met, since: room.changed_at.max(self.left_at) };
        (is_quiet && self.viewers.is_empty()).then_some(idle)
    }

    /// Counts the connections that a guest had before joining.
    pub(super) fn welcome(&mut self, guest: GuestId) {
        for viewer in self.viewers.values().filter(|viewer| viewer.guest == guest) {
            self.room.came(guest, viewer.is_watching);
        }
        self.to_seat.insert(guest);
    }

    /// Sets the seats of those to whom something happened that is written.
    pub(super) fn seat_them(&mut self) {
        for guest in std::mem::take(&mut self.to_seat) {
            self.seat(guest);
        }
    }

    /// Notes who a viewing guest is in the room.
    fn seat(&self, guest: GuestId) {
        if let Some(seat) = self.seats.get(&guest) {
            let name = self.room.name_of(guest).map(str::to_owned);
            seat.set(self.room.number_of(guest).zip(name));
        }
    }

    /// What the index is to hear of a guest of the room, for a race; `None` of one who is not in it.
    pub(super) fn entrance(&self, race: RaceId, guest: GuestId) -> Option<Entrance> {
        let name = self.room.name_of(guest)?.to_owned();
        Some(Entrance { race, guest, right: Right::Enter { name } })
    }

    /// Everybody who is in the room, as they may enter its race.
    pub(super) fn entrances(&self, race: RaceId) -> impl Iterator<Item = Entrance> {
        self.room.numbers.keys().filter_map(move |guest| self.entrance(race, *guest))
    }

    /// What the index is to hear after a start: who may enter the present race (rule A81), what those are called who were
    /// there in an earlier one or have left, and who shows the report to the others.
    pub(super) fn all_entrances(&self) -> Vec<Entrance> {
        let room = &self.room;
        let mut all = Vec::new();
        if let Some(round) = &room.round {
            all.extend(self.entrances(round.race));
            all.extend(self.names_of_left(round.race, room.next_number));
        }
        for past in &room.past {
            all.extend(self.names_of_present(past.race, past.next_number));
            all.extend(self.names_of_left(past.race, past.next_number));
        }
        let share = |&(race, guest)| Entrance { race, guest, right: Right::Share };
        all.extend(room.sharers.iter().map(share));
        all
    }

    /// What those are called who are in the room and came before the member with this number.
    fn names_of_present(&self, race: RaceId, next_number: u32) -> impl Iterator<Item = Entrance> {
        let there =
            self.room.numbers.keys().filter(move |guest| self.came_before(**guest, next_number));
        there.filter_map(move |guest| Some(called(race, *guest, self.room.name_of(*guest)?)))
    }

    fn names_of_left(&self, race: RaceId, next_number: u32) -> impl Iterator<Item = Entrance> {
        let left = self.room.left.iter();
        let left = left.filter(move |(guest, _)| !self.came_before(*guest, next_number));
        left.map(move |(guest, name)| called(race, *guest, name))
    }

    fn came_before(&self, guest: GuestId, next_number: u32) -> bool {
        self.room.number_of(guest).is_some_and(|number| number < next_number)
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
