//! Runs and reports: one person's way through a race, step by step, beside everybody else's.
//!
//! Everything is folded from events while a race is run or replayed; nothing is estimated. A
//! percentile is of those rivals who took the same step in the same race, so it has a stated base.

mod loss;
mod sample;
mod walk;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use sale::{
    Booking, CaptchaStep, Departure, Event, Moment, Place, Return, Seat, Section, Span, Stage,
    Stamped, Standing, Visitor,
};

use crate::race::Race;

use loss::Slips;
pub use loss::{Loss, LossKind};
pub use sample::{Bin, Distribution};
use walk::Walk;

/// A step of a run that takes time. Each begins where the one before ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// From the opening to the place in the queue.
    Placed,
    /// In the queue.
    Admitted,
    /// From admission to the captcha passed.
    Captcha,
    /// From the map to the first seat tried.
    FirstSeat,
    /// From the first try to the first seat held: what conflicts cost. Further seats are not counted
    /// here, since people click them one by one and rivals ask for all of them at once.
    Held,
    /// From the first seat held to the payment.
    Paid,
}

impl Step {
    /// All steps in their order.
    pub const ALL: [Self; 6] =
        [Self::Placed, Self::Admitted, Self::Captcha, Self::FirstSeat, Self::Held, Self::Paid];
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With a booking.
    Paid,
    /// Every seat was paid by others.
    SoldOut,
    /// Out, for this reason.
    Out(Departure),
    /// The sale was closed, or the race's time was over, while waiting or never entered.
    TimeOver,
    /// Not yet.
    Open,
}

/// One step of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Stride {
    /// Which.
    pub step: Step,
    /// When it was done; `None` if it was not.
    pub at: Option<Moment>,
    /// How long it took.
    pub took: Option<Span>,
    /// How long it took the rivals who did it too.
    pub rivals: Distribution,
}

/// A seat somebody else had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Which.
    pub seat: Seat,
    /// When it was tried for.
    pub at: Moment,
    /// How long before it had gone.
    pub late_by: Span,
    /// How long before the try the section's map was opened; `None` if none was.
    pub opened_ago: Option<Span>,
    /// Its section.
    pub section: Section,
}

/// A seat that was held, against what was free at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catch {
    /// Which.
    pub seat: Seat,
    /// When.
    pub at: Moment,
    /// Seats free just before, this one included.
    pub free_then: u32,
    /// How many of those were better, plus one.
    pub rank_then: u32,
}

/// What a run says.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// How it ended.
    pub ending: Ending,
    /// The last place in the queue.
    pub place: Option<Place>,
    /// Presses before the opening.
    pub early_presses: u32,
    /// Places given up by refreshing or leaving the queue.
    pub places_given_up: u32,
    /// Free and paid seats at the moment of admission.
    pub on_admission: Option<(u32, u32)>,
    /// The steps, all of them, in order.
    pub strides: Vec<Stride>,
    /// Wrong answers to the captcha.
    pub captcha_misses: u32,
    /// Every seat that somebody else had.
    pub conflicts: Vec<Conflict>,
    /// Every seat that was held.
    pub catches: Vec<Catch>,
    /// The booking.
    pub booking: Option<Booking>,
    /// What cost most; `None` when no step was slower than the quickest tenth's.
    pub loss: Option<Loss>,
}

/// Watches a race on behalf of one visitor.
#[derive(Clone, Debug)]
pub struct Observer {
    visitor: Visitor,
    opened_at: Option<Moment>,
    seats: u32,
    free: u32,
    sold: u32,
    /// When everything was paid for.
    sold_out_at: Option<Moment>,
    /// When nothing was free any more while the visitor had yet to hold a seat.
    full_at: Option<Moment>,
    own: Walk,
    /// Places the visitor was given, all but the last of them given up.
    places: u32,
    early_presses: u32,
    places_given_up: u32,
    on_admission: Option<(u32, u32)>,
    captcha_misses: u32,
    conflicts: Vec<Conflict>,
    catches: Vec<Catch>,
    out: Option<Departure>,
    /// How far each rival inside is.
    walks: BTreeMap<Visitor, Walk>,
    /// What the rivals took for each step.
    taken: [Vec<Span>; Step::ALL.len()],
}

