//! A room: who is in it, how its race is played, and how far it is. Pure: the caller gives the time.
//!
//! ```text
//!   Lobby ──start──▶ Counting ──opening──▶ Running ──over for everybody──▶ Over
//!     ▲                                       │ host's run is over           │
//!     └──────────────── rematch ──────────────┴──────────────────────────────┘
//! ```
//!
//! It never makes a race: it asks for one ([`Room::start`]) and is told that the race began ([`Room::began`]).

mod member;
mod view;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::time::Duration;

use protocol::{Door, RoomKind, RoomSettings, RoomStage, RoomStart, RunStand, Title};

use super::code::RoomCode;
use super::name::{distinct, key_of, name_of};
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{BARRED_MAX, HOST_ABSENT_MAX, ROOM_KEPT, ROOM_KEYS_MAX};
use crate::problem::ApiError;
pub(super) use member::Member;

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

/// A race of a room.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Round {
    pub(crate) race: RaceId,
    pub(crate) starts_at: UnixTime,
    pub(crate) opens_at: UnixTime,
    pub(crate) ends_at: UnixTime,
    pub(crate) commitment: Option<String>,
    /// Whether the race is known to be over for everybody.
    pub(crate) is_over: bool,
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
    /// The number of the next member.
    pub(super) next_number: u32,
    /// The present race; `None` in the lobby.
    pub(super) round: Option<Round>,
    /// The races before the present or next one, the latest last.
    pub(super) past: Vec<RaceId>,
    /// Whether a race was asked for that has not begun.
    pub(super) is_beginning: bool,
    /// The keys of the latest requests that must not be done twice.
    pub(super) keys: VecDeque<(u64, u64)>,
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
            next_number: 1,
            round: None,
            past: Vec::new(),
            is_beginning: false,
            keys: VecDeque::new(),
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

    /// Lets a guest in under a name, or gives a member another name. Rules A64 and A65.
    pub(crate) fn join(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        name: &str,
    ) -> Result<u32, Refusal> {
        let name = name_of(name).map_err(|_| Refusal::NameInvalid)?;
        if let Some(&number) = self.numbers.get(&guest) {
            self.rename(now, number, &name);
            return Ok(number);
        }
        self.check_entry(guest)?;
        let name = distinct(&name, |key| self.names.contains(key));
        Ok(self.add(now, guest, name))
    }

    /// Lets a guest into an open race under a given name. Rule A73.
    pub(crate) fn enter(&mut self, now: UnixTime, guest: GuestId) -> Result<u32, Refusal> {
        if let Some(&number) = self.numbers.get(&guest) {
            return Ok(number);
        }
        self.check_entry(guest)?;
        if self.stage(now) == RoomStage::Over {
            return Err(Refusal::Closed);
        }
        let name = format!("포도 {}", self.next_number);
        Ok(self.add(now, guest, name))
    }

    fn check_entry(&self, guest: GuestId) -> Result<(), Refusal> {
        if self.door == Door::Closed || self.barred.contains(&guest) {
            return Err(Refusal::Closed);
        }
        if self.members.len() >= self.members_max() as usize { Err(Refusal::Full) } else { Ok(()) }
    }

    fn add(&mut self, now: UnixTime, guest: GuestId, name: String) -> u32 {
        let number = self.next_number;
        self.next_number += 1;
        self.names.insert(key_of(&name));
        self.numbers.insert(guest, number);
        self.members.insert(number, Member::new(guest, name));
        if self.kind == RoomKind::Room && self.host.is_none() {
            self.make_host(now, Some(number));
        }
        self.changes.members.insert(number);
        // The row of the room holds the next number.
        self.changed(now);
        number
    }

    fn rename(&mut self, now: UnixTime, number: u32, name: &str) {
        // Names of open races are given.
        let Some(member) = self.members.get_mut(&number).filter(|_| self.kind == RoomKind::Room)
        else {
            return;
        };
        self.names.remove(&key_of(&member.name));
        let name = distinct(name, |key| self.names.contains(key));
        self.names.insert(key_of(&name));
        if member.name != name {
            member.name = name;
            self.changes.members.insert(number);
            self.changed(now);
        }
    }

    /// Notes whether a member is ready.
    pub(crate) fn set_ready(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        ready: bool,
    ) -> Result<(), Refusal> {
        let number = self.number_of(guest).ok_or(Refusal::NotIn)?;
        let member = self.members.get_mut(&number).ok_or(Refusal::NotIn)?;
        if member.is_ready != ready {
            member.is_ready = ready;
            self.changes.members.insert(number);
            self.changed(now);
        }
        Ok(())
    }

    /// Takes a member out: oneself, or anybody if the guest is host. Whom the host removed cannot come back until a
    /// closed door is opened. Does nothing if nobody has this number. Rule A68.
    pub(crate) fn remove(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        number: u32,
    ) -> Result<(), Refusal> {
        let own = self.number_of(guest).ok_or(Refusal::NotIn)?;
        let is_own = own == number;
        if !is_own && self.host != Some(own) {
            return Err(Refusal::NotHost);
        }
        let Some(member) = self.members.remove(&number) else { return Ok(()) };
        self.names.remove(&key_of(&member.name));
        self.numbers.remove(&member.guest);
        if !is_own {
            if self.barred.len() >= BARRED_MAX {
                self.barred.pop_front();
            }
            self.barred.push_back(member.guest);
        }
        if self.host == Some(number) {
            self.make_host(now, self.heir());
        }
        self.changes.members.remove(&number);
        self.changes.gone.insert(number);
        self.changed(now);
        Ok(())
    }

    /// Opens or closes the door. Rule A68.
    pub(crate) fn set_door(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        door: Door,
    ) -> Result<(), Refusal> {
        self.check_host(guest)?;
        if self.door != door {
            self.door = door;
            if door == Door::Open {
                self.barred.clear();
            }
            self.changed(now);
        }
        Ok(())
    }

    /// Changes how the race is played. Possible until it starts. Rule A67.
    pub(crate) fn set_settings(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        settings: RoomSettings,
        drawn: Drawn,
    ) -> Result<(), Refusal> {
        self.check_host(guest)?;
        self.check_lobby()?;
        if self.settings != settings {
            (self.settings, self.drawn) = (settings, drawn);
            self.changed(now);
        }
        Ok(())
    }

    /// Whether a guest may change the settings.
    pub(crate) fn check_settings(&self, guest: GuestId) -> Result<(), Refusal> {
        self.check_host(guest)?;
        self.check_lobby()
    }

    /// Asks for the race by the host's button. Returns whether a race has to be made: not if one is being made or
    /// under way. Rule A69.
    pub(crate) fn start(&mut self, now: UnixTime, guest: GuestId) -> Result<bool, Refusal> {
        self.check_host(guest)?;
        match self.stage(now) {
            RoomStage::Lobby if self.is_beginning => Ok(false),
            RoomStage::Lobby => {
                self.is_beginning = true;
                Ok(true)
            }
            RoomStage::Counting | RoomStage::Running => Ok(false),
            RoomStage::Over => Err(Refusal::Started),
        }
    }

    /// Notes that the race began that was asked for.
    pub(crate) fn began(&mut self, now: UnixTime, round: Round) {
        self.is_beginning = false;
        self.round = Some(round);
        for member in self.members.values_mut() {
            member.run = RunStand::Away;
        }
        self.changed(now);
    }

    /// Notes that the race could not begin. A race that the clock started then waits for the host's button. An open
    /// race has no host, so it lets nobody in any more.
    pub(crate) fn could_not_begin(&mut self, now: UnixTime) {
        self.is_beginning = false;
        self.settings.start = RoomStart::Button;
        if self.kind == RoomKind::Open {
            self.door = Door::Closed;
        }
        self.changed(now);
    }

    /// Brings everybody who is still there back to the lobby, with the same settings. Does nothing in the lobby.
    /// Rule A70.
    pub(crate) fn rematch(&mut self, now: UnixTime, guest: GuestId) -> Result<(), Refusal> {
        self.check_host(guest)?;
        let own_run = self.number_of(guest).and_then(|number| self.members.get(&number));
        let is_over_for_host = own_run.is_some_and(|member| member.run == RunStand::Over);
        match self.stage(now) {
            RoomStage::Lobby => return Ok(()),
            RoomStage::Over => {}
            RoomStage::Running if is_over_for_host => {}
            RoomStage::Counting | RoomStage::Running => return Err(Refusal::NotOver),
        }
        self.past.extend(self.round.take().map(|round| round.race));
        // A moment that has passed would start the race at once.
        self.settings.start = RoomStart::Button;
        for (number, member) in &mut self.members {
            member.run = RunStand::Away;
            if std::mem::take(&mut member.is_ready) {
                self.changes.members.insert(*number);
            }
        }
        self.changed(now);
        Ok(())
    }

    /// Notes how far a guest's run is.
    pub(crate) fn note_run(&mut self, guest: GuestId, run: RunStand) {
        let Some(number) = self.number_of(guest) else { return };
        let Some(member) = self.members.get_mut(&number) else { return };
        if member.run != run {
            member.run = run;
            self.revise();
        }
    }

    /// Notes that the present race is over for everybody.
    pub(crate) fn note_over(&mut self) {
        if let Some(round) = self.round.as_mut().filter(|round| !round.is_over) {
            round.is_over = true;
            self.revise();
        }
    }

    /// Remembers the key of a request. Returns false if the same request was done before.
    ///
    /// # Errors
    ///
    /// [`ApiError::KeyReused`] if another request had the key.
    pub(crate) fn is_new_key(&mut self, key: u64, content: u64) -> Result<bool, ApiError> {
        if let Some((_, before)) = self.keys.iter().find(|(known, _)| *known == key) {
            return if *before == content { Ok(false) } else { Err(ApiError::KeyReused) };
        }
        if self.keys.len() >= ROOM_KEYS_MAX {
            self.keys.pop_front();
        }
        self.keys.push_back((key, content));
        self.changes.room = true;
        Ok(true)
    }

    /// Notes that a guest has one live connection more.
    pub(crate) fn came(&mut self, guest: GuestId, is_watching: bool) {
        let Some(number) = self.number_of(guest) else { return };
        let Some(member) = self.members.get_mut(&number) else { return };
        member.connections += 1;
        member.watching += u16::from(is_watching);
        if self.host == Some(number) {
            self.host_absent_since = None;
        }
        self.revise();
    }

    /// Notes that a guest has one live connection less.
    pub(crate) fn went(&mut self, now: UnixTime, guest: GuestId, is_watching: bool) {
        let Some(number) = self.number_of(guest) else { return };
        let Some(member) = self.members.get_mut(&number) else { return };
        member.connections = member.connections.saturating_sub(1);
        member.watching = member.watching.saturating_sub(u16::from(is_watching));
        if self.host == Some(number) && member.connections == 0 {
            self.host_absent_since = Some(now);
        }
        self.revise();
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

    /// When the clock starts the race; `None` if nothing is to start.
    pub(crate) fn clock_start(&self) -> Option<UnixTime> {
        let RoomStart::At { at_ms } = self.settings.start else { return None };
        let is_waiting = self.round.is_none() && !self.is_beginning && !self.members.is_empty();
        is_waiting.then(|| UnixTime::from_millis(at_ms).before(self.countdown()))
    }

    pub(crate) fn countdown(&self) -> Duration {
        Duration::from_secs(u64::from(self.settings.countdown_s))
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

    /// When the room ends if nothing changes in it. Rule A71.
    pub(crate) fn expires_at(&self) -> UnixTime {
        let raced_at = self.round.as_ref().map_or(UnixTime::default(), |round| round.starts_at);
        self.changed_at.max(raced_at).max(self.clock_start().unwrap_or_default()).after(ROOM_KEPT)
    }

    pub(crate) fn number_of(&self, guest: GuestId) -> Option<u32> {
        self.numbers.get(&guest).copied()
    }

    pub(crate) fn name_of(&self, guest: GuestId) -> Option<&str> {
        let number = self.number_of(guest)?;
        self.members.get(&number).map(|member| member.name.as_str())
    }

    fn check_host(&self, guest: GuestId) -> Result<(), Refusal> {
        let number = self.number_of(guest).ok_or(Refusal::NotIn)?;
        if self.host == Some(number) { Ok(()) } else { Err(Refusal::NotHost) }
    }

    fn check_lobby(&self) -> Result<(), Refusal> {
        let is_started = self.round.is_some() || self.is_beginning;
        if is_started { Err(Refusal::Started) } else { Ok(()) }
    }

    /// Who is host next: who has been here longest of those with a live connection, else of all.
    fn heir(&self) -> Option<u32> {
        self.next_here().or_else(|| self.members.keys().next().copied())
    }

    /// The member beside the host who has been here longest and has a live connection.
    fn next_here(&self) -> Option<u32> {
        let mut here = self.members.iter().filter(|(_, member)| member.connections > 0);
        here.find(|(number, _)| self.host != Some(**number)).map(|(number, _)| *number)
    }

    fn make_host(&mut self, now: UnixTime, number: Option<u32>) {
        self.host = number;
        let member = number.and_then(|number| self.members.get(&number));
        self.host_absent_since = member.filter(|member| member.connections == 0).map(|_| now);
    }

    /// Notes a change that somebody made and that is to be written.
    fn changed(&mut self, now: UnixTime) {
        self.changed_at = now;
        self.changes.room = true;
        self.told_stage = self.stage(now);
        self.revise();
    }

    /// Notes a change that viewers see.
    fn revise(&mut self) {
        self.revision = self.revision.saturating_add(1);
        // Connections that come and go are not written. A restart adds more than may be missing.
        self.changes.room |= self.revision.is_multiple_of(REVISIONS_PER_START / 2);
    }
}

#[cfg(test)]
mod tests;
