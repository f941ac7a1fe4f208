//! Exercises: races that begin at one step, with the steps before it done.

use borsh::{BorshDeserialize, BorshSerialize};
use sale::Span;

/// Which step a race practises. The order of the variants is part of a header: add at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, BorshSerialize, BorshDeserialize)]
pub enum Exercise {
    /// Pressing at the opening.
    Press,
    /// Copying the letters of the captcha.
    Captcha,
    /// Finding a section with a free seat.
    Section,
    /// Picking seats on a map that is emptied.
    Seats,
    /// Recovering from a conflict.
    Conflict,
    /// Paying.
    Pay,
}

impl Exercise {
    /// All exercises in the order of the steps.
    pub const ALL: [Self; 6] =
        [Self::Press, Self::Captcha, Self::Section, Self::Seats, Self::Conflict, Self::Pay];

    /// How long an exercise runs. Chosen: long enough for each step, short enough to try again at once.
    pub const LENGTH: Span = Span::from_millis(20_000);

    /// The exercise as clients are told it.
    pub fn told(self) -> protocol::Exercise {
        match self {
            Self::Press => protocol::Exercise::Press,
            Self::Captcha => protocol::Exercise::Captcha,
            Self::Section => protocol::Exercise::Section,
            Self::Seats => protocol::Exercise::Seats,
            Self::Conflict => protocol::Exercise::Conflict,
            Self::Pay => protocol::Exercise::Pay,
        }
    }
}

impl From<protocol::Exercise> for Exercise {
    fn from(told: protocol::Exercise) -> Self {
        match told {
            protocol::Exercise::Press => Self::Press,
            protocol::Exercise::Captcha => Self::Captcha,
            protocol::Exercise::Section => Self::Section,
            protocol::Exercise::Seats => Self::Seats,
            protocol::Exercise::Conflict => Self::Conflict,
            protocol::Exercise::Pay => Self::Pay,
        }
    }
}
