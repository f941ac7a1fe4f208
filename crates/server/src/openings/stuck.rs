//! Sales of which the catalogue refuses what their logs tell. They are tried again more and more rarely. Rule K61.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::clock::UnixTime;
use crate::ids::RaceId;

/// The time to the second try; each further one takes twice as long as the one before. Chosen: a person who reads the log has
/// not read it before that.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest time between two tries. Chosen: after `tingting rebuild` by hand nobody waits longer.
const LONGEST_WAIT: Duration = Duration::from_mins(10);

/// The sales that are stuck.
#[derive(Debug, Default)]
pub(crate) struct Stuck(Mutex<BTreeMap<RaceId, Wait>>);

#[derive(Debug)]
struct Wait {
    next: Duration,
    until: UnixTime,
}

impl Stuck {
    /// Notes that the catalogue refused the news of a sale. Returns whether it is the first time.
    pub(super) fn add(&self, race: RaceId, now: UnixTime) -> bool {
        let mut all = self.lock();
        let before = all.get(&race).map(|wait| wait.next);
        let wait = before.unwrap_or(FIRST_WAIT);
        let next = (wait * 2).min(LONGEST_WAIT);
        all.insert(race, Wait { next, until: now.after(wait) });
        tell(&all);
        before.is_none()
    }

    /// Whether the news of a sale are not to be tried yet.
    pub(super) fn waits(&self, race: RaceId, now: UnixTime) -> bool {
        self.lock().get(&race).is_some_and(|wait| now < wait.until)
    }

    /// Notes that a sale is not stuck. Returns whether it was.
    pub(super) fn remove(&self, race: RaceId) -> bool {
        let mut all = self.lock();
        let was = all.remove(&race).is_some();
        tell(&all);
        was
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<RaceId, Wait>> {
        // No code panics between two changes that belong together.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of races is exact")]
fn tell(all: &BTreeMap<RaceId, Wait>) {
    metrics::gauge!("tingting_openings_stuck").set(all.len() as f64);
}

#[cfg(test)]
mod tests;
