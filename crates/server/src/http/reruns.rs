//! Runs of which a report was made or a what-if was asked lately: the next what-if need not replay the race.

use std::sync::{Arc, Mutex};

use crate::ids::{GuestId, RaceId};
use crate::limits::RERUN_BYTES_MAX;
use crate::recent::Recent;
use crate::what_if::Rerun;

/// The runs, each for one thread at a time.
#[derive(Debug)]
pub(crate) struct Reruns(Recent<(RaceId, GuestId), Mutex<Rerun>>);

impl Default for Reruns {
    fn default() -> Self {
        Self(Recent::new(RERUN_BYTES_MAX))
    }
}

impl Reruns {
    pub(super) fn get(&self, of: &(RaceId, GuestId)) -> Option<Arc<Mutex<Rerun>>> {
        self.0.get(of)
    }

    /// Keeps a run in the place of the one from before, and returns it.
    pub(super) fn keep(&self, of: (RaceId, GuestId), rerun: Rerun) -> Arc<Mutex<Rerun>> {
        let bytes = rerun.bytes();
        let rerun = Arc::new(Mutex::new(rerun));
        self.0.keep(of, Arc::clone(&rerun), bytes);
        rerun
    }
}
