//! The state of every seat (free, held or sold) in dense arrays. Only this module changes it, and
//! each change asserts the state it starts from. This is what keeps a seat from being sold twice
//! (rule S1).

use alloc::vec;
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::layout::Layout;
use crate::moment::Moment;
use crate::names::{Occupant, Seat, Section, Visitor};

/// The state of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatState {
    /// Any visitor may take it.
    Free,
    /// Promised to one visitor until a deadline.
    Held,
    /// Paid.
    Sold,
}

/// The state of every seat.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Seating {
    /// One bit a seat: free or not.
    free: Vec<u64>,
    /// One bit a seat: sold or not.
    sold: Vec<u64>,
    /// The visitor who holds or paid for each seat; nobody if it is free.
    owner: Vec<Occupant>,
    /// When each seat that is not free was taken. Paying for a held seat does not change it.
    since: Vec<Moment>,
    /// Free seats of each section.
    free_in: Vec<u32>,
    free_count: u32,
    sold_count: u32,
}

impl Seating {
    /// Every seat free.
    pub(crate) fn new(layout: &Layout) -> Self {
        let count = layout.seat_count();
        let words = count.div_ceil(64) as usize;
        let mut free = vec![u64::MAX; words];
        if !count.is_multiple_of(64) {
            free[words - 1] = (1 << (count % 64)) - 1;
        }
        let sections = (0..layout.section_count()).map(|at| {
            let range = layout.seats_of(Section(u16::try_from(at).expect("at most SECTIONS_MAX")));
            range.end - range.start
        });
        Self {
            free,
            sold: vec![0; words],
            owner: vec![Occupant::NOBODY; count as usize],
            since: vec![Moment::START; count as usize],
            free_in: sections.collect(),
            free_count: count,
            sold_count: 0,
        }
    }

    /// Free → held.
    pub(crate) fn hold(&mut self, layout: &Layout, now: Moment, seat: Seat, visitor: Visitor) {
        assert!(self.is_free(seat), "only a free seat is held");
        self.take(layout, now, seat, visitor);
    }

    /// Held by `visitor` → sold to the same visitor.
    pub(crate) fn sell_held(&mut self, seat: Seat, visitor: Visitor) {
        assert!(self.state(seat) == SeatState::Held, "a held seat is sold");
        assert!(self.owner(seat) == Some(visitor), "a seat is sold to the one who holds it");
        self.mark_sold(seat);
    }

    /// Free → sold, where the rules hold nothing before payment.
    pub(crate) fn sell_free(&mut self, layout: &Layout, now: Moment, seat: Seat, visitor: Visitor) {
        assert!(self.is_free(seat), "a free seat is sold");
        self.take(layout, now, seat, visitor);
        self.mark_sold(seat);
    }

    /// Held or sold to `visitor` → free.
    pub(crate) fn free(&mut self, layout: &Layout, seat: Seat, visitor: Visitor) {
        assert!(self.owner(seat) == Some(visitor), "a seat is given back by its owner");
        let (word, bit) = position(seat);
        if self.sold[word] & bit != 0 {
            self.sold[word] &= !bit;
            self.sold_count -= 1;
        }
        self.free[word] |= bit;
        self.free_count += 1;
        self.free_in[usize::from(layout.section_of(seat).0)] += 1;
        self.owner[seat.0 as usize] = Occupant::NOBODY;
    }

    fn take(&mut self, layout: &Layout, now: Moment, seat: Seat, visitor: Visitor) {
        let (word, bit) = position(seat);
        self.free[word] &= !bit;
        self.free_count -= 1;
        self.free_in[usize::from(layout.section_of(seat).0)] -= 1;
        self.owner[seat.0 as usize] = visitor.into();
        self.since[seat.0 as usize] = now;
    }

    fn mark_sold(&mut self, seat: Seat) {
        let (word, bit) = position(seat);
        self.sold[word] |= bit;
        self.sold_count += 1;
    }

    pub(crate) fn is_free(&self, seat: Seat) -> bool {
        let (word, bit) = position(seat);
        self.free[word] & bit != 0
    }

    pub(crate) fn state(&self, seat: Seat) -> SeatState {
        let (word, bit) = position(seat);
        match (self.free[word] & bit != 0, self.sold[word] & bit != 0) {
            (true, false) => SeatState::Free,
            (false, false) => SeatState::Held,
            (false, true) => SeatState::Sold,
            (true, true) => unreachable!("a sold seat is never free"),
        }
    }

    pub(crate) fn owner(&self, seat: Seat) -> Option<Visitor> {
        self.owner[seat.0 as usize].visitor()
    }

    pub(crate) fn since(&self, seat: Seat) -> Moment {
        self.since[seat.0 as usize]
    }

    pub(crate) fn free_count(&self) -> u32 {
        self.free_count
    }

    pub(crate) fn sold_count(&self) -> u32 {
        self.sold_count
    }

    pub(crate) fn free_in(&self, section: Section) -> u32 {
        self.free_in[usize::from(section.0)]
    }

    /// Counts again what is kept as a count.
    pub(crate) fn audit(&self, layout: &Layout) {
        let ones = |words: &[u64]| words.iter().map(|word| word.count_ones()).sum::<u32>();
        assert_eq!(ones(&self.free), self.free_count, "free seats are counted right");
        assert_eq!(ones(&self.sold), self.sold_count, "sold seats are counted right");
        for at in 0..layout.section_count() {
            let section = Section(u16::try_from(at).expect("at most SECTIONS_MAX"));
            let free = layout.seats_of(section).filter(|&seat| self.is_free(Seat(seat))).count();
            assert_eq!(
                free,
                self.free_in(section) as usize,
                "free seats of a section are counted right"
            );
        }
        for seat in (0..layout.seat_count()).map(Seat) {
            assert_eq!(self.is_free(seat), self.owner(seat).is_none(), "a free seat has no owner");
        }
    }
}

fn position(seat: Seat) -> (usize, u64) {
    ((seat.0 / 64) as usize, 1 << (seat.0 % 64))
}
