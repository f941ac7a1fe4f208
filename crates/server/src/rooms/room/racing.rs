//! The race of a room: settings, start, rematch, and how far everybody is.

use std::time::Duration;

use protocol::{Door, RoomKind, RoomSettings, RoomStage, RoomStart, RunStand};

use super::list::push;
use super::{Drawn, PastRace, Refusal, Room, Round};
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{ROOM_PAST_MAX, ROOM_SHARERS_MAX};

impl Room {
    /// Whether a guest may change the settings.
    pub(crate) fn check_settings(&self, guest: GuestId) -> Result<(), Refusal> {
        self.check_host(guest)?;
        self.check_lobby()
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

    /// Asks for the race by the host's button. Returns whether a race has to be made: not if one is being made or
    /// under way. Rule A69.
    pub(crate) fn start(&mut self, now: UnixTime, guest: GuestId) -> Result<bool, Refusal> {
        self.check_host(guest)?;
        match self.stage(now) {
            RoomStage::Lobby if self.is_beginning => Ok(false),
            RoomStage::Lobby => {
                self.is_beginning = true;
                self.starting.clear();
                Ok(true)
            }
            RoomStage::Counting | RoomStage::Running => Ok(false),
            RoomStage::Over => Err(Refusal::Started),
        }
    }

    /// Notes that the race began that was asked for.
    pub(crate) fn began(&mut self, now: UnixTime, round: Round) {
        self.is_beginning = false;
        // They stay in this list as well: if the disk does not take the beginning, it comes a second time.
        for key in self.starting.clone() {
            if !self.keys.contains(&key) {
                self.keep_key(key);
            }
        }
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
        self.starting.clear();
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
        if let Some(Round { race, .. }) = self.round.take() {
            let next_number = self.next_number;
            push(&mut self.past, ROOM_PAST_MAX, PastRace { race, next_number });
            self.rematches = self.rematches.saturating_add(1);
        }
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

    /// The present race, or the last one; `None` before the first.
    pub(crate) fn latest_race(&self) -> Option<RaceId> {
        let present = self.round.as_ref().map(|round| round.race);
        present.or_else(|| self.past.back().map(|past| past.race))
    }

    /// Whether a race is the room's present one, or an earlier one that the room remembers.
    pub(crate) fn has_race(&self, race: RaceId) -> bool {
        let is_present = self.round.as_ref().is_some_and(|round| round.race == race);
        is_present || self.past.iter().any(|past| past.race == race)
    }

    /// Notes whether a member shows the report of the present or last race to the others, and returns that race. Rule
    /// A70.
    pub(crate) fn share_report(
        &mut self,
        now: UnixTime,
        guest: GuestId,
        is_shared: bool,
    ) -> Result<RaceId, Refusal> {
        self.number_of(guest).ok_or(Refusal::NotIn)?;
        let race = self.latest_race().ok_or(Refusal::NotOver)?;
        let was_shared = self.sharers.contains(&(race, guest));
        if was_shared && !is_shared {
            self.sharers.retain(|sharer| *sharer != (race, guest));
        }
        if is_shared && !was_shared {
            push(&mut self.sharers, ROOM_SHARERS_MAX, (race, guest));
        }
        if is_shared != was_shared {
            self.changed(now);
        }
        Ok(race)
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
            // A restart would have to load the race to know it.
            self.changes.room = true;
            self.revise();
        }
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

    fn check_lobby(&self) -> Result<(), Refusal> {
        let is_started = self.round.is_some() || self.is_beginning;
        if is_started { Err(Refusal::Started) } else { Ok(()) }
    }
}
