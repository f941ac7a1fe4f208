//! How a rival chooses a section on the overview, and then seats on the section's map. It sees the
//! sale at the moment of the look; its click comes later.

use alloc::vec::Vec;

use sale::{Sale, Seat, Seats, Section};

use crate::draws::Draws;
use crate::hall::Hall;
use crate::persona::Care;

/// A look that would notice more free seats than this on average always notices one: its chance,
/// more than 1 - exp(-12), is as good as certain.
const CERTAIN: f64 = 12.0;

/// How many seats a rival considers to find free ones side by side.
const CANDIDATES_MAX: usize = 12;

/// One rival's look at the sale: what it sees there and how it chooses from it.
pub(super) struct Look<'a> {
    pub(super) sale: &'a Sale,
    pub(super) hall: &'a Hall,
    pub(super) care: Care,
    pub(super) draws: &'a mut Draws,
    /// Room for the weights of the sections, kept from one turn to the next.
    pub(super) weights: &'a mut Vec<f64>,
}

impl<'a> Look<'a> {
    /// A section with a free seat; `None` if the rival sees none in the whole hall.
    pub(super) fn section(&mut self) -> Option<Section> {
        if !self.notices(self.sale.free_count(), self.sale.layout().seat_count()) {
            return None;
        }
        let anywhere = self.draws.chance(self.care.random_section);
        weigh_sections(self.weights, self.sale, self.hall, &self.care, anywhere);
        let total: f64 = self.weights.iter().sum();
        let mut left = self.draws.unit() * total;
        let mut chosen = None;
        for (at, &weight) in self.weights.iter().enumerate() {
            if weight > 0.0 {
                chosen = Some(Section(u16::try_from(at).expect("at most SECTIONS_MAX")));
                left -= weight;
                if left <= 0.0 {
                    break;
                }
            }
        }
        chosen
    }

    /// `wanted` seats of a section, or fewer where there are no more; `None` if the rival sees
    /// none.
    pub(super) fn seats(&mut self, section: Section, wanted: usize) -> Option<Seats> {
        self.notices_any(section)?.choose(self.rank(section), wanted)
    }

    /// The first of `wanted` seats of a section, for a rival that clicks them one by one.
    pub(super) fn first_seat(&mut self, section: Section, wanted: usize) -> Option<Seats> {
        self.seats(section, wanted)?.iter().next().map(Seats::one)
    }

    /// One more seat: beside those held if one is free there, else any.
    pub(super) fn next_seat(&mut self, section: Section, held: Option<Seats>) -> Option<Seats> {
        let map = self.notices_any(section)?;
        if let Some(seat) = held.and_then(|held| map.beside(&held)) {
            return Some(Seats::one(seat));
        }
        map.choose(self.rank(section), 1)
    }

    /// The section's map, if the rival notices a free seat on it.
    fn notices_any(&mut self, section: Section) -> Option<Map<'a>> {
        let range = self.sale.layout().seats_of(section);
        let notices = self.notices(self.sale.free_in(section), range.end - range.start);
        notices.then_some(Map { sale: self.sale, hall: self.hall, section })
    }

    /// Whether a look over `seats` seats finds any of the `free` ones. With many free it always
    /// does.
    fn notices(&mut self, free: u32, seats: u32) -> bool {
        let share = self.care.glance / f64::from(seats);
        if share * f64::from(free) > CERTAIN || (share >= 1.0 && free > 0) {
            return true;
        }
        self.draws.chance(1.0 - libm::pow(1.0 - share, f64::from(free)))
    }

    /// Which of a section's free seats, best first, the rival's eye falls on.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share below one of a number of seats"
    )]
    fn rank(&mut self, section: Section) -> u32 {
        let free = self.sale.free_in(section);
        if self.draws.chance(self.care.random_seat) {
            return self.draws.below(free);
        }
        let share = self.care.skip - self.care.spread * libm::log(self.draws.unit());
        ((share * f64::from(free)) as u32).min(free - 1)
    }
}

/// The care that is left after so many conflicts: each makes a rival take more of its seats
/// anywhere. Conflicts alone raise that share to 0.9 at most, so that some care stays.
pub(super) fn after_conflicts(care: Care, conflicts: u32) -> Care {
    let most = care.random_seat.max(0.9);
    let random_seat = (care.random_seat + care.haste * f64::from(conflicts)).min(most);
    Care { random_seat, ..care }
}

/// Softmax weights of the sections, by quality less the aversion to crowding, or by the number of
/// free seats if the rival chooses `anywhere`. A section without a free seat weighs nothing.
fn weigh_sections(weights: &mut Vec<f64>, sale: &Sale, hall: &Hall, care: &Care, anywhere: bool) {
    weights.clear();
    for (at, &quality) in hall.section_quality().iter().enumerate() {
        let section = Section(u16::try_from(at).expect("at most SECTIONS_MAX"));
        let range = sale.layout().seats_of(section);
        let (free, seats) = (f64::from(sale.free_in(section)), f64::from(range.end - range.start));
        weights.push(if free == 0.0 {
            f64::NEG_INFINITY
        } else if anywhere {
            libm::log(free)
        } else {
            let crowding = 1.0 - free / seats;
            (quality - care.crowd_aversion * crowding) / care.temperature
        });
    }
    // Only differences count. Taking the best off each keeps the exponential from overflowing.
    let best = weights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for weight in weights {
        *weight = libm::exp(*weight - best);
    }
}

/// One section's map at the moment of a look.
struct Map<'a> {
    sale: &'a Sale,
    hall: &'a Hall,
    section: Section,
}

impl Map<'_> {
    /// Up to `wanted` free seats from the `rank`-th best on: side by side if there are such seats
    /// near it, else the next ones in quality.
    fn choose(&self, rank: u32, wanted: usize) -> Option<Seats> {
        let seats = self.hall.best_first(self.sale.layout(), self.section);
        let free = || seats.iter().copied().filter(|&seat| self.sale.is_free(seat));
        let candidates = free().skip(rank as usize).take(CANDIDATES_MAX);
        for seat in candidates {
            if let Some(run) = self.run_around(seat, wanted) {
                return Some(run);
            }
        }
        let apart: Vec<Seat> = free().skip(rank as usize).take(wanted).collect();
        Seats::new(&apart).ok()
    }

    /// `wanted` free seats side by side, with `seat` among them.
    fn run_around(&self, seat: Seat, wanted: usize) -> Option<Seats> {
        let mut run = alloc::vec![seat];
        let (mut left, mut right) = (seat, seat);
        while run.len() < wanted {
            if let Some(next) = self.hall.right_of(right).filter(|&next| self.sale.is_free(next)) {
                right = next;
                run.push(next);
            } else if let Some(next) =
                self.hall.left_of(left).filter(|&next| self.sale.is_free(next))
            {
                left = next;
                run.push(next);
            } else {
                return None;
            }
        }
        Seats::new(&run).ok()
    }

    /// A free seat next to one of those held.
    fn beside(&self, held: &Seats) -> Option<Seat> {
        held.iter().find_map(|seat| {
            let neighbours = [self.hall.right_of(seat), self.hall.left_of(seat)];
            neighbours.into_iter().flatten().find(|&next| self.sale.is_free(next))
        })
    }
}
