//! The agenda: what rivals will do next, soonest first. Ties are settled by what is to be done, so
//! the order never depends on how time was cut into steps.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Ordering;

use borsh::io::{Read, Result, Write};
use borsh::{BorshDeserialize, BorshSerialize};
use sale::Moment;

/// Something a rival, or the crowd as a whole, is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub(crate) enum Beat {
    /// A rival presses the button again after pressing too early.
    PressAgain {
        /// Who.
        rival: u32,
        /// How often it pressed before.
        presses: u32,
    },
    /// A rival's page has loaded: it asks for a place.
    AskPlace {
        /// Who.
        rival: u32,
    },
    /// The rival in this slot does what it planned.
    Act {
        /// Which.
        slot: u32,
    },
    /// Some of those waiting leave or refresh.
    Unrest {
        /// Seconds since the opening.
        second: u32,
    },
}

/// Planned beats in order of time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Entry>,
}

/// A beat and its moment. Sorts the soonest last, since the heap hands out its greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
struct Entry {
    at: Moment,
    beat: Beat,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.beat).cmp(&(self.at, self.beat))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Agenda {
    /// Plans a beat.
    pub(crate) fn plan(&mut self, at: Moment, beat: Beat) {
        self.heap.push(Entry { at, beat });
    }

    /// When the soonest beat is.
    pub(crate) fn next_at(&self) -> Option<Moment> {
        self.heap.peek().map(|entry| entry.at)
    }

    /// The soonest beat.
    pub(crate) fn take(&mut self) -> Option<(Moment, Beat)> {
        self.heap.pop().map(|entry| (entry.at, entry.beat))
    }
}

/// In order of time, so that equal agendas are equal bytes whatever way their heaps grew.
impl BorshSerialize for Agenda {
    fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
        self.heap.clone().into_sorted_vec().serialize(writer)
    }
}

impl BorshDeserialize for Agenda {
    fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
        Ok(Self { heap: Vec::<Entry>::deserialize_reader(reader)?.into() })
    }
}
