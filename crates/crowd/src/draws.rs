//! The random numbers of one rival, read in order.

use borsh::{BorshDeserialize, BorshSerialize};
use sale::random::{Seed, Stream};

/// The purpose of the draws a rival makes inside.
const INSIDE: u64 = 0x0000_696e_7369_6465;

/// The purpose of the draws a rival makes before it has a place.
const COMING: u64 = 0x0000_636f_6d69_6e67;

/// A stream and how many numbers of it were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Draws {
    stream: Stream,
    read: u32,
}

impl Draws {
    pub(crate) const fn of(stream: Stream) -> Self {
        Self { stream, read: 0 }
    }

    /// The draws of a rival in one visit. The place is part of the key, so a second visit has
    /// others.
    pub(crate) const fn inside(seed: Seed, rival: u32, place: u32) -> Self {
        Self::of(Stream::of(seed, INSIDE, (place as u64) << 32 | rival as u64))
    }

    /// The draws of a rival for its `press`-th press of the button.
    pub(crate) const fn coming(seed: Seed, rival: u32, press: u16) -> Self {
        Self::of(Stream::of(seed, COMING, (press as u64) << 32 | rival as u64))
    }

    /// A fraction strictly between 0 and 1.
    pub(crate) fn unit(&mut self) -> f64 {
        let unit = self.stream.unit(u64::from(self.read));
        self.read += 1;
        unit
    }

    /// A whole number below `bound`.
    #[expect(clippy::cast_possible_truncation, reason = "below a u32")]
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        let drawn = self.stream.below(u64::from(self.read), u64::from(bound));
        self.read += 1;
        drawn as u32
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }
}
