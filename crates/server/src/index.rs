//! The index of all races: who may enter each, when it ends and how it ended for each of its people.
//!
//! It is in memory and small. The server makes it anew from the journal's headers at each start; an
//! ending is known again once its race was loaded, and who may enter a shared race once its room says so.

mod tallies;

pub(crate) use tallies::PastRun;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use practice::{About, Begun, Exercise, Header, PersonId, Run, wire};
use protocol::{Ending, RaceCard, RunStand};

use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::limits::{
    ASKS_PER_RACE_MAX, ASKS_PER_SHARED_RACE_MAX, RACES_ENTERED_KEPT_MAX, RACES_KEPT_PER_GUEST_MAX,
    RACES_LISTED_MAX, RACES_PER_GUEST_MAX,
};
use crate::outages::Outages;
use crate::plan_address::PlanAddress;
use crate::shard::Line;
use crate::tally::{NewTally, Tally};

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
    /// The races of each guest, in the order in which they were made.
    guests: HashMap<GuestId, Vec<RaceId>>,
    /// Races whose header cannot be read, so that nobody knows to whom they belong.
    damaged: HashSet<RaceId>,
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

/// What is new about the run of a person.
#[derive(Clone, Debug)]
pub(crate) struct RunNews<'a> {
    pub(crate) person: PersonId,
    pub(crate) run: &'a Run,
    /// What came of it, once it is over.
    pub(crate) tally: Option<Tally>,
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

