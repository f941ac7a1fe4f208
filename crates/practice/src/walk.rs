//! The moments of one visitor's way through a sale.

use borsh::{BorshDeserialize, BorshSerialize};
use crowd::Race;
use sale::{CaptchaStep, Event, Moment, Place, Return, Seats, Span, Stamped};

use crate::step::Step;

/// When the visitor did each step. A visitor who gets a new place begins a new walk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Walk {
    pub(crate) place: Option<Place>,
    opened: Option<Moment>,
    /// When the visitor got the place before this one.
    earlier: Option<Moment>,
    placed: Option<Moment>,
    admitted: Option<Moment>,
    captcha: Option<Moment>,
    /// When the visitor put the captcha off.
    put_off: Option<Moment>,
    /// When the map was open to the visitor.
    map: Option<Moment>,
    tried: Option<Moment>,
    held: Option<Moment>,
    choice: Choice,
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

/// What the clock of the race, which runs while some seat is free, showed at the moments of a choice (rule C50).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
struct Choice {
    map: Span,
    tried: Span,
    held: Span,
    /// At the last conflict before the first held seat, until the next click.
    missed: Option<Span>,
    /// How often the visitor clicked again after such a conflict, and how long that took in all.
    retries: u32,
    retried: Span,
}

/// What a walk needs of the race around an event of the visitor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// When the sale opened.
    pub(crate) opened_at: Moment,
    /// What the clock of the race shows: how long some seat was free so far.
    pub(crate) free: Span,
    /// Whether the map opens only after the captcha.
    pub(crate) is_map_shut: bool,
}

impl Around {
    /// Around an event of this race at `at`, by whose clock some seat was free for `free`.
    pub(crate) fn of(race: &Race, free: Span) -> Self {
        let is_map_shut = race.sale().rules().captcha.step == CaptchaStep::BeforeMap;
        Self { opened_at: race.tally().opened_at(), free, is_map_shut }
    }

    /// At `at` in a sale that opened at once, whose map opens after the captcha, with some seat free all the time.
    #[cfg(test)]
    pub(crate) fn all_free(at: Moment) -> Self {
        Self { opened_at: Moment::START, free: at.since(Moment::START), is_map_shut: true }
    }
}

impl Walk {
    /// Notes one of the visitor's own events.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    pub(crate) fn note(&mut self, stamped: &Stamped, around: Around) {
        let at = Some(stamped.at);
        match stamped.event {
            Event::Placed { place, .. } => {
                let opened = Some(around.opened_at);
                let earlier = self.placed;
                *self = Self { place: Some(place), opened, earlier, placed: at, ..Self::default() };
            }
            Event::Admitted { place, .. } => {
                self.place = Some(place);
                self.admitted = at;
                if !around.is_map_shut {
                    self.open_map(stamped.at, around);
                }
            }
            Event::CaptchaPassed { .. } => {
                self.captcha = at;
                self.open_map(stamped.at, around);
            }
            Event::CaptchaPutOff { .. } => {
                self.put_off = at;
                self.open_map(stamped.at, around);
            }
            Event::SeatMissed { .. } => {
                self.click(stamped.at, around);
                self.choice.missed = Some(around.free).filter(|_| self.held.is_none());
            }
            Event::SeatsHeld { seats, .. } => {
                self.hold(stamped.at, around);
                self.holding += count(&seats);
                self.has_lapsed = false;
            }
            Event::SeatsReturned {
                seats, cause: Return::Released | Return::PaymentEnded, ..
            } => {
                self.holding -= count(&seats);
            }
            Event::SeatsReturned { seats, cause: Return::HoldEnded, .. } => {
                self.lapsed = self.lapsed.or(at);
                self.holding -= count(&seats);
                self.has_lapsed = true;
            }
            Event::Booked { .. } => {
                // Where a style holds at payment, this is the first event that names the seats.
                self.hold(stamped.at, around);
                self.paid = at;
            }
            Event::Left { .. } => self.out = at,
            _ => {}
        }
    }

    fn open_map(&mut self, at: Moment, around: Around) {
        if self.map.is_none() {
            (self.map, self.choice.map) = (Some(at), around.free);
        }
    }

    /// Notes a click for seats.
    fn click(&mut self, at: Moment, around: Around) {
        if self.tried.is_none() {
            (self.tried, self.choice.tried) = (Some(at), around.free);
        }
        if let Some(missed) = self.choice.missed.take() {
            self.choice.retries += 1;
            self.choice.retried = self.choice.retried + less(around.free, missed);
        }
    }

    /// Notes that the visitor has seats.
    fn hold(&mut self, at: Moment, around: Around) {
        self.click(at, around);
        if self.held.is_none() {
            (self.held, self.choice.held) = (Some(at), around.free);
        }
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

    /// When the visitor got the place before the present one; `None` if it is the first.
    pub(crate) fn earlier_placed(&self) -> Option<Moment> {
        self.earlier
    }

    /// When a step began, whether or not the visitor then did it.
    fn begun(&self, step: Step) -> Option<Moment> {
        match step {
            Step::Placed => self.opened,
            Step::Admitted => self.placed,
            Step::Captcha => self.admitted,
            Step::FirstSeat => self.map.or(self.admitted),
            Step::Held => self.tried,
            Step::Paid => self.held,
        }
    }

    /// How long a step took; `None` if it was not done. That of a choice is the time while some seat was free.
    pub(crate) fn took(&self, step: Step) -> Option<Span> {
        let took = self.at(step)?.since(self.begun(step)?);
        let Choice { map, tried, held, .. } = self.choice;
        Some(match step {
            Step::FirstSeat => less(tried, map),
            Step::Held => less(held, tried),
            Step::Placed | Step::Admitted | Step::Captcha | Step::Paid => took,
        })
    }

    /// How long the visitor took on average from a conflict to the next click, while some seat was free; `None` if the
    /// visitor never clicked again.
    pub(crate) fn retry(&self) -> Option<Span> {
        let Choice { retries, retried, .. } = self.choice;
        (retries > 0).then(|| Span::from_nanos(retried.as_nanos() / u64::from(retries)))
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

fn less(span: Span, earlier: Span) -> Span {
    Span::from_nanos(span.as_nanos().saturating_sub(earlier.as_nanos()))
}

fn count(seats: &Seats) -> u32 {
    u32::try_from(seats.len()).expect("at most SEATS_PER_HOLD_MAX")
}

#[cfg(test)]
mod tests;
