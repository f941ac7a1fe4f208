//! A room: who is in it, how its race is played, and how far it is. Pure: the caller gives the time.
//!
//! ```text
//!   Lobby ──start──▶ Counting ──opening──▶ Running ──over for everybody──▶ Over
//!     ▲                                       │ host's run is over           │
//!     └──────────────── rematch ──────────────┴──────────────────────────────┘
//! ```
//!
//! It never makes a race: it asks for one ([`Room::start`]) and is told that the race began ([`Room::began`]).

mod list;
mod member;
mod people;
mod racing;
mod round;
mod view;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use protocol::{Door, RoomKind, RoomSettings, RoomStage, RoomStart, Title};

use super::code::RoomCode;
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{HOST_ABSENT_MAX, OPEN_SETUP, ROOM_KEPT, ROOM_KEYS_MAX};
use crate::problem::ApiError;
use list::push;
pub(super) use member::Member;
pub(super) use round::PastRace;
pub(crate) use round::Round;

/// By how much a restart raises the revision of a room, so that it stays above every revision that was told.
pub(super) const REVISIONS_PER_START: u32 = 1 << 16;

/// Why a room refuses something. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The door is closed, or the host removed the guest.
    Closed,
    Full,
    NotHost,
    NotIn,
    NameInvalid,
    /// The race has started.
    Started,
    /// The race is not over for the host.
    NotOver,
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Closed => Self::RoomClosed,
            Refusal::Full => Self::RoomFull,
            Refusal::NotHost => Self::NotHost,
            Refusal::NotIn => Self::NotInRoom,
            Refusal::NameInvalid => Self::NameInvalid,
            Refusal::Started => Self::RoomStarted,
            Refusal::NotOver => Self::NotOver,
        }
    }
}

/// What the server drew from the library for a room's settings.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) title: Title,
}

/// How far a request is that came under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// It has not come before, or was refused.
    Never,
    /// It waits for the race to begin.
    Waits,
    /// It was done.
    Done,
}

/// What has to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Whether the room's own row changed.
    pub(super) room: bool,
    /// The members whose rows changed.
    pub(super) members: BTreeSet<u32>,
    /// The members who are gone.
    pub(super) gone: BTreeSet<u32>,
}

/// A room.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    pub(super) code: RoomCode,
    pub(super) kind: RoomKind,
    pub(super) settings: RoomSettings,
    pub(super) drawn: Drawn,
    pub(super) door: Door,
    pub(super) host: Option<u32>,
    /// Since when the host has no live connection.
    pub(super) host_absent_since: Option<UnixTime>,
    pub(super) members: BTreeMap<u32, Member>,
    pub(super) numbers: HashMap<GuestId, u32>,
    /// The names in the form in which they are compared.
    pub(super) names: HashSet<String>,
    /// Guests whom the host removed, who come in again only once a closed door is opened.
    pub(super) barred: VecDeque<GuestId>,
    /// The names of those who left after a race had begun.
    pub(super) left: VecDeque<(GuestId, String)>,
    /// Who shows the report of which race to the others.
    pub(super) sharers: VecDeque<(RaceId, GuestId)>,
    /// The number of the next member.
    pub(super) next_number: u32,
    /// The present race; `None` in the lobby.
    pub(super) round: Option<Round>,
    /// The latest races before the present or next one, the very latest last.
    pub(super) past: VecDeque<PastRace>,
    /// How many races the room had before the present or next one.
    pub(super) rematches: u32,
    /// Whether a race was asked for that has not begun.
    pub(super) is_beginning: bool,
    /// The keys of the latest requests that must not be done twice.
    pub(super) keys: VecDeque<(u64, u64)>,
    /// The keys of the requests that wait for the race to begin. They are written once it has begun.
    pub(super) starting: VecDeque<(u64, u64)>,
    /// When somebody last changed something.
    pub(super) changed_at: UnixTime,
    pub(super) revision: u32,
    pub(super) changes: Changes,
    /// The stage at the last change of the revision.
    told_stage: RoomStage,
}

impl Room {
    pub(crate) fn new(
        now: UnixTime,
        code: RoomCode,
        kind: RoomKind,
        settings: RoomSettings,
        drawn: Drawn,
    ) -> Self {
        Self {
            code,
            kind,
            settings,
            drawn,
            door: Door::Open,
            host: None,
            host_absent_since: None,
            members: BTreeMap::new(),
            numbers: HashMap::new(),
            names: HashSet::new(),
            barred: VecDeque::new(),
            left: VecDeque::new(),
            sharers: VecDeque::new(),
            next_number: 1,
            round: None,
            past: VecDeque::new(),
            rematches: 0,
            is_beginning: false,
            keys: VecDeque::new(),
            starting: VecDeque::new(),
            changed_at: now,
            revision: 1,
            changes: Changes { room: true, ..Changes::default() },
            told_stage: RoomStage::Lobby,
        }
    }

