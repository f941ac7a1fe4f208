//! From our types to those on the wire. The only place: what is said outside moves only when this does.

use protocol::{CaptchaState, Counts, GoneCause, SeatState, You};
use sale::{CaptchaStep, Hold, HoldAt, Moment, Refresh, Sale, Seats, Span, Stage, Standing};
use scenario::{AfterWrong, PayStep};

use crate::ids::RaceId;
use crate::keys::Keys;
use crate::play::{Ended, Ending, Play};

/// Race time as it travels.
#[expect(clippy::cast_precision_loss, reason = "2^53 ns are 104 days")]
pub(crate) fn millis(at: Moment) -> f64 {
    at.as_nanos() as f64 / 1e6
}

/// A span as it travels.
#[expect(clippy::cast_precision_loss, reason = "2^53 ns are 104 days")]
pub(crate) fn millis_of(span: Span) -> f64 {
    span.as_nanos() as f64 / 1e6
}

/// A moment that may never come.
pub(crate) fn millis_unless_never(at: Moment) -> Option<f64> {
    (at != Moment::NEVER).then(|| millis(at))
}

/// Race time in a frame: whole milliseconds.
pub(crate) fn frame_millis(at: Moment) -> u32 {
    u32::try_from(at.as_millis()).unwrap_or(u32::MAX)
}

pub(crate) fn title(title: &scenario::Title) -> protocol::Title {
    protocol::Title { ko: title.ko.clone(), en: title.en.clone(), ja: title.ja.clone() }
}

pub(crate) fn seat_state(state: sale::SeatState) -> SeatState {
    match state {
        sale::SeatState::Free => SeatState::Free,
        sale::SeatState::Held => SeatState::Held,
        sale::SeatState::Sold => SeatState::Sold,
    }
}

pub(crate) fn stage(stage: Stage) -> protocol::Stage {
    match stage {
        Stage::Before => protocol::Stage::Before,
        Stage::Open => protocol::Stage::Open,
        Stage::Paused => protocol::Stage::Paused,
        Stage::Closed => protocol::Stage::Closed,
    }
}

pub(crate) fn refresh_cost(refresh: Refresh) -> protocol::RefreshCost {
    match refresh {
        Refresh::Keeps => protocol::RefreshCost::Keeps,
        Refresh::GoesToEnd => protocol::RefreshCost::GoesToEnd,
    }
}

pub(crate) fn captcha_step(step: CaptchaStep) -> protocol::CaptchaStep {
    match step {
        CaptchaStep::Never => protocol::CaptchaStep::Never,
        CaptchaStep::BeforeMap => protocol::CaptchaStep::BeforeMap,
        CaptchaStep::BeforeHold => protocol::CaptchaStep::BeforeHold,
        CaptchaStep::BeforePay => protocol::CaptchaStep::BeforePay,
    }
}

pub(crate) fn after_wrong(after: AfterWrong) -> protocol::AfterWrong {
    match after {
        AfterWrong::KeepsLetters => protocol::AfterWrong::KeepsLetters,
        AfterWrong::ClearsLetters => protocol::AfterWrong::ClearsLetters,
    }
}

pub(crate) fn pay_step(step: PayStep) -> protocol::PayStep {
    match step {
        PayStep::Price => protocol::PayStep::Price,
        PayStep::Receipt => protocol::PayStep::Receipt,
        PayStep::Payment => protocol::PayStep::Payment,
    }
}

pub(crate) fn hold_at(hold_at: HoldAt) -> protocol::HoldAt {
    match hold_at {
        HoldAt::Click => protocol::HoldAt::Click,
        HoldAt::Done => protocol::HoldAt::Done,
        HoldAt::Payment => protocol::HoldAt::Payment,
    }
}

/// Why a run ended without a booking; nothing if it was paid.
pub(crate) fn gone_cause(ending: Ending) -> Option<GoneCause> {
    Some(match ending {
        Ending::Paid => return None,
        Ending::Left => GoneCause::Left,
        Ending::Lost => GoneCause::Lost,
        Ending::PassEnded => GoneCause::PassEnded,
        Ending::HoldEnded => GoneCause::HoldEnded,
        Ending::Closed => GoneCause::Closed,
        Ending::TimeOver => GoneCause::TimeOver,
        Ending::SoldOut => GoneCause::SoldOut,
    })
}

/// How a run ended, for lists and reports.
pub(crate) fn ending(ending: Ending) -> protocol::Ending {
    match ending {
        Ending::Paid => protocol::Ending::Paid,
        Ending::Left => protocol::Ending::Left,
        Ending::Lost => protocol::Ending::Lost,
        Ending::PassEnded => protocol::Ending::PassEnded,
        Ending::HoldEnded => protocol::Ending::HoldEnded,
        Ending::Closed => protocol::Ending::Closed,
        Ending::TimeOver => protocol::Ending::TimeOver,
        Ending::SoldOut => protocol::Ending::SoldOut,
    }
}

