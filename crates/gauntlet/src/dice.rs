//! Dice: everything a trial leaves to chance, drawn from its seed in the order in which it is asked.

use sale::random::Stream;

/// Draws in order.
#[derive(Clone, Debug)]
pub struct Dice {
    stream: Stream,
    read: u64,
}

impl Dice {
    /// The dice of `seed` for `purpose` (any constant that names the use).
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

    /// True this often in a hundred.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of them.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.index(from.len())]
    }

    /// A fraction strictly between 0 and 1.
    pub fn unit(&mut self) -> f64 {
        self.read += 1;
        self.stream.unit(self.read - 1)
    }

    /// A fraction between these.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + self.unit() * (high - low)
    }

    /// Any number.
    pub fn any(&mut self) -> u64 {
        self.read += 1;
        self.stream.at(self.read - 1)
    }
}
