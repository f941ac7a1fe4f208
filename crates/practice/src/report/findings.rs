//! What a report finds out about one visitor's run.

use alloc::vec;
use alloc::vec::Vec;

use crowd::Race;
use sale::{CaptchaStep, Moment, Span, Visitor};

use crate::conflict::Conflict;
use crate::practice::Practice;
use crate::report::chronicle::{Catch, Chronicle, OnAdmission};
use crate::report::loss::Loss;
use crate::report::stride::Stride;
use crate::run::{Ended, Ending, Run};
use crate::step::Step;

/// What a report finds out about one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// How and when the run ended. A run that still goes on counts as ended now by
    /// [`Ending::TimeOver`].
    pub ended: Ended,
    /// How many seats were free and paid at the last admission; `None` without one.
    pub on_admission: Option<OnAdmission>,
    /// All steps in the order of [`Step::ALL`], done or not.
    pub strides: Vec<Stride>,
    /// The seats that the visitor asked for and that another visitor had taken, in order of time.
    pub conflicts: Vec<Conflict>,
    /// The seats that the visitor held or paid for, in order of time.
    pub catches: Vec<Catch>,
    /// The step that took most time; `None` if no step took longer than the quickest tenth of the
    /// rivals.
    pub loss: Option<Loss>,
}

impl Findings {
    /// The findings about `run`, which is the run of `visitor`.
    ///
    /// # Panics
    ///
    /// If `chronicle` did not watch that visitor.
    pub fn of(race: &Race, chronicle: &Chronicle, visitor: Visitor, run: &Run) -> Self {
        let story = chronicle.story(visitor).expect("a visitor who was watched");
        let ended = ended(race, run);
        let stride = |step| Stride {
            step,
            at: run.walk.at(step),
            took: run.walk.took(step),
            rivals: chronicle.rivals(step, ended.at),
        };
        let strides: Vec<Stride> = Step::ALL.into_iter().map(stride).collect();
        Self {
            ended,
            on_admission: story.on_admission,
            loss: Loss::of(&strides, undone(race, chronicle, run, ended.at)),
            strides,
            conflicts: run.conflicts().to_vec(),
            catches: story.catches.clone(),
        }
    }
}

/// How and when a run ended. One that still goes on counts as ended now.
fn ended(race: &Race, run: &Run) -> Ended {
    let now = race.sale().now();
    run.ended().unwrap_or(Ended { ending: Ending::TimeOver, at: now })
}

/// What took each member most time, in the order of the members: the loss of each one's [`Findings`], in one
/// pass over the rivals.
pub(super) fn losses(practice: &Practice, chronicle: &Chronicle) -> Vec<Option<Loss>> {
    let race = practice.race();
    let mut by_end: Vec<(Moment, usize)> = (0..)
        .zip(practice.members())
        .map(|(index, member)| (ended(race, member.run()).at, index))
        .collect();
    by_end.sort_unstable();
    let ends: Vec<Moment> = by_end.iter().map(|&(at, _)| at).collect();
    let quickest = Step::ALL.map(|step| chronicle.quickest(step, &ends));
    let mut losses = vec![None; by_end.len()];
    for (at, &(ended_at, index)) in by_end.iter().enumerate() {
        let run = practice.members()[index].run();
        let steps = Step::ALL.into_iter().zip(&quickest);
        let steps = steps.map(|(step, quick)| (step, run.walk.took(step), quick[at]));
        losses[index] = Loss::among(steps, undone(race, chronicle, run, ended_at));
    }
    losses
}

/// The step that was not done when the run ended, and how long it had gone on. Choosing counts only while some seat is
/// free, because nobody can choose otherwise.
fn undone(race: &Race, chronicle: &Chronicle, run: &Run, ended_at: Moment) -> Option<(Step, Span)> {
    let asks_captcha = race.sale().rules().captcha.step != CaptchaStep::Never;
    let (step, begun) = run.walk.under_way(asks_captcha)?;
    let until = run.walk.stopped().or(chronicle.sold_out_by(ended_at)).unwrap_or(ended_at);
    let spent = match step {
        Step::FirstSeat | Step::Held => {
            let (ran, before) = (chronicle.free_by(until), chronicle.free_by(begun));
            Span::from_nanos(ran.as_nanos().saturating_sub(before.as_nanos()))
        }
        Step::Placed | Step::Admitted | Step::Captcha | Step::Paid => until.since(begun),
    };
    Some((step, spent))
}
