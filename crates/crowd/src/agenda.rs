//! The agenda: what rivals will do next, soonest first. Ties are settled by what is to be done, so
//! the order never depends on how time was cut into steps.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;
use core::cmp::Reverse;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::Moment;

/// Something a rival, or the crowd as a whole, is about to do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize,
)]
pub(crate) enum Beat {
    /// A rival presses the button again after pressing too early.
    PressAgain { rival: u32 },
    /// A rival's page has loaded: it asks for a place.
    AskPlace { rival: u32 },
    /// The rival in this slot does what it planned.
    Act { slot: u32 },
    /// Some of those waiting leave or refresh; counts the seconds since the opening.
    Unrest { second: u32 },
}

/// Planned beats in order of time.
#[derive(Clone, Debug, Default, BorshSerialize, BorshDeserialize)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Reversed>,
}

type Reversed = ReverseEntry;

/// An entry that sorts soonest last, as the heap hands out its greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct ReverseEntry {
    at: Moment,
    beat: Beat,
}
