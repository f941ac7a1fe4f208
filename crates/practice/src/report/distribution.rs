//! The distribution of what a step took: exact, from every rival who took it.

use alloc::vec::Vec;

use sale::Span;

/// Times in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    sorted: Vec<Span>,
}

/// A bar of a histogram: how many took at least `from` and less than `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// The least.
    pub from: Span,
    /// The end, not included, but for the last bar, which has everything beyond it too.
    pub to: Span,
    /// How many.
    pub count: u32,
}

impl Distribution {
    /// The distribution of `times`.
    pub fn of(mut times: Vec<Span>) -> Self {
        times.sort_unstable();
        Self { sorted: times }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    /// The time that `hundredths` of a hundred did not exceed (nearest rank); `None` without any.
    pub fn percentile(&self, hundredths: usize) -> Option<Span> {
        let rank = (self.sorted.len() * hundredths).div_ceil(100);
        self.sorted.get(rank.max(1) - 1).copied()
    }

    /// How many were quicker than `took`.
    pub fn quicker_than(&self, took: Span) -> usize {
        self.sorted.partition_point(|&time| time < took)
    }

    /// How many were slower than `took`. Who took just as long is neither.
    pub fn slower_than(&self, took: Span) -> usize {
        self.count() - self.sorted.partition_point(|&time| time <= took)
    }

    /// At most `bars` bars of equal width from nothing to the 98th percentile.
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
