//! Questions after a run: what if? How one is read, and whose is the newest.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use practice::limits::CHANCE_RUNS_MAX;
use practice::what_if::{Change, Lever};
use protocol::Pace;
use sale::Span;

use crate::ids::{GuestId, RaceId};
use crate::limits::{WHAT_IF_MS_MAX, WHAT_IF_STEP_MS};
use crate::problem::ApiError;
use crate::what_if::Question;

/// A question about a guest's run, as the answers are kept: the times in steps of [`WHAT_IF_STEP_MS`], in the order of
/// [`Lever::ALL`], and the number of crowds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    pub(super) race: RaceId,
    pub(super) guest: GuestId,
    times: [Option<u16>; Lever::ALL.len()],
    crowds: u8,
}

/// The parameters, in the order of [`Lever::ALL`].
const TIMES: [&str; Lever::ALL.len()] =
    ["press_ms", "page_ms", "captcha_ms", "first_seat_ms", "held_ms", "pay_ms"];

/// The what-if that each guest asked for last. An earlier one ends when its guest asks for another.
#[derive(Debug, Default)]
pub(crate) struct Newest(Mutex<HashMap<GuestId, Weak<AtomicBool>>>);

impl Asked {
    /// Reads the question from the query of an address.
    pub(super) fn read(race: RaceId, guest: GuestId, query: &str) -> Result<Self, ApiError> {
        let invalid = |reason: String| ApiError::QueryInvalid { reason };
        let (mut times, mut crowds) = ([None; Lever::ALL.len()], None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if name == "crowds" && crowds.is_none() {
                let count =
                    value.parse().ok().filter(|count| (1..=CHANCE_RUNS_MAX).contains(count));
                let count = count.and_then(|count: usize| u8::try_from(count).ok());
                crowds = Some(count.ok_or_else(|| {
                    invalid(format!("`crowds` is a number from 1 to {CHANCE_RUNS_MAX}"))
                })?);
                continue;
            }
            let at = TIMES.iter().position(|time| *time == name);
            let slot = at.map(|at| &mut times[at]).filter(|slot| slot.is_none());
            let slot =
                slot.ok_or_else(|| invalid("a parameter is unknown or given twice".into()))?;
            *slot = Some(steps(value).ok_or_else(|| {
                invalid(format!("a time is a number of milliseconds from 0 to {WHAT_IF_MS_MAX}"))
            })?);
        }
        if times.iter().all(Option::is_none) {
            return Err(invalid("no step is named".to_owned()));
        }
        Ok(Self { race, guest, times, crowds: crowds.unwrap_or(0) })
    }

    pub(super) fn question(&self) -> Question {
        let change = |(lever, steps): (Lever, Option<u16>)| {
            let to = Span::from_millis(u64::from(steps?) * u64::from(WHAT_IF_STEP_MS));
            Some(Change { lever, to, pace: Pace::Chosen })
        };
        let changes = Lever::ALL.into_iter().zip(self.times).filter_map(change);
        Question { changes: changes.collect(), crowds: self.crowds.into() }
    }
}

/// A time in steps of [`WHAT_IF_STEP_MS`], rounded.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 12,000")]
fn steps(value: &str) -> Option<u16> {
    let millis: f64 = value.parse().ok()?;
    let is_in_range = (0.0..=f64::from(WHAT_IF_MS_MAX)).contains(&millis);
    is_in_range.then(|| (millis / f64::from(WHAT_IF_STEP_MS)).round() as u16)
}

impl Newest {
    /// Notes that a guest asks for another what-if, and tells the one before to end. The value turns true when this one
    /// is to end.
    pub(super) fn begin(&self, guest: GuestId) -> Arc<AtomicBool> {
        let superseded = Arc::new(AtomicBool::new(false));
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // There are at most as many as jobs wait or run, so looking at all of them is cheap.
        newest.retain(|_, one| one.strong_count() > 0);
        let before = newest.insert(guest, Arc::downgrade(&superseded));
        if let Some(before) = before.and_then(|before| before.upgrade()) {
            before.store(true, Ordering::Relaxed);
        }
        superseded
    }
}

#[cfg(test)]
mod tests;
