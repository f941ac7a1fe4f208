//! Where every visitor is: eight bytes each, so that a crowd of a million costs eight megabytes.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::names::Visitor;

/// Where a visitor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, BorshSerialize, BorshDeserialize)]
pub(crate) enum Phase {
    /// Not in the sale. `at` is until when the button is locked, in milliseconds.
    #[default]
    Away,
    /// In the pool before opening. `at` is the number in the pool.
    Pooled,
    /// In the queue. `at` is the place.
    Waiting,
    /// Inside. `at` is the slot.
    Inside,
}

/// One visitor's line in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, BorshSerialize, BorshDeserialize)]
pub(crate) struct Entry {
    /// What it means depends on the phase.
    pub(crate) at: u32,
    pub(crate) phase: Phase,
    /// Seats paid and not cancelled.
    pub(crate) seats_booked: u8,
}

const _: () = assert!(size_of::<Entry>() == 8);

/// All visitors seen so far, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Visitors {
    entries: Vec<Entry>,
}

impl Visitors {
    /// A visitor's entry; that of somebody never seen is `Away`.
    pub(crate) fn get(&self, visitor: Visitor) -> Entry {
        self.entries.get(visitor.0 as usize).copied().unwrap_or_default()
    }

    /// A visitor's entry for writing. The caller has checked the limit of visitors.
    pub(crate) fn entry(&mut self, visitor: Visitor) -> &mut Entry {
        let at = visitor.0 as usize;
        if at >= self.entries.len() {
            self.entries.resize(at + 1, Entry::default());
        }
        &mut self.entries[at]
    }

    /// Moves a visitor.
    pub(crate) fn put(&mut self, visitor: Visitor, phase: Phase, at: u32) {
        let entry = self.entry(visitor);
        entry.phase = phase;
        entry.at = at;
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}
