//! Whose turn it is among races that have time to make up.
//!
//! Networks take turns, and the races of one network take turns among themselves. So whoever leaves a hundred
//! races behind makes nobody else wait for all of them.

use std::collections::{HashSet, VecDeque};

use crate::client::Network;
use crate::ids::RaceId;

/// The races that wait for a turn.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// The network whose turn is next comes first. Each has at least one race.
    networks: VecDeque<(Option<Network>, VecDeque<RaceId>)>,
    all: HashSet<RaceId>,
}

impl Turns {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn has(&self, race: RaceId) -> bool {
        self.all.contains(&race)
    }

    /// Puts a race at the end of its network's line, unless it waits already.
    pub(super) fn put(&mut self, network: Option<Network>, race: RaceId) {
        if !self.all.insert(race) {
            return;
        }
        match self.networks.iter_mut().find(|(other, _)| *other == network) {
            Some((_, races)) => races.push_back(race),
            None => self.networks.push_back((network, VecDeque::from([race]))),
        }
    }

    /// Takes out the race whose turn it is.
    pub(super) fn pop(&mut self) -> Option<RaceId> {
        let (network, mut races) = self.networks.pop_front()?;
        let race = races.pop_front()?;
        self.all.remove(&race);
        if !races.is_empty() {
            self.networks.push_back((network, races));
        }
        Some(race)
    }

    pub(super) fn remove(&mut self, race: RaceId) {
        if self.all.remove(&race) {
            self.networks.iter_mut().for_each(|(_, races)| races.retain(|other| *other != race));
            self.networks.retain(|(_, races)| !races.is_empty());
        }
    }
}

#[cfg(test)]
mod tests;
