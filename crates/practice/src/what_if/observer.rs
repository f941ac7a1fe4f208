//! Notes what comes of a member's run, in the real race and in each what-if alike.

use alloc::vec::Vec;

use crowd::Race;
use protocol::RunOutcome;
use sale::{Event, Moment, Return, Seat, Seats, Stamped, Visitor};

use crate::run::Run;
use crate::what_if::seen::Seen;
use crate::wire::millis;

/// What came of a run so far.
#[derive(Clone, Debug)]
pub(super) struct Observer {
    visitor: Visitor,
    free_on_admission: Option<u32>,
    /// When the present visit was let in; `None` before.
    admitted_at: Option<Moment>,
    click: Option<Click>,
    /// Whether the visit had no click so far.
    is_new: bool,
    reached: Reached,
    seats: Vec<Seat>,
    /// Whether `seats` are no longer held. They are still what the member held last.
    is_lapsed: bool,
    taken: Vec<Taken>,
}

/// How far a run came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    Nothing,
    Held,
    Paid,
}

/// The hall at the first click for seats.
#[derive(Clone, Debug)]
pub(super) struct Click {
    pub(super) at: Moment,
    pub(super) free: Seen,
    pub(super) seats: Seats,
    best: Option<Seat>,
}

/// A seat that was gone when the member asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) seat: Seat,
    pub(super) at: Moment,
    pub(super) is_rival: bool,
}

impl Click {
    /// The click for `seats` at the race's present moment.
    pub(super) fn of(race: &Race, seats: &Seats) -> Self {
        let free = Seen::of(race);
        let best = free.best(race.hall());
        Self { at: race.sale().now(), free, seats: *seats, best }
    }
}

impl Observer {
    pub(super) fn new(visitor: Visitor) -> Self {
        Self {
            visitor,
            free_on_admission: None,
            admitted_at: None,
            click: None,
            is_new: true,
            reached: Reached::Nothing,
            seats: Vec::new(),
            is_lapsed: false,
            taken: Vec::new(),
        }
    }

    /// Whether the next click is the first one of its visit.
    pub(super) fn is_click_due(&self) -> bool {
        self.is_new
    }

    /// Notes the first click of a visit, after the sale decided it.
    pub(super) fn click(&mut self, click: Click) {
        self.click = Some(click);
        self.is_new = false;
    }

    pub(super) fn admitted_at(&self) -> Option<Moment> {
        self.admitted_at
    }

    pub(super) fn first_click(&self) -> Option<&Click> {
        self.click.as_ref()
    }

    pub(super) fn taken(&self) -> &[Taken] {
        &self.taken
    }

    /// The seats that the member holds, in the order in which they were taken.
    pub(super) fn held(&self) -> &[Seat] {
        if self.is_lapsed { &[] } else { &self.seats }
    }

    /// The seats that the member paid for, or else held last.
    pub(super) fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// Takes in an event.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a fold names the events it counts")]
    pub(super) fn see(&mut self, race: &Race, stamped: &Stamped) {
        if stamped.event.visitor() != Some(self.visitor) {
            return;
        }
        match stamped.event {
            Event::Placed { .. } => {
                // A new visit begins: what the one before saw is no longer what is told.
                (self.is_new, self.admitted_at) = (true, None);
                (self.free_on_admission, self.click) = (None, None);
            }
            Event::Admitted { .. } => {
                self.admitted_at = Some(stamped.at);
                self.free_on_admission = Some(race.tally().free());
            }
            Event::SeatMissed { seat, late_by, .. } => {
                let at = stamped.at.as_nanos() - late_by.as_nanos();
                let owner = race.sale().seat_owner(seat);
                let is_rival = owner.is_none_or(|owner| race.persona_of(owner).is_some());
                self.taken.push(Taken { seat, at: Moment::from_nanos(at), is_rival });
            }
            Event::SeatsHeld { seats, .. } => self.hold(&seats),
            Event::SeatsReturned { seats, cause: Return::Released, .. } => {
                self.seats.retain(|&seat| !seats.contains(seat));
            }
            Event::SeatsReturned { .. } => self.is_lapsed = true,
            Event::Booked { seats, .. } => {
                self.seats = seats.iter().collect();
                (self.reached, self.is_lapsed) = (Reached::Paid, true);
            }
            _ => {}
        }
    }

    fn hold(&mut self, seats: &Seats) {
        if self.is_lapsed {
            self.seats.clear();
            self.is_lapsed = false;
        }
        self.reached = self.reached.max(Reached::Held);
        self.seats.extend(seats.iter());
    }

    /// What came of the run. One that goes on counts as ended now.
    pub(super) fn outcome(&self, race: &Race, run: &Run) -> RunOutcome {
        let (hall, opened_at) = (race.hall(), race.sale().rules().opens_at);
        let quality = |seat: Seat| f64::from(hall.quality(seat));
        let sum: f64 = self.seats.iter().map(|&seat| quality(seat)).sum();
        let count = u32::try_from(self.seats.len()).expect("at most SEATS_PER_HOLD_MAX");
        let best = self.click.as_ref().and_then(|click| click.best);
        let ended_at = run.ended().map_or(race.sale().now(), |ended| ended.at);
        RunOutcome {
            paid: self.reached == Reached::Paid,
            held: self.reached >= Reached::Held,
            seats: self.seats.iter().map(|seat| seat.0).collect(),
            quality: (count > 0).then(|| sum / f64::from(count)),
            place: run.place().map(|place| place.0),
            free_on_admission: self.free_on_admission,
            best_seat: best.map(|seat| seat.0),
            best_quality: best.map(quality),
            free_then: self.click.as_ref().map(|click| click.free.count()),
            ended_ms: (millis(ended_at) - millis(opened_at)).max(0.0),
        }
    }
}
