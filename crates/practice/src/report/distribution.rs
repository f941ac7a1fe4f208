//! How long a step took the rivals who did it. All times are kept, so every figure is exact.

use alloc::vec::Vec;

use sale::Span;

/// How long a step took each of some rivals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    sorted: Vec<Span>,
}

/// A bar of a histogram: the number of times from `from` to less than `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// The shortest time in the bar.
    pub from: Span,
    /// Where the next bar begins. The last bar also counts all longer times.
    pub to: Span,
    /// How many times are in the bar.
    pub count: u32,
}

impl Distribution {
    /// The distribution of `times`.
    pub fn of(mut times: Vec<Span>) -> Self {
        times.sort_unstable();
        Self { sorted: times }
    }

    /// How many times there are.
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// The percentile by nearest rank: the shortest of the times that at least `hundredths` % of
    /// all times do not exceed. `hundredths` is from 0 to 100. `None` if there are no times.
    pub fn percentile(&self, hundredths: usize) -> Option<Span> {
        let rank = (self.sorted.len() * hundredths).div_ceil(100);
        self.sorted.get(rank.max(1) - 1).copied()
    }

    /// How many times are shorter than `took`.
    pub fn quicker_than(&self, took: Span) -> usize {
        self.sorted.partition_point(|&time| time < took)
    }

    /// How many times are longer than `took`. An equal time is neither quicker nor slower.
    pub fn slower_than(&self, took: Span) -> usize {
        self.count() - self.sorted.partition_point(|&time| time <= took)
    }

    /// A histogram of `bars` bars of equal width, from 0 to just beyond the 98th percentile. Empty
    /// if there are no times.
    ///
    /// # Panics
    ///
    /// If there are more than `u32::MAX` times.
    pub fn histogram(&self, bars: u64) -> Vec<Bin> {
        let Some(most) = self.percentile(98) else { return Vec::new() };
        let width = (most.as_nanos() / bars.max(1) + 1).max(1);
        let mut bins = Vec::new();
        let mut counted = 0;
        for bar in 0..bars {
            let (from, to) = (Span::from_nanos(bar * width), Span::from_nanos((bar + 1) * width));
            let below = if bar + 1 == bars { self.count() } else { self.quicker_than(to) };
            let count = u32::try_from(below - counted).expect("at most VISITORS_MAX");
            bins.push(Bin { from, to, count });
            counted = below;
        }
        bins
    }
}
