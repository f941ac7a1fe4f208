//! Refusals: why the sale did not accept a command. A refusal changes nothing (rule S5).

use borsh::{BorshDeserialize, BorshSerialize};

/// The reason why a command was refused. The messages are for developers; the caller has words of
/// its own for visitors.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, Hash, thiserror::Error, BorshSerialize, BorshDeserialize,
)]
pub enum Refusal {
    /// The sale has not opened yet, and the command needs an open one.
    #[error("the sale has not opened")]
    NotOpen,
    /// An early press locked the button for a moment.
    #[error("pressed too early; the button is locked for a moment")]
    Locked,
    /// The host has paused the sale.
    #[error("the sale is paused")]
    Paused,
    /// The sale is over.
    #[error("the sale is closed")]
    Closed,
    /// The sale is open, so it cannot be opened or resumed.
    #[error("the sale is already open")]
    AlreadyOpen,
    /// The visitor number is beyond what this sale serves.
    #[error("the sale serves no more visitors")]
    SaleFull,
    /// No more places can be given.
    #[error("the queue is full")]
    QueueFull,
    /// The visitor is not in the queue.
    #[error("not in the queue")]
    NotInQueue,
    /// The visitor is not inside: never admitted, left, or the pass ended.
    #[error("not inside the sale")]
    NotInside,
    /// The visitor has all the seats the rules allow one person.
    #[error("the limit of seats for one person is reached")]
    LimitReached,
    /// This sale asks for no captcha, or it was passed already.
    #[error("no captcha is asked for")]
    NoCaptcha,
    /// The answer is for another image than the one shown, or came too late.
    #[error("that captcha is no longer valid")]
    CaptchaOld,
    /// The captcha must be answered first.
    #[error("the captcha comes first")]
    CaptchaDue,
    /// The rules do not let the captcha be put off, or it was put off already.
    #[error("the captcha cannot be put off")]
    CannotPutOff,
    /// The answer has no letters, too many of them, or other characters than A to Z.
    #[error("only Latin letters are accepted")]
    NotLatin,
    /// No more captcha images are given in this visit.
    #[error("too many captcha images were asked for")]
    TooManyChallenges,
    /// The layout has no such section.
    #[error("there is no such section")]
    NoSuchSection,
    /// The layout has no such seat.
    #[error("there is no such seat")]
    NoSuchSeat,
    /// No seat was named.
    #[error("no seat was named")]
    NoSeats,
    /// A seat was named twice, or is already in the visitor's hold.
    #[error("a seat was named twice")]
    SeatTwice,
    /// More seats than the rules allow.
    #[error("more seats than allowed")]
    TooManySeats,
    /// A seat named is not in the visitor's hold.
    #[error("that seat is not in the hold")]
    NotHeld,
    /// The visitor has no live hold.
    #[error("there is no hold, or it has ended")]
    NoHold,
    /// The visitor has a hold already, and the rules let all seats be held only together.
    #[error("seats are already held")]
    HoldExists,
    /// There is no such booking of this visitor, or it was cancelled.
    #[error("there is no such booking")]
    NoSuchBooking,
    /// The rules know no such discount.
    #[error("there is no such price")]
    NoSuchPrice,
    /// The visitor is paying, and the hold cannot change until the payment is confirmed or ends.
    #[error("a payment is under way")]
    PaymentUnderWay,
    /// The visitor has no payment of this number under way: there never was one, or it is over.
    #[error("no such payment is under way")]
    NoPayment,
}

impl Refusal {
    /// All refusals, in the order of the enum, so that a table of them can be checked.
    pub const ALL: [Self; 28] = [
        Self::NotOpen,
        Self::Locked,
        Self::Paused,
        Self::Closed,
        Self::AlreadyOpen,
        Self::SaleFull,
        Self::QueueFull,
        Self::NotInQueue,
        Self::NotInside,
        Self::LimitReached,
        Self::NoCaptcha,
        Self::CaptchaOld,
        Self::CaptchaDue,
        Self::CannotPutOff,
        Self::NotLatin,
        Self::TooManyChallenges,
        Self::NoSuchSection,
        Self::NoSuchSeat,
        Self::NoSeats,
        Self::SeatTwice,
        Self::TooManySeats,
        Self::NotHeld,
        Self::NoHold,
        Self::HoldExists,
        Self::NoSuchBooking,
        Self::NoSuchPrice,
        Self::PaymentUnderWay,
        Self::NoPayment,
    ];
}
