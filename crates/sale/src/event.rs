//! What happened in a sale, in order. Everything seen outside is made of these.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::command::Departure;
use crate::moment::{Moment, Span};
use crate::names::{BookingId, Discount, Place, Seat, Seats, Visitor, Won};

/// An event and its moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Stamped {
    /// When it happened: the deadline itself for what fell due, not the time it was noticed.
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
    /// The host let it go on.
    Resumed,
    /// It ended.
    Closed,
    /// Somebody pressed before opening.
    PressedEarly {
        /// Who.
        visitor: Visitor,
    },
    /// Somebody joined the pool before opening.
    Pooled {
        /// Who.
        visitor: Visitor,
    },
    /// The lottery was drawn; with the seed anyone can recompute it.
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
    /// A visitor got in.
    Admitted {
        /// Who.
        visitor: Visitor,
        /// With which place.
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
    /// A seat asked for was somebody else's (이선좌).
    SeatMissed {
        /// By whom.
        visitor: Visitor,
        /// Which.
        seat: Seat,
        /// How long before it had gone.
        late_by: Span,
    },
    /// Seats are free again.
    SeatsReturned {
        /// Whose they were.
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
    /// A visitor is out.
    Left {
        /// Who.
        visitor: Visitor,
        /// Why.
        cause: Departure,
    },
    /// Held seats will be bought at another price than before, or at the same.
    PriceChosen {
        /// By whom.
        visitor: Visitor,
        /// Which.
        seats: Seats,
        /// At which.
        discount: Discount,
    },
}

impl Event {
    /// Whose it is; `None` for what concerns the whole sale.
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
            | Self::PriceChosen { visitor, .. } => Some(visitor),
        }
    }
}

/// Why seats are free again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, BorshSerialize, BorshDeserialize)]
pub enum Return {
    /// The visitor let them go.
    Released,
    /// The visitor left, or lost the connection.
    Left,
    /// The hold ran out.
    HoldEnded,
    /// The booking was cancelled.
    Cancelled,
    /// The sale was closed.
    Closed,
}
