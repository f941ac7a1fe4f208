//! All rooms in memory, and what the keeper's errands do with them.
//!
//! Nothing here waits. What an errand changed is written by the keeper before anybody is told of it.

mod entry;
mod keeping;
mod leaving;
mod limiting;
mod opening;
mod telling;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use protocol::{RoomStage, RunStand};
use tokio::sync::{oneshot, watch};

use super::calendar::Calendar;
use super::code::RoomCode;
use super::room::{Asked, Refusal, Room, Round};
use super::row::{MemberRow, RoomRow};
use super::shares::Shares;
use super::store::{Change, Kept};
use super::told::{Seat, Told};
use super::wish::{Entrance, Right, Wish};
use crate::client::Client;
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::outages::Outages;
use crate::problem::ApiError;
use entry::Entry;
pub(crate) use opening::{OpenRoom, Opening};

/// All rooms.
#[derive(Debug, Default)]
pub(crate) struct Town {
    rooms: HashMap<RoomCode, Entry>,
    /// The rooms that guests opened, by the keys of the requests.
    opened: BTreeMap<(GuestId, u64), (RoomCode, u64)>,
    /// The open races that are not over.
    open: BTreeSet<RoomCode>,
    calendar: Calendar<UnixTime>,
    /// The rooms in which something may have changed since the last write.
    touched: BTreeSet<RoomCode>,
    /// The rooms that have ended since the last write.
    ended: BTreeSet<RoomCode>,
    /// The races to begin once what asked for them is written.
    wishes: Vec<Wish>,
    /// Who is to be let into races, or no longer, once it is written.
    entrances: Vec<Entrance>,
    shares: Shares,
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
            let mut entry = Entry::new(room, opened_by);
            // Those who had a live connection come back now.
            entry.left_at = now;
            town.put(now, entry);
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

    /// Lets a guest in, as far as the shares of all rooms allow it, and returns the room as the guest sees it then.
    fn let_in(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        client: Client,
        enter: impl FnOnce(&mut Room) -> Result<u32, Refusal>,
    ) -> Result<protocol::Room, ApiError> {
        self.bring_in(now, code, client, enter)?;
        self.show(now, code, client.guest)
    }

    fn bring_in(
        &mut self,
        now: UnixTime,
        code: RoomCode,
        client: Client,
        enter: impl FnOnce(&mut Room) -> Result<u32, Refusal>,
    ) -> Result<(), ApiError> {
        let Client { guest, network, .. } = client;
        let is_new = self.entry(code)?.room.number_of(guest).is_none();
        if is_new {
            self.make_way_for_member(now, code, network)?;
        }
        let entry = self.touch(code)?;
        let number = enter(&mut entry.room)?;
        entry.to_seat.insert(guest);
        if is_new {
            entry.origins.add(number, network);
            entry.welcome(guest);
            let kind = entry.room.kind;
            self.shares.add_member(kind, network);
        }
        // A member who takes another name is called so in the race as well.
        let entry = self.entry(code)?;
        let entrance =
            entry.room.round.as_ref().and_then(|round| entry.entrance(round.race, guest));
        self.entrances.extend(entrance);
        Ok(())
    }

    /// The race of a room whose results somebody asks for: the one with this id, or the present or last one.
    ///
    /// # Errors
    ///
    /// [`ApiError::NoSuchRace`] if the room has no such race.
    pub(crate) fn race_of(
        &self,
        code: RoomCode,
        wanted: Option<RaceId>,
    ) -> Result<RaceId, ApiError> {
        let room = &self.entry(code)?.room;
        let race = wanted.filter(|race| room.has_race(*race));
        let race = if wanted.is_some() { race } else { room.latest_race() };
        race.ok_or(ApiError::NoSuchRace)
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
        let network = entry.origins.remove(number);
        entry.to_seat.insert(gone);
        let (kind, race) = (entry.room.kind, entry.room.round.as_ref().map(|round| round.race));
        let entrance = |race| Entrance { race, guest: gone, right: Right::StayOut };
        self.entrances.extend(race.map(entrance));
        self.shares.remove_member(kind, network);
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
        let room = &mut entry.room;
        room.check_host(client.guest)?;
        if let Some((key, content)) = key
            && room.request(key, content)? == Asked::Done
        {
            return Ok(None);
        }
        let is_due = room.start(now, client.guest)?;
        let is_beginning = room.is_beginning;
        match key {
            Some(key) if is_beginning => room.wait_under(key),
            Some(key) => room.keep_key(key),
            None => {}
        }
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
        if let Some((key, content)) = key
            && room.request(key, content)? == Asked::Done
        {
            return Ok(room.view_of(now, guest));
        }
        let before = room.round.as_ref().map(|round| round.race);
        let view = self.change(now, code, guest, |room| {
            room.rematch(now, guest)?;
            if let Some(key) = key {
                room.keep_key(key);
            }
            Ok(())
        })?;
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
        let (Some(race), Ok(entry)) = (race, self.entry(code)) else { return Ok(()) };
        // Some came and some left while the race was made.
        let entrances: Vec<Entrance> = entry.entrances(race).collect();
        self.entrances.extend(entrances);
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
        self.rooms.values().flat_map(Entry::all_entrances).collect()
    }

    fn entry(&self, code: RoomCode) -> Result<&Entry, ApiError> {
        self.rooms.get(&code).ok_or(ApiError::NoSuchRoom)
    }

    fn touch(&mut self, code: RoomCode) -> Result<&mut Entry, ApiError> {
        let entry = self.rooms.get_mut(&code).ok_or(ApiError::NoSuchRoom)?;
        self.touched.insert(code);
        Ok(entry)
    }
}

#[cfg(test)]
mod tests;
