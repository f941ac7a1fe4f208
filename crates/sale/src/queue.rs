//! The waiting queue: places are given in order and served in order. A position is not stored: it
//! is computed from the place, the places served and the places given up between them (rules Q1 to
//! Q4).

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::limits::PLACES_MAX;
use crate::names::{Occupant, Place, Visitor};

/// How many places share one count of places given up.
const BLOCK: u32 = 1024;

/// All visitors who wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub(crate) struct Queue {
    /// Who waits at each place after `served`; nobody where the place was given up.
    line: VecDeque<Occupant>,
    /// The place served last: it and all before it were served or given up.
    served: u32,
    waiting: u32,
    /// How many places of each block were given up, so that a position far back is computed fast.
    given_up: Vec<u16>,
}

impl Queue {
    /// Gives the next place, or `None` when no more are given.
    pub(crate) fn join(&mut self, visitor: Visitor) -> Option<Place> {
        let given = self.given();
        if given == PLACES_MAX {
            return None;
        }
        self.line.push_back(visitor.into());
        self.waiting += 1;
        if given.is_multiple_of(BLOCK) {
            self.given_up.push(0);
        }
        Some(Place(given + 1))
    }

    /// Takes the first visitor who waits out of the queue.
    pub(crate) fn serve(&mut self) -> Option<(Visitor, Place)> {
        loop {
            let occupant = self.line.pop_front()?;
            self.served += 1;
            if let Some(visitor) = occupant.visitor() {
                self.waiting -= 1;
                return Some((visitor, Place(self.served)));
            }
        }
    }

    /// Gives up a place that is still waited for.
    pub(crate) fn give_up(&mut self, place: Place) {
        let at = self.index(place).expect("the place is still waited for");
        assert!(self.line[at] != Occupant::NOBODY, "a place is given up once");
        self.line[at] = Occupant::NOBODY;
        self.waiting -= 1;
        self.given_up[Self::block(place)] += 1;
    }

    /// How many places were given.
    #[expect(clippy::cast_possible_truncation, reason = "at most PLACES_MAX")]
    pub(crate) fn given(&self) -> u32 {
        self.served + self.line.len() as u32
    }

    /// The place served last.
    pub(crate) fn served(&self) -> u32 {
        self.served
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> u32 {
        self.waiting
    }

    /// Who waits at a place.
    pub(crate) fn visitor_at(&self, place: Place) -> Option<Visitor> {
        self.line.get(self.index(place)?)?.visitor()
    }

    /// How many stand before `place` and still wait, plus one: exact (rule Q3).
    pub(crate) fn position(&self, place: Place) -> Option<u32> {
        let at = self.index(place)?;
        Some(u32::try_from(at).ok()? + 1 - self.given_up_before(place))
    }

    /// Places given up between the last one served and `place`.
    fn given_up_before(&self, place: Place) -> u32 {
        let first = Place(self.served + 1);
        let (first_block, last_block) = (Self::block(first), Self::block(place));
        if last_block - first_block < 2 {
            return self.count_gone(first, place);
        }
        let inner: u32 =
            self.given_up[first_block + 1..last_block].iter().map(|&count| u32::from(count)).sum();
        let block_start = |block: usize| Place(u32::try_from(block).unwrap_or(0) * BLOCK + 1);
        self.count_gone(first, block_start(first_block + 1))
            + inner
            + self.count_gone(block_start(last_block), place)
    }

    fn count_gone(&self, from: Place, to: Place) -> u32 {
        let range = self.index(from).unwrap_or(0)..self.index(to).unwrap_or(0);
        let gone = self.line.range(range).filter(|&&occupant| occupant == Occupant::NOBODY);
        u32::try_from(gone.count()).expect("fewer than PLACES_MAX")
    }

    fn index(&self, place: Place) -> Option<usize> {
        let at = place.0.checked_sub(self.served + 1)? as usize;
        (at < self.line.len()).then_some(at)
    }

    fn block(place: Place) -> usize {
        ((place.0 - 1) / BLOCK) as usize
    }
}
