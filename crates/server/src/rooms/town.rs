//! All rooms in memory, and what the keeper's errands do with them.
//!
//! Nothing here waits. What an errand changed is written by the keeper before anybody is told of it.

mod entry;
mod opening;
mod telling;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use protocol::{RoomKind, RoomStage, RunStand};
use tokio::sync::{oneshot, watch};

use super::calendar::Calendar;
use super::code::RoomCode;
use super::room::{Refusal, Room, Round};
use super::row::{MemberRow, OpenedBy, RoomRow};
use super::store::{Change, Kept, RoomStore, StoreError};
use super::told::{Seat, Told};
use super::wish::{Entrance, Right, Wish};
use crate::client::{Client, Network};
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{ROOM_MEMBERS_ALL_MAX, ROOM_MEMBERS_PER_NETWORK_MAX};
use crate::outages::Outages;
use crate::problem::ApiError;
use entry::Entry;
pub(crate) use opening::Opening;

/// All rooms.
#[derive(Debug, Default)]
pub(crate) struct Town {
    rooms: HashMap<RoomCode, Entry>,
    /// The rooms that guests opened, by the keys of the requests.
    opened: HashMap<(GuestId, u64), (RoomCode, u64)>,
    calendar: Calendar,
    /// The rooms in which something may have changed since the last write.
    touched: BTreeSet<RoomCode>,
    /// The rooms that have ended since the last write.
    ended: BTreeSet<RoomCode>,
    /// The races to begin once what asked for them is written.
    wishes: Vec<Wish>,
    /// Who is to be let into races, or no longer, once it is written.
    entrances: Vec<Entrance>,
    member_count: usize,
    /// How many members each network has, as far as they came since the start.
    networks: HashMap<Network, usize>,
    next_viewer: u64,
}

/// A live connection of a room.
#[derive(Debug)]
pub(crate) struct Watching {
    pub(crate) viewer: u64,
    pub(crate) seat: Arc<Seat>,
    pub(crate) told: watch::Receiver<Option<Arc<Told>>>,
}

impl Town {
    /// The rooms that a file has.
    pub(super) fn of(now: UnixTime, kept: Vec<Kept>) -> Self {
        let mut town = Self::default();
        for (room, opened_by) in kept {
            town.put(now, room, opened_by);
        }
        town
    }

    /// Moves the races of all rooms by the outages that fell into them.
    pub(super) fn pass_outages(&mut self, now: UnixTime, outages: &Outages) {
        let codes: Vec<RoomCode> = self.rooms.keys().copied().collect();
        for code in codes {
            if let Some(round) = self.rooms.get_mut(&code).and_then(|it| it.room.round.as_mut()) {
                round.pass_outages(outages);
            }
            self.plan(now, code);
        }
    }

    /// The room as a guest sees it.
    pub(crate) fn show(
        &self,
        now: UnixTime,
        code: RoomCode,
        guest: GuestId,
    ) -> Result<protocol::Room, ApiError> {
        Ok(self.entry(code)?.room.view_of(now, guest))
    }

    /// Changes a room, and returns it as the guest sees it then.
    pub(crate) fn change(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        guest: GuestId,
        change: impl FnOnce(&mut Room) -> Result<(), Refusal>,
    ) -> Result<protocol::Room, ApiError> {
        let entry = self.touch(code)?;
        change(&mut entry.room)?;
        entry.seat_all();
        Ok(entry.room.view_of(now, guest))
    }

    /// Whether a guest may change the settings of a room.
    pub(crate) fn check_settings(&self, code: RoomCode, guest: GuestId) -> Result<(), ApiError> {
        Ok(self.entry(code)?.room.check_settings(guest)?)
    }

    /// Lets a guest in under a name.
    pub(crate) fn join(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        client: Client,
        name: &str,
    ) -> Result<protocol::Room, ApiError> {
        self.let_in(now, code, client, |room| room.join(now, client.guest, name))
    }

