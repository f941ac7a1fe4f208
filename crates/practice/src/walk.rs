//! The moments of one visitor's way through a sale.

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{Event, Moment, Place, Return, Seats, Span, Stamped};

use crate::step::Step;

/// When the visitor did each step. A visitor who gets a new place begins a new walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Walk {
    pub(crate) place: Option<Place>,
    opened: Option<Moment>,
    placed: Option<Moment>,
    admitted: Option<Moment>,
    captcha: Option<Moment>,
    /// When the visitor put the captcha off, and so could see the map before passing it.
    put_off: Option<Moment>,
    tried: Option<Moment>,
    held: Option<Moment>,
    /// How many seats the visitor holds. Those that are lost by leaving still count: the visitor wanted
    /// to pay for them.
    holding: u32,
    /// Whether the last hold ended unpaid and the visitor has taken no seat since. It was to be paid.
    has_lapsed: bool,
    /// When a hold of the visitor ended unpaid for the first time.
    lapsed: Option<Moment>,
    paid: Option<Moment>,
    out: Option<Moment>,
}

impl Walk {
    /// Notes one of the visitor's own events.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    pub(crate) fn note(&mut self, stamped: &Stamped, opened_at: Moment) {
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
            Event::SeatsHeld { seats, .. } => {
                self.hold(at);
                self.holding += count(&seats);
                self.has_lapsed = false;
            }
            Event::SeatsReturned { seats, cause: Return::Released, .. } => {
                self.holding -= count(&seats);
            }
            Event::SeatsReturned { seats, cause: Return::HoldEnded, .. } => {
                self.lapsed = self.lapsed.or(at);
                self.holding -= count(&seats);
                self.has_lapsed = true;
            }
            Event::Booked { .. } => {
                // Where a style holds at payment, this is the first event that names the seats.
                self.hold(at);
                self.paid = at;
            }
            Event::Left { .. } => self.out = at,
            _ => {}
        }
    }

    fn hold(&mut self, at: Option<Moment>) {
        self.tried = self.tried.or(at);
        self.held = self.held.or(at);
    }

    /// When the visitor did a step.
    pub(crate) fn at(&self, step: Step) -> Option<Moment> {
        match step {
            Step::Placed => self.placed,
            Step::Admitted => self.admitted,
            Step::Captcha => self.captcha,
            Step::FirstSeat => self.tried,
            Step::Held => self.held,
            Step::Paid => self.paid,
        }
    }

    /// When a step began, whether or not the visitor then did it.
    fn begun(&self, step: Step) -> Option<Moment> {
        match step {
            Step::Placed => self.opened,
            Step::Admitted => self.placed,
            Step::Captcha => self.admitted,
            Step::FirstSeat => self.put_off.or(self.captcha_before_map()).or(self.admitted),
            Step::Held => self.tried,
            Step::Paid => self.held,
        }
    }

    /// When the visitor passed the captcha, if that was before the first seat was tried.
    fn captcha_before_map(&self) -> Option<Moment> {
        self.captcha.filter(|&passed| self.tried.is_none_or(|tried| passed <= tried))
    }

    /// How long a step took; `None` if it was not done.
    pub(crate) fn took(&self, step: Step) -> Option<Span> {
        Some(self.at(step)?.since(self.begun(step)?))
    }

    /// The first step inside that has begun and is not done, and when it began. A visitor who
    /// released all seats is not paying.
    pub(crate) fn under_way(&self, asks_captcha: bool) -> Option<(Step, Moment)> {
        let is_due = |step: &Step| match step {
            Step::Captcha => asks_captcha && self.put_off.is_none(),
            Step::Paid => self.holding > 0 || self.has_lapsed,
            Step::Placed | Step::Admitted | Step::FirstSeat | Step::Held => true,
        };
        let inside = [Step::Captcha, Step::FirstSeat, Step::Held, Step::Paid];
        let step = inside.into_iter().filter(is_due).find(|&step| self.at(step).is_none())?;
        Some((step, self.begun(step)?))
    }

    /// When the visitor's hold first ended unpaid, or else when the visitor left for any reason.
    pub(crate) fn stopped(&self) -> Option<Moment> {
        self.lapsed.or(self.out)
    }
}

fn count(seats: &Seats) -> u32 {
    u32::try_from(seats.len()).expect("at most SEATS_PER_HOLD_MAX")
}

#[cfg(test)]
mod tests;
