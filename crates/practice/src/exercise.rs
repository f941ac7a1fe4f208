//! Exercises: races that begin at one step, with the steps before it done.
//!
//! ```text
//!  race time ──┬── scripted self: press, captcha, map … ──┬───── the person: 20 s ─────┬──▶
//!            begin                                     goal from                  goal until
//! ```
//!
//! An exercise is a race like any other: the same hall, rivals, commands and journal. A [`prelude`](prelude())
//! gives the commands of the earlier steps in the person's name, and [`Practice::has_reached`](crate::Practice::has_reached)
//! says when the goal is reached.

mod goal;
mod prelude;

use alloc::borrow::ToOwned;

use borsh::{BorshDeserialize, BorshSerialize};
use protocol::Title;
use sale::{Moment, Span};

pub use prelude::{Scene, Unready, prelude};

/// Which step a race practises. The order of the variants is part of a header: add at the end.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
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

/// Where an exercise takes place. It is the same each time, so that its times compare. The seed is drawn anew each
/// time, so that nobody learns the letters of the captcha or the free seats by heart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The plan's name.
    pub plan: &'static str,
    /// The demand tier's name.
    pub demand: &'static str,
    /// How many rivals come.
    pub rivals: u32,
    /// Seconds from the beginning of race time to the opening.
    pub lobby_s: u32,
}

impl Exercise {
    /// All exercises in the order of the steps.
    pub const ALL: [Self; 6] =
        [Self::Press, Self::Captcha, Self::Section, Self::Seats, Self::Conflict, Self::Pay];

    /// How long an exercise runs. Chosen: long enough for each step, short enough to try again at once.
    pub const LENGTH: Span = Span::from_millis(20_000);

    /// The name of the style for those who choose none.
    pub const STYLE: &'static str = "n-style";

    /// Where the exercise takes place. The theatre with 1,500 rivals is the first race of every person; its
    /// seats are gone after some 80 s. To find a section one needs a hall with many of them, and fewer rivals than would
    /// take every seat, so that a few seats stay free.
    pub fn ground(self) -> Ground {
        match self {
            Self::Press | Self::Captcha | Self::Seats | Self::Conflict | Self::Pay => {
                Ground { plan: "theatre", demand: "practice", rivals: 1_500, lobby_s: 8 }
            }
            Self::Section => Ground { plan: "hall", demand: "normal", rivals: 3_400, lobby_s: 8 },
        }
    }

    /// From when until when the exercise runs, if its race ends at `ends_at`.
    pub fn goal(ends_at: Moment) -> [Moment; 2] {
        [Moment::START + ends_at.since(Moment::START + Self::LENGTH), ends_at]
    }

    /// What the exercise is called on screen.
    pub fn title(self) -> Title {
        let [ko, en, ja] = match self {
            Self::Press => ["오픈 순간 누르기", "Press at the opening", "開始の瞬間に押す"],
            Self::Captcha => ["보안문자 입력", "Captcha", "文字認証"],
            Self::Section => ["남은 구역 찾기", "Find a section", "空席を探す"],
            Self::Seats => ["좌석 고르기", "Pick a seat", "座席を選ぶ"],
            Self::Conflict => {
                ["이선좌 뒤 다시 고르기", "Recover from a lost seat", "先に取られた後の選び直し"]
            }
            Self::Pay => ["결제하기", "Payment", "決済"],
        };
        Title { ko: ko.to_owned(), en: en.to_owned(), ja: ja.to_owned() }
    }

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
