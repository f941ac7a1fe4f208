//! Turns our types into those of [`protocol`], one function for each type. What clients are told
//! changes only when a function here or in `report::beside` changes.

use alloc::vec::Vec;

use protocol::{Counts, GoneCause, SeatState};
use sale::{CaptchaStep, Hold, HoldAt, Moment, Refresh, Sale, Seats, Span, Stage};

use crate::conflict::Conflict;
use crate::run::Ending;

/// A moment of race time in milliseconds.
#[expect(clippy::cast_precision_loss, reason = "2^53 ns are 104 days")]
pub fn millis(at: Moment) -> f64 {
    at.as_nanos() as f64 / 1e6
}

/// A length of time in milliseconds.
#[expect(clippy::cast_precision_loss, reason = "2^53 ns are 104 days")]
pub fn millis_of(span: Span) -> f64 {
    span.as_nanos() as f64 / 1e6
}

/// A moment of race time in whole milliseconds, as a seat frame has it. Moments after some 49 days
/// become `u32::MAX`.
pub fn frame_millis(at: Moment) -> u32 {
    u32::try_from(at.as_millis()).unwrap_or(u32::MAX)
}

/// The state of a seat, without its owner.
pub fn seat_state(state: sale::SeatState) -> SeatState {
    match state {
        sale::SeatState::Free => SeatState::Free,
        sale::SeatState::Held => SeatState::Held,
        sale::SeatState::Sold => SeatState::Sold,
    }
}

/// The stage of a sale.
pub fn stage(stage: Stage) -> protocol::Stage {
    match stage {
        Stage::Before => protocol::Stage::Before,
        Stage::Open => protocol::Stage::Open,
        Stage::Paused => protocol::Stage::Paused,
        Stage::Closed => protocol::Stage::Closed,
    }
}

/// What a refresh costs.
pub fn refresh_cost(refresh: Refresh) -> protocol::RefreshCost {
    match refresh {
        Refresh::Keeps => protocol::RefreshCost::Keeps,
        Refresh::GoesToEnd => protocol::RefreshCost::GoesToEnd,
    }
}

/// The step before which the captcha is due.
pub fn captcha_step(step: CaptchaStep) -> protocol::CaptchaStep {
    match step {
        CaptchaStep::Never => protocol::CaptchaStep::Never,
        CaptchaStep::BeforeMap => protocol::CaptchaStep::BeforeMap,
        CaptchaStep::BeforeHold => protocol::CaptchaStep::BeforeHold,
        CaptchaStep::BeforePay => protocol::CaptchaStep::BeforePay,
    }
}

/// What makes a seat the visitor's.
pub fn hold_at(hold_at: HoldAt) -> protocol::HoldAt {
    match hold_at {
        HoldAt::Click => protocol::HoldAt::Click,
        HoldAt::Done => protocol::HoldAt::Done,
        HoldAt::Payment => protocol::HoldAt::Payment,
    }
}

/// Why a run ended without a booking; `None` if it ended with one.
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
        Ending::Done => GoneCause::Done,
    })
}

/// How a run ended.
pub fn ending(ending: Ending) -> protocol::Ending {
    match ending {
        Ending::Paid => protocol::Ending::Paid,
        Ending::Left => protocol::Ending::Left,
        Ending::Lost => protocol::Ending::Lost,
        Ending::PassEnded => protocol::Ending::PassEnded,
        Ending::HoldEnded => protocol::Ending::HoldEnded,
        Ending::Closed => protocol::Ending::Closed,
        Ending::TimeOver => protocol::Ending::TimeOver,
        Ending::SoldOut => protocol::Ending::SoldOut,
        Ending::Done => protocol::Ending::Done,
    }
}

/// The counts of a sale that every member may know.
pub fn counts(sale: &Sale) -> Counts {
    Counts {
        given: sale.places_given(),
        served: sale.places_served(),
        waiting: sale.waiting_count(),
        inside: sale.inside_count(),
        free: sale.free_count(),
        sold: sale.sold_count(),
    }
}

/// A hold with its total and its fees.
pub(crate) fn hold(sale: &Sale, hold: &Hold) -> protocol::Hold {
    protocol::Hold {
        seats: seats(&hold.seats),
        discounts: hold.priced().map(|(_, discount)| discount.0).collect(),
        since_ms: millis(hold.since),
        until_ms: hold.until.map(millis),
        paying_until_ms: hold.payment.map(|payment| millis(payment.until)),
        total_won: sale.total_of(hold),
        fee_won: sale.rules().fee_won * hold.seats.len() as u64,
    }
}

/// The booking with this number; `None` if there is none.
pub(crate) fn booking(sale: &Sale, id: sale::BookingId) -> Option<protocol::Booking> {
    let booking = sale.booking(id)?;
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

/// A conflict, as the problem `seat-taken` and the report tell it.
pub fn conflict(conflict: &Conflict, opens_at: Moment) -> protocol::Conflict {
    protocol::Conflict {
        seat: conflict.seat.0,
        at_ms: millis(conflict.at) - millis(opens_at),
        late_ms: millis_of(conflict.late_by),
        view_age_ms: conflict.view_age.map(millis_of),
        section: conflict.section.0,
    }
}

/// The outcome of a member's command. `None` for a seat that another visitor has, because clients
/// are told of it as a problem, and for commands that no member can give.
pub fn outcome(outcome: sale::Outcome) -> Option<protocol::Outcome> {
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
        Outcome::Held { until } => Told::Held { until_ms: until.map(millis) },
        Outcome::Released => Told::Released,
        Outcome::PriceChosen { total } => Told::PriceChosen { total_won: total },
        Outcome::Booked { booking, total } => Told::Booked { booking: booking.0, total_won: total },
        Outcome::Cancelled => Told::Cancelled,
        Outcome::PaymentBegun { payment, until, total } => {
            Told::PaymentBegun { payment: payment.0, until_ms: millis(until), total_won: total }
        }
        Outcome::PaymentEnded => Told::PaymentEnded,
        Outcome::SeatTaken { .. } | Outcome::Done => return None,
    })
}
