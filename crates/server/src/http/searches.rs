//! The races in which a search for the moment of a jump is under way. Each search copies its race, so there is at most one
//! in a race (rule A102).

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::ids::RaceId;
use crate::problem::ApiError;

/// The races in which a search is under way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Searches(Arc<Mutex<HashSet<RaceId>>>);

/// A search. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Search {
    race: RaceId,
    all: Searches,
}

impl Searches {
    /// Begins a search in a race.
    ///
    /// # Errors
    ///
    /// [`ApiError::SearchUnderWay`] if there is one already.
    pub(super) fn begin(&self, race: RaceId) -> Result<Search, ApiError> {
        let mut races = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = races.insert(race);
        is_first.then(|| Search { race, all: self.clone() }).ok_or(ApiError::SearchUnderWay)
    }
}

impl Drop for Search {
    fn drop(&mut self) {
        let mut races = self.all.0.lock().unwrap_or_else(PoisonError::into_inner);
        races.remove(&self.race);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a102_one_search_runs_in_a_race_at_a_time() {
        let searches = Searches::default();
        let first = searches.begin(RaceId(1)).unwrap();
        assert!(searches.begin(RaceId(2)).is_ok(), "in another race");
        assert_eq!(searches.begin(RaceId(1)).unwrap_err(), ApiError::SearchUnderWay);
        drop(first);
        assert!(searches.begin(RaceId(1)).is_ok(), "the first one has ended");
    }
}
