//! Shifts of race time against the clock, and what a moment of the clock is in race time.
//!
//! ```text
//!  clock     ──────┬──── away ────┬─────────▶      clock     ──────┬───────────────▶
//!  race time ──────┤              ├─────────▶      race time ──────┤▒▒▒▒├──────────▶
//!              outage: race time stands still                forward: race time jumps ahead
//! ```
//!
//! A shift changes nothing in the sale. A shell adds the shifts to the moment at which race time began.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{Moment, Span};

use crate::limits::SHIFTS_MAX;
use crate::wire::{millis, millis_of};

/// By how much race time was moved against the clock, and at which moment of race time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Shift {
    /// The moment of race time at which it began.
    pub at: Moment,
    /// How long it was.
    pub by: Span,
    /// Why race time was moved, which decides in which direction.
    pub cause: ShiftCause,
}

/// Why race time was moved. The order of the variants is part of a note: add at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub enum ShiftCause {
    /// The shell was away: race time stood still.
    Outage,
    /// A person who is alone did not want to wait: race time jumped ahead.
    Forward,
}

impl Shift {
    /// The shift as clients are told it.
    pub(crate) fn told(&self) -> protocol::Shift {
        protocol::Shift {
            at_ms: millis(self.at),
            by_ms: millis_of(self.by),
            cause: match self.cause {
                ShiftCause::Outage => protocol::ShiftCause::Outage,
                ShiftCause::Forward => protocol::ShiftCause::Forward,
            },
        }
    }
}

/// When race time began by the clock, after the shifts so far. All times in Unix nanoseconds. `began_ns` is when race
/// time began before all shifts.
pub fn start_after(began_ns: u64, shifts: &[Shift]) -> u64 {
    shifts.iter().fold(began_ns, moved)
}

/// When the newest outage among the shifts ended, in Unix nanoseconds; `began_ns` if there is none.
pub fn last_outage_end(began_ns: u64, shifts: &[Shift]) -> u64 {
    let (mut start, mut end) = (began_ns, began_ns);
    for shift in shifts {
        start = moved(start, shift);
        match shift.cause {
            // The start has moved by the outage, so the shift's moment comes at the outage's end.
            ShiftCause::Outage => end = start.saturating_add(shift.at.as_nanos()),
            ShiftCause::Forward => {}
        }
    }
    end
}

fn moved(start: u64, shift: &Shift) -> u64 {
    match shift.cause {
        ShiftCause::Outage => start.saturating_add(shift.by.as_nanos()),
        ShiftCause::Forward => start.saturating_sub(shift.by.as_nanos()),
    }
}

/// Adds a shift to a list. One that the list has no room for lengthens the last of its kind instead, so that the start
/// stays right.
pub(crate) fn add(shifts: &mut Vec<Shift>, new: Shift) {
    let is_full = shifts.len() >= SHIFTS_MAX;
    match shifts.iter_mut().rev().find(|shift| is_full && shift.cause == new.cause) {
        Some(last) => *last = Shift { by: last.by + new.by, ..*last },
        None if is_full => {}
        None => shifts.push(new),
    }
}

/// When race time began, and the shifts since.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start<'a> {
    /// When race time began before all shifts, in Unix milliseconds.
    pub(crate) began_ms: f64,
    pub(crate) shifts: &'a [Shift],
}

impl Start<'_> {
    /// The race time of a moment of the clock, in milliseconds. During an outage it is the moment at which the outage
    /// began.
    pub(crate) fn race_ms(self, unix_ms: f64) -> f64 {
        let mut start_ms = self.began_ms;
        for shift in self.shifts {
            let (at_ms, by_ms) = (millis(shift.at), millis_of(shift.by));
            let race_ms = unix_ms - start_ms;
            if race_ms <= at_ms {
                return race_ms;
            }
            match shift.cause {
                ShiftCause::Outage if race_ms <= at_ms + by_ms => return at_ms,
                ShiftCause::Outage => start_ms += by_ms,
                ShiftCause::Forward => start_ms -= by_ms,
            }
        }
        unix_ms - start_ms
    }
}

#[cfg(test)]
mod tests;
