//! Personas: kinds of rivals as data. The numbers come from files, which say where they are from.

use alloc::string::String;
use alloc::vec::Vec;

use borsh::BorshSerialize;

use crate::dist::{Delay, Dist, DistError};

/// The crowd of a scenario.
#[derive(Clone, Debug, PartialEq, BorshSerialize)]
pub struct CrowdRules {
    /// How many rivals come in all.
    pub rivals: u32,
    /// The kinds and their shares.
    pub personas: Vec<Persona>,
    /// How many seats a rival wants.
    pub groups: Groups,
    /// From the admission until a rival notices it: its page asks the server again, and the next
    /// page loads.
    pub notice: Delay,
    /// From one refresh of a section's map to the next, whether the map or the rival does it.
    pub map_refresh: Dist,
    /// From a click to its arrival at the server.
    pub click: Delay,
    /// Share of the rivals in the queue that leave in a minute.
    pub leave_per_min: f64,
    /// The factor by which more of them leave when over nine tenths of the seats are sold.
    pub leave_late_factor: f64,
    /// Share of the rivals in the queue that refresh the page in a minute.
    pub refresh_per_min: f64,
}

/// How many seats rivals want. It depends on the limit for one person; the rest of the rivals want
/// one.
#[derive(Clone, Copy, Debug, PartialEq, BorshSerialize)]
pub struct Groups {
    /// Share that wants as many as the limit allows, if that is three or more.
    pub all: f64,
    /// Share that then wants one seat less.
    pub one_less: f64,
    /// Share that wants two where the limit is two.
    pub two_of_two: f64,
}

/// A kind of rival.
#[derive(Clone, Debug, PartialEq, BorshSerialize)]
pub struct Persona {
    /// Its name, for reports.
    pub name: String,
    /// Its share among all rivals; the shares of all personas need not add up to one.
    pub share: f64,
    /// Whether it stands for a program. Figures about people leave such personas out.
    pub is_program: bool,
    /// The ways in which it arrives, by weight. The weights need not add up to one.
    pub arrivals: Vec<Arrival>,
    /// From pressing too early to the next press.
    pub press_again: Delay,
    /// The time to type the captcha for the first time.
    pub captcha: Delay,
    /// The chance that it types the captcha wrong.
    pub captcha_error: f64,
    /// The time to type it again.
    pub captcha_again: Delay,
    /// The chance that it puts the captcha off where the rules allow it.
    pub put_off: f64,
    /// The time to choose a section on the overview, zooming included.
    pub section: Delay,
    /// The time to choose the first seat in the section.
    pub first_seat: Delay,
    /// The time to choose each further seat.
    pub next_seat: Delay,
    /// From the last seat to "done" where seats are held together.
    pub done: Delay,
    /// The time to read the message that a seat is gone, and to close it.
    pub alert: Delay,
    /// The time to choose again after that.
    pub repick: Delay,
    /// From one look at a hall without a free seat to the next.
    pub look_again: Delay,
    /// From the hold to the payment.
    pub pay: Delay,
    /// The chance that it never pays.
    pub abandon: f64,
    /// How many failed tries it takes before it may give up.
    pub patience: u32,
    /// The chance that it gives up at each failed try after that.
    pub give_up: f64,
    /// The chance that it is content with the seats it holds when it misses a further one.
    pub settle: f64,
    /// How it chooses section and seats.
    pub care: Care,
}

/// A way of arriving: when the rival presses the button, and how long its page then loads.
#[derive(Clone, Debug, PartialEq, BorshSerialize)]
pub struct Arrival {
    /// Its weight among the persona's ways.
    pub weight: f64,
    /// When the rival presses, in seconds from the opening; negative is too early.
    pub press: Dist,
    /// From the press to the place in the queue.
    pub to_place: Delay,
}

/// How a rival chooses section and seat.
#[derive(Clone, Copy, Debug, PartialEq, BorshSerialize)]
pub struct Care {
    /// How evenly its choices spread over the sections: the temperature of a softmax over quality
    /// in 0..=1.
    pub temperature: f64,
    /// How much it avoids full sections: the quality that a section loses in its eyes when every
    /// seat is taken.
    pub crowd_aversion: f64,
    /// The chance that it chooses a section by the number of free seats alone.
    pub random_section: f64,
    /// The chance that it chooses a seat anywhere in the section.
    pub random_seat: f64,
    /// Where in the list of free seats, best first, it begins to look: 0 is the best, 1 the worst.
    pub skip: f64,
    /// How far beyond that its choices spread, as the mean share of the list.
    pub spread: f64,
    /// How many seats it takes in at one look: it notices a given free seat among `n` in view with
    /// the chance of this over `n`. It matters only when hardly any seat is free.
    pub glance: f64,
    /// The share by which each conflict shortens the time for choosing. Each also adds this much to
    /// `random_seat`.
    pub haste: f64,
}

/// A persona, or a crowd, that cannot be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct PersonaError {
    /// The field, with the persona's name before it where there is one.
    pub field: String,
    /// What is wrong and what is allowed.
    pub reason: &'static str,
}