impl Observer {
    /// Watches `race`, which has not begun, for `visitor`.
    pub fn new(race: &Race, visitor: Visitor) -> Self {
        Self {
            visitor,
            opened_at: None,
            seats: race.sale().layout().seat_count(),
            free: race.sale().layout().seat_count(),
            sold: 0,
            sold_out_at: None,
            full_at: None,
            own: Walk::default(),
            places: 0,
            early_presses: 0,
            places_given_up: 0,
            on_admission: None,
            captcha_misses: 0,
            conflicts: Vec::new(),
            catches: Vec::new(),
            out: None,
            walks: BTreeMap::new(),
            taken: Default::default(),
        }
    }

    /// Sees an event. Events of the visitor's own commands are to be shown right after the command,
    /// while the race still stands as the visitor found it; others may come later.
    pub fn see(&mut self, race: &Race, stamped: &Stamped) {
        self.count(stamped);
        if let Event::Opened = stamped.event {
            self.opened_at = Some(stamped.at);
        }
        let Some(visitor) = stamped.event.visitor() else { return };
        let opened_at = self.opened_at.unwrap_or(Moment::START);
        if visitor == self.visitor {
            self.own.note(stamped, opened_at);
            self.see_own(race, stamped);
        } else if race.persona_of(visitor).is_some() {
            self.see_rival(visitor, stamped, opened_at);
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names what it is about")]
    fn count(&mut self, stamped: &Stamped) {
        let many = |seats: &sale::Seats| u32::try_from(seats.len()).expect("at most eight");
        match &stamped.event {
            Event::SeatsHeld { seats, .. } => self.free -= many(seats),
            Event::SeatsReturned { seats, cause, .. } => {
                self.free += many(seats);
                if *cause == Return::Cancelled {
                    self.sold -= many(seats);
                }
            }
            Event::Booked { seats, .. } => {
                self.sold += many(seats);
                // Where nothing is held before, paying is what takes a seat.
                self.free = self.free.min(self.seats - self.sold);
            }
            _ => {}
        }
        if self.free == 0 && self.own.at(Step::Held).is_none() {
            self.full_at.get_or_insert(stamped.at);
        }
        if self.sold == self.seats {
            self.sold_out_at.get_or_insert(stamped.at);
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names what it is about")]
    fn see_rival(&mut self, visitor: Visitor, stamped: &Stamped, opened_at: Moment) {
        let walk = match stamped.event {
            // Whoever only waits is not kept: the place is all there is to note.
            Event::Placed { .. } => {
                self.taken[Step::Placed as usize].push(stamped.at.since(opened_at));
                return;
            }
            Event::Admitted { .. } => self.walks.entry(visitor).or_default(),
            _ => match self.walks.get_mut(&visitor) {
                Some(walk) => walk,
                None => return,
            },
        };
        walk.note(stamped, opened_at);
        if let Event::Left { .. } = stamped.event {
            let walk = self.walks.remove(&visitor).unwrap_or_default();
            self.close(&walk);
        }
    }

    /// Takes over what a rival who is out took for each step inside.
    fn close(&mut self, walk: &Walk) {
        for step in [Step::Captcha, Step::FirstSeat, Step::Held, Step::Paid] {
            self.taken[step as usize].extend(walk.took(step));
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names what it is about")]
    fn see_own(&mut self, race: &Race, stamped: &Stamped) {
        match stamped.event {
            Event::PressedEarly { .. } => self.early_presses += 1,
            Event::Placed { .. } => {
                self.places += 1;
                self.full_at = None;
            }
            Event::PlaceGivenUp { .. } => self.places_given_up += 1,
            Event::Admitted { .. } => self.on_admission = Some((self.free, self.sold)),
            Event::CaptchaMissed { .. } => self.captcha_misses += 1,
            Event::SeatMissed { seat, late_by, .. } => {
                self.conflicts.push(self.conflict(race, stamped.at, seat, late_by));
            }
            Event::SeatsHeld { seats, .. } => {
                let caught = seats.iter().map(|seat| catch(race, stamped.at, seat, &seats));
                self.catches.extend(caught);
            }
            Event::Left { cause, .. } => self.out = Some(cause),
            _ => {}
        }
    }

    fn conflict(&self, race: &Race, at: Moment, seat: Seat, late_by: Span) -> Conflict {
        let section = race.sale().layout().section_of(seat);
        let mut opened_ago = None;
        if let Standing::Inside { viewed: Some((opened, when)), .. } =
            race.sale().standing(self.visitor)
            && opened == section
        {
            opened_ago = Some(at.since(when));
        }
        Conflict { seat, at, late_by, opened_ago, section }
    }

    /// What the run says so far.
    pub fn report(&self, race: &Race) -> Report {
        let mut taken = self.taken.clone();
        for walk in self.walks.values() {
            for step in [Step::Captcha, Step::FirstSeat, Step::Held] {
                taken[step as usize].extend(walk.took(step));
            }
        }
        let strides: Vec<Stride> = Step::ALL
            .into_iter()
            .zip(taken)
            .map(|(step, taken)| Stride {
                step,
                at: self.own.at(step),
                took: self.own.took(step),
                rivals: Distribution::of(taken),
            })
            .collect();
        let booking = race.sale().bookings().iter().find(|row| row.visitor == self.visitor);
        Report {
            ending: self.ending(race, booking.is_some()),
            place: self.own.place,
            early_presses: self.early_presses,
            places_given_up: self.places_given_up,
            on_admission: self.on_admission,
            captcha_misses: self.captcha_misses,
            conflicts: self.conflicts.clone(),
            catches: self.catches.clone(),
            booking: booking.copied(),
            loss: Loss::of(&strides, self.slips(), self.undone(race)),
            strides,
        }
    }

    /// How long the step went on that the run ended in. Nobody can choose where nothing is free.
    fn undone(&self, race: &Race) -> Option<(Step, Span)> {
        let asks_captcha = race.sale().rules().captcha.step != CaptchaStep::Never;
        let (step, begun) = self.own.under_way(asks_captcha)?;
        let ended = self.own.stopped().or(self.sold_out_at).unwrap_or(race.sale().now());
        let is_choosing = matches!(step, Step::FirstSeat | Step::Held);
        let until = self.full_at.filter(|_| is_choosing).map_or(ended, |full| full.min(ended));
        Some((step, Span::from_nanos(until.as_nanos().saturating_sub(begun.as_nanos()))))
    }

    fn slips(&self) -> Slips {
        Slips {
            places: self.places,
            early_presses: self.early_presses,
            captcha_misses: self.captcha_misses,
            conflicts: self.conflicts.len(),
        }
    }

    fn ending(&self, race: &Race, is_booked: bool) -> Ending {
        let sold_out = self.sold == race.sale().layout().seat_count();
        match self.out {
            _ if is_booked => Ending::Paid,
            Some(cause) => Ending::Out(cause),
            None if sold_out => Ending::SoldOut,
            None if race.sale().stage() == Stage::Closed => Ending::TimeOver,
            None => Ending::Open,
        }
    }
}

/// A seat just held, against what was free.
fn catch(race: &Race, at: Moment, seat: Seat, with: &sale::Seats) -> Catch {
    let (sale, hall) = (race.sale(), race.hall());
    let quality = hall.quality(seat);
    let free = (0..sale.layout().seat_count())
        .map(Seat)
        .filter(|&other| sale.is_free(other) || with.contains(other));
    let (mut free_then, mut better) = (0, 0);
    for other in free {
        free_then += 1;
        better += u32::from(hall.quality(other) > quality);
    }
    Catch { seat, at, free_then, rank_then: better + 1 }
}

#[cfg(test)]
mod tests;
