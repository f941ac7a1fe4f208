//! The server's clock. No other module of the server reads one.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use practice::Header;

/// Unix time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct UnixTime(u64);

impl UnixTime {
    pub(crate) const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    pub(crate) const fn as_nanos(self) -> u64 {
        self.0
    }

    /// When a race's time began; 1970 for a race that runs by no clock.
    pub(crate) fn of_header(header: &Header) -> Self {
        header.begun.map_or(Self(0), |begun| Self(begun.at_unix_ns))
    }

    pub(crate) const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(1_000_000))
    }

    /// Whole milliseconds, rounded down.
    pub(crate) const fn as_millis(self) -> u64 {
        self.0 / 1_000_000
    }

    /// Milliseconds with decimals, as times travel.
    #[expect(clippy::cast_precision_loss, reason = "a quarter of a microsecond is lost")]
    pub(crate) fn as_millis_f64(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// The nanoseconds since `earlier`; 0 if `earlier` is later than this.
    pub(crate) const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The time so many nanoseconds later.
    pub(crate) const fn later_by(self, nanos: u64) -> Self {
        Self(self.0.saturating_add(nanos))
    }

    pub(crate) fn before(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(u64::try_from(span.as_nanos()).unwrap_or(u64::MAX)))
    }

    pub(crate) fn after(self, span: Duration) -> Self {
        Self(self.0.saturating_add(u64::try_from(span.as_nanos()).unwrap_or(u64::MAX)))
    }
}

/// A clock that starts at the time of the wall clock and goes on with the monotonic one, so that setting
/// the wall clock moves no deadline.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    started: Instant,
    started_at: UnixTime,
}

impl Clock {
    /// A clock that is ahead of the machine's by `ahead`.
    #[expect(clippy::disallowed_methods, reason = "the outermost shell reads the clock, here only")]
    pub(crate) fn start(ahead: Duration) -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let started_at = UnixTime(u64::try_from(since_epoch.as_nanos()).unwrap_or(u64::MAX));
        Self { started: Instant::now(), started_at: started_at.after(ahead) }
    }

    /// For how long the clock has run.
    pub(crate) fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    pub(crate) fn now(&self) -> UnixTime {
        self.started_at.after(self.started.elapsed())
    }
}
