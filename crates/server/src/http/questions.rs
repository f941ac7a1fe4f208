//! Questions after a run: what if? How one is read, and how many a guest asks at once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use practice::limits::CHANCE_RUNS_MAX;
use practice::what_if::{Change, Lever};
use protocol::Pace;
use sale::Span;

use crate::ids::{GuestId, RaceId};
use crate::limits::{WHAT_IF_MS_MAX, WHAT_IF_STEP_MS, WHAT_IFS_PER_GUEST_MAX};
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

/// The what-ifs that are made for each guest, the oldest first.
#[derive(Debug, Default)]
pub(crate) struct Newest(Mutex<HashMap<GuestId, Vec<Weak<AtomicBool>>>>);

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
    /// Notes that a what-if is being made for a guest. Of more than [`WHAT_IFS_PER_GUEST_MAX`], the oldest is told to end:
    /// its value turns true. Call it once the job was accepted, so that a refused one ends no other.
    pub(super) fn note(&self, guest: GuestId, superseded: &Arc<AtomicBool>) {
        let mut newest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // There are at most as many as jobs wait or run, so looking at all of them is cheap.
        newest.retain(|_, ones| {
            ones.retain(|one| one.strong_count() > 0);
            !ones.is_empty()
        });
        let ones = newest.entry(guest).or_default();
        ones.push(Arc::downgrade(superseded));
        let too_many = ones.len().saturating_sub(WHAT_IFS_PER_GUEST_MAX);
        for oldest in ones.drain(..too_many).filter_map(|oldest| oldest.upgrade()) {
            oldest.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests;
