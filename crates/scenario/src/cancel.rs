//! What it costs to cancel a booking, and until when that is possible.
//!
//! Days are counted from 1970-01-01 by the calendar of the hall. The caller turns moments into days, because only it knows
//! the zone of the hall.

use std::fmt;

use serde::Deserialize;

use crate::fault::Fault;

/// The most days before a performance that a file may name: a year.
const DAYS_MAX: u16 = 366;

/// The most rows of fees in one file. A common table has three.
const FEES_MAX: usize = 16;

/// The highest fixed fee for a ticket in won, so that a mistake of digits is noticed.
const FEE_WON_MAX: u64 = 1_000_000;

/// 1970-01-01 was a Thursday, so day 2 was a Saturday.
const SATURDAY: i64 = 2;

/// What a style says of cancelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelTerms {
    /// The time from one batch of cancelled seats to the next in seconds, where an opening returns them in batches.
    pub batch_s: u32,
    /// How many days after the booking cancelling is free, if the performance is further away than every row of fees.
    pub free_days: u16,
    /// What a ticket costs after that, until a row of fees applies: so much in won, but not more than a share.
    pub late: LateFee,
    /// The rows, those nearest to the performance first.
    pub fees: Vec<NearFee>,
    /// Until when a booking can be cancelled.
    pub until: Until,
}

/// The fixed fee for a ticket, after the free days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateFee {
    /// So much, in won.
    pub won: u64,
    /// The largest share of a ticket's price that it may come to.
    pub percent_max: u8,
}

/// The fee from so many days before the performance on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearFee {
    /// How many days before.
    pub days_before: u16,
    /// The share of a ticket's price that is kept.
    pub percent: u8,
}

/// Until when a booking can be cancelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Until {
    /// How many days before the performance.
    pub days_before: u16,
    /// The time on that day.
    pub time: TimeOfDay,
    /// The time on a Saturday, if it is another one.
    pub saturday: Option<TimeOfDay>,
}

/// A time of day, written as `17:00`: the hour and the minute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TimeOfDay(u8, u8);

/// What was paid, as far as a refund depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// What was paid, booking fees included, in won.
    pub total_won: u64,
    /// The part of it that is booking fees, in won.
    pub booking_fee_won: u64,
    /// How many seats were bought.
    pub tickets: u32,
    /// The day on which they were bought.
    pub booked_on: i32,
    /// The day of the performance.
    pub starts_on: i32,
}

/// What comes of cancelling. The two add up to what was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refund {
    /// What is kept, in won.
    pub fee_won: u64,
    /// What is given back, in won.
    pub refund_won: u64,
}

/// A day and a time of that day, by the clock of the hall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The day.
    pub day: i32,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
}

impl CancelTerms {
    /// The terms of a style that says nothing of cancelling: everything but the booking fee comes back until the day of the
    /// performance begins, in batches of ten minutes.
    pub fn free() -> Self {
        CancelText::default().terms()
    }

    /// When a booking can no longer be cancelled: from this time on.
    pub fn deadline(&self, starts_on: i32) -> Deadline {
        let day = i64::from(starts_on) - i64::from(self.until.days_before);
        let is_saturday = day.rem_euclid(7) == SATURDAY;
        let time = self.until.saturday.filter(|_| is_saturday).unwrap_or(self.until.time);
        let day = i32::try_from(day).unwrap_or(i32::MIN);
        Deadline { day, hour: time.0, minute: time.1 }
    }

    /// What cancelling on a day gives back. On the day of the booking it is everything. Later the booking fee is kept, and
    /// for the tickets the fee of the nearest row that applies. Whoever asks has compared the time with
    /// [`deadline`](Self::deadline). Fees are rounded down to a whole won.
    pub fn refund(&self, bought: &Purchase, cancelled_on: i32) -> Refund {
        let Purchase { total_won, booked_on, .. } = *bought;
        if cancelled_on <= booked_on {
            return Refund { fee_won: 0, refund_won: total_won };
        }
        let booking_fee_won = bought.booking_fee_won.min(total_won);
        let fee_won = booking_fee_won + self.ticket_fee(bought, cancelled_on);
        Refund { fee_won, refund_won: total_won - fee_won }
    }

    /// The fee for the tickets alone; at most their price.
    fn ticket_fee(&self, bought: &Purchase, cancelled_on: i32) -> u64 {
        let price_won = bought.total_won.saturating_sub(bought.booking_fee_won);
        let days_left = i64::from(bought.starts_on) - i64::from(cancelled_on);
        let days_gone = i64::from(cancelled_on) - i64::from(bought.booked_on);
        let applies = |row: &&NearFee| days_left <= i64::from(row.days_before);
        if let Some(row) = self.fees.iter().find(applies) {
            return share(price_won, row.percent);
        }
        if days_gone <= i64::from(self.free_days) {
            return 0;
        }
        let fixed = self.late.won.saturating_mul(bought.tickets.into());
        fixed.min(share(price_won, self.late.percent_max))
    }
}

fn share(won: u64, percent: u8) -> u64 {
    won.saturating_mul(percent.into()) / 100
}

/// The part `[cancel]` of a style file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelText {
    batch: u32,
    #[serde(default)]
    free_days: u16,
    #[serde(default)]
    late: LateFee,
    #[serde(default)]
    fees: Vec<NearFee>,
    #[serde(default)]
    until: Until,
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(hour, minute) = self;
        write!(f, "{hour:02}:{minute:02}")
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        const NOT_A_TIME: &str = "a time of day is written as 17:00";
        let (hour, minute) = text.split_once(':').ok_or(NOT_A_TIME)?;
        let part = |text: &str, most: u8| {
            let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.parse().ok().filter(|&number: &u8| is_plain && number <= most);
            number.ok_or(NOT_A_TIME)
        };
        Ok(Self(part(hour, 23)?, part(minute, 59)?))
    }
}

impl Default for CancelText {
    fn default() -> Self {
        Self {
            batch: 600,
            free_days: DAYS_MAX,
            late: LateFee::default(),
            fees: Vec::new(),
            until: Until::default(),
        }
    }
}

impl CancelText {
    pub(crate) fn check(&self) -> Result<(), Fault> {
        if !(1..=86_400).contains(&self.batch) {
            return Err(Fault::value("cancel.batch", "must be 1 to 86,400"));
        }
        let days = [self.free_days, self.until.days_before];
        let rows = self.fees.iter().map(|row| row.days_before);
        if days.into_iter().chain(rows).any(|days| days > DAYS_MAX) {
            return Err(Fault::value("cancel", "must not name more than 366 days"));
        }
        if self.late.won > FEE_WON_MAX {
            return Err(Fault::value("cancel.late.won", "must be at most 1,000,000"));
        }
        if self.late.percent_max > 100 || self.fees.iter().any(|row| row.percent > 100) {
            return Err(Fault::value("cancel", "must not keep more than 100 percent"));
        }
        if self.fees.len() > FEES_MAX {
            return Err(Fault::value("cancel.fees", "must be at most 16"));
        }
        let is_falling = self.fees.is_sorted_by(|one, next| one.days_before > next.days_before);
        if !is_falling {
            return Err(Fault::value("cancel.fees", "must name fewer days from row to row"));
        }
        Ok(())
    }

    pub(crate) fn terms(self) -> CancelTerms {
        let mut fees = self.fees;
        fees.reverse();
        CancelTerms {
            batch_s: self.batch,
            free_days: self.free_days,
            late: self.late,
            fees,
            until: self.until,
        }
    }
}

#[cfg(test)]
mod tests;
