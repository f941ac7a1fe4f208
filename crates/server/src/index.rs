//! Which races there are, whose they are and what became of them: small, in memory, made again from
//! the journal's headers at each start.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use practice::{About, Begun, Header, PersonId, Run, wire};
use protocol::RaceCard;

use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{RACES_LISTED_MAX, RACES_PER_GUEST_MAX};

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
        // A race that runs by no clock is nobody's here.
        let Some(Begun { host: PersonId(host), .. }) = header.begun else { return };
        let guest = GuestId(host);
        let started_at = UnixTime::of_header(header);
        let ends_at = UnixTime::from_nanos(started_at.as_nanos() + header.ends_at.as_nanos());
        inner.races.insert(id, Entry { guest, ends_at, card: card(id, header, started_at) });
        inner.guests.entry(guest).or_default().push(id);
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

    /// Whether a race's time is not over.
    pub(crate) fn is_under_way(&self, id: RaceId, now: UnixTime) -> bool {
        self.lock().races.get(&id).is_some_and(|entry| entry.ends_at > now)
    }

    pub(crate) fn has(&self, id: RaceId) -> bool {
        self.lock().races.contains_key(&id)
    }

    /// Whether a guest is a member of a race or may become one.
    pub(crate) fn may_enter(&self, id: RaceId, guest: GuestId) -> bool {
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

    /// Keeps what became of the host's run, for the host's list.
    pub(crate) fn note(&self, id: RaceId, person: PersonId, run: &Run) {
        if let Some(entry) = self.lock().races.get_mut(&id)
            && entry.guest.person() == person
        {
            entry.card.ending = run.ended().map(|ended| wire::ending(ended.ending));
            entry.card.place = run.place().map(|place| place.0);
        }
    }

    /// Nobody panics while holding it, and if somebody did the map would still be whole.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn card(id: RaceId, header: &Header, started_at: UnixTime) -> RaceCard {
    let About { scenario, title, plan, style, rivals, seats, .. } = header.about.clone();
    RaceCard {
        id: id.to_string(),
        scenario,
        title,
        plan,
        style,
        created_ms: started_at.as_millis_f64(),
        ending: None,
        place: None,
        rivals,
        seats,
    }
}
