//! The step that took a visitor the most time beyond that of the quickest tenth of the rivals.

use sale::Span;

use crate::report::stride::Stride;
use crate::step::Step;

/// The largest loss of time in a run. It says where time went, and not what cost the seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The step that took the time.
    pub step: Step,
    /// The time beyond the 10th percentile of the rivals. For a step that was not done, it counts
    /// until the run ended.
    pub time: Span,
}

impl Loss {
    /// The step with the largest loss, if any step has one (rule C44). `undone` as in
    /// [`among`](Self::among).
    pub(super) fn of(strides: &[Stride], undone: Option<(Step, Span)>) -> Option<Self> {
        let steps =
            strides.iter().map(|stride| (stride.step, stride.took, stride.rivals.percentile(10)));
        Self::among(steps, undone)
    }

    /// The step with the largest loss among `steps`, each with the time that the visitor took and that of
    /// the quickest tenth of the rivals. `undone` is the step that
    /// was not done when the run ended, and how long it had gone on. Waiting in the queue is no
    /// loss, because it follows from the place.
    pub(super) fn among(
        steps: impl Iterator<Item = (Step, Option<Span>, Option<Span>)>,
        undone: Option<(Step, Span)>,
    ) -> Option<Self> {
        let losses = steps.filter(|&(step, ..)| step != Step::Admitted);
        let losses = losses.filter_map(|(step, took, quick)| {
            let spent = undone.filter(|&(left, _)| left == step).map(|(_, span)| span);
            let (took, quick) = (took.or(spent)?, quick?);
            let time = Span::from_nanos(took.as_nanos().saturating_sub(quick.as_nanos()));
            Some(Self { step, time })
        });
        losses.filter(|loss| loss.time > Span::ZERO).max_by_key(|loss| loss.time)
    }
}
