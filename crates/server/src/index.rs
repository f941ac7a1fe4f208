//! The index of all races: who may enter each, when it ends and how it ended for each of its people.
//!
//! It is in memory and small. The server makes it anew from the journal's headers at each start; an
//! ending is known again once its race was loaded, and who may enter a shared race once its room says so.

mod doors;
mod lists;
mod people;
mod tallies;

pub(crate) use tallies::{PastRun, RunNews};

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use practice::{About, Begun, Exercise, Header, PerformanceId, PersonId};
use protocol::{Ending, RaceCard, RunStand};

use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::outages::Outages;
use crate::plan_address::PlanAddress;
use crate::shard::Line;
use crate::tally::Tally;

/// The host of a race that no person opened, such as an open race of the timetable. No guest has this number.
pub(crate) const NOBODY: PersonId = PersonId(0);

/// All races by id and by guest.
#[derive(Debug, Default)]
pub(crate) struct Index {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    races: HashMap<RaceId, Entry>,
    /// The races of each guest, in the order in which they were made. After a start some may stand here that only the log
    /// can tell to be the guest's.
    guests: HashMap<GuestId, Vec<RaceId>>,
    /// Races whose header cannot be read, so that nobody knows to whom they belong.
    damaged: HashSet<RaceId>,
    /// After a start: the openings in which a guest's run is over, under the number of the guest's tallies. Taken out once
    /// the guest is there.
    visited: HashMap<u128, Vec<RaceId>>,
    /// The races that fewer people may enter than before. Their shards have not heard of it.
    thinned: HashSet<RaceId>,
}

/// What is known of a race.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Who opened it; `None` if nobody did.
    host: Option<GuestId>,
    access: Access,
    /// A digest of all that the request asked for that began the race.
    content: u64,
    /// Where the race's plan is found.
    plan: PlanAddress,
    started_at: UnixTime,
    ends_at: UnixTime,
    card: RaceCard,
    /// The exercise that it is.
    exercise: Option<Exercise>,
    /// The performance of which it is the sale.
    performance: Option<PerformanceId>,
    /// Whether somebody chose the seed, so that the race counts for no record.
    is_seed_chosen: bool,
    /// How far the run of each person has come who is known to be a member.
    runs: HashMap<GuestId, Progress>,
    /// What the room calls its people. Names are in no journal: the room says them again after a start.
    names: HashMap<GuestId, String>,
    /// The guests of whose runs the journal was asked and keeps no tally.
    asked: HashSet<GuestId>,
    /// The members who share their report with the others.
    sharers: HashSet<GuestId>,
    /// Whether the race has said whose runs are in it. A tally that the journal keeps says so of one guest alone.
    knows_runs: bool,
    /// Whether the index knows every run, and all of them have ended.
    is_settled: bool,
    /// The messages that wait for the race.
    line: Line,
}

/// Who may enter a race.
#[derive(Debug)]
pub(crate) enum Access {
    /// Its host alone.
    Host,
    /// Those whom the race's room let in, and everybody who is a member of the race already.
    Members(HashSet<GuestId>),
}

/// What the room of a race has said of one of its people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InRoom {
    /// What the room calls them; `None` if it said nothing.
    pub(crate) name: Option<String>,
    /// Whether they share their report with the others.
    pub(crate) shares_report: bool,
}

/// Who may read the report of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sharing {
    /// Everybody who may enter the race.
    Everybody,
    /// Nobody but the member.
    Nobody,
}

/// How far a run has come, as a list shows it.
#[derive(Clone, Debug, Default)]
struct Progress {
    ending: Option<Ending>,
    place: Option<u32>,
    /// What came of it, once it is over.
    tally: Option<Arc<Tally>>,
}

/// Which races of a guest are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listed {
    /// Whole races.
    Races,
    /// Exercises.
    Exercises,
}

impl Progress {
    fn stand(&self) -> RunStand {
        match (self.ending, self.place) {
            (Some(_), _) => RunStand::Over,
            (None, Some(_)) => RunStand::In,
            (None, None) => RunStand::Away,
        }
    }
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
    /// Adds a race that is kept with a plan at this address.
    pub(crate) fn add(&self, id: RaceId, header: &Header, plan: PlanAddress, access: Access) {
        self.lock().add(id, header, plan, access);
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
        access: Access,
        send: impl FnOnce(),
    ) -> bool {
        let mut inner = self.lock();
        let is_new = !inner.races.contains_key(&id);
        if is_new {
            inner.add(id, header, plan, access);
            // Nobody can have a run in it yet.
            if let Some(entry) = inner.races.get_mut(&id) {
                entry.knows_runs = true;
            }
            send();
        }
        is_new
    }

