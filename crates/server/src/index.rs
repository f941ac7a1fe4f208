//! The index of all races: to whom each belongs, when it ends and how it ended.
//!
//! It is in memory and small. The server makes it anew from the journal's headers at each start; an
//! ending is known again once its race was loaded.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use practice::{About, Begun, Header, PersonId, Run, wire};
use protocol::RaceCard;

use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{RACES_KEPT_PER_GUEST_MAX, RACES_LISTED_MAX, RACES_PER_GUEST_MAX};
use crate::plan_address::PlanAddress;
use crate::shard::Line;

/// All races by id and by guest.
#[derive(Debug, Default)]
pub(crate) struct Index {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    races: HashMap<RaceId, Entry>,
    /// The races of each guest, in the order in which they were made.
    guests: HashMap<GuestId, Vec<RaceId>>,
    /// Races whose header cannot be read, so that nobody knows to whom they belong.
    damaged: HashSet<RaceId>,
}

/// What is known of a race.
#[derive(Debug)]
pub(crate) struct Entry {
    guest: GuestId,
    /// A digest of all that the request asked for that began the race.
    content: u64,
    /// Where the race's plan is found.
    plan: PlanAddress,
    started_at: UnixTime,
    ends_at: UnixTime,
    card: RaceCard,
    /// The messages that wait for the race.
    line: Line,
}

/// What the index knows of an id under which a guest wants to begin a race.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// There is no race with this id.
    Nothing,
    /// The same request of the same guest began the race.
    Same,
    /// Another request began the race.
    Other,
}

impl Index {
    /// Adds a race of a guest, which is kept with a plan at this address.
    pub(crate) fn add(&self, id: RaceId, header: &Header, plan: PlanAddress) {
        self.lock().add(id, header, plan);
    }

    /// Notes that a race's header cannot be read.
    pub(crate) fn add_damaged(&self, id: RaceId) {
        self.lock().damaged.insert(id);
    }

    /// Whether the race exists and its header cannot be read (rule A44).
    pub(crate) fn is_damaged(&self, id: RaceId) -> bool {
        self.lock().damaged.contains(&id)
    }

    /// Adds a race that a guest begins, and calls `send` before anybody else can see it. Adds nothing
    /// and calls nothing if there is a race with this id.
    pub(crate) fn begin(
        &self,
        id: RaceId,
        header: &Header,
        plan: PlanAddress,
        send: impl FnOnce(),
    ) -> bool {
        let mut inner = self.lock();
        let is_new = !inner.races.contains_key(&id);
        if is_new {
            inner.add(id, header, plan);
            send();
        }
        is_new
    }

    /// Whether a request of a guest began the race with this id.
    pub(crate) fn known(&self, id: RaceId, guest: GuestId, content: u64) -> Known {
        match self.lock().races.get(&id) {
            None => Known::Nothing,
            Some(entry) if (entry.guest, entry.content) == (guest, content) => Known::Same,
            Some(_) => Known::Other,
        }
    }

    /// A race whose plan has this address.
    pub(crate) fn race_on(&self, plan: PlanAddress) -> Option<RaceId> {
        self.lock().races.iter().find(|(_, entry)| entry.plan == plan).map(|(&id, _)| id)
    }

    /// Forgets a race that could not be created or that is being removed, and returns what was known of it.
    pub(crate) fn remove(&self, id: RaceId) -> Option<Entry> {
        let mut inner = self.lock();
        let entry = inner.races.remove(&id)?;
        if let Some(races) = inner.guests.get_mut(&entry.guest) {
            races.retain(|&race| race != id);
            if races.is_empty() {
                inner.guests.remove(&entry.guest);
            }
        }
        Some(entry)
    }

    /// Takes back that a race is being removed.
    pub(crate) fn put_back(&self, id: RaceId, entry: Option<Entry>) {
        let Some(entry) = entry else { return };
        let mut inner = self.lock();
        inner.guests.entry(entry.guest).or_default().push(id);
        inner.races.insert(id, entry);
    }