pub(crate) fn counts(sale: &Sale) -> Counts {
    Counts {
        given: sale.places_given(),
        served: sale.places_served(),
        waiting: sale.waiting_count(),
        inside: sale.inside_count(),
        free: sale.free_count(),
        sold: sale.sold_count(),
    }
}

/// Where the person stands.
pub(crate) fn you(play: &Play, race: RaceId, keys: &Keys) -> You {
    let run = play.run();
    if let Some(Ended { ending, at }) = run.ended {
        let place = run.place.map(|place| place.0);
        return match gone_cause(ending) {
            Some(cause) => You::Gone { cause, at_ms: millis(at), place },
            None => You::Booked { booking: booking(play).expect("paid for something"), place },
        };
    }
    let sale = play.sale();
    match play.standing() {
        Standing::Away { locked_until } => You::Away { locked_until_ms: millis(locked_until) },
        Standing::Pooled => You::Pooled,
        Standing::Waiting { place, position } => {
            let behind = sale.waiting_count().saturating_sub(position);
            You::Waiting { place: place.0, position, behind }
        }
        Standing::Inside { place, admitted_at, until, captcha_due, viewed, hold } => You::Inside {
            place: place.0,
            admitted_at_ms: millis(admitted_at),
            until_ms: millis(until),
            pass: keys.pass(race, play.me(), until),
            captcha: captcha(play, captcha_due),
            challenge: sale.challenge(play.me()).map_or(0, |challenge| challenge.number),
            viewed: viewed
                .map(|(section, at)| protocol::Viewed { section: section.0, at_ms: millis(at) }),
            hold: hold.map(|hold| hold_view(sale, &hold)),
        },
    }
}

fn captcha(play: &Play, is_due: bool) -> CaptchaState {
    if play.sale().rules().captcha.step == CaptchaStep::Never {
        CaptchaState::None
    } else if !is_due {
        CaptchaState::Passed
    } else if play.run().has_put_off {
        CaptchaState::PutOff
    } else {
        CaptchaState::Due
    }
}

fn hold_view(sale: &Sale, hold: &Hold) -> protocol::Hold {
    protocol::Hold {
        seats: seats(&hold.seats),
        discounts: hold.priced().map(|(_, discount)| discount.0).collect(),
        since_ms: millis(hold.since),
        until_ms: millis_unless_never(hold.until),
        total_won: sale.total_of(hold),
        fee_won: sale.rules().fee_won * hold.seats.len() as u64,
    }
}

/// What the person paid for.
pub(crate) fn booking(play: &Play) -> Option<protocol::Booking> {
    let id = play.run().booking?;
    let booking = play.sale().booking(id)?;
    Some(protocol::Booking {
        id: id.0,
        seats: seats(&booking.seats),
        total_won: booking.total,
        paid_at_ms: millis(booking.paid_at),
    })
}

fn seats(seats: &Seats) -> Vec<u32> {
    seats.iter().map(|seat| seat.0).collect()
}

/// What came of a command; nothing for a seat that was somebody else's, which is a problem, and for
/// the host's commands, which nobody here can give.
pub(crate) fn outcome(outcome: sale::Outcome) -> Option<protocol::Outcome> {
    use protocol::Outcome as Told;
    use sale::Outcome;
    Some(match outcome {
        Outcome::TooEarly { locked_until } => {
            Told::TooEarly { locked_until_ms: millis(locked_until) }
        }
        Outcome::Pooled => Told::Pooled,
        Outcome::Placed(place) => Told::Placed { place: place.0 },
        Outcome::Inside => Told::Inside,
        Outcome::Left => Told::Left,
        Outcome::CaptchaPassed => Told::CaptchaPassed,
        Outcome::CaptchaMissed => Told::CaptchaMissed,
        Outcome::CaptchaRenewed(challenge) => Told::CaptchaRenewed { challenge },
        Outcome::CaptchaPutOff => Told::CaptchaPutOff,
        Outcome::Viewed => Told::Viewed,
        Outcome::Held { until } => Told::Held { until_ms: millis_unless_never(until) },
        Outcome::Released => Told::Released,
        Outcome::PriceChosen { total } => Told::PriceChosen { total_won: total },
        Outcome::Booked { booking, total } => Told::Booked { booking: booking.0, total_won: total },
        Outcome::SeatTaken { .. } | Outcome::Cancelled | Outcome::Done => return None,
    })
}
