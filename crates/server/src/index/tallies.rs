//! What the index knows of a guest's runs that are over, for progress.

use std::sync::Arc;

use practice::Exercise;
use protocol::Title;

use super::{Entry, Index, Inner};
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};
use crate::tally::Tally;

/// A run that is over.
#[derive(Clone, Debug)]
pub(crate) struct PastRun {
    pub(crate) race: RaceId,
    pub(crate) began_at: UnixTime,
    pub(crate) title: Title,
    pub(crate) plan: String,
    pub(crate) demand: String,
    pub(crate) style: String,
    pub(crate) exercise: Option<Exercise>,
    pub(crate) is_seed_chosen: bool,
    pub(crate) tally: Arc<Tally>,
}

impl Index {
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
            exercise: self.exercise,
            is_seed_chosen: self.is_seed_chosen,
            tally,
        })
    }
}
