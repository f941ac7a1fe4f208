//! The calendar: when a shard must look at each of its races again.
//!
//! It is in order, so that the shard finds the races that are due without asking the others.

use std::collections::{BTreeSet, HashMap};

use crate::clock::UnixTime;
use crate::ids::RaceId;

/// One moment for each race.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    moments: HashMap<RaceId, UnixTime>,
    order: BTreeSet<(UnixTime, RaceId)>,
}

impl Calendar {
    /// Sets the moment of a race, in place of an earlier one.
    pub(super) fn put(&mut self, race: RaceId, at: UnixTime) {
        let before = self.moments.insert(race, at);
        if before == Some(at) {
            return;
        }
        if let Some(before) = before {
            self.order.remove(&(before, race));
        }
        self.order.insert((at, race));
    }

    pub(super) fn remove(&mut self, race: RaceId) {
        if let Some(at) = self.moments.remove(&race) {
            self.order.remove(&(at, race));
        }
    }

    /// The moment of the race that is due first.
    pub(super) fn next_at(&self) -> Option<UnixTime> {
        self.order.first().map(|&(at, _)| at)
    }

    /// Takes out the first race whose moment is not after `now`.
    pub(super) fn pop_due(&mut self, now: UnixTime) -> Option<RaceId> {
        let (_, race) = *self.order.first().filter(|(at, _)| *at <= now)?;
        self.remove(race);
        Some(race)
    }
}

#[cfg(test)]
mod tests;
