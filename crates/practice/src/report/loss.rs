//! The one thing that cost most, measured against the quickest tenth of the rivals.

use sale::Span;

use crate::report::stride::Stride;
use crate::step::Step;

/// What cost time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossKind {
    /// Pressing before the opening, and having to press again.
    EarlyPress,
    /// Pressing late, or a slow page.
    LatePress,
    /// Giving up an earlier place by a refresh, or by leaving and coming again.
    Refresh,
    /// Typing the captcha wrong.
    MissedCaptcha,
    /// Typing it slowly.
    SlowCaptcha,
    /// Choosing slowly.
    SlowChoice,
    /// Seats that somebody else had.
    Conflicts,
    /// Paying slowly.
    SlowPayment,
}

/// The largest loss of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Where.
    pub step: Step,
    /// Why.
    pub kind: LossKind,
    /// How much longer than the quickest tenth of the rivals it took, or had taken when the run ended.
    pub time: Span,
}

/// What went wrong in a run: why a step was slow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slips {
    pub(super) places: u32,
    pub(super) early_presses: u32,
    pub(super) captcha_misses: u32,
    pub(super) conflicts: usize,
}

impl Loss {
    /// The step that took most beyond the quickest tenth's time, be it the one that was never done: `undone`
    /// tells how long it went on. Waiting in the queue is not one: it follows from the place.
    pub(super) fn of(
        strides: &[Stride],
        slips: Slips,
        undone: Option<(Step, Span)>,
    ) -> Option<Self> {
        let kind_of = |step| match step {
            Step::Placed if slips.places > 1 => Some(LossKind::Refresh),
            Step::Placed if slips.early_presses > 0 => Some(LossKind::EarlyPress),
            Step::Placed => Some(LossKind::LatePress),
            Step::Admitted => None,
            Step::Captcha if slips.captcha_misses > 0 => Some(LossKind::MissedCaptcha),
            Step::Captcha => Some(LossKind::SlowCaptcha),
            Step::FirstSeat => Some(LossKind::SlowChoice),
            Step::Held if slips.conflicts == 0 => Some(LossKind::SlowChoice),
            Step::Held => Some(LossKind::Conflicts),
            Step::Paid => Some(LossKind::SlowPayment),
        };
        let losses = strides.iter().filter_map(|stride| {
            let quick = stride.rivals.percentile(10)?;
            let spent = undone.filter(|&(step, _)| step == stride.step).map(|(_, span)| span);
            let took = stride.took.or(spent)?;
            let time = Span::from_nanos(took.as_nanos().saturating_sub(quick.as_nanos()));
            Some(Self { step: stride.step, kind: kind_of(stride.step)?, time })
        });
        losses.filter(|loss| loss.time > Span::ZERO).max_by_key(|loss| loss.time)
    }
}
