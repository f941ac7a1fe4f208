//! Moments and spans of time. A moment is a number that the caller passes in; nothing here reads a
//! clock.

use core::fmt;
use core::ops::Add;

use borsh::{BorshDeserialize, BorshSerialize};

/// A point in a sale's own time: nanoseconds since the sale was set up.
///
/// Nanoseconds, because a million arrivals in a few seconds must keep their order; 64 bits of them
/// last 584 years.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct Moment(u64);

impl Moment {
    /// The moment a sale is set up.
    pub const START: Self = Self(0);
    /// Later than every moment at which something happens.
    pub const NEVER: Self = Self(u64::MAX);

    /// The moment `nanos` nanoseconds after the start.
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// The moment `millis` milliseconds after the start; [`Moment::NEVER`] if that is too far.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(Span::MILLI.0))
    }

    /// Nanoseconds since the start.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// Whole milliseconds since the start, rounded down.
    pub const fn as_millis(self) -> u64 {
        self.0 / Span::MILLI.0
    }

    /// Seconds since the start, for people to read.
    #[expect(clippy::cast_precision_loss, reason = "for display; 2^53 ns are 104 days")]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// The span from `earlier` to this moment; zero if `earlier` is later.
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// The very next moment; [`Moment::NEVER`] has none.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

impl Add<Span> for Moment {
    type Output = Self;

    /// Later by `span`; [`Moment::NEVER`] if that is too far.
    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:09}s", self.0 / 1_000_000_000, self.0 % 1_000_000_000)
    }
}

/// A length of time in nanoseconds.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct Span(u64);

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// One millisecond.
    pub const MILLI: Self = Self(1_000_000);
    /// One second.
    pub const SECOND: Self = Self(1_000_000_000);

    /// A span of `nanos` nanoseconds.
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    /// A span of `millis` milliseconds; the longest span if that is too long.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(Self::MILLI.0))
    }

    /// A span of `secs` seconds, rounded to the nanosecond. Negative values and NaN become zero;
    /// values that are too long become the longest span.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "float to integer casts saturate, which is what is wanted"
    )]
    pub fn from_secs_f64(secs: f64) -> Self {
        Self((secs * 1e9 + 0.5) as u64)
    }

    /// Nanoseconds.
    pub const fn as_nanos(self) -> u64 {
        self.0
    }

    /// Whole milliseconds, rounded down.
    pub const fn as_millis(self) -> u64 {
        self.0 / Self::MILLI.0
    }

    /// Seconds, for people to read and for distributions.
    #[expect(clippy::cast_precision_loss, reason = "2^53 ns are 104 days")]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1e9
    }
}

impl Add for Span {
    type Output = Self;

    /// The sum; the longest span if that is too long.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
