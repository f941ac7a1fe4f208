//! The fan: a scripted person, who looks at a race from outside, as a browser does, and tries to
//! get seats. For demonstrations, recordings and tests.
//!
//! What the fan does depends only on the race and the moment, so it goes on after a crash as it
//! would have without one.

use sale::{Command, HoldAt, Moment, Seat, Seats, Section, Span, Stage, Standing, Visitor};

use crate::race::Race;

/// A scripted person.
#[derive(Clone, Copy, Debug)]
pub struct Fan {
    visitor: Visitor,
}

/// From the opening until the fan asks for a place: a practised press, and a page that loads.
const PRESS: Span = Span::from_millis(350);

/// From one action of the fan to the next: it reads, decides and moves the mouse.
const PACE: Span = Span::from_millis(1_700);

/// To type the captcha, a practised fan's median (`DOMAIN` 16: 2.5 to 5 s).
const CAPTCHA: Span = Span::from_millis(4_000);

/// From the hold to the payment.
const PAYMENT: Span = Span::from_millis(75_000);

impl Fan {
    /// The fan that is the `number`-th person of a race.
    pub fn new(race: &Race, number: u32) -> Self {
        Self { visitor: race.person(number) }
    }

    /// The fan as a visitor.
    pub fn visitor(&self) -> Visitor {
        self.visitor
    }

    /// When the fan will do something next; `None` if there is nothing left to do.
    pub fn next_at(self, race: &Race) -> Option<Moment> {
        let (sale, now) = (race.sale(), race.sale().now());
        let booked = sale.bookings().iter().any(|booking| booking.visitor == self.visitor);
        if booked || sale.stage() == Stage::Closed || race.is_over() {
            return None;
        }
        let at = match sale.standing(self.visitor) {
            Standing::Away { .. } => sale.rules().opens_at + PRESS,
            Standing::Inside { admitted_at, captcha_due: true, .. } => admitted_at + CAPTCHA,
            Standing::Inside { hold: Some(hold), .. } if has_enough(race, hold.seats.len()) => {
                hold.since + PAYMENT
            }
            Standing::Pooled | Standing::Waiting { .. } | Standing::Inside { .. } => now + PACE,
        };
        // After a refusal the time is past; the fan tries again at its own pace.
        Some(if at > now { at } else { now + PACE })
    }

    /// What the fan does now; `None` if it waits.
    pub fn command(self, race: &Race) -> Option<Command> {
        let visitor = self.visitor;
        match race.sale().standing(visitor) {
            Standing::Away { .. } => Some(Command::Enter { visitor }),
            Standing::Pooled | Standing::Waiting { .. } => None,
            Standing::Inside { captcha_due: true, .. } => {
                let challenge = race.sale().challenge(visitor)?;
                let (challenge, letters) = (challenge.number, challenge.letters);
                Some(Command::AnswerCaptcha { visitor, challenge, letters })
            }
            Standing::Inside { hold: Some(hold), .. } if has_enough(race, hold.seats.len()) => {
                Some(Command::Pay { visitor })
            }
            Standing::Inside { viewed, .. } => self.choose(race, viewed.map(|seen| seen.0)),
        }
    }

    /// A free seat next to one of those held.
    fn beside_held(self, race: &Race) -> Option<Seat> {
        let Standing::Inside { hold: Some(hold), .. } = race.sale().standing(self.visitor) else {
            return None;
        };
        hold.seats.iter().find_map(|seat| {
            let neighbours = [race.hall().right_of(seat), race.hall().left_of(seat)];
            neighbours.into_iter().flatten().find(|&next| race.sale().is_free(next))
        })
    }

    /// Opens the best section with a free seat, then takes the best free seat in it.
    fn choose(self, race: &Race, viewed: Option<Section>) -> Option<Command> {
        let (visitor, sale) = (self.visitor, race.sale());
        let quality = race.hall().section_quality();
        let sections = (0..sale.layout().section_count())
            .filter_map(|at| u16::try_from(at).ok())
            .map(Section)
            .filter(|&section| sale.free_in(section) > 0);
        let best = sections
            .max_by(|a, b| quality[usize::from(a.0)].total_cmp(&quality[usize::from(b.0)]))?;
        if viewed != Some(best) {
            return Some(Command::ViewSection { visitor, section: best });
        }
        if let Some(seat) = self.beside_held(race) {
            return Some(Command::HoldSeats { visitor, seats: Seats::one(seat) });
        }
        let seats = race.hall().best_first(sale.layout(), best);
        let seat: Seat = seats.iter().copied().find(|&seat| sale.is_free(seat))?;
        Some(Command::HoldSeats { visitor, seats: Seats::one(seat) })
    }
}

/// Whether the fan has the seats it wants: two where each click holds one, else one.
fn has_enough(race: &Race, held: usize) -> bool {
    let rules = race.sale().rules();
    let wanted = match rules.hold_at {
        HoldAt::Click => rules.seats_max.min(2),
        HoldAt::Done | HoldAt::Payment => 1,
    };
    held >= usize::from(wanted)
}