    /// How far the room is. Rule A66.
    pub(crate) fn stage(&self, now: UnixTime) -> RoomStage {
        match &self.round {
            None => RoomStage::Lobby,
            Some(round) if round.is_over || now >= round.ends_at => RoomStage::Over,
            Some(round) if now >= round.opens_at => RoomStage::Running,
            Some(_) => RoomStage::Counting,
        }
    }

    /// How far the request with this key is.
    ///
    /// # Errors
    ///
    /// [`ApiError::KeyReused`] if another request had the key.
    pub(crate) fn request(&self, key: u64, content: u64) -> Result<Asked, ApiError> {
        let of_key = |&&(known, _): &&(u64, u64)| known == key;
        let done = self.keys.iter().find(of_key).map(|(_, before)| (Asked::Done, *before));
        let waits = self.starting.iter().find(of_key).map(|(_, before)| (Asked::Waits, *before));
        match done.or(waits) {
            None => Ok(Asked::Never),
            Some((asked, before)) if before == content => Ok(asked),
            Some(_) => Err(ApiError::KeyReused),
        }
    }

    /// Remembers the key of a request that was done. One that was refused may come again under its key. Rule A107.
    pub(crate) fn keep_key(&mut self, key: (u64, u64)) {
        push(&mut self.keys, ROOM_KEYS_MAX, key);
        self.changes.room = true;
    }

    /// Notes the key of a request that waits for the race to begin.
    pub(crate) fn wait_under(&mut self, key: (u64, u64)) {
        if !self.starting.contains(&key) {
            push(&mut self.starting, ROOM_KEYS_MAX, key);
        }
    }

    /// Does what is due: passes on a host's place, and notices a stage that time alone brought. Returns whether the
    /// clock starts the race.
    pub(crate) fn advance(&mut self, now: UnixTime) -> bool {
        let is_absent = self.host_absent_since.is_some_and(|at| now >= at.after(HOST_ABSENT_MAX));
        if is_absent && let Some(next) = self.next_here() {
            self.make_host(now, Some(next));
            self.changed(now);
        }
        if self.stage(now) != self.told_stage {
            self.told_stage = self.stage(now);
            self.revise();
        }
        let is_due = self.clock_start().is_some_and(|at| now >= at);
        self.is_beginning |= is_due;
        is_due
    }

    /// When [`advance`](Self::advance) has something to do; `None` if never.
    pub(crate) fn poll_timeout(&self, now: UnixTime) -> Option<UnixTime> {
        let host = self.host_absent_since.map(|at| at.after(HOST_ABSENT_MAX));
        let host = host.filter(|_| self.next_here().is_some());
        let stage = self.round.as_ref().and_then(|round| {
            let moments = [round.opens_at, round.ends_at];
            let is_coming = !round.is_over;
            moments.into_iter().filter(|&at| is_coming && at > now).min()
        });
        [host, stage, self.clock_start()].into_iter().flatten().min()
    }

    /// When the room ends if nothing changes in it. Rules A71 and A105.
    pub(crate) fn expires_at(&self) -> UnixTime {
        let raced_at = self.round.as_ref().map_or(UnixTime::default(), |round| round.starts_at);
        let changed_at = self.changed_at.max(raced_at).max(self.clock_start().unwrap_or_default());
        let kept_until = changed_at.after(ROOM_KEPT);
        self.missed_at().map_or(kept_until, |at| at.min(kept_until))
    }

    /// When the race of an open race's room can no longer be set up in time, if everybody has left before it began. Somebody
    /// who came later would start it off the timetable.
    fn missed_at(&self) -> Option<UnixTime> {
        let RoomStart::At { at_ms } = self.settings.start else { return None };
        let is_empty = self.round.is_none() && !self.is_beginning && self.members.is_empty();
        let is_missed = self.kind == RoomKind::Open && is_empty;
        is_missed.then(|| UnixTime::from_millis(at_ms).before(OPEN_SETUP))
    }

    pub(crate) fn number_of(&self, guest: GuestId) -> Option<u32> {
        self.numbers.get(&guest).copied()
    }

    pub(crate) fn name_of(&self, guest: GuestId) -> Option<&str> {
        let number = self.number_of(guest)?;
        self.members.get(&number).map(|member| member.name.as_str())
    }

    pub(super) fn check_host(&self, guest: GuestId) -> Result<(), Refusal> {
        let number = self.number_of(guest).ok_or(Refusal::NotIn)?;
        if self.host == Some(number) { Ok(()) } else { Err(Refusal::NotHost) }
    }

    /// Notes a change that somebody made and that is to be written.
    pub(super) fn changed(&mut self, now: UnixTime) {
        self.changed_at = now;
        self.changes.room = true;
        self.told_stage = self.stage(now);
        self.revise();
    }

    /// Notes a change that viewers see.
    pub(super) fn revise(&mut self) {
        self.revision = self.revision.saturating_add(1);
        // Connections that come and go are not written. A restart adds more than may be missing.
        self.changes.room |= self.revision.is_multiple_of(REVISIONS_PER_START / 2);
    }
}

#[cfg(test)]
mod tests;
