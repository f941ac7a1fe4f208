//! Events: what happened in a sale, in order. Everything that is shown of a sale is computed from
//! them.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::command::Departure;
use crate::moment::{Moment, Span};
use crate::names::{BookingId, Discount, PaymentId, Place, Seat, Seats, Visitor, Won};

/// An event and its moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Stamped {
    /// When it happened. For what fell due this is the deadline itself, not the moment at which the
    /// sale was told of the time (rule S8).
    pub at: Moment,
    /// What happened.
    pub event: Event,
}

/// Something that happened. The order of the variants is part of the digest: add at the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Event {
    /// The sale opened.
    Opened,
    /// The host paused it.
    Paused,
    /// The host resumed it.
    Resumed,
    /// It ended.
    Closed,
    /// A visitor pressed the button before the opening, and the button was locked for it.
    PressedEarly {
        /// Who.
        visitor: Visitor,
    },
    /// A visitor joined the pool before the opening.
    Pooled {
        /// Who.
        visitor: Visitor,
    },
    /// The lottery was drawn. Anyone can recompute it from the seed.
    LotteryDrawn {
        /// How many took part.
        entrants: u32,
        /// The seed that was committed to.
        seed: u64,
    },
    /// A place was given.
    Placed {
        /// To whom.
        visitor: Visitor,
        /// Which.
        place: Place,
    },
    /// A place was given up by leaving or refreshing.
    PlaceGivenUp {
        /// By whom.
        visitor: Visitor,
        /// Which.
        place: Place,
    },
    /// A visitor was let in.
    Admitted {
        /// Who.
        visitor: Visitor,
        /// The place that was served.
        place: Place,
        /// When the pass ends.
        until: Moment,
    },
    /// The captcha was typed right.
    CaptchaPassed {
        /// By whom.
        visitor: Visitor,
    },
    /// The captcha was typed wrong.
    CaptchaMissed {
        /// By whom.
        visitor: Visitor,
    },
    /// The captcha was put off.
    CaptchaPutOff {
        /// By whom.
        visitor: Visitor,
    },
    /// Seats were taken.
    SeatsHeld {
        /// By whom.
        visitor: Visitor,
        /// Which were added by this command.
        seats: Seats,
        /// When the hold ends.
        until: Moment,
    },
    /// A visitor asked for a seat that another visitor had (이선좌).
    SeatMissed {
        /// By whom.
        visitor: Visitor,
        /// Which.
        seat: Seat,
        /// For how long the other visitor had had it.
        late_by: Span,
    },
    /// Seats are free again.
    SeatsReturned {
        /// Who held or had paid for them.
        visitor: Visitor,
        /// Which.
        seats: Seats,
        /// Why.
        cause: Return,
    },
    /// Seats were paid.
    Booked {
        /// By whom.
        visitor: Visitor,
        /// The booking's number.
        booking: BookingId,
        /// Which.
        seats: Seats,
        /// For how much, fees included.
        total: Won,
    },
    /// A visitor is no longer in the sale.
    Left {
        /// Who.
        visitor: Visitor,
        /// Why.
        cause: Departure,
    },
    /// A visitor chose the price of held seats.
    PriceChosen {
        /// By whom.
        visitor: Visitor,
        /// Which.
        seats: Seats,
        /// Which price.
        discount: Discount,
    },
    /// A visitor cancelled a booking whose seats return with the next batch. Where they return at once,
    /// [`SeatsReturned`](Self::SeatsReturned) alone tells of it.
    BookingCancelled {
        /// Who had paid.
        visitor: Visitor,
        /// Which.
        booking: BookingId,
    },
    /// A visitor began to pay.
    PaymentBegun {
        /// Who.
        visitor: Visitor,
        /// The payment's number.
        payment: PaymentId,
        /// When it ends by itself.
        until: Moment,
    },
    /// A payment ended without a booking. Where it leads to one, [`Booked`](Self::Booked) alone tells of it.
    PaymentEnded {
        /// Whose it was.
        visitor: Visitor,
        /// Which.
        payment: PaymentId,
    },
}

impl Event {
    /// The visitor it is about; `None` if it is about the whole sale.
    pub fn visitor(&self) -> Option<Visitor> {
        match *self {
            Self::Opened
            | Self::Paused
            | Self::Resumed
            | Self::Closed
            | Self::LotteryDrawn { .. } => None,
            Self::PressedEarly { visitor }
            | Self::Pooled { visitor }
            | Self::Placed { visitor, .. }
            | Self::PlaceGivenUp { visitor, .. }
            | Self::Admitted { visitor, .. }
            | Self::CaptchaPassed { visitor }
            | Self::CaptchaMissed { visitor }
            | Self::CaptchaPutOff { visitor }
            | Self::SeatsHeld { visitor, .. }
            | Self::SeatMissed { visitor, .. }
            | Self::SeatsReturned { visitor, .. }
            | Self::Booked { visitor, .. }
            | Self::Left { visitor, .. }
            | Self::PriceChosen { visitor, .. }
            | Self::BookingCancelled { visitor, .. }
            | Self::PaymentBegun { visitor, .. }
            | Self::PaymentEnded { visitor, .. } => Some(visitor),
        }
    }
}

/// Why seats are free again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, BorshSerialize, BorshDeserialize)]
pub enum Return {
    /// The visitor released them.
    Released,
    /// The visitor left, or lost the connection.
    Left,
    /// The hold ran out.
    HoldEnded,
    /// The booking was cancelled.
    Cancelled,
    /// The sale was closed.
    Closed,
    /// The payment ended without a booking, where seats become the visitor's only by paying.
    PaymentEnded,
}