    /// Lets a guest in, as far as the shares of all rooms allow it.
    fn let_in(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        Client { guest, network }: Client,
        enter: impl FnOnce(&mut Room) -> Result<u32, Refusal>,
    ) -> Result<protocol::Room, ApiError> {
        let (all, of_network) = (self.member_count, self.networks.get(&network).copied());
        let is_full = all >= ROOM_MEMBERS_ALL_MAX
            || of_network.unwrap_or_default() >= ROOM_MEMBERS_PER_NETWORK_MAX;
        let entry = self.touch(code)?;
        let is_new = entry.room.number_of(guest).is_none();
        if is_new && is_full {
            return Err(ApiError::ServerFull);
        }
        let number = enter(&mut entry.room)?;
        if is_new {
            entry.networks.insert(number, network);
            entry.welcome(guest);
            *self.networks.entry(network).or_default() += 1;
            self.member_count += 1;
        }
        let entry = self.entry(code)?;
        let view = entry.room.view_of(now, guest);
        // A member who takes another name is called so in the race as well.
        let entrance =
            entry.room.round.as_ref().and_then(|round| entry.entrance(round.race, guest));
        self.entrances.extend(entrance);
        Ok(view)
    }

    /// The present race of a room, or the last one. `None` before the first.
    pub(crate) fn latest_race(&self, code: RoomCode) -> Result<Option<RaceId>, ApiError> {
        Ok(self.entry(code)?.room.latest_race())
    }

    /// Takes a member out.
    pub(crate) fn remove(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        guest: GuestId,
        number: u32,
    ) -> Result<protocol::Room, ApiError> {
        let gone = self.entry(code)?.room.members.get(&number).map(|member| member.guest);
        let view = self.change(now, code, guest, |room| room.remove(now, guest, number))?;
        let Some(gone) = gone else { return Ok(view) };
        let entry = self.touch(code)?;
        let network = entry.networks.remove(&number);
        let race = entry.room.round.as_ref().map(|round| round.race);
        let entrance = |race| Entrance { race, guest: gone, right: Right::StayOut };
        self.entrances.extend(race.map(entrance));
        self.member_count -= 1;
        self.release(network);
        Ok(view)
    }

    /// Notes whether a member shows the report of the present or last race to the others.
    pub(crate) fn share_report(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        guest: GuestId,
        is_shared: bool,
    ) -> Result<protocol::Room, ApiError> {
        let room = &mut self.touch(code)?.room;
        let race = room.share_report(now, guest, is_shared)?;
        let view = room.view_of(now, guest);
        let right = if is_shared { Right::Share } else { Right::Hide };
        self.entrances.push(Entrance { race, guest, right });
        Ok(view)
    }

    /// Asks for the room's race on behalf of its host. The receiver hears when it has begun; there is none if it
    /// began before.
    pub(crate) fn start(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        client: Client,
        key: Option<(u64, u64)>,
    ) -> Result<Option<oneshot::Receiver<Result<(), ApiError>>>, ApiError> {
        let entry = self.touch(code)?;
        entry.room.check_host(client.guest)?;
        if let Some((key, content)) = key
            && !entry.room.is_new_key(key, content)?
        {
            return Ok(None);
        }
        let is_due = entry.room.start(now, client.guest)?;
        let is_beginning = entry.room.is_beginning;
        let (tx, rx) = oneshot::channel();
        if is_beginning {
            entry.waiting.push(tx);
        }
        if is_due {
            let wish = Wish { client: Some(client), ..entry.wish(now) };
            self.wishes.push(wish);
        }
        Ok(is_beginning.then_some(rx))
    }

