//! The moments of one visitor's way through a sale.

use sale::{Event, Moment, Place, Span, Stamped};

use crate::report::Step;

/// When what happened. A visitor who comes again begins anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Walk {
    pub(super) place: Option<Place>,
    opened: Option<Moment>,
    placed: Option<Moment>,
    admitted: Option<Moment>,
    captcha: Option<Moment>,
    /// When the map could first be seen, if that was before the captcha was passed.
    put_off: Option<Moment>,
    tried: Option<Moment>,
    held: Option<Moment>,
    paid: Option<Moment>,
}

impl Walk {
    /// Notes one of the visitor's own events.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names what it is about")]
    pub(super) fn note(&mut self, stamped: &Stamped, opened_at: Moment) {
        let at = Some(stamped.at);
        match stamped.event {
            Event::Placed { place, .. } => {
                let opened = Some(opened_at);
                *self = Self { place: Some(place), opened, placed: at, ..Self::default() };
            }
            Event::Admitted { place, .. } => {
                self.place = Some(place);
                self.admitted = at;
            }
            Event::CaptchaPassed { .. } => self.captcha = at,
            Event::CaptchaPutOff { .. } => self.put_off = at,
            Event::SeatMissed { .. } => self.tried = self.tried.or(at),
            Event::SeatsHeld { .. } => {
                self.tried = self.tried.or(at);
                self.held = self.held.or(at);
            }
            Event::Booked { .. } => self.paid = at,
            _ => {}
        }
    }

    /// When a step was done.
    pub(super) fn at(&self, step: Step) -> Option<Moment> {
        match step {
            Step::Placed => self.placed,
            Step::Admitted => self.admitted,
            Step::Captcha => self.captcha,
            Step::FirstSeat => self.tried,
            Step::Held => self.held,
            Step::Paid => self.paid,
        }
    }

    /// How long a step took.
    pub(super) fn took(&self, step: Step) -> Option<Span> {
        let begun = match step {
            Step::Placed => self.opened,
            Step::Admitted => self.placed,
            Step::Captcha => self.admitted,
            Step::FirstSeat => self.put_off.or(self.captcha).or(self.admitted),
            Step::Held => self.tried,
            Step::Paid => self.held,
        };
        Some(self.at(step)?.since(begun?))
    }
}