/// The greatest share or weight, so that the product of two is finite.
const MOST: f64 = 1e6;

/// The least sum of shares or weights, so that dividing by it stays exact enough.
const LEAST: f64 = 1e-6;

/// Rivals of one race: half of the visitors that a sale takes. The other half is left to people.
pub const RIVALS_MAX: u32 = sale::limits::VISITORS_MAX / 2;

/// Arrival kinds of all personas together; a crowd merges that many streams.
pub(crate) const ARRIVALS_MAX: usize = 64;

impl CrowdRules {
    /// Checks every number.
    ///
    /// # Errors
    ///
    /// The first field out of its range.
    pub fn check(&self) -> Result<(), PersonaError> {
        let wrong = |field: &str, reason| Err(PersonaError { field: field.into(), reason });
        if self.rivals > RIVALS_MAX {
            return wrong("rivals", "must be at most 2,000,000");
        }
        let arrivals: usize = self.personas.iter().map(|persona| persona.arrivals.len()).sum();
        if arrivals > ARRIVALS_MAX {
            return wrong("personas", "must have at most 64 kinds of arrival together");
        }
        self.personas.iter().try_for_each(Persona::check)?;
        let shares: f64 = self.personas.iter().map(|persona| persona.share).sum();
        if shares < LEAST {
            return wrong("personas", "must have shares above zero together");
        }
        check_delay("notice", &self.notice)?;
        check_delay("click", &self.click)?;
        self.map_refresh.check().map_err(|error| fault("map_refresh", error))?;
        let rates = [
            ("groups.all", self.groups.all, 1.0),
            ("groups.one_less", self.groups.one_less, 1.0 - self.groups.all),
            ("groups.two_of_two", self.groups.two_of_two, 1.0),
            ("leave_per_min", self.leave_per_min, 1.0),
            ("leave_late_factor", self.leave_late_factor, 100.0),
            ("refresh_per_min", self.refresh_per_min, 1.0),
        ];
        for (field, rate, most) in rates {
            if !(0.0..=most).contains(&rate) {
                return wrong(
                    field,
                    "must be at least 0 and at most 1 in all, or 100 for a factor",
                );
            }
        }
        Ok(())
    }
}

impl Persona {
    fn check(&self) -> Result<(), PersonaError> {
        let name = |field: &str| alloc::format!("{}.{field}", self.name);
        let delays = [
            ("press_again", &self.press_again),
            ("captcha", &self.captcha),
            ("captcha_again", &self.captcha_again),
            ("section", &self.section),
            ("first_seat", &self.first_seat),
            ("next_seat", &self.next_seat),
            ("done", &self.done),
            ("alert", &self.alert),
            ("repick", &self.repick),
            ("look_again", &self.look_again),
            ("pay", &self.pay),
        ];
        for (field, delay) in delays {
            check_delay(&name(field), delay)?;
        }
        let shares = [
            ("share", self.share, MOST),
            ("captcha_error", self.captcha_error, 0.99),
            ("put_off", self.put_off, 1.0),
            ("abandon", self.abandon, 1.0),
            ("give_up", self.give_up, 1.0),
            ("settle", self.settle, 1.0),
            ("care.crowd_aversion", self.care.crowd_aversion, 10.0),
            ("care.random_section", self.care.random_section, 1.0),
            ("care.random_seat", self.care.random_seat, 1.0),
            ("care.skip", self.care.skip, 1.0),
            ("care.spread", self.care.spread, 10.0),
            ("care.glance", self.care.glance, 1e9),
            ("care.haste", self.care.haste, 0.9),
        ];
        for (field, share, most) in shares {
            if !(0.0..=most).contains(&share) {
                return Err(PersonaError { field: name(field), reason: "is out of its range" });
            }
        }
        if !(0.001..=100.0).contains(&self.care.temperature) {
            let field = name("care.temperature");
            return Err(PersonaError { field, reason: "must be 0.001 to 100" });
        }
        self.check_arrivals()
    }

    fn check_arrivals(&self) -> Result<(), PersonaError> {
        let field = || alloc::format!("{}.arrivals", self.name);
        let weight: f64 = self.arrivals.iter().map(|arrival| arrival.weight).sum();
        let sane = self.arrivals.iter().all(|arrival| (0.0..=MOST).contains(&arrival.weight));
        if !sane || weight < LEAST {
            let reason = "must have weights of 0 to 1,000,000, together above zero";
            return Err(PersonaError { field: field(), reason });
        }
        for arrival in &self.arrivals {
            arrival.press.check().map_err(|error| fault(&field(), error))?;
            check_delay(&field(), &arrival.to_place)?;
        }
        Ok(())
    }
}

fn check_delay(field: &str, delay: &Delay) -> Result<(), PersonaError> {
    delay.check().map_err(|error| fault(field, error))
}

fn fault(field: &str, error: DistError) -> PersonaError {
    PersonaError { field: field.into(), reason: error.0 }
}
