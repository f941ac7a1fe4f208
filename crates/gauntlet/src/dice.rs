//! Dice: all chance of a trial, drawn from its seed. The results depend on the order of the draws.

use sale::random::Stream;

/// A sequence of draws.
#[derive(Clone, Debug)]
pub struct Dice {
    stream: Stream,
    read: u64,
}

impl Dice {
    /// The dice of `seed` for `purpose`, a constant that keeps different uses of one seed apart.
    pub fn new(seed: u64, purpose: u64) -> Self {
        Self { stream: Stream::new(seed, purpose, 0), read: 0 }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.read += 1;
        self.stream.below(self.read - 1, bound)
    }

    /// A number from `low` to `high`, both included.
    pub fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// A number below a `bound` of 32 bits.
    pub fn below_u32(&mut self, bound: u32) -> u32 {
        u32::try_from(self.below(bound.into())).expect("below a u32")
    }

    /// An index below `len`.
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).expect("below a usize")
    }

    /// True with a chance of `chance` percent.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One element of `from`, each with the same chance.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.index(from.len())]
    }

    /// A fraction strictly between 0 and 1.
    pub fn unit(&mut self) -> f64 {
        self.read += 1;
        self.stream.unit(self.read - 1)
    }

    /// A number between `low` and `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.unit() * (high - low)
    }

    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.read += 1;
        self.stream.at(self.read - 1)
    }
}
