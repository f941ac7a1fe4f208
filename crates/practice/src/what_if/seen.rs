//! The free seats as a person saw them at some moment, and which of them a choice falls on.

use alloc::vec;
use alloc::vec::Vec;

use crowd::{Hall, Race};
use sale::{Seat, Seats};

/// How many seats are tried as the first of several side by side. Chosen: as many as a rival tries.
const CANDIDATES_MAX: u32 = 32;

/// The free seats at a moment: bit `i % 8` of byte `i / 8` is seat `i`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    bits: Vec<u8>,
}

/// How a person chose one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// By its quality: before it came `better` of the `of` free seats, in order of quality and then of number.
    Rank { better: u32, of: u32 },
    /// Beside another seat of the person: the one at this index among those held and those chosen with it.
    Beside { index: usize, is_right: bool },
}

impl Seen {
    /// The free seats of a race.
    pub(super) fn of(race: &Race) -> Self {
        let count = race.sale().layout().seat_count();
        let mut bits = vec![0; count.div_ceil(8) as usize];
        for seat in (0..count).filter(|&seat| race.sale().is_free(Seat(seat))) {
            bits[seat as usize / 8] |= 1 << (seat % 8);
        }
        Self { bits }
    }

    pub(super) fn bits(&self) -> &[u8] {
        &self.bits
    }

    pub(super) fn has(&self, seat: Seat) -> bool {
        self.bits.get(seat.0 as usize / 8).is_some_and(|byte| byte >> (seat.0 % 8) & 1 == 1)
    }

    /// Notes that a seat is not free: the person took it, or met a conflict there.
    pub(super) fn remove(&mut self, seat: Seat) {
        if let Some(byte) = self.bits.get_mut(seat.0 as usize / 8) {
            *byte &= !(1 << (seat.0 % 8));
        }
    }

    pub(super) fn count(&self) -> u32 {
        self.bits.iter().map(|byte| byte.count_ones()).sum()
    }

    pub(super) fn seats(&self) -> impl Iterator<Item = Seat> + '_ {
        let seats = (0u32..).zip(&self.bits);
        seats.flat_map(|(byte, &bits)| {
            (0..8).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| Seat(byte * 8 + bit))
        })
    }

    /// The best of the free seats by quality.
    pub(super) fn best(&self, hall: &Hall) -> Option<Seat> {
        self.seats().reduce(|best, seat| if is_before(hall, seat, best) { seat } else { best })
    }

    /// How a person chose these seats, who had the seats `held` before.
    pub(super) fn picks(&self, hall: &Hall, held: &[Seat], seats: &Seats) -> Vec<Pick> {
        let mut own = held.to_vec();
        let pick = |seat| {
            let beside = own.iter().enumerate().find_map(|(index, &other)| {
                let right = (hall.right_of(other) == Some(seat)).then_some(true);
                let is_right = right.or((hall.left_of(other) == Some(seat)).then_some(false))?;
                Some(Pick::Beside { index, is_right })
            });
            own.push(seat);
            beside.unwrap_or_else(|| self.rank(hall, seat))
        };
        seats.iter().map(pick).collect()
    }

    fn rank(&self, hall: &Hall, seat: Seat) -> Pick {
        let better = self.seats().filter(|&other| is_before(hall, other, seat)).count();
        let better = u32::try_from(better).expect("fewer than all seats");
        Pick::Rank { better, of: self.count() }
    }

    /// The seats on which the same choice falls here; `None` if no seat is free.
    pub(super) fn choose(&self, hall: &Hall, held: &[Seat], picks: &[Pick]) -> Option<Seats> {
        // Several seats side by side are looked for a little further down the ranks, as people do.
        let further = if picks.len() > 1 { CANDIDATES_MAX } else { 1 };
        let exact = (0..further).find_map(|on| {
            let (seats, is_exact) = self.choose_from(hall, held, picks, on)?;
            is_exact.then_some(seats)
        });
        let seats =
            exact.or_else(|| self.choose_from(hall, held, picks, 0).map(|found| found.0))?;
        Seats::new(&seats).ok()
    }

    /// The seats chosen with `on` better ones left out, and whether those that were to be beside others are.
    fn choose_from(
        &self,
        hall: &Hall,
        held: &[Seat],
        picks: &[Pick],
        on: u32,
    ) -> Option<(Vec<Seat>, bool)> {
        let (mut own, mut is_exact) = (held.to_vec(), true);
        for &pick in picks {
            let is_open = |seat: &Seat| self.has(*seat) && !own.contains(seat);
            let seat = match pick {
                Pick::Rank { better, of } => self.at_rank(hall, &own, better, of, on),
                Pick::Beside { index, is_right } => {
                    let exact = own.get(index).and_then(|&of| beside(hall, of, is_right));
                    let exact = exact.filter(is_open);
                    is_exact &= exact.is_some();
                    let any = own.iter().flat_map(|&of| [true, false].map(|way| (of, way)));
                    let mut any = any.filter_map(|(of, way)| beside(hall, of, way));
                    let near = exact.or_else(|| any.find(is_open));
                    near.or_else(|| self.at_rank(hall, &own, 0, 1, on))
                }
            };
            own.extend(seat);
        }
        let chosen = own.split_off(held.len());
        (!chosen.is_empty()).then_some((chosen, is_exact))
    }

    /// The seat with the same rank among these free seats. Where fewer are free, the rank keeps its share; where
    /// more are free, it stays: nobody chooses worse because there is more to choose from.
    fn at_rank(&self, hall: &Hall, own: &[Seat], better: u32, of: u32, on: u32) -> Option<Seat> {
        let mut seats: Vec<Seat> = self.seats().filter(|seat| !own.contains(seat)).collect();
        let count = u32::try_from(seats.len()).expect("fewer than all seats");
        let share = u64::from(better) * u64::from(count) / u64::from(of.max(1));
        let rank = u64::from(better).min(share) + u64::from(on);
        let last = count.checked_sub(1)?;
        let rank = usize::try_from(rank.min(u64::from(last))).expect("below the count");
        let order =
            |a: &Seat, b: &Seat| hall.quality(*b).total_cmp(&hall.quality(*a)).then(a.cmp(b));
        Some(*seats.select_nth_unstable_by(rank, order).1)
    }
}

fn beside(hall: &Hall, seat: Seat, is_right: bool) -> Option<Seat> {
    if is_right { hall.right_of(seat) } else { hall.left_of(seat) }
}

/// Whether one seat comes before another: it is better, or as good with a lower number.
fn is_before(hall: &Hall, one: Seat, other: Seat) -> bool {
    let order = hall.quality(other).total_cmp(&hall.quality(one)).then(one.cmp(&other));
    order.is_lt()
}
