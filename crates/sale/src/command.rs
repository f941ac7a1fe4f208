//! Commands: what a visitor or the host asks of a sale. Outcomes: what an accepted command led to.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::captcha::Letters;
use crate::moment::Moment;
use crate::names::{BookingId, Discount, PaymentId, Place, Seat, Seats, Section, Visitor, Won};

/// One input of a sale. The order of the variants is part of the recorded form: add at the end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Command {
    /// Press the button: take a place. From a visitor who is in the queue or inside it is a
    /// refresh, which costs what the rules say.
    Enter {
        /// Who.
        visitor: Visitor,
    },
    /// Leave: the visitor gives up the place, or the pass and any hold.
    Leave {
        /// Who.
        visitor: Visitor,
        /// `Lost` for a lost connection; anything else counts as `Left`.
        cause: Departure,
    },
    /// Type the captcha.
    AnswerCaptcha {
        /// Who.
        visitor: Visitor,
        /// Which image the answer is for.
        challenge: u16,
        /// What was typed.
        letters: Letters,
    },
    /// Ask for another captcha image.
    RenewCaptcha {
        /// Who.
        visitor: Visitor,
    },
    /// Look at the seats first and type the captcha later.
    PutOffCaptcha {
        /// Who.
        visitor: Visitor,
    },
    /// Open a section's map.
    ViewSection {
        /// Who.
        visitor: Visitor,
        /// Which.
        section: Section,
    },
    /// Take seats: all of them or none.
    HoldSeats {
        /// Who.
        visitor: Visitor,
        /// Which.
        seats: Seats,
    },
    /// Give held seats back.
    ReleaseSeats {
        /// Who.
        visitor: Visitor,
        /// Which; all must be in the hold.
        seats: Seats,
    },
    /// Pay for the hold.
    Pay {
        /// Who.
        visitor: Visitor,
    },
    /// Cancel a booking: its seats are free again, its row stays.
    CancelBooking {
        /// Who; must be the one who paid.
        visitor: Visitor,
        /// Which.
        booking: BookingId,
    },
    /// The host opens the sale before its time.
    Open,
    /// The host stops entries, admissions and new holds. The time of live holds goes on, and they
    /// can be paid.
    Pause,
    /// The host lets a paused sale go on.
    Resume,
    /// The host ends the sale.
    Close,
    /// Choose the price of held seats.
    ChoosePrice {
        /// Who.
        visitor: Visitor,
        /// Which; all must be in the hold.
        seats: Seats,
        /// Which price.
        discount: Discount,
    },
    /// Begin to pay for the hold. The seats then stay the visitor's until the payment is confirmed or ends.
    BeginPayment {
        /// Who.
        visitor: Visitor,
    },
    /// End a payment without a booking.
    EndPayment {
        /// Who.
        visitor: Visitor,
        /// Which; must be the one that is under way.
        payment: PaymentId,
    },
    /// Say that a payment was made: the hold becomes a booking.
    ConfirmPayment {
        /// Who.
        visitor: Visitor,
        /// Which; must be the one that is under way.
        payment: PaymentId,
    },
}

impl Command {
    /// Whose command it is; `None` for the host's.
    pub fn visitor(&self) -> Option<Visitor> {
        match *self {
            Self::Enter { visitor }
            | Self::Leave { visitor, .. }
            | Self::AnswerCaptcha { visitor, .. }
            | Self::RenewCaptcha { visitor }
            | Self::PutOffCaptcha { visitor }
            | Self::ViewSection { visitor, .. }
            | Self::HoldSeats { visitor, .. }
            | Self::ReleaseSeats { visitor, .. }
            | Self::ChoosePrice { visitor, .. }
            | Self::Pay { visitor }
            | Self::BeginPayment { visitor }
            | Self::EndPayment { visitor, .. }
            | Self::ConfirmPayment { visitor, .. }
            | Self::CancelBooking { visitor, .. } => Some(visitor),
            Self::Open | Self::Pause | Self::Resume | Self::Close => None,
        }
    }
}

/// Why a visitor is no longer in a sale.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, BorshSerialize, BorshDeserialize)]
pub enum Departure {
    /// Went away.
    Left,
    /// The connection was lost for longer than the rules forgive.
    Lost,
    /// The pass ended before seats were held.
    PassEnded,
    /// The hold ended before it was paid.
    HoldEnded,
    /// Paid: the visit is over.
    Paid,
    /// The sale was closed.
    Closed,
}

/// What an accepted command led to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Outcome {
    /// The visitor pressed before the opening; the button is locked now.
    TooEarly {
        /// When the button works again.
        locked_until: Moment,
    },
    /// In the pool; places are drawn by lot at the opening.
    Pooled,
    /// In the queue with this place.
    Placed(Place),
    /// Already inside, and the rules forgive the refresh.
    Inside,
    /// The visitor has left, or will leave when the payment that is under way ends.
    Left,
    /// The captcha is passed.
    CaptchaPassed,
    /// Wrong letters; the same image stays.
    CaptchaMissed,
    /// There is a new image, with this number.
    CaptchaRenewed(u16),
    /// The captcha will be asked for later.
    CaptchaPutOff,
    /// The section's map may be shown.
    Viewed,
    /// The seats are held, or noted as the visitor's choice.
    Held {
        /// When the hold ends; `None` where seats become the visitor's only by paying.
        until: Option<Moment>,
    },
    /// Somebody else has this seat (이선좌); none of the seats asked for was taken.
    SeatTaken {
        /// The first of the seats asked for that is gone.
        seat: Seat,
        /// Since when it has been taken.
        since: Moment,
    },
    /// The seats are free again.
    Released,
    /// Paid.
    Booked {
        /// The booking's number.
        booking: BookingId,
        /// What was paid, fees included.
        total: Won,
    },
    /// The booking is cancelled.
    Cancelled,
    /// The host's command took effect.
    Done,
    /// The price is noted.
    PriceChosen {
        /// What the whole hold costs now, fees included.
        total: Won,
    },
    /// A payment is under way.
    PaymentBegun {
        /// Its number.
        payment: PaymentId,
        /// When it ends by itself.
        until: Moment,
        /// What is to be paid, fees included.
        total: Won,
    },
    /// The payment has ended without a booking.
    PaymentEnded,
}
