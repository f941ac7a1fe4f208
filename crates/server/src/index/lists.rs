//! The list of each guest's races, and what it shows.

use protocol::RaceCard;

use super::{Access, Entry, Index, Inner, Listed, Progress};
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{
    RACES_ENTERED_KEPT_MAX, RACES_KEPT_PER_GUEST_MAX, RACES_LISTED_MAX, RACES_PER_GUEST_MAX,
};

impl Index {
    /// The guest's newest races, or exercises, newest first: those that the guest opened, and those of a room in which the guest
    /// takes part.
    pub(crate) fn latest(&self, guest: GuestId, listed: Listed, most: usize) -> Vec<RaceCard> {
        let inner = self.lock();
        let races = inner.all_of(guest).rev().filter(|(_, entry)| entry.is_listed(listed));
        let shown = races.filter(|(_, entry)| entry.is_worth_showing(guest));
        shown.take(most).map(|(_, entry)| entry.card_of(guest)).collect()
    }

    /// All races in the guest's list, exercises and openings among them.
    pub(crate) fn races_of(&self, guest: GuestId) -> Vec<RaceId> {
        self.lock().all_of(guest).map(|(id, _)| id).collect()
    }

    /// Those of the guest's last races of which the index cannot tell what to show: their time is over and it does not know
    /// the ending, or it does not know whether the guest has a run.
    pub(crate) fn undecided(&self, guest: GuestId, now: UnixTime, listed: Listed) -> Vec<RaceId> {
        let inner = self.lock();
        let is_undecided = |entry: &Entry| {
            let is_unknown = !entry.has_ended_for(guest) && !entry.is_settled;
            entry.may_have_run(guest) || is_unknown && entry.ends_at <= now
        };
        let may_be_shown =
            |entry: &Entry| entry.is_worth_showing(guest) || entry.may_have_run(guest);
        let races = inner.all_of(guest).rev().filter(|(_, entry)| entry.is_listed(listed));
        let last = races.filter(|(_, entry)| may_be_shown(entry)).take(RACES_LISTED_MAX);
        last.filter(|(_, entry)| is_undecided(entry)).map(|(id, _)| id).collect()
    }

    /// The unfinished races that the guest must give up before another one is made, oldest first. Only races that are the
    /// guest's own count: a room's race is nobody's alone.
    pub(crate) fn surplus(&self, guest: GuestId, now: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let is_open = |entry: &Entry| !entry.has_ended_for(guest) && entry.ends_at > now;
        let own = inner.all_of(guest).filter(|(_, entry)| entry.is_alone(guest));
        let open: Vec<RaceId> = own.filter(|(_, entry)| is_open(entry)).map(|(id, _)| id).collect();
        let surplus = (open.len() + 1).saturating_sub(RACES_PER_GUEST_MAX);
        open.into_iter().take(surplus).collect()
    }

    /// The oldest races of a host that must be removed before another one is kept. Races under way stay.
    pub(crate) fn unkept(&self, host: GuestId, now: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let hosted = || inner.all_of(host).filter(|(_, entry)| entry.host == Some(host));
        let surplus = (hosted().count() + 1).saturating_sub(RACES_KEPT_PER_GUEST_MAX);
        let over = hosted().filter(|(_, entry)| entry.ends_at <= now);
        over.take(surplus).map(|(id, _)| id).collect()
    }
}

impl Inner {
    /// Puts a race into the list of a guest, behind those that began before it. Of the races of others a list keeps the
    /// newest [`RACES_ENTERED_KEPT_MAX`].
    pub(super) fn list(&mut self, guest: GuestId, id: RaceId) {
        let Self { races, guests, damaged: _, visited: _, thinned: _ } = self;
        let Some(entry) = races.get(&id) else { return };
        let list = guests.entry(guest).or_default();
        if list.contains(&id) {
            return;
        }
        let is_earlier = |other: &RaceId| races[other].started_at <= entry.started_at;
        list.insert(list.partition_point(is_earlier), id);
        let is_entered = |other: &RaceId| races[other].host != Some(guest);
        if list.len() > RACES_ENTERED_KEPT_MAX
            && list.iter().filter(|other| is_entered(other)).count() > RACES_ENTERED_KEPT_MAX
            && let Some(oldest) = list.iter().position(is_entered)
        {
            list.remove(oldest);
        }
    }

    pub(super) fn unlist(&mut self, guest: GuestId, id: RaceId) {
        if let Some(races) = self.guests.get_mut(&guest) {
            races.retain(|&race| race != id);
            if races.is_empty() {
                self.guests.remove(&guest);
            }
        }
    }

    /// The races in the list of a guest, in the order in which they began.
    pub(super) fn all_of(
        &self,
        guest: GuestId,
    ) -> impl DoubleEndedIterator<Item = (RaceId, &Entry)> {
        let list = self.guests.get(&guest).map_or(&[][..], Vec::as_slice);
        list.iter().map(|id| (*id, &self.races[id]))
    }
}

impl Entry {
    /// Whether the race is one that this guest opened for nobody else.
    fn is_alone(&self, guest: GuestId) -> bool {
        matches!(self.access, Access::Host) && self.host == Some(guest)
    }

    fn has_ended_for(&self, guest: GuestId) -> bool {
        self.runs.get(&guest).is_some_and(|run| run.ending.is_some())
    }

    /// Whether a guest has a run in the race or can still begin one.
    fn is_worth_showing(&self, guest: GuestId) -> bool {
        self.admits(guest) && (!self.is_settled || self.runs.contains_key(&guest))
    }

    /// Whether only the log can tell if a guest has a run in the race, as after a start: the guest opened it or was in
    /// its room, has left that room since, and the index knows no run.
    fn may_have_run(&self, guest: GuestId) -> bool {
        !self.admits(guest) && !self.knows_runs && !self.is_settled
    }

    fn is_listed(&self, listed: Listed) -> bool {
        match listed {
            Listed::Races => self.exercise.is_none(),
            Listed::Exercises => self.exercise.is_some(),
        }
    }

    fn card_of(&self, guest: GuestId) -> RaceCard {
        let Some(Progress { ending, place, tally }) = self.runs.get(&guest) else {
            return self.card.clone();
        };
        let steps = tally.iter().flat_map(|tally| tally.steps()).collect();
        RaceCard { ending: *ending, place: *place, steps, ..self.card.clone() }
    }
}
