//! The step that cost a visitor the most time, compared with the quickest tenth of the rivals.

use sale::Span;

use crate::report::stride::Stride;
use crate::step::Step;

/// What cost time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossKind {
    /// The visitor pressed before the opening and had to press again.
    EarlyPress,
    /// The visitor pressed late, or the page was slow.
    LatePress,
    /// The visitor gave up an earlier place by a refresh, or by leaving and coming again.
    Refresh,
    /// The visitor typed wrong letters for the captcha.
    MissedCaptcha,
    /// The visitor took long to type the captcha.
    SlowCaptcha,
    /// The visitor took long to choose seats.
    SlowChoice,
    /// Other visitors had taken the seats that the visitor asked for.
    Conflicts,
    /// The visitor took long to pay.
    SlowPayment,
}

/// The largest loss of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The step that cost the time.
    pub step: Step,
    /// Why it cost time.
    pub kind: LossKind,
    /// The time beyond the 10th percentile of the rivals. For a step that was not done, it counts
    /// until the run ended.
    pub time: Span,
}

/// What went wrong in a run. It says why a step was slow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Slips {
    pub(super) places: u32,
    pub(super) early_presses: u32,
    pub(super) captcha_misses: u32,
    pub(super) conflicts: usize,
}

impl Loss {
    /// The step with the largest loss, if any step has one (rule C33). `undone` as in
    /// [`among`](Self::among).
    pub(super) fn of(
        strides: &[Stride],
        slips: Slips,
        undone: Option<(Step, Span)>,
    ) -> Option<Self> {
        let steps =
            strides.iter().map(|stride| (stride.step, stride.took, stride.rivals.percentile(10)));
        Self::among(steps, slips, undone)
    }

    /// The step with the largest loss among `steps`, each with the time that the visitor took and that of
    /// the quickest tenth of the rivals. `undone` is the step that
    /// was not done when the run ended, and how long it had gone on. Waiting in the queue is no
    /// loss, because it follows from the place.
    pub(super) fn among(
        steps: impl Iterator<Item = (Step, Option<Span>, Option<Span>)>,
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
        let losses = steps.filter_map(|(step, took, quick)| {
            let spent = undone.filter(|&(left, _)| left == step).map(|(_, span)| span);
            let (took, quick) = (took.or(spent)?, quick?);
            let time = Span::from_nanos(took.as_nanos().saturating_sub(quick.as_nanos()));
            Some(Self { step, kind: kind_of(step)?, time })
        });
        losses.filter(|loss| loss.time > Span::ZERO).max_by_key(|loss| loss.time)
    }
}