    /// Brings a room back to the lobby.
    pub(crate) fn rematch(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        guest: GuestId,
        key: Option<(u64, u64)>,
    ) -> Result<protocol::Room, ApiError> {
        let room = &mut self.touch(code)?.room;
        room.check_host(guest)?;
        let is_new = key.map_or(Ok(true), |(key, content)| room.is_new_key(key, content))?;
        if !is_new {
            return Ok(room.view_of(now, guest));
        }
        let before = room.round.as_ref().map(|round| round.race);
        let view = self.change(now, code, guest, |room| room.rematch(now, guest))?;
        // The race that was need not wait for those who never came to it. Whoever has a run in it keeps it.
        if let Some(race) = before {
            let guests = self.entry(code)?.room.numbers.keys();
            let stay_out = |&guest| Entrance { race, guest, right: Right::StayOut };
            let all: Vec<Entrance> = guests.map(stay_out).collect();
            self.entrances.extend(all);
        }
        Ok(view)
    }

    /// Notes what became of a wish.
    pub(crate) fn settle(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        begun: Result<Round, ApiError>,
    ) -> Result<(), ApiError> {
        let entry = self.touch(code)?;
        let told = begun.as_ref().map(|_| ()).map_err(Clone::clone);
        let race = begun.as_ref().ok().map(|round| round.race);
        match begun {
            Ok(round) => entry.room.began(now, round),
            Err(_) => entry.room.could_not_begin(now),
        }
        entry.is_urgent = true;
        entry.settled = Some(told);
        // Some came while the race was made.
        let entrances = race.map(|race| entry.entrances(race));
        self.entrances.extend(entrances.into_iter().flatten());
        Ok(())
    }

    /// Notes how far the runs of a room's race are.
    pub(crate) fn note_runs(
        &mut self,
        code: RoomCode,
        runs: &[(GuestId, RunStand)],
        is_over: bool,
    ) {
        let Ok(entry) = self.touch(code) else { return };
        for (guest, run) in runs {
            entry.room.note_run(*guest, *run);
        }
        if is_over {
            entry.room.note_over();
        }
    }

    /// The rooms whose races are under way, with those races.
    pub(crate) fn under_way(&self, now: UnixTime) -> Vec<(RoomCode, RaceId)> {
        let going = |entry: &&Entry| match entry.room.stage(now) {
            RoomStage::Counting | RoomStage::Running => true,
            RoomStage::Lobby | RoomStage::Over => false,
        };
        let entries = self.rooms.values().filter(going);
        entries
            .filter_map(|entry| Some((entry.room.code, entry.room.round.as_ref()?.race)))
            .collect()
    }

    /// Does what is due in all rooms.
    pub(super) fn advance(&mut self, now: UnixTime) {
        while let Some(code) = self.calendar.pop_due(now) {
            let Ok(entry) = self.touch(code) else { continue };
            if now >= entry.room.expires_at() {
                self.end(code);
                continue;
            }
            let revision = entry.room.revision;
            let starts = entry.room.advance(now);
            entry.is_urgent |= entry.room.revision != revision;
            if starts {
                let wish = entry.clock_wish(now);
                self.wishes.push(wish);
            }
        }
    }

    /// When [`advance`](Self::advance) has something to do.
    pub(super) fn next_at(&self) -> Option<UnixTime> {
        self.calendar.next_at()
    }

