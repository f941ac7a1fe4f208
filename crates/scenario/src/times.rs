//! How files write times and distributions.

use crowd::{Delay, Dist};
use sale::Span;
use serde::Deserialize;

/// A distribution such as `{ lognormal = [4.0, 0.35] }`: its name, and its numbers in seconds.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum DistText {
    Fixed(f64),
    Uniform([f64; 2]),
    Normal([f64; 2]),
    Lognormal([f64; 2]),
    Exponential([f64; 2]),
}

impl From<DistText> for Dist {
    fn from(text: DistText) -> Self {
        match text {
            DistText::Fixed(at) => Self::Fixed(at),
            DistText::Uniform([low, high]) => Self::Uniform { low, high },
            DistText::Normal([mean, sd]) => Self::Normal { mean, sd },
            DistText::Lognormal([median, sd]) => Self::LogNormal { median, sd },
            DistText::Exponential([from, mean]) => Self::Exponential { from, mean },
        }
    }
}

/// A delay as a list of distributions. The delay is the sum of one draw from each.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct DelayText(Vec<DistText>);

impl From<DelayText> for Delay {
    fn from(text: DelayText) -> Self {
        Self(text.0.into_iter().map(Dist::from).collect())
    }
}

/// Seconds as a span. A negative number and NaN become the longest span there is, which the rules
/// of the sale refuse.
pub(crate) fn seconds(secs: f64) -> Span {
    if secs >= 0.0 { Span::from_secs_f64(secs) } else { Span::from_nanos(u64::MAX) }
}
