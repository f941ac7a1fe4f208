//! The watch: plays a race without people, and keeps what the comparisons need of it.

use crowd::{Race, Tally};
use sale::{Event, Moment, Return, Span, Stamped, Visitor};
use scenario::Course;

/// How far each step lets the race go on. It does not change the race (rule C10).
const STEP: Span = Span::from_millis(250);

/// A seat of an ended hold counts as taken again at once if it is taken within this time. The time
/// of one look at the map and one click. The notes say that at hot shows this happens to 60 % of
/// these seats.
const AGAIN_WITHIN: Span = Span::from_millis(5_000);

/// What the comparisons need of one race.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    pub(crate) tally: Tally,
    pub(crate) rivals: Vec<Rival>,
    /// How many tries for seats there were, and how many of them met a conflict. The index is how
    /// many seats in a thousand were free.
    tries: Vec<(u32, u32)>,
    /// How many bookings there are. The index is the number of their seats.
    pub(crate) group_sizes: [u32; 9],
    /// How many seats one person may have.
    pub(crate) seats_max: u8,
    /// How many seats came back from ended holds. `taken_again` of them were taken again at once.
    pub(crate) returned: u32,
    pub(crate) taken_again: u32,
    opened_at: Moment,
    /// How many seats were free after the last event.
    free: u32,
    gone_back_at: Vec<Option<Moment>>,
}

/// What became of one rival.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rival {
    pub(crate) is_program: bool,
    pub(crate) is_novice: bool,
    /// The time from the opening to the rival's first place; `None` without a place.
    pub(crate) placed_after: Option<Span>,
    pub(crate) has_booked: bool,
}

impl Watch {
    /// Plays a race to its end.
    pub(crate) fn of(course: Course, seed: u64) -> Self {
        let ends_at = course.ends_at;
        let seats = course.scenario.layout.seat_count();
        let seats_max = course.scenario.rules.seats_max;
        let opened_at = course.scenario.rules.opens_at;
        let mut race = Race::new(course.scenario, seed).expect("a course can be raced");
        let rivals = (0..race.rival_count()).map(|number| {
            let persona = race.persona_of(Visitor(number)).expect("a rival has a persona");
            let is_novice = persona.name == "novice";
            Rival {
                is_program: persona.is_program,
                is_novice,
                placed_after: None,
                has_booked: false,
            }
        });
        let mut watch = Self {
            tally: race.tally().clone(),
            rivals: rivals.collect(),
            tries: vec![(0, 0); 1001],
            group_sizes: [0; 9],
            seats_max,
            returned: 0,
            taken_again: 0,
            opened_at,
            free: seats,
            gone_back_at: vec![None; seats as usize],
        };
        let mut now = Moment::START;
        while !race.is_over() && now < ends_at {
            now = now + STEP;
            race.advance(now, |race, event| watch.see(race, event));
        }
        watch.tally = race.tally().clone();
        watch
    }

    fn see(&mut self, race: &Race, stamped: &Stamped) {
        let (at, tally) = (stamped.at, race.tally());
        let free_before = std::mem::replace(&mut self.free, tally.free());
        let share = free_before as usize * 1000 / tally.seats() as usize;
        match &stamped.event {
            Event::Placed { visitor, .. } => {
                let after = at.since(self.opened_at);
                self.rivals[visitor.0 as usize].placed_after.get_or_insert(after);
            }
            Event::SeatsHeld { seats: held, .. } => {
                self.tries[share].0 += 1;
                for seat in held.iter() {
                    let back_at = self.gone_back_at[seat.0 as usize].take();
                    let is_soon = back_at.is_some_and(|back| at.since(back) <= AGAIN_WITHIN);
                    self.taken_again += u32::from(is_soon);
                }
            }
            Event::SeatMissed { .. } => {
                self.tries[share].0 += 1;
                self.tries[share].1 += 1;
            }
            Event::SeatsReturned { seats: back, cause, .. } => {
                let is_ended = *cause == Return::HoldEnded;
                self.returned += if is_ended { count(back.len()) } else { 0 };
                for seat in back.iter() {
                    self.gone_back_at[seat.0 as usize] = is_ended.then_some(at);
                }
            }
            Event::Booked { visitor, seats, .. } => {
                self.rivals[visitor.0 as usize].has_booked = true;
                self.group_sizes[seats.len()] += 1;
            }
            Event::Opened
            | Event::Paused
            | Event::Resumed
            | Event::Closed
            | Event::PressedEarly { .. }
            | Event::Pooled { .. }
            | Event::LotteryDrawn { .. }
            | Event::PlaceGivenUp { .. }
            | Event::Admitted { .. }
            | Event::CaptchaPassed { .. }
            | Event::CaptchaMissed { .. }
            | Event::CaptchaPutOff { .. }
            | Event::PriceChosen { .. }
            | Event::BookingCancelled { .. }
            | Event::PaymentBegun { .. }
            | Event::PaymentEnded { .. }
            | Event::Left { .. } => {}
        }
    }

    /// The share of rivals of this kind who had a place by `secs` seconds after the opening.
    pub(crate) fn placed_by(&self, secs: f64, of: impl Fn(&Rival) -> bool) -> f64 {
        let by = Span::from_secs_f64(secs);
        let all = self.rivals.iter().filter(|rival| of(rival));
        let placed =
            all.clone().filter(|rival| rival.placed_after.is_some_and(|after| after <= by));
        ratio(placed.count(), all.count())
    }

    /// The share of rivals of this kind who have paid seats in the end.
    pub(crate) fn booked(&self, of: impl Fn(&Rival) -> bool) -> f64 {
        let all = self.rivals.iter().filter(|rival| of(rival));
        ratio(all.clone().filter(|rival| rival.has_booked).count(), all.count())
    }

    /// The share of tries that met a conflict while so many seats in a thousand were free; `None`
    /// if there was no such try.
    pub(crate) fn conflict_rate(
        &self,
        free_permille: std::ops::RangeInclusive<usize>,
    ) -> Option<f64> {
        let tries = &self.tries[free_permille];
        let all: u32 = tries.iter().map(|(all, _)| all).sum();
        let missed: u32 = tries.iter().map(|(_, missed)| missed).sum();
        (all > 0).then(|| f64::from(missed) / f64::from(all))
    }
}

fn count(seats: usize) -> u32 {
    u32::try_from(seats).expect("at most SEATS_PER_HOLD_MAX")
}

/// `part` as a share of `whole`; 0 if `whole` is 0.
#[expect(clippy::cast_precision_loss, reason = "counts of rivals")]
pub(crate) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
