//! How the scripted self plays: the intent, with the changed times, and with times for what the member never did.

use sale::Span;

use crate::what_if::change::{Change, Lever};
use crate::what_if::intent::{Intent, Try};

/// The intent, and the times that are not the member's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan<'a> {
    pub(super) intent: &'a Intent,
    pub(super) changes: &'a [Change],
    /// How long the page took from the press to the place, or from the opening if the member pressed before it.
    pub(super) page: Span,
    pub(super) usual: Usual,
    /// How often the style refreshes the map.
    pub(super) every: Span,
}

/// Times for steps that the member never did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    pub(super) captcha: Span,
    pub(super) first_seat: Span,
    pub(super) held: Span,
    pub(super) paid: Span,
}

impl Plan<'_> {
    /// The changed time of a step, if it is changed.
    pub(super) fn changed(&self, lever: Lever) -> Option<Span> {
        self.changes.iter().find(|change| change.lever == lever).map(|change| change.to)
    }

    /// How long the self takes for a step, and whether that is assumed.
    pub(super) fn time(&self, lever: Lever) -> (Span, bool) {
        if let Some(to) = self.changed(lever) {
            return (to, false);
        }
        let Usual { captcha, first_seat, held, paid } = self.usual;
        match lever {
            Lever::Press => {
                let placed = self.intent.placed.unwrap_or(Span::ZERO).as_nanos();
                let press = Span::from_nanos(placed.saturating_sub(self.page.as_nanos()));
                (press, self.intent.placed.is_none())
            }
            Lever::Page => (self.page, self.intent.placed.is_none()),
            Lever::Captcha => self.intent.captcha.resolve(captcha),
            Lever::FirstSeat => self.intent.first_seat.resolve(first_seat),
            Lever::Held => self.intent.retry.resolve(held),
            Lever::Paid => self.intent.paid.resolve(paid),
        }
    }

    /// The time from the opening to the request for a place.
    pub(super) fn arrival(&self) -> Span {
        self.time(Lever::Press).0 + self.time(Lever::Page).0
    }

    /// The `number`-th click for seats, and the step whose time was assumed for it.
    pub(super) fn attempt(&self, number: usize) -> (Try, Option<Lever>) {
        let lever = if number == 0 { Lever::FirstSeat } else { Lever::Held };
        let (took, is_assumed) = self.time(lever);
        let own = self.intent.tries.get(number);
        if let (None, Some(own)) = (self.changed(lever), own) {
            return (own.clone(), None);
        }
        let half = Span::from_nanos(self.every.as_nanos() / 2);
        let age = own.and_then(|own| own.age).unwrap_or(half).min(took);
        let looked = Span::from_nanos(took.as_nanos() - age.as_nanos());
        let picks = own.map_or_else(|| self.intent.last_picks(), |own| own.picks.clone());
        (Try { took, age: Some(age), looked, picks }, is_assumed.then_some(lever))
    }
}
