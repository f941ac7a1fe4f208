//! The summary of a race, computed once for both the table and the JSON object.

use std::time::Duration;

use crowd::{Band, Tally};
use practice::report::Step;
use sale::{Hash, Moment, Span};

use crate::drive::Drive;
use crate::memory::peak_rss_bytes;
use crate::narrated::{person_of, since_opening};
use crate::setup::Setup;

/// The result of a race.
#[derive(Debug)]
pub(super) struct Summary<'a> {
    pub(super) setup: &'a Setup,
    pub(super) tally: &'a Tally,
    pub(super) events: u64,
    pub(super) hash: Hash,
    /// The time from the opening to the end.
    pub(super) ended_after: Span,
    pub(super) person: Option<Person>,
    /// The cost of the race. `None` if it was not measured: the race was finished before, or was
    /// watched on the screen.
    pub(super) effort: Option<Effort>,
    pub(super) peak_rss_bytes: Option<u64>,
}

/// The result of the scripted person.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) place: Option<u32>,
    pub(super) conflicts: u32,
    pub(super) admitted_after: Option<Span>,
    pub(super) held_after: Option<Span>,
    pub(super) paid_after: Option<Span>,
    /// The seats that the person paid for.
    pub(super) seats: Vec<SeatName>,
    pub(super) total_won: u64,
}

/// A seat by the names that the plan gives it.
#[derive(Debug)]
pub(super) struct SeatName {
    pub(super) floor: String,
    pub(super) section: String,
    pub(super) row: String,
    pub(super) number: String,
    pub(super) grade: String,
}

/// The time that the race took this process.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    pub(super) wall: Duration,
    pub(super) events_per_s: f64,
}

/// The percentages of paid seats whose times are printed.
pub(super) const PAID: [u32; 4] = [50, 90, 99, 100];

/// A range of free seats, in words.
pub(super) fn band_name(band: Band) -> &'static str {
    match band {
        Band::Plenty => "over 70 % free",
        Band::Half => "25 to 70 % free",
        Band::Fifth => "15 to 25 % free",
        Band::Scarce => "3 to 15 % free",
        Band::Crumbs => "under 3 % free",
    }
}

impl Effort {
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    pub(super) fn of(wall: Duration, events: u64) -> Self {
        let events_per_s = events as f64 / wall.as_secs_f64().max(1e-9);
        Self { wall, events_per_s }
    }
}

impl<'a> Summary<'a> {
    pub(super) fn of(setup: &'a Setup, drive: &'a Drive, effort: Option<Effort>) -> Self {
        let race = drive.race();
        Self {
            setup,
            tally: race.tally(),
            events: race.sale().event_count(),
            hash: race.hash(),
            ended_after: since_opening(drive.narrated(), drive.at()),
            person: Person::of(setup, drive),
            effort,
            peak_rss_bytes: peak_rss_bytes(),
        }
    }
}

impl Person {
    fn of(setup: &Setup, drive: &Drive) -> Option<Self> {
        let narrated = drive.narrated();
        let member = person_of(narrated)?;
        let (visitor, run) = (member.visitor(), member.run());
        let bookings = drive.race().sale().bookings().iter();
        let own = bookings.filter(|booking| booking.visitor == visitor);
        let valid: Vec<_> = own.filter(|booking| booking.cancelled_at.is_none()).collect();
        let seats = valid.iter().flat_map(|booking| booking.seats.iter());
        let after = |at: Option<Moment>| at.map(|at| since_opening(narrated, at));
        Some(Self {
            place: run.place().map(|place| place.0),
            conflicts: u32::try_from(run.conflicts().len()).unwrap_or(u32::MAX),
            admitted_after: after(run.at(Step::Admitted)),
            held_after: after(run.last_held_at()),
            paid_after: after(run.at(Step::Paid)),
            seats: seats.map(|seat| SeatName::of(setup, seat)).collect(),
            total_won: valid.iter().map(|booking| booking.total).sum(),
        })
    }
}

impl SeatName {
    fn of(setup: &Setup, seat: sale::Seat) -> Self {
        let plan = &setup.course.plan;
        let (section, row) = (plan.section_of(seat.0), plan.row_of(seat.0));
        let chair = &plan.seats[seat.0 as usize];
        Self {
            floor: section.floor.clone(),
            section: section.label.clone(),
            row: row.label.clone(),
            number: chair.number.clone(),
            grade: plan.grades[usize::from(chair.grade)].name.clone(),
        }
    }
}
