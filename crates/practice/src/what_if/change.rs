//! A changed time for a step.

use protocol::{Pace, StepKey};
use sale::Span;

/// A step whose time a what-if can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lever {
    /// The press: its time counts from the opening.
    Press,
    /// The page: from the press to the place.
    Page,
    /// The captcha: from admission until it is passed.
    Captcha,
    /// The first click for a seat: the time with the map while any seat is free.
    FirstSeat,
    /// To recover from a conflict: the time until the next click, while any seat is free.
    Held,
    /// The payment: from the first held seat.
    Paid,
}

impl Lever {
    /// All of them, in the order of a run.
    pub const ALL: [Self; 6] =
        [Self::Press, Self::Page, Self::Captcha, Self::FirstSeat, Self::Held, Self::Paid];

    /// The step as clients name it.
    pub fn key(self) -> StepKey {
        match self {
            Self::Press => StepKey::Press,
            Self::Page => StepKey::Placed,
            Self::Captcha => StepKey::Captcha,
            Self::FirstSeat => StepKey::FirstSeat,
            Self::Held => StepKey::Held,
            Self::Paid => StepKey::Paid,
        }
    }
}

/// Another time for a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The step.
    pub lever: Lever,
    /// The time that it takes.
    pub to: Span,
    /// Where that time comes from.
    pub pace: Pace,
}