    /// Whether a request of a guest began the race with this id.
    pub(crate) fn known(&self, id: RaceId, guest: GuestId, content: u64) -> Known {
        match self.lock().races.get(&id) {
            None => Known::Nothing,
            Some(entry) if (entry.host, entry.content) == (Some(guest), content) => Known::Same,
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
        inner.thinned.remove(&id);
        let entry = inner.races.remove(&id)?;
        for guest in entry.people() {
            inner.unlist(guest, id);
        }
        Some(entry)
    }

    /// Takes back that a race is being removed.
    pub(crate) fn put_back(&self, id: RaceId, entry: Option<Entry>) {
        let Some(entry) = entry else { return };
        let mut inner = self.lock();
        let people = entry.people();
        inner.races.insert(id, entry);
        for guest in people {
            inner.list(guest, id);
        }
    }

    /// Who opened the race; `None` if nobody did or there is no such race.
    pub(crate) fn host_of(&self, id: RaceId) -> Option<GuestId> {
        self.lock().races.get(&id).and_then(|entry| entry.host)
    }

    /// How far the run of each person in a race is, as far as the index knows, and whether the race is over for
    /// everybody. `None` if there is no such race.
    pub(crate) fn standing(&self, id: RaceId) -> Option<(Vec<(GuestId, RunStand)>, bool)> {
        let inner = self.lock();
        let entry = inner.races.get(&id)?;
        let runs = entry.runs.iter().map(|(guest, progress)| (*guest, progress.stand()));
        Some((runs.collect(), entry.is_settled))
    }

    /// The races that are sales of performances.
    pub(crate) fn openings(&self) -> Vec<RaceId> {
        let inner = self.lock();
        let races = inner.races.iter().filter(|(_, entry)| entry.performance.is_some());
        races.map(|(&id, _)| id).collect()
    }

    /// Whether a race is the sale of a performance.
    pub(crate) fn is_opening(&self, id: RaceId) -> bool {
        self.performance_of(id).is_some()
    }

    /// The performance of which a race is the sale.
    pub(crate) fn performance_of(&self, id: RaceId) -> Option<PerformanceId> {
        self.lock().races.get(&id)?.performance
    }

    /// Whether there is a race with this id.
    pub(crate) fn has(&self, id: RaceId) -> bool {
        self.lock().races.contains_key(&id)
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

    /// Moves the end of each race by the outages that fell into its time, as far as the index can tell before the race is
    /// loaded.
    pub(crate) fn pass_outages(&self, outages: &Outages) {
        for entry in self.lock().races.values_mut() {
            for outage in outages.since(entry.started_at) {
                if outage.from < entry.ends_at {
                    entry.ends_at = entry.ends_at.later_by(outage.until.since(outage.from));
                }
            }
        }
    }

    /// Notes when a race ends that was loaded or whose time was shifted.
    pub(crate) fn set_end(&self, id: RaceId, ends_at: UnixTime) {
        if let Some(entry) = self.lock().races.get_mut(&id) {
            entry.ends_at = ends_at;
        }
    }

    /// Whether the time of a race was over at `then`, or there is no such race.
    pub(crate) fn is_over_by(&self, id: RaceId, then: UnixTime) -> bool {
        self.lock().races.get(&id).is_none_or(|entry| entry.ends_at <= then)
    }

    /// The races whose time was over at `then`. Not the sales of performances: bookings rest on their logs, which are kept for
    /// as long as the catalogue has the performance.
    pub(crate) fn over_by(&self, then: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let races = inner
            .races
            .iter()
            .filter(|(_, entry)| entry.ends_at <= then && entry.performance.is_none());
        races.map(|(&id, _)| id).collect()
    }

    /// Locks the index. A poisoned lock does no harm, since no code panics between two changes that
    /// belong together.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn add(&mut self, id: RaceId, header: &Header, plan: PlanAddress, access: Access) {
        // A race of the command line has no beginning by the clock, so no guest can enter it.
        let Some(Begun { host, content, .. }) = header.begun else { return };
        let host = (host != NOBODY).then_some(GuestId(host.0));
        let started_at = UnixTime::of_header(header);
        let ends_at = started_at.later_by(header.ends_at.as_nanos());
        let card = card(id, header, started_at);
        let (runs, line) = (HashMap::new(), access.line());
        let entry = Entry {
            host,
            access,
            content,
            plan,
            started_at,
            ends_at,
            card,
            exercise: header.about.exercise,
            performance: header.about.performance,
            is_seed_chosen: header.fair.chosen,
            runs,
            names: HashMap::new(),
            asked: HashSet::new(),
            sharers: HashSet::new(),
            knows_runs: false,
            is_settled: false,
            line,
        };
        let people = entry.people();
        self.races.insert(id, entry);
        for guest in people {
            self.list(guest, id);
        }
    }
}

impl Entry {
    /// Everybody in whose list the race may stand: also those of whom its room has only told the name. A list names no race
    /// that is gone, because a race leaves all these lists with it.
    fn people(&self) -> HashSet<GuestId> {
        let known = self.runs.keys().chain(self.names.keys()).copied();
        let mut people: HashSet<_> = self.host.into_iter().chain(known).collect();
        match &self.access {
            Access::Host => {}
            Access::Members(others) => people.extend(others),
        }
        people
    }
}

fn card(id: RaceId, header: &Header, started_at: UnixTime) -> RaceCard {
    let About { scenario, title, plan, demand, style, rivals, seats, performance, .. } =
        header.about.clone();
    RaceCard {
        id: id.to_string(),
        scenario,
        title,
        plan,
        demand,
        style,
        created_ms: started_at.as_millis_f64(),
        ending: None,
        place: None,
        rivals,
        seats,
        seed_chosen: header.fair.chosen,
        steps: Vec::new(),
        performance: performance.map(|performance| performance.to_string()),
    }
}

#[cfg(test)]
mod tests;