    /// Takes what has to be written, with the rooms that it concerns.
    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        let ended = self.ended.iter().copied().map(Change::Remove).collect();
        let mut all: Vec<Change> = ended;
        for code in &self.touched {
            let Some(Entry { room, opened_by, .. }) = self.rooms.get_mut(code) else { continue };
            let changes = std::mem::take(&mut room.changes);
            let row = |number: &u32| Some(MemberRow::of(*number, room.members.get(number)?));
            let members: Vec<_> = changes.members.iter().filter_map(row).collect();
            let gone: Vec<_> = changes.gone.into_iter().collect();
            let row = changes.room.then(|| Box::new(RoomRow::of(room, *opened_by)));
            if row.is_some() || !members.is_empty() || !gone.is_empty() {
                all.push(Change::Put { code: *code, row, members, gone });
            }
        }
        all
    }

    /// Takes the wishes of changes that are written.
    pub(super) fn take_wishes(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.wishes)
    }

    /// Takes who is to be let into races, or no longer, by changes that are written.
    pub(super) fn take_entrances(&mut self) -> Vec<Entrance> {
        std::mem::take(&mut self.entrances)
    }

    /// Who may enter the races of all rooms, as after a restart.
    pub(super) fn all_entrances(&self) -> Vec<Entrance> {
        let of = |entry: &Entry| {
            let present = entry.room.round.iter().flat_map(|round| entry.entrances(round.race));
            let past = entry.room.past.iter().flat_map(|race| entry.names(*race));
            let sharers = entry.room.sharers.iter();
            let share = |&(race, guest)| Entrance { race, guest, right: Right::Share };
            present.chain(past).chain(sharers.map(share)).collect::<Vec<_>>()
        };
        self.rooms.values().flat_map(of).collect()
    }

    /// Goes back to what the file has, since changes could not be written.
    pub(super) fn go_back(
        &mut self,
        now: UnixTime,
        store: &RoomStore,
        outages: &Outages,
    ) -> Result<(), StoreError> {
        self.wishes.clear();
        self.entrances.clear();
        let mut codes = std::mem::take(&mut self.touched);
        codes.append(&mut self.ended);
        for code in codes {
            let before = self.take(code);
            if let Some((mut room, opened_by)) = store.room(now, code)? {
                if let Some(round) = &mut room.round {
                    round.pass_outages(outages);
                }
                self.put(now, room, opened_by);
                if let (Some(before), Some(entry)) = (before, self.rooms.get_mut(&code)) {
                    entry.take_over(before);
                    for network in entry.networks.values() {
                        *self.networks.entry(*network).or_default() += 1;
                    }
                }
            }
            self.plan(now, code);
        }
        Ok(())
    }

    fn entry(&self, code: RoomCode) -> Result<&Entry, ApiError> {
        self.rooms.get(&code).ok_or(ApiError::NoSuchRoom)
    }

    fn touch(&mut self, code: RoomCode) -> Result<&mut Entry, ApiError> {
        let entry = self.rooms.get_mut(&code).ok_or(ApiError::NoSuchRoom)?;
        self.touched.insert(code);
        Ok(entry)
    }

    /// Ends a room: its link leads nowhere, and its live connections close.
    fn end(&mut self, code: RoomCode) {
        if self.take(code).is_some() {
            self.ended.insert(code);
            self.touched.remove(&code);
        }
    }

    /// Adds a room.
    fn put(&mut self, now: UnixTime, room: Room, opened_by: Option<OpenedBy>) {
        let code = room.code;
        self.member_count += room.members.len();
        if let Some((guest, key, content)) = opened_by {
            self.opened.insert((guest, key), (code, content));
        }
        self.rooms.insert(code, Entry::new(room, opened_by));
        self.plan(now, code);
    }

    /// Takes a room out of memory.
    fn take(&mut self, code: RoomCode) -> Option<Entry> {
        let entry = self.rooms.remove(&code)?;
        self.calendar.remove(code);
        self.member_count -= entry.room.members.len();
        for network in entry.networks.values() {
            self.release(Some(*network));
        }
        if let Some((guest, key, _)) = entry.opened_by {
            self.opened.remove(&(guest, key));
        }
        Some(entry)
    }

    fn release(&mut self, network: Option<Network>) {
        let Some(network) = network else { return };
        if let Some(count) = self.networks.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                self.networks.remove(&network);
            }
        }
    }

    /// Notes when a room is due next.
    fn plan(&mut self, now: UnixTime, code: RoomCode) {
        if let Some(entry) = self.rooms.get(&code) {
            self.calendar.put(code, entry.due_at(now));
        }
    }

    /// How many rooms of a kind there are.
    pub(crate) fn count(&self, kind: RoomKind) -> usize {
        self.rooms.values().filter(|entry| entry.room.kind == kind).count()
    }
}

#[cfg(test)]
mod tests;
