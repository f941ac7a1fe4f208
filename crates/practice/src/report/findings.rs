//! What a chronicle says of one member's run.

use alloc::vec::Vec;

use crowd::Race;
use sale::{CaptchaStep, Moment, Span, Visitor};

use crate::report::chronicle::{Catch, Chronicle, Conflict, OnAdmission};
use crate::report::loss::{Loss, Slips};
use crate::report::stride::Stride;
use crate::run::{Ended, Ending, Run};
use crate::step::Step;

/// What a run says.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// How and when it ended. A run that still goes on is looked at as if its time were up.
    pub ended: Ended,
    /// The seats at the moment of admission.
    pub on_admission: Option<OnAdmission>,
    /// The steps, all of them, in order.
    pub strides: Vec<Stride>,
    /// Every seat that somebody else had.
    pub conflicts: Vec<Conflict>,
    /// Every seat that was held.
    pub catches: Vec<Catch>,
    /// What cost most; `None` when no step was slower than the quickest tenth's.
    pub loss: Option<Loss>,
}

impl Findings {
    /// What `chronicle`, which watched `visitor`, says of that visitor's run.
    ///
    /// # Panics
    ///
    /// If the chronicle did not watch that visitor.
    pub fn of(race: &Race, chronicle: &Chronicle, visitor: Visitor, run: &Run) -> Self {
        let story = chronicle.story(visitor).expect("a visitor who was watched");
        let now = race.sale().now();
        let ended = run.ended().unwrap_or(Ended { ending: Ending::TimeOver, at: now });
        let stride = |step| Stride {
            step,
            at: run.walk.at(step),
            took: run.walk.took(step),
            rivals: chronicle.rivals(step, ended.at),
        };
        let strides: Vec<Stride> = Step::ALL.into_iter().map(stride).collect();
        let slips = Slips {
            places: run.places(),
            early_presses: run.early_presses(),
            captcha_misses: run.captcha_misses(),
            conflicts: story.conflicts.len(),
        };
        Self {
            ended,
            on_admission: story.on_admission,
            loss: Loss::of(&strides, slips, undone(race, chronicle, run, ended.at)),
            strides,
            conflicts: story.conflicts.clone(),
            catches: story.catches.clone(),
        }
    }
}

/// How long the step went on in which the run ended. Nobody can choose where nothing is free.
fn undone(race: &Race, chronicle: &Chronicle, run: &Run, ended_at: Moment) -> Option<(Step, Span)> {
    let asks_captcha = race.sale().rules().captcha.step != CaptchaStep::Never;
    let (step, begun) = run.walk.under_way(asks_captcha)?;
    let ended = run.walk.stopped().or(chronicle.sold_out_by(ended_at)).unwrap_or(ended_at);
    let is_choosing = matches!(step, Step::FirstSeat | Step::Held);
    let placed_at = run.walk.at(Step::Placed).filter(|_| is_choosing);
    let full_at = placed_at.and_then(|at| chronicle.full_since(at));
    let until = full_at.map_or(ended, |full| full.min(ended));
    Some((step, Span::from_nanos(until.as_nanos().saturating_sub(begun.as_nanos()))))
}
