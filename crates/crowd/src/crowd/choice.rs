//! Choosing: a section on the overview, then seats on the section's map. What is seen is the sale as
//! it stands at the moment of the look; the click comes later.

use sale::{HoldAt, Sale, Seat, Seats, Section};

use crate::crowd::Crowd;
use crate::draws::Draws;
use crate::hall::Hall;
use crate::persona::Care;

/// Free seats a look would notice on average beyond which it surely notices one: a chance of
/// 1 - exp(-12) is not told from certainty.
const CERTAIN: f64 = 12.0;

/// Seats a rival considers beyond its first choice to find chairs side by side.
const CANDIDATES_MAX: usize = 12;

impl Crowd {
    /// A section with a free seat; `None` if there is none in the whole hall.
    pub(super) fn pick_section(&mut self, sale: &Sale, slot: u32) -> Option<Section> {
        let rival = self.state.rivals[slot as usize].as_mut().expect("a planned rival");
        let care = self.rules.personas[usize::from(rival.persona)].care;
        if !notices(&care, sale.free_count(), sale.layout().seat_count(), &mut rival.draws) {
            return None;
        }
        let anywhere = rival.draws.chance(care.random_section);
        weigh_sections(&mut self.weights, sale, &self.hall, &care, anywhere);
        let total: f64 = self.weights.iter().sum();
        let mut left = rival.draws.unit() * total;
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

    /// The seats to click next, as seen now; `None` if the section has none free.
    pub(super) fn pick_seats(&mut self, sale: &Sale, slot: u32) -> Option<Seats> {
        let rival = self.state.rivals[slot as usize].as_mut().expect("a planned rival");
        let mut care = self.rules.personas[usize::from(rival.persona)].care;
        care.random_seat = randomness(&care, rival.conflicts);
        let free = sale.free_in(rival.section);
        let range = sale.layout().seats_of(rival.section);
        if !notices(&care, free, range.end - range.start, &mut rival.draws) {
            return None;
        }
        let map = Map { sale, hall: &self.hall, section: rival.section };
        let wanted = usize::from(rival.want - rival.got);
        match sale.rules().hold_at {
            HoldAt::Click if rival.got > 0 => {
                let held = sale.standing(sale::Visitor(rival.number));
                map.beside(held)
                    .map(Seats::one)
                    .or_else(|| map.choose(rank(&care, free, &mut rival.draws), 1))
            }
            HoldAt::Click => {
                let run = map.choose(rank(&care, free, &mut rival.draws), wanted)?;
                run.iter().next().map(Seats::one)
            }
            HoldAt::Done | HoldAt::Payment => {
                map.choose(rank(&care, free, &mut rival.draws), wanted)
            }
        }
    }
}

/// Whether a look over `seats` seats finds any of the `free` ones. With many free it always does.
fn notices(care: &Care, free: u32, seats: u32, draws: &mut Draws) -> bool {
    let share = care.glance / f64::from(seats);
    if share * f64::from(free) > CERTAIN || (share >= 1.0 && free > 0) {
        return true;
    }
    draws.chance(1.0 - libm::pow(1.0 - share, f64::from(free)))
}

/// How often a rival takes just any seat, after so many conflicts.
fn randomness(care: &Care, conflicts: u32) -> f64 {
    (care.random_seat + care.haste * f64::from(conflicts)).min(0.9)
}

/// Softmax weights of the sections: quality less what the crowding puts off, or by free seats when
/// the choice is made anywhere. A section without a free seat weighs nothing.
fn weigh_sections(
    weights: &mut alloc::vec::Vec<f64>,
    sale: &Sale,
    hall: &Hall,
    care: &Care,
    anywhere: bool,
) {
    weights.clear();
    for (at, &quality) in hall.section_quality().iter().enumerate() {
        let section = Section(u16::try_from(at).expect("at most SECTIONS_MAX"));
        let range = sale.layout().seats_of(section);
        let (free, seats) = (f64::from(sale.free_in(section)), f64::from(range.end - range.start));
        let weight = if free == 0.0 {
            0.0
        } else if anywhere {
            free
        } else {
            let crowding = 1.0 - free / seats;
            libm::exp((quality - care.crowd_aversion * crowding) / care.temperature)
        };
        weights.push(weight);
    }
}

/// Which of `free` seats, best first, the rival's eye falls on.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share below one of a number of seats"
)]
fn rank(care: &Care, free: u32, draws: &mut Draws) -> u32 {
    if draws.chance(care.random_seat) {
        return draws.below(free);
    }
    let share = care.skip - care.spread * libm::log(draws.unit());
    ((share * f64::from(free)) as u32).min(free - 1)
}

/// One section's map at the moment of a look.
struct Map<'a> {
    sale: &'a Sale,
    hall: &'a Hall,
    section: Section,
}

impl Map<'_> {
    /// Up to `wanted` free seats from the `rank`-th best on: side by side if that can be had near
    /// there, else the nearest in quality.
    fn choose(&self, rank: u32, wanted: usize) -> Option<Seats> {
        let seats = self.hall.best_first(self.sale.layout(), self.section);
        let free = || seats.iter().copied().filter(|&seat| self.sale.is_free(seat));
        let candidates = free().skip(rank as usize).take(CANDIDATES_MAX);
        for seat in candidates {
            if let Some(run) = self.run_around(seat, wanted) {
                return Some(run);
            }
        }
        let apart: alloc::vec::Vec<Seat> = free().skip(rank as usize).take(wanted).collect();
        Seats::new(&apart).ok()
    }

    /// `wanted` free chairs side by side with `seat` among them.
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

    /// A free chair next to the seats held.
    fn beside(&self, standing: sale::Standing) -> Option<Seat> {
        let sale::Standing::Inside { hold: Some(hold), .. } = standing else {
            return None;
        };
        hold.seats.iter().find_map(|seat| {
            let neighbours = [self.hall.right_of(seat), self.hall.left_of(seat)];
            neighbours.into_iter().flatten().find(|&next| self.sale.is_free(next))
        })
    }
}
