//! The results of a race: one row for each member, as a [`protocol::ResultRow`].

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use protocol::{Cost, ResultRow};
use sale::{Booking, Section};

use crate::names::MemberId;
use crate::practice::Practice;
use crate::report::findings::losses;
use crate::report::press::Press;
use crate::report::retold::Retold;
use crate::shift::Start;
use crate::step::Step;
use crate::wire::{self, millis};

/// The results so far of a race that goes on: nobody's [cost](ResultRow::cost) is known yet.
/// `started_at_ms` is when race time began before all shifts, in Unix milliseconds. `section_name` names a section of the
/// plan. The caller fills in names of people, whose row it is, and who shares a report.
pub fn results(
    practice: &Practice,
    started_at_ms: f64,
    section_name: impl Fn(Section) -> Option<String>,
) -> Vec<ResultRow> {
    let row = |(id, _)| result_row(practice, id, started_at_ms, &section_name);
    practice.ids().map(row).collect()
}

impl Retold {
    /// The results of the race as far as it was told, with the step that took each member most time (rule C44). Let the
    /// race go on until all runs have ended first: [`finish_all_while`](Self::finish_all_while). A run that
    /// still goes on then counts as ended by its time, as in a report. The arguments are those of
    /// [`results`].
    pub fn results(
        &self,
        started_at_ms: f64,
        section_name: impl Fn(Section) -> Option<String>,
    ) -> Vec<ResultRow> {
        let mut rows = results(self.practice(), started_at_ms, section_name);
        let costs = losses(self.practice(), self.watcher());
        for (row, loss) in rows.iter_mut().zip(costs) {
            row.cost = loss.map(|loss| cost_of(loss.step));
            row.ending.get_or_insert(protocol::Ending::TimeOver);
        }
        rows
    }
}

/// The row of one member in the [`results`] so far. The other arguments are those of `results`.
///
/// # Panics
///
/// If there is no such member.
pub fn result_row(
    practice: &Practice,
    id: MemberId,
    started_at_ms: f64,
    section_name: impl Fn(Section) -> Option<String>,
) -> ResultRow {
    let (sale, member) = (practice.sale(), practice.member(id));
    let (run, opens_ms) = (member.run(), millis(sale.rules().opens_at));
    let after = |step| run.at(step).map(|at| millis(at) - opens_ms);
    let start = Start { began_ms: started_at_ms, shifts: practice.shifts() };
    let press = Press::of(run, start, member.marks());
    let booking = run.booking().and_then(|booking| sale.booking(booking));
    let booking = booking.filter(|booking| booking.cancelled_at.is_none());
    let first = booking.and_then(|booking| booking.seats.iter().next());
    ResultRow {
        member: id.0,
        name: None,
        you: false,
        ending: run.ended().map(|ended| wire::ending(ended.ending)),
        press_ms: press.map(|press| press.at_ms - opens_ms),
        place: run.place().map(|place| place.0),
        admitted_ms: after(Step::Admitted),
        first_seat_ms: after(Step::FirstSeat),
        held_ms: after(Step::Held),
        paid_ms: after(Step::Paid),
        seats: booking.map_or(vec![], |booking| booking.seats.iter().map(|seat| seat.0).collect()),
        section: first.and_then(|seat| section_name(sale.layout().section_of(seat))),
        quality: booking.map(|booking| quality(practice, booking)),
        cost: None,
        report_shared: false,
    }
}

/// The mean quality of the seats of a booking.
fn quality(practice: &Practice, booking: &Booking) -> f64 {
    let hall = practice.race().hall();
    let (sum, count) = booking
        .seats
        .iter()
        .fold((0.0, 0.0), |(sum, count), seat| (sum + f64::from(hall.quality(seat)), count + 1.0));
    sum / count
}

fn cost_of(step: Step) -> Cost {
    match step {
        Step::Placed => Cost::Press,
        Step::Admitted => Cost::Queue,
        Step::Captcha => Cost::Captcha,
        Step::FirstSeat | Step::Held => Cost::Seat,
        Step::Paid => Cost::Pay,
    }
}
