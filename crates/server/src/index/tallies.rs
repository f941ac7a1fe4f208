//! What the index is told of runs, and what it knows of those that are over.

use std::sync::Arc;

use practice::{Exercise, PersonId, Run, wire};
use protocol::Title;

use super::{Entry, Index, Inner};
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::tally::{NewTally, Tally, tally_key};

/// A run that is over.
#[derive(Clone, Debug)]
pub(crate) struct PastRun {
    pub(crate) race: RaceId,
    pub(crate) began_at: UnixTime,
    pub(crate) title: Title,
    pub(crate) plan: String,
    pub(crate) demand: String,
    pub(crate) style: String,
    pub(crate) rivals: u32,
    pub(crate) exercise: Option<Exercise>,
    pub(crate) is_seed_chosen: bool,
    pub(crate) tally: Arc<Tally>,
}

/// What is new about the run of a person.
#[derive(Clone, Debug)]
pub(crate) struct RunNews<'a> {
    pub(crate) person: PersonId,
    pub(crate) run: &'a Run,
    /// What came of it, once it is over.
    pub(crate) tally: Option<Tally>,
}

impl<'a> From<(PersonId, &'a Run)> for RunNews<'a> {
    fn from((person, run): (PersonId, &'a Run)) -> Self {
        Self { person, run, tally: None }
    }
}

impl Index {
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
            let is_newcomer = entry.performance.is_some() && !entry.runs.contains_key(&guest);
            if is_newcomer || !entry.admits(guest) {
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

    /// Notes after a start under which numbers the journal keeps tallies of an opening. It has no room that would say who was
    /// in it.
    pub(crate) fn note_visited(&self, id: RaceId, tally_keys: Vec<u128>) {
        let mut inner = self.lock();
        for key in tally_keys {
            inner.visited.entry(key).or_default().push(id);
        }
    }

    /// Puts the openings in which a guest's run is over into the guest's list, as far as the journal said so at the start.
    pub(crate) fn recall_visits(&self, guest: GuestId) {
        let key = tally_key(guest.person());
        let mut inner = self.lock();
        for id in inner.visited.remove(&key).unwrap_or_default() {
            if let Some(entry) = inner.races.get_mut(&id) {
                entry.runs.entry(guest).or_default();
                inner.list(guest, id);
            }
        }
    }

    /// The guest's races of which the journal may keep a tally that the index does not know, newest first: after a start
    /// the index knows none.
    pub(crate) fn untold(&self, guest: GuestId) -> Vec<RaceId> {
        let inner = self.lock();
        let races = inner.all_of(guest).rev();
        races.filter(|(_, entry)| entry.is_untold(guest)).map(|(id, _)| id).collect()
    }

    /// Notes what the journal keeps of a guest's run; `None` if it keeps nothing. It is not asked again.
    pub(crate) fn tell(&self, id: RaceId, guest: GuestId, kept: Option<Tally>) {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return };
        let Some(tally) = kept else {
            entry.asked.insert(guest);
            return;
        };
        let progress = entry.runs.entry(guest).or_default();
        // What a race in memory said meanwhile is newer.
        if progress.tally.is_none() {
            (progress.ending, progress.place) = (Some(tally.ending), tally.place);
            progress.tally = Some(Arc::new(tally));
        }
    }

    /// The guest's runs that are over, newest first, as far as the index knows them.
    pub(crate) fn past_runs(&self, guest: GuestId) -> Vec<PastRun> {
        let inner: &Inner = &self.lock();
        let races = inner.all_of(guest).rev();
        races.filter_map(|(id, entry)| entry.past_run(id, guest)).collect()
    }
}

impl Entry {
    fn is_untold(&self, guest: GuestId) -> bool {
        let is_known = self.runs.get(&guest).is_some_and(|run| run.tally.is_some());
        !is_known && !self.asked.contains(&guest)
    }

    fn past_run(&self, race: RaceId, guest: GuestId) -> Option<PastRun> {
        let tally = self.runs.get(&guest)?.tally.clone()?;
        Some(PastRun {
            race,
            began_at: self.started_at,
            title: self.card.title.clone(),
            plan: self.card.plan.clone(),
            demand: self.card.demand.clone(),
            style: self.card.style.clone(),
            rivals: self.card.rivals,
            exercise: self.exercise,
            is_seed_chosen: self.is_seed_chosen,
            tally,
        })
    }
}
