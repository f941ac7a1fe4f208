//! The time of the quickest tenth of the rivals, while more and more of them are added. A
//! [`Distribution`](crate::report::Distribution) would be sorted anew for each member of a race.

use alloc::collections::BinaryHeap;
use core::cmp::Reverse;

use sale::Span;

/// Times, of which it knows the 10th percentile.
#[derive(Debug, Default)]
pub(super) struct Quickest {
    /// The quickest tenth. Its longest time is the percentile.
    tenth: BinaryHeap<Span>,
    others: BinaryHeap<Reverse<Span>>,
}

impl Quickest {
    pub(super) fn add(&mut self, time: Span) {
        if self.percentile().is_some_and(|limit| time < limit) {
            self.tenth.push(time);
        } else {
            self.others.push(Reverse(time));
        }
        let rank = (self.tenth.len() + self.others.len()).div_ceil(10);
        if self.tenth.len() > rank {
            self.others.extend(self.tenth.pop().map(Reverse));
        } else if self.tenth.len() < rank {
            self.tenth.extend(self.others.pop().map(|Reverse(time)| time));
        }
    }

    /// The 10th percentile by nearest rank; `None` if there are no times.
    pub(super) fn percentile(&self) -> Option<Span> {
        self.tenth.peek().copied()
    }
}