impl<'a> From<(PersonId, &'a Run)> for RunNews<'a> {
    fn from((person, run): (PersonId, &'a Run)) -> Self {
        Self { person, run, tally: None }
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

    /// Whether the guest may enter the race (rule A54).
    pub(crate) fn may_enter(&self, id: RaceId, guest: GuestId) -> bool {
        self.lock().races.get(&id).is_some_and(|entry| entry.admits(guest))
    }

    /// Whether the race is shared and the index knows no run in it, as after a start.
    pub(crate) fn knows_nobody(&self, id: RaceId) -> bool {
        let inner = self.lock();
        inner.races.get(&id).is_some_and(|entry| entry.access.is_shared() && !entry.knows_runs)
    }

    /// Who opened the race; `None` if nobody did or there is no such race.
    pub(crate) fn host_of(&self, id: RaceId) -> Option<GuestId> {
        self.lock().races.get(&id).and_then(|entry| entry.host)
    }

    /// Whether more people than its host may enter the race.
    pub(crate) fn is_shared(&self, id: RaceId) -> bool {
        let inner = self.lock();
        inner.races.get(&id).is_some_and(|entry| matches!(entry.access, Access::Members(_)))
    }

    /// Whether everybody whom the room of a race let in has come. Never so for a race that nobody opened: anybody may come
    /// until its end.
    pub(crate) fn is_complete(&self, id: RaceId, has_come: impl Fn(GuestId) -> bool) -> bool {
        let inner = self.lock();
        let Some(Entry { host: Some(_), access: Access::Members(people), .. }) =
            inner.races.get(&id)
        else {
            return false;
        };
        people.iter().all(|guest| has_come(*guest))
    }

    /// Lets guests into a race: its room does this for each who comes, and for all of them after a start. A race that was
    /// its host's alone becomes a shared one. Returns false if there is no such race.
    pub(crate) fn let_in(&self, id: RaceId, guests: impl IntoIterator<Item = GuestId>) -> bool {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return false };
        let mut came = Vec::new();
        let host = entry.host;
        let people = entry.share();
        for guest in guests {
            if people.insert(guest) && Some(guest) != host {
                came.push(guest);
            }
        }
        for guest in came {
            inner.list(guest, id);
        }
        true
    }

    /// No longer lets a guest into a race. A guest who is a member of the race keeps the run, and with it the way in:
    /// returns false then.
    pub(crate) fn put_out(&self, id: RaceId, guest: GuestId) -> bool {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return true };
        if entry.runs.contains_key(&guest) {
            return false;
        }
        if let Access::Members(people) = &mut entry.access {
            people.remove(&guest);
        }
        entry.names.remove(&guest);
        if !entry.admits(guest) {
            inner.unlist(guest, id);
        }
        true
    }

    /// How far the run of each person in a race is, as far as the index knows, and whether the race is over for
    /// everybody. `None` if there is no such race.
    pub(crate) fn standing(&self, id: RaceId) -> Option<(Vec<(GuestId, RunStand)>, bool)> {
        let inner = self.lock();
        let entry = inner.races.get(&id)?;
        let runs = entry.runs.iter().map(|(guest, progress)| (*guest, progress.stand()));
        Some((runs.collect(), entry.is_settled))
    }

    /// Notes what the room calls one of its people.
    pub(crate) fn set_name(&self, id: RaceId, guest: GuestId, name: String) {
        if let Some(entry) = self.lock().races.get_mut(&id) {
            entry.names.insert(guest, name);
        }
    }

    /// What the room of a race calls a guest; `None` if it said nothing.
    pub(crate) fn name_of(&self, id: RaceId, guest: GuestId) -> Option<String> {
        self.lock().races.get(&id).and_then(|entry| entry.names.get(&guest).cloned())
    }

    /// Notes whether a member shares the report of a race with the others. The room keeps this and says so again after a start.
    pub(crate) fn share_report(&self, id: RaceId, guest: GuestId, sharing: Sharing) {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return };
        match sharing {
            Sharing::Everybody => entry.sharers.insert(guest),
            Sharing::Nobody => entry.sharers.remove(&guest),
        };
    }

    /// Whether a member shares the report of a race with the others.
    pub(crate) fn shares_report(&self, id: RaceId, guest: GuestId) -> bool {
        self.lock().races.get(&id).is_some_and(|entry| entry.sharers.contains(&guest))
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

    /// The guest's last races, newest first: those that the guest opened, and those of a room in which the guest takes
    /// part.
    pub(crate) fn latest(&self, guest: GuestId) -> Vec<RaceCard> {
        let inner = self.lock();
        inner.last_of(guest, Listed::Races).map(|(_, entry)| entry.card_of(guest)).collect()
    }

    /// Those of the guest's last races whose time is over and whose ending the index does not know.
    pub(crate) fn undecided(&self, guest: GuestId, now: UnixTime, listed: Listed) -> Vec<RaceId> {
        let inner = self.lock();
        let is_undecided = |entry: &Entry| {
            !entry.has_ended_for(guest) && !entry.is_settled && entry.ends_at <= now
        };
        let last = inner.last_of(guest, listed);
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

    /// The races whose time was over at `then`.
    pub(crate) fn over_by(&self, then: UnixTime) -> Vec<RaceId> {
        let inner = self.lock();
        let races = inner.races.iter().filter(|(_, entry)| entry.ends_at <= then);
        races.map(|(&id, _)| id).collect()
    }

    /// Notes how far the runs of members have come, for the list of each. `is_settled` tells that these are the last
    /// of the race's runs, and that all have ended. Returns the tallies that the index did not know.
    pub(crate) fn note<'a>(
        &self,
        id: RaceId,
        runs: impl IntoIterator<Item: Into<RunNews<'a>>>,
        is_settled: bool,
    ) -> Vec<NewTally> {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return Vec::new() };
        entry.is_settled = is_settled;
        let (mut came, mut news) = (Vec::new(), Vec::new());
        let mut knows_runs = entry.knows_runs;
        for RunNews { person, run, tally } in runs.into_iter().map(Into::into) {
            let guest = GuestId(person.0);
            if !entry.admits(guest) {
                came.push(guest);
            }
            knows_runs = true;
            let progress = entry.runs.entry(guest).or_default();
            progress.ending = run.ended().map(|ended| wire::ending(ended.ending));
            progress.place = run.place().map(|place| place.0);
            if tally.as_ref() != progress.tally.as_deref() {
                progress.tally = tally.map(Arc::new);
                news.extend(progress.tally.clone().map(|tally| (person, tally)));
            }
        }
        entry.knows_runs = knows_runs;
        // After a start, a race may know people whom its room has not let in again yet.
        for guest in came {
            inner.list(guest, id);
        }
        news
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

    /// Puts a race into the list of a guest, behind those that began before it. Of the races of others a list keeps the
    /// newest [`RACES_ENTERED_KEPT_MAX`].
    fn list(&mut self, guest: GuestId, id: RaceId) {
        let Self { races, guests, damaged: _ } = self;
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

    fn unlist(&mut self, guest: GuestId, id: RaceId) {
        if let Some(races) = self.guests.get_mut(&guest) {
            races.retain(|&race| race != id);
            if races.is_empty() {
                self.guests.remove(&guest);
            }
        }
    }

    /// The races in the list of a guest, in the order in which they began.
    fn all_of(&self, guest: GuestId) -> impl DoubleEndedIterator<Item = (RaceId, &Entry)> {
        let list = self.guests.get(&guest).map_or(&[][..], Vec::as_slice);
        list.iter().map(|id| (*id, &self.races[id]))
    }

    /// The last races of a guest, newest first, without those that ended before the guest entered them.
    fn last_of(&self, guest: GuestId, listed: Listed) -> impl Iterator<Item = (RaceId, &Entry)> {
        let races = self.all_of(guest).rev().filter(move |(_, entry)| entry.is_listed(listed));
        races.filter(move |(_, entry)| entry.is_worth_showing(guest)).take(RACES_LISTED_MAX)
    }
}

impl Access {
    /// Who may enter the race of a header before its room has said whom it lets in.
    pub(crate) fn of(header: &Header) -> Self {
        if header.shared { Self::Members(HashSet::new()) } else { Self::Host }
    }

    /// Whether more people than the host may enter.
    pub(crate) fn is_shared(&self) -> bool {
        match self {
            Self::Host => false,
            Self::Members(_) => true,
        }
    }

    /// An empty line of messages to a race that those may enter.
    fn line(&self) -> Line {
        Line::with_places(match self {
            Self::Host => ASKS_PER_RACE_MAX,
            Self::Members(_) => ASKS_PER_SHARED_RACE_MAX,
        })
    }
}

impl Entry {
    fn admits(&self, guest: GuestId) -> bool {
        match &self.access {
            Access::Host => self.host == Some(guest),
            Access::Members(people) => people.contains(&guest) || self.runs.contains_key(&guest),
        }
    }

    /// Everybody in whose list the race may stand.
    fn people(&self) -> HashSet<GuestId> {
        let mut people: HashSet<_> =
            self.host.into_iter().chain(self.runs.keys().copied()).collect();
        match &self.access {
            Access::Host => {}
            Access::Members(others) => people.extend(others),
        }
        people
    }

    /// The guests who are let in. From here on the race is a shared one.
    fn share(&mut self) -> &mut HashSet<GuestId> {
        if matches!(self.access, Access::Host) {
            self.access = Access::Members(self.host.into_iter().collect());
            self.line = self.access.line();
        }
        match &mut self.access {
            Access::Members(people) => people,
            Access::Host => unreachable!("the race has just been shared"),
        }
    }

    /// Whether the race is one that this guest opened for nobody else.
    fn is_alone(&self, guest: GuestId) -> bool {
        matches!(self.access, Access::Host) && self.host == Some(guest)
    }

    fn has_ended_for(&self, guest: GuestId) -> bool {
        self.runs.get(&guest).is_some_and(|run| run.ending.is_some())
    }

    /// Whether a guest has a run in the race or can still begin one.
    fn is_worth_showing(&self, guest: GuestId) -> bool {
        !self.is_settled || self.runs.contains_key(&guest)
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

fn card(id: RaceId, header: &Header, started_at: UnixTime) -> RaceCard {
    let About { scenario, title, plan, demand, style, rivals, seats, .. } = header.about.clone();
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
        steps: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
