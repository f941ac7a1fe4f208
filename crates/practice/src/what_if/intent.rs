//! A member's intent: what the member did in a run and how long each part took, without the places, letters and
//! seats that depend on what others did.

use alloc::vec::Vec;

use sale::{Seats, Span};

use crate::what_if::seen::Pick;

/// How long something took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It was done after this time.
    Taken(Span),
    /// It was begun and not done in this time.
    Spent(Span),
    /// It was never begun.
    Never,
}

/// A person's usual times from earlier races; `None` where there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UsualTimes {
    /// From admission to the captcha passed.
    pub captcha: Option<Span>,
    /// From the map to the first click for a seat.
    pub first_seat: Option<Span>,
    /// From a conflict to the next click.
    pub held: Option<Span>,
    /// From the first held seat to the payment.
    pub paid: Option<Span>,
}

/// A member's way through the last visit.
#[derive(Clone, Debug)]
pub(super) struct Intent {
    /// From the opening to the place; `None` without a place.
    pub(super) placed: Option<Span>,
    pub(super) captcha: Known,
    pub(super) way: CaptchaWay,
    /// The clicks for seats up to the first that got one.
    pub(super) tries: Vec<Try>,
    /// From the map to the first click.
    pub(super) first_seat: Known,
    /// From a conflict to the next click, on average.
    pub(super) retry: Known,
    /// What the member did with the first seat in hand, before paying.
    pub(super) deeds: Vec<Deed>,
    pub(super) paid: Known,
    /// How many seats the member had when paying, or at the end.
    pub(super) wanted: usize,
    /// How long the member waited in the queue and then left; `None` for one who did not leave there.
    pub(super) queue_patience: Option<Span>,
    /// How long no seat was free before the member left the map; `None` for one who did not leave there.
    pub(super) map_patience: Option<Span>,
}

/// When the captcha is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaptchaWay {
    /// Before the map.
    AtOnce,
    /// It was put off, this long after admission, and is answered `lead` before the first click.
    PutOff { after: Span, lead: Span },
    /// The style asks for it later; it is answered `lead` before the step that needs it.
    Later { lead: Span },
}

/// A click for seats. The clock of a choice begins with the map or with the conflict before.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Try {
    /// How long the clock ran until the click.
    pub(super) took: Span,
    /// How old the map was then; `None` if it is the one of the click before.
    pub(super) age: Option<Span>,
    /// How long the clock had run when the member looked at that map. Less than `age` before the click, if no seat was
    /// free for a part of it.
    pub(super) looked: Span,
    pub(super) picks: Vec<Pick>,
}

/// Something that the member did while holding seats.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Deed {
    /// How long after the one before, or after the first hold.
    pub(super) wait: Span,
    pub(super) kind: DeedKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum DeedKind {
    /// A click for more seats, on a map of this age.
    Take { age: Option<Span>, picks: Vec<Pick> },
    /// The held seats with these indices were given back.
    Release(Vec<usize>),
}

impl Known {
    /// The time it takes the member, and whether that is assumed: a step that was never done takes the
    /// member's usual time, or else the rivals' median, and no less than was already spent on it.
    pub(super) fn resolve(self, usual: Span) -> (Span, bool) {
        match self {
            Self::Taken(span) => (span, false),
            Self::Spent(span) => (span.max(usual), true),
            Self::Never => (usual, true),
        }
    }

    /// The time, if it was done.
    pub fn taken(self) -> Option<Span> {
        match self {
            Self::Taken(span) => Some(span),
            Self::Spent(_) | Self::Never => None,
        }
    }

    /// Whether it was begun.
    pub fn is_begun(self) -> bool {
        self != Self::Never
    }
}

impl Intent {
    pub(super) fn new() -> Self {
        Self {
            placed: None,
            captcha: Known::Never,
            way: CaptchaWay::AtOnce,
            tries: Vec::new(),
            first_seat: Known::Never,
            retry: Known::Never,
            deeds: Vec::new(),
            paid: Known::Never,
            wanted: 1,
            queue_patience: None,
            map_patience: None,
        }
    }

    /// How the member picked seats last.
    pub(super) fn last_picks(&self) -> Vec<Pick> {
        // Whoever never clicked picks the seat that a tenth of the free ones come before. Chosen: neither the best
        // hand nor chance.
        let unknown = || alloc::vec![Pick::Rank { better: 10_000, of: 100_000 }];
        self.tries.last().map_or_else(unknown, |last| last.picks.clone())
    }
}

/// The indices of `seats` among those held.
pub(super) fn indices(held: &[sale::Seat], seats: &Seats) -> Vec<usize> {
    let index = |seat| held.iter().position(|&other| other == seat);
    seats.iter().filter_map(index).collect()
}
