//! The tallies of one race that the journal does not have yet.

use std::collections::VecDeque;

use crate::limits::TALLIES_AT_ONCE_MAX;
use crate::tally::NewTally;

/// What came of runs that are over, on its way to the journal. A race in which thousands ended at once gives it bit by
/// bit, so that the journal can do other work in between.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    waiting: VecDeque<NewTally>,
    /// Whether the journal has had all of the race before.
    pub(super) are_kept: bool,
}

impl Tallies {
    pub(super) fn add(&mut self, tallies: Vec<NewTally>) {
        if !self.are_kept {
            self.waiting.extend(tallies);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// At most [`TALLIES_AT_ONCE_MAX`] of them.
    pub(super) fn take(&mut self) -> Vec<NewTally> {
        let count = self.waiting.len().min(TALLIES_AT_ONCE_MAX);
        self.waiting.drain(..count).collect()
    }
}

#[cfg(test)]
mod tests;
