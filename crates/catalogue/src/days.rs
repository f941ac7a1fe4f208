//! Moments in UTC, and days in the zone of a venue.
//!
//! A performance has a moment, and the day on which people there call it today. Both are kept, so that a search by
//! days compares whole numbers and needs no zone. This module reads no clock.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use crate::limits::DAY_MAX;

/// A moment: milliseconds since the beginning of 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcMs(pub i64);

/// A day in the zone of some venue: days since 1970-01-01. Written as `2026-12-24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// The days from `from` to `to`, both included. A range with `from` behind `to` holds no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first.
    pub from: Day,
    /// The last; the range ends when this day ends at the venue.
    pub to: Day,
}

/// The error for a text that is no day, or a day that no table keeps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a day: write it as 2026-12-24")]
pub struct NotADay;

/// The error for a name that no time zone has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no time zone has the name `{0}`")]
pub struct UnknownZone(pub String);

/// A time zone with its name, such as `Asia/Seoul`.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone with this name.
    ///
    /// # Errors
    /// If there is none.
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        TimeZone::get(name).map(Self).map_err(|_| UnknownZone(name.to_owned()))
    }

    /// The day that people in this zone call today at `moment`. `None` outside of the days that a table keeps.
    pub fn day_at(&self, moment: UtcMs) -> Option<Day> {
        let timestamp = Timestamp::from_millisecond(moment.0).ok()?;
        Day::of(self.0.to_datetime(timestamp).date())
    }

    /// The moment at which the clocks of this zone show `hour`:`minute` on `day`. Where they skip it, an hour later.
    pub fn moment(&self, day: Day, hour: i8, minute: i8) -> Option<UtcMs> {
        let time = day.date()?.at(hour, minute, 0, 0);
        let zoned = self.0.to_timestamp(time).ok()?;
        Some(UtcMs(zoned.as_millisecond()))
    }
}

impl UtcMs {
    /// This moment, and `ms` milliseconds.
    #[must_use]
    pub fn after(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl UtcMs {
    /// The day of this moment in UTC. `None` outside of the days that a table keeps.
    pub fn utc_day(self) -> Option<Day> {
        Day::MIN.checked_after(self.0.div_euclid(86_400_000))
    }
}

impl Day {
    fn checked_after(self, days: i64) -> Option<Self> {
        let day = i64::from(self.0).checked_add(days)?;
        i32::try_from(day).ok().filter(|day| (0..=DAY_MAX).contains(day)).map(Self)
    }

    /// The first day that a table keeps: 1970-01-01.
    pub const MIN: Self = Self(0);
    /// The last day that a table keeps.
    pub const MAX: Self = Self(DAY_MAX);

    fn of(date: Date) -> Option<Self> {
        let days = date.since(Date::constant(1970, 1, 1)).ok()?.get_days();
        (0..=DAY_MAX).contains(&days).then_some(Self(days))
    }

    fn date(self) -> Option<Date> {
        Date::constant(1970, 1, 1).checked_add(self.0.days()).ok()
    }

    /// The day `days` later.
    #[must_use]
    pub fn after(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date() {
            Some(date) => date.fmt(f),
            None => write!(f, "day {}", self.0),
        }
    }
}

impl FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        // One form only, so that one day has one address.
        let date: Date = if text.len() == 10 {
            text.parse().map_err(|_| NotADay)?
        } else {
            return Err(NotADay);
        };
        Self::of(date).ok_or(NotADay)
    }
}

#[cfg(test)]
mod tests;
