//! What a member can do in a race, and why a practice may object before it asks the sale.

use alloc::vec::Vec;

use borsh::BorshSerialize;
use sale::{BookingId, Command, Departure, Discount, Letters, PaymentId, Seats, Section, Visitor};

/// What a member can do.
///
/// The order of the variants and of their fields never changes, because [`content`](Act::content)
/// depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize)]
pub enum Act {
    /// Press the button: this asks for a place in the queue, or refreshes the page.
    Enter,
    /// Leave the queue or the sale.
    Leave,
    /// Answer the captcha.
    AnswerCaptcha {
        /// The number of the image that the answer is for.
        challenge: u16,
        /// The letters that the person typed.
        letters: Letters,
    },
    /// Ask for another captcha image.
    RenewCaptcha,
    /// Put the captcha off: see the map first and answer later.
    PutOffCaptcha,
    /// Open the map of a section.
    ViewSection(Section),
    /// Hold seats.
    HoldSeats(Seats),
    /// Release held seats.
    ReleaseSeats(Seats),
    /// Choose a discount for held seats.
    ChoosePrice {
        /// The seats, all of them held by the member.
        seats: Seats,
        /// The discount for each of them.
        discount: Discount,
    },
    /// Pay for the held seats.
    Pay {
        /// The total that the person saw on the screen, in won. Another total is an
        /// [`Objection::TotalDiffers`].
        expected_won: u64,
    },
    /// Cancel a booking. Possible also after the visit in which it was paid.
    CancelBooking(BookingId),
    /// Begin to pay for the held seats.
    BeginPayment {
        /// The total that the person saw on the screen, in won. Another total is an
        /// [`Objection::TotalDiffers`].
        expected_won: u64,
    },
    /// End a payment without a booking. Only the shell does so, in the member's name.
    EndPayment(PaymentId),
    /// Say that a payment was made. Only the shell does so, in the member's name.
    ConfirmPayment(PaymentId),
}

/// Why a request does not reach the sale. A request with an objection changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// The member's run has ended.
    #[error("the run is over")]
    RunOver,
    /// The race has decided [`REQUESTS_PER_MEMBER_MAX`](crate::limits::REQUESTS_PER_MEMBER_MAX)
    /// requests of the member.
    #[error("too many commands")]
    TooManyCommands,
    /// The request's key belongs to another request of this race.
    #[error("the key belongs to another request")]
    KeyReused,
    /// The member would have more than [`MARKS_MAX`](crate::limits::MARKS_MAX) marks.
    #[error("too many marks")]
    TooManyMarks,
    /// The race has [`MEMBERS_MAX`](crate::limits::MEMBERS_MAX) members.
    #[error("the race is full")]
    RaceFull,
    /// The total that the person saw is not the total of the hold.
    #[error("the seats cost {total_won} won")]
    TotalDiffers {
        /// The total of the hold, fees included, in won.
        total_won: u64,
    },
}

impl Act {
    /// The sale's command for this act of `visitor`.
    pub fn command(self, visitor: Visitor) -> Command {
        match self {
            Self::Enter => Command::Enter { visitor },
            Self::Leave => Command::Leave { visitor, cause: Departure::Left },
            Self::AnswerCaptcha { challenge, letters } => {
                Command::AnswerCaptcha { visitor, challenge, letters }
            }
            Self::RenewCaptcha => Command::RenewCaptcha { visitor },
            Self::PutOffCaptcha => Command::PutOffCaptcha { visitor },
            Self::ViewSection(section) => Command::ViewSection { visitor, section },
            Self::HoldSeats(seats) => Command::HoldSeats { visitor, seats },
            Self::ReleaseSeats(seats) => Command::ReleaseSeats { visitor, seats },
            Self::ChoosePrice { seats, discount } => {
                Command::ChoosePrice { visitor, seats, discount }
            }
            Self::Pay { .. } => Command::Pay { visitor },
            Self::CancelBooking(booking) => Command::CancelBooking { visitor, booking },
            Self::BeginPayment { .. } => Command::BeginPayment { visitor },
            Self::EndPayment(payment) => Command::EndPayment { visitor, payment },
            Self::ConfirmPayment(payment) => Command::ConfirmPayment { visitor, payment },
        }
    }

    /// Everything that the act asks for, as bytes that are equal only for equal acts. The digest of
    /// these bytes is the [content](sale::Tag::content) of the request's tag.
    pub fn content(self) -> Vec<u8> {
        borsh::to_vec(&self).expect("memory takes every write")
    }

    /// Whether the act is possible only inside, so that the request must carry the member's pass.
    pub fn needs_pass(self) -> bool {
        match self {
            Self::Enter
            | Self::Leave
            | Self::CancelBooking(_)
            | Self::EndPayment(_)
            | Self::ConfirmPayment(_) => false,
            Self::AnswerCaptcha { .. }
            | Self::RenewCaptcha
            | Self::PutOffCaptcha
            | Self::ViewSection(_)
            | Self::HoldSeats(_)
            | Self::ReleaseSeats(_)
            | Self::ChoosePrice { .. }
            | Self::Pay { .. }
            | Self::BeginPayment { .. } => true,
        }
    }

    /// Whether the act may find that another visitor has the seats.
    pub fn takes_seats(self) -> bool {
        match self {
            Self::HoldSeats(_) | Self::Pay { .. } | Self::BeginPayment { .. } => true,
            Self::Enter
            | Self::Leave
            | Self::AnswerCaptcha { .. }
            | Self::RenewCaptcha
            | Self::PutOffCaptcha
            | Self::ViewSection(_)
            | Self::ReleaseSeats(_)
            | Self::ChoosePrice { .. }
            | Self::CancelBooking(_)
            | Self::EndPayment(_)
            | Self::ConfirmPayment(_) => false,
        }
    }

    /// Whether the shell does this in the member's name, as a part of a payment that the member began. The member's own
    /// limit of requests does not count for it: a payment that was begun must be able to come to its end.
    pub fn is_of_shell(self) -> bool {
        match self {
            Self::EndPayment(_) | Self::ConfirmPayment(_) => true,
            Self::Enter
            | Self::Leave
            | Self::AnswerCaptcha { .. }
            | Self::RenewCaptcha
            | Self::PutOffCaptcha
            | Self::ViewSection(_)
            | Self::HoldSeats(_)
            | Self::ReleaseSeats(_)
            | Self::ChoosePrice { .. }
            | Self::Pay { .. }
            | Self::CancelBooking(_)
            | Self::BeginPayment { .. } => false,
        }
    }

    /// The name of the act in logs and metrics.
    pub fn name(self) -> &'static str {
        match self {
            Self::Enter => "enter",
            Self::Leave => "leave",
            Self::AnswerCaptcha { .. } => "captcha",
            Self::RenewCaptcha => "captcha-renew",
            Self::PutOffCaptcha => "captcha-put-off",
            Self::ViewSection(_) => "view",
            Self::HoldSeats(_) => "hold",
            Self::ReleaseSeats(_) => "release",
            Self::ChoosePrice { .. } => "price",
            Self::Pay { .. } => "pay",
            Self::CancelBooking(_) => "cancel",
            Self::BeginPayment { .. } => "payment-begin",
            Self::EndPayment(_) => "payment-end",
            Self::ConfirmPayment(_) => "payment-confirm",
        }
    }
}