    /// Puts each guest's races in the order in which they were made.
    pub(crate) fn sort(&self) {
        let mut inner = self.lock();
        let Inner { races, guests, damaged: _ } = &mut *inner;
        for list in guests.values_mut() {
            list.sort_by(|a, b| races[a].card.created_ms.total_cmp(&races[b].card.created_ms));
        }
    }

    /// Whether the guest may enter the race. Only its host may.
    pub(crate) fn may_enter(&self, id: RaceId, guest: GuestId) -> bool {
        self.guest_of(id) == Some(guest)
    }

    /// To whom the race belongs; `None` if there is no such race.
    pub(crate) fn guest_of(&self, id: RaceId) -> Option<GuestId> {
        self.lock().races.get(&id).map(|entry| entry.guest)
    }

    /// The line of messages to the race; `None` if there is no such race.
    pub(crate) fn line_of(&self, id: RaceId) -> Option<Line> {
        self.lock().races.get(&id).map(|entry| entry.line.clone())
    }

    /// The start of the newest race.
    pub(crate) fn newest(&self) -> Option<UnixTime> {
        let inner = self.lock();
        let starts = inner.races.values().map(|entry| entry.started_at);
        starts.max()
    }

    /// The guest's last races, newest first.
    pub(crate) fn latest(&self, guest: GuestId) -> Vec<RaceCard> {
        let inner = self.lock();
        let races = inner.guests.get(&guest).into_iter().flatten().rev().take(RACES_LISTED_MAX);
        races.map(|id| inner.races[id].card.clone()).collect()
    }

    /// Those of the guest's last races whose time is over and whose ending the index does not know.
    pub(crate) fn undecided(&self, guest: GuestId, now: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let races = inner.guests.get(&guest).into_iter().flatten().rev().take(RACES_LISTED_MAX);
        let is_undecided = |id: &&RaceId| {
            let entry = &inner.races[*id];
            entry.card.ending.is_none() && entry.ends_at <= now
        };
        races.filter(is_undecided).copied().collect()
    }

    /// The unfinished races that the guest must give up before another one is made, oldest first.
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

    /// The guest's oldest races that must be removed before another one is kept. Races under way stay.
    pub(crate) fn unkept(&self, guest: GuestId, now: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let Some(races) = inner.guests.get(&guest) else { return Vec::new() };
        let surplus = (races.len() + 1).saturating_sub(RACES_KEPT_PER_GUEST_MAX);
        let is_over = |id: &&RaceId| inner.races[*id].ends_at <= now;
        races.iter().filter(is_over).take(surplus).copied().collect()
    }

    /// Whether the time of a race was over at `then`, or there is no such race.
    pub(crate) fn is_over_by(&self, id: RaceId, then: UnixTime) -> bool {
        self.lock().races.get(&id).is_none_or(|entry| entry.ends_at <= then)
    }

    /// The races whose time was over at `then`.
    pub(crate) fn over_by(&self, then: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let races = inner.races.iter().filter(|(_, entry)| entry.ends_at <= then);
        races.map(|(&id, _)| id).collect()
    }

    /// Notes how far the host's run has come, for the host's list. Ignores the runs of other
    /// members.
    pub(crate) fn note(&self, id: RaceId, person: PersonId, run: &Run) {
        if let Some(entry) = self.lock().races.get_mut(&id)
            && entry.guest.person() == person
        {
            entry.card.ending = run.ended().map(|ended| wire::ending(ended.ending));
            entry.card.place = run.place().map(|place| place.0);
        }
    }

    /// Locks the index. A poisoned lock does no harm, since no code panics between two changes that
    /// belong together.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn add(&mut self, id: RaceId, header: &Header, plan: PlanAddress) {
        // A race of the command line has no host, so no guest can enter it.
        let Some(Begun { host: PersonId(host), content, .. }) = header.begun else { return };
        let guest = GuestId(host);
        let started_at = UnixTime::of_header(header);
        let ends_at = UnixTime::from_nanos(started_at.as_nanos() + header.ends_at.as_nanos());
        let card = card(id, header, started_at);
        let line = Line::default();
        self.races.insert(id, Entry { guest, content, plan, started_at, ends_at, card, line });
        self.guests.entry(guest).or_default().push(id);
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
