//! The parts of a report that compare a member with the rivals, as types of [`protocol`].

use alloc::vec::Vec;

use protocol::{Bar, Loss, LossKind, RivalTimes, SeatFate, SeatWorth, Step, StepKey};
use sale::{Layout, Moment, Span};

use crate::report::chronicle::{Catch, Fate};
use crate::report::distribution::{Bin, Distribution};
use crate::report::loss;
use crate::report::stride::Stride;
use crate::step;
use crate::wire::{millis, millis_of};

/// The bars of a histogram. Chosen: a phone can show this many apart.
const BARS: u64 = 16;

/// A step of the member, with the rivals' times for the same step.
pub(super) fn step(stride: &Stride, opens_at: Moment) -> Step {
    Step {
        key: key_of(stride.step),
        at_ms: stride.at.map(|at| millis(at) - millis(opens_at)),
        took_ms: stride.took.map(millis_of),
        rivals: rivals(&stride.rivals, stride.took),
    }
}

pub(super) fn key_of(step: step::Step) -> StepKey {
    match step {
        step::Step::Placed => StepKey::Placed,
        step::Step::Admitted => StepKey::Admitted,
        step::Step::Captcha => StepKey::Captcha,
        step::Step::FirstSeat => StepKey::FirstSeat,
        step::Step::Held => StepKey::Held,
        step::Step::Paid => StepKey::Paid,
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

fn bar(bin: &Bin) -> Bar {
    Bar { from_ms: millis_of(bin.from), to_ms: millis_of(bin.to), count: bin.count }
}

/// The seats that the member held or paid for, compared with those that were free at that moment.
pub(super) fn seats(catches: &[Catch], layout: &Layout) -> Vec<SeatWorth> {
    let worth = |catch: &Catch| SeatWorth {
        seat: catch.seat.0,
        quality_rank_then: catch.rank_then,
        free_then: catch.free_then,
        price_won: layout.price_of(catch.seat),
        fate: fate(catch.fate),
    };
    catches.iter().map(worth).collect()
}

fn fate(fate: Fate) -> SeatFate {
    match fate {
        Fate::Paid => SeatFate::Paid,
        Fate::Held => SeatFate::Held,
        Fate::Released => SeatFate::Released,
        Fate::HoldEnded => SeatFate::HoldEnded,
        Fate::Left => SeatFate::Left,
    }
}

/// The largest loss. With `is_page_slow`, a late place counts as the fault of a slow page and not
/// of a late press.
pub(super) fn loss(loss: Option<loss::Loss>, is_page_slow: bool) -> Loss {
    let Some(loss) = loss else {
        return Loss { step: None, lost_ms: 0.0, kind: LossKind::None };
    };
    let kind = match loss.kind {
        loss::LossKind::EarlyPress => LossKind::EarlyPress,
        loss::LossKind::LatePress if is_page_slow => LossKind::SlowPage,
        loss::LossKind::LatePress => LossKind::LatePress,
        loss::LossKind::Refresh => LossKind::Refresh,
        loss::LossKind::MissedCaptcha => LossKind::MissedCaptcha,
        loss::LossKind::SlowCaptcha => LossKind::SlowCaptcha,
        loss::LossKind::SlowChoice => LossKind::SlowChoice,
        loss::LossKind::Conflicts => LossKind::Conflicts,
        loss::LossKind::SlowPayment => LossKind::SlowPay,
    };
    Loss { step: Some(key_of(loss.step)), lost_ms: millis_of(loss.time), kind }
}
