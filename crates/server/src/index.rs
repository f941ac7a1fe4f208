//! Which races there are, whose they are and what became of them: small, in memory, made again from
//! the journal's headers at each start.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::RaceCard;

use crate::clock::UnixTime;
use crate::header::Header;
use crate::ids::{GuestId, RaceId};
use crate::limits::{RACES_LISTED_MAX, RACES_PER_GUEST_MAX};
use crate::play::Run;
use crate::to_protocol;

/// All races by id and by guest.
#[derive(Debug, Default)]
pub(crate) struct Index {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    races: HashMap<RaceId, Entry>,
    /// In the order in which they were made.
    guests: HashMap<GuestId, Vec<RaceId>>,
}

#[derive(Debug)]
struct Entry {
    guest: GuestId,
    ends_at: UnixTime,
    card: RaceCard,
}

impl Index {
    pub(crate) fn add(&self, id: RaceId, header: &Header) {
        let mut inner = self.lock();
        let entry = Entry { guest: header.guest, ends_at: header.ends_at, card: header.card(id) };
        inner.races.insert(id, entry);
        inner.guests.entry(header.guest).or_default().push(id);
    }

    /// Forgets a race: one that could not be created, or that was removed.
    pub(crate) fn remove(&self, id: RaceId) {
        let mut inner = self.lock();
        if let Some(entry) = inner.races.remove(&id)
            && let Some(races) = inner.guests.get_mut(&entry.guest)
        {
            races.retain(|&race| race != id);
            if races.is_empty() {
                inner.guests.remove(&entry.guest);
            }
        }
    }

    /// Puts each guest's races in the order in which they were made.
    pub(crate) fn sort(&self) {
        let mut inner = self.lock();
        let Inner { races, guests } = &mut *inner;
        for list in guests.values_mut() {
            list.sort_by(|a, b| races[a].card.created_ms.total_cmp(&races[b].card.created_ms));
        }
    }

    pub(crate) fn has(&self, id: RaceId) -> bool {
        self.lock().races.contains_key(&id)
    }

    pub(crate) fn is_owner(&self, id: RaceId, guest: GuestId) -> bool {
        self.lock().races.get(&id).is_some_and(|entry| entry.guest == guest)
    }

    /// The guest's last races, newest first.
    pub(crate) fn latest(&self, guest: GuestId) -> Vec<RaceCard> {
        let inner = self.lock();
        let races = inner.guests.get(&guest).into_iter().flatten().rev().take(RACES_LISTED_MAX);
        races.map(|id| inner.races[id].card.clone()).collect()
    }

    /// Those of the guest's last races whose time is over and whose end is not known.
    pub(crate) fn undecided(&self, guest: GuestId, now: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let races = inner.guests.get(&guest).into_iter().flatten().rev().take(RACES_LISTED_MAX);
        let is_undecided = |id: &&RaceId| {
            let entry = &inner.races[*id];
            entry.card.ending.is_none() && entry.ends_at <= now
        };
        races.filter(is_undecided).copied().collect()
    }

    /// The unfinished races of a guest beyond what one may have, oldest first.
    pub(crate) fn surplus(&self, guest: GuestId, now: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let is_open = |id: &&RaceId| {
            let entry = &inner.races[*id];
            entry.card.ending.is_none() && entry.ends_at > now
        };
        let open: Vec<RaceId> =
            inner.guests.get(&guest).into_iter().flatten().filter(is_open).copied().collect();
        let surplus = (open.len() + 1).saturating_sub(RACES_PER_GUEST_MAX);
        open.into_iter().take(surplus).collect()
    }

    /// Races whose time was over by then.
    pub(crate) fn over_by(&self, then: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let races = inner.races.iter().filter(|(_, entry)| entry.ends_at <= then);
        races.map(|(&id, _)| id).collect()
    }

    /// Keeps what became of a run.
    pub(crate) fn note(&self, id: RaceId, run: &Run) {
        if let Some(entry) = self.lock().races.get_mut(&id) {
            entry.card.ending = run.ended.map(|ended| to_protocol::ending(ended.ending));
            entry.card.place = run.place.map(|place| place.0);
        }
    }

    /// Nobody panics while holding it, and if somebody did the map would still be whole.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
