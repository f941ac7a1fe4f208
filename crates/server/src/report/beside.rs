//! The rivals' half of a report: each step beside those who took it too, in the words of the wire.

use crowd::report::{self, Distribution, Stride};
use protocol::{Bar, Conflict, Loss, LossKind, RivalTimes, SeatWorth, Step, StepKey};
use sale::{Layout, Moment, Span};

use crate::to_protocol::{millis, millis_of};

/// Bars of a histogram: as many as a phone shows apart.
const BARS: u64 = 16;

/// A step with the rivals' times for it.
pub(super) fn step(stride: &Stride, opens_at: Moment) -> Step {
    Step {
        key: key_of(stride.step),
        at_ms: stride.at.map(|at| millis(at) - millis(opens_at)),
        took_ms: stride.took.map(millis_of),
        rivals: rivals(&stride.rivals, stride.took),
    }
}

fn key_of(step: report::Step) -> StepKey {
    match step {
        report::Step::Placed => StepKey::Placed,
        report::Step::Admitted => StepKey::Admitted,
        report::Step::Captcha => StepKey::Captcha,
        report::Step::FirstSeat => StepKey::FirstSeat,
        report::Step::Held => StepKey::Held,
        report::Step::Paid => StepKey::Paid,
    }
}

fn rivals(times: &Distribution, took: Option<Span>) -> Option<RivalTimes> {
    let percentile = |hundredths| times.percentile(hundredths).map(millis_of);
    let share = |part: usize| ratio(part, times.count());
    Some(RivalTimes {
        count: u32::try_from(times.count()).ok()?,
        p10_ms: percentile(10)?,
        p50_ms: percentile(50)?,
        p90_ms: percentile(90)?,
        ahead_share: took.map_or(0.0, |took| share(times.quicker_than(took))),
        behind_share: took.map_or(0.0, |took| share(times.slower_than(took))),
        histogram: times.histogram(BARS).iter().map(bar).collect(),
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of visitors are far below 2^53")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn bar(bin: &report::Bin) -> Bar {
    Bar { from_ms: millis_of(bin.from), to_ms: millis_of(bin.to), count: bin.count }
}

/// The seats that somebody else had.
pub(super) fn conflicts(conflicts: &[report::Conflict], opens_at: Moment) -> Vec<Conflict> {
    let conflict = |conflict: &report::Conflict| Conflict {
        seat: conflict.seat.0,
        at_ms: millis(conflict.at) - millis(opens_at),
        late_ms: millis_of(conflict.late_by),
        view_age_ms: conflict.opened_ago.map(millis_of),
        section: conflict.section.0,
    };
    conflicts.iter().map(conflict).collect()
}

/// The seats that were held, beside what was free then.
pub(super) fn seats(catches: &[report::Catch], layout: &Layout) -> Vec<SeatWorth> {
    let worth = |catch: &report::Catch| SeatWorth {
        seat: catch.seat.0,
        quality_rank_then: catch.rank_then,
        free_then: catch.free_then,
        price_won: layout.price_of(catch.seat),
    };
    catches.iter().map(worth).collect()
}

/// What cost most. Only the server knows whether a late place was a late press or a page that took
/// longer than the press was late.
pub(super) fn loss(loss: Option<report::Loss>, is_page_slow: bool) -> Loss {
    let Some(loss) = loss else {
        return Loss { step: None, lost_ms: 0.0, kind: LossKind::None };
    };
    let kind = match loss.kind {
        report::LossKind::EarlyPress => LossKind::EarlyPress,
        report::LossKind::LatePress if is_page_slow => LossKind::SlowPage,
        report::LossKind::LatePress => LossKind::LatePress,
        report::LossKind::Refresh => LossKind::Refresh,
        report::LossKind::MissedCaptcha => LossKind::MissedCaptcha,
        report::LossKind::SlowCaptcha => LossKind::SlowCaptcha,
        report::LossKind::SlowChoice => LossKind::SlowChoice,
        report::LossKind::Conflicts => LossKind::Conflicts,
        report::LossKind::SlowPayment => LossKind::SlowPay,
    };
    Loss { step: Some(key_of(loss.step)), lost_ms: millis_of(loss.time), kind }
}
