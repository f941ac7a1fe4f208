//! Whether guests may enter sales that are over. Nothing changes it once a sale has begun.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::ids::RaceId;

/// So many sales may be known before all are asked for anew.
const KNOWN_MAX: usize = 4_096;

/// What is known of sales that are over.
#[derive(Debug, Default)]
pub(super) struct Doors {
    known: Mutex<HashMap<RaceId, bool>>,
}

impl Doors {
    pub(super) fn of(&self, race: RaceId) -> Option<bool> {
        self.lock().get(&race).copied()
    }

    pub(super) fn keep(&self, race: RaceId, guests_may_enter: bool) {
        let mut known = self.lock();
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        known.insert(race, guests_may_enter);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<RaceId, bool>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
