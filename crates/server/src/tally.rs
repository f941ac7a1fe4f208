//! The tally of a run that is over: its ending and the time of each step, for lists and progress.
//!
//! The journal keeps it beside the report, so that a list need not replay a race. It is small, because the index keeps
//! those that somebody asked for.

use std::sync::Arc;

use journal::KeptResult;
use practice::{Exercise, MemberId, PersonId, Practice, wire};
use protocol::{Ending, PressParts, StepKey, StepTook};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The version of the form in which tallies are kept.
const VERSION: u16 = 1;

/// Makes the number under which the journal keeps the tally of a person. It keeps the person's report under the
/// person's own number.
const PURPOSE: &[u8] = b"tingting tally 1";

/// The steps in the order in which a tally has their times.
const STEPS: [StepKey; 7] = [
    StepKey::Press,
    StepKey::Placed,
    StepKey::Admitted,
    StepKey::Captcha,
    StepKey::FirstSeat,
    StepKey::Held,
    StepKey::Paid,
];

/// What came of a run that is over. Times are milliseconds; a step that was not taken has none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tally {
    pub(crate) ending: Ending,
    pub(crate) place: Option<u32>,
    steps: [Option<f32>; 7],
    /// The time to the goal of an exercise that was reached.
    goal: Option<f32>,
    /// What the time of the exercise in pressing is made of.
    press: Option<Box<PressParts>>,
}

/// A tally that the journal is to keep.
pub(crate) type NewTally = (PersonId, Arc<Tally>);

impl Tally {
    /// The tally of a member; `None` while the run goes on. `began_ms` is when race time began before all shifts, in Unix
    /// milliseconds.
    pub(crate) fn of(
        practice: &Practice,
        member: MemberId,
        exercise: Option<Exercise>,
        began_ms: f64,
    ) -> Option<Self> {
        let run = practice.member(member).told_run();
        let ended = run.ended()?;
        let taken = practice.steps_taken(member, began_ms);
        let took = |key| {
            let step = taken.iter().find(|step| step.key == key);
            step.map(|step| narrow(step.took_ms))
        };
        let goal = exercise.and_then(|exercise| practice.goal_took(member, exercise));
        let is_press = exercise == Some(Exercise::Press);
        Some(Self {
            ending: wire::ending(ended.ending),
            place: run.place().map(|place| place.0),
            steps: STEPS.map(took),
            goal: goal.map(|span| narrow(wire::millis_of(span))),
            press: is_press.then(|| Box::new(practice.press_parts(member, began_ms))),
        })
    }

    /// The steps that were taken, in their order.
    pub(crate) fn steps(&self) -> impl Iterator<Item = StepTook> + '_ {
        let steps = STEPS.into_iter().zip(self.steps);
        steps.filter_map(|(key, took)| Some(StepTook { key, took_ms: took?.into() }))
    }

    /// The time to the goal of an exercise that was reached, in milliseconds.
    pub(crate) fn goal_ms(&self) -> Option<f64> {
        self.goal.map(f64::from)
    }

    /// What the time of the exercise in pressing is made of; `None` in all other races.
    pub(crate) fn press(&self) -> Option<PressParts> {
        self.press.as_deref().copied()
    }

    pub(crate) fn to_result(&self) -> KeptResult {
        let bytes = serde_json::to_vec(self).expect("numbers become JSON");
        KeptResult { version: VERSION, bytes }
    }

    /// Reads a tally that was kept; `None` if this program does not know its form.
    pub(crate) fn read(kept: &KeptResult) -> Option<Self> {
        (kept.version == VERSION).then(|| serde_json::from_slice(&kept.bytes).ok())?
    }
}

/// The number under which the journal keeps the tally of a person.
pub(crate) fn tally_key(PersonId(person): PersonId) -> u128 {
    let sum = Sha256::new().chain_update(PURPOSE).chain_update(person.to_le_bytes()).finalize();
    let (head, _) = sum.split_first_chunk().expect("32 bytes");
    u128::from_le_bytes(*head)
}

/// Half the bytes are exact to an eighth of a millisecond within an hour.
#[expect(clippy::cast_possible_truncation, reason = "a tally keeps no more digits")]
fn narrow(millis: f64) -> f32 {
    millis as f32
}

#[cfg(test)]
mod tests;
