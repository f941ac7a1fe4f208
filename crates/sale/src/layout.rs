//! The part of a seating plan that a sale needs: which seat is in which section, and what it costs.

use alloc::vec::Vec;

use borsh::BorshSerialize;

use crate::limits::{GRADES_MAX, PRICE_WON_MAX, SEATS_MAX, SECTIONS_MAX};
use crate::names::{Seat, Section, Won};

/// The section and the price of each seat. Seats are numbered section by section, so a section is a
/// range of seats.
#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize)]
pub struct Layout {
    /// The first seat of each section, and the number of all seats at the end.
    starts: Vec<u32>,
    /// The section of each seat, so that the section of a seat is found without a search.
    sections: Vec<u16>,
    /// The grade of each seat.
    grades: Vec<u8>,
    /// The price of each grade.
    prices: Vec<Won>,
}

/// Why a layout was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// No seats at all.
    #[error("a layout needs at least one seat")]
    Empty,
    /// More than [`SEATS_MAX`] seats or [`SECTIONS_MAX`] sections.
    #[error("a layout has at most 100,000 seats in 512 sections")]
    TooLarge,
    /// A section without seats.
    #[error("section {section} has no seat")]
    EmptySection {
        /// Which, from 0.
        section: usize,
    },
    /// The sizes of the sections do not add up to the number of seats.
    #[error("the sections have {sections} seats in all, the grades name {grades}")]
    Uneven {
        /// The sum of the sizes of the sections.
        sections: u64,
        /// The number of seats that have a grade.
        grades: usize,
    },
    /// A seat whose grade has no price, more than [`GRADES_MAX`] grades, or a price above
    /// [`PRICE_WON_MAX`].
    #[error("every seat needs one of at most 16 grades with a price of at most 100,000,000 won")]
    Price,
}

impl Layout {
    /// A layout of sections with these numbers of seats; `grades` gives each seat's grade, `prices`
    /// each grade's price in won.
    ///
    /// # Errors
    ///
    /// [`LayoutError`] says what does not fit together.
    pub fn new(
        section_sizes: &[u32],
        grades: Vec<u8>,
        prices: Vec<Won>,
    ) -> Result<Self, LayoutError> {
        if grades.is_empty() || section_sizes.is_empty() {
            return Err(LayoutError::Empty);
        }
        if grades.len() > SEATS_MAX as usize || section_sizes.len() > SECTIONS_MAX {
            return Err(LayoutError::TooLarge);
        }
        if let Some(section) = section_sizes.iter().position(|&size| size == 0) {
            return Err(LayoutError::EmptySection { section });
        }
        let sections: u64 = section_sizes.iter().map(|&size| u64::from(size)).sum();
        if sections != grades.len() as u64 {
            return Err(LayoutError::Uneven { sections, grades: grades.len() });
        }
        let priced = grades.iter().all(|&grade| usize::from(grade) < prices.len());
        let sane = prices.len() <= GRADES_MAX && prices.iter().all(|&p| p <= PRICE_WON_MAX);
        if !priced || !sane {
            return Err(LayoutError::Price);
        }
        let mut starts = Vec::with_capacity(section_sizes.len() + 1);
        let mut next = 0;
        starts.push(next);
        for &size in section_sizes {
            next += size;
            starts.push(next);
        }
        let sections = section_sizes
            .iter()
            .zip(0_u16..)
            .flat_map(|(&size, section)| core::iter::repeat_n(section, size as usize))
            .collect();
        Ok(Self { starts, sections, grades, prices })
    }

    /// How many seats.
    #[expect(clippy::cast_possible_truncation, reason = "at most SEATS_MAX, checked in new")]
    pub fn seat_count(&self) -> u32 {
        self.grades.len() as u32
    }

    /// How many sections.
    pub fn section_count(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is such a section.
    pub fn has_section(&self, section: Section) -> bool {
        usize::from(section.0) < self.section_count()
    }

    /// The seats of a section, by index.
    ///
    /// # Panics
    ///
    /// If there is no such section.
    pub fn seats_of(&self, section: Section) -> core::ops::Range<u32> {
        let at = usize::from(section.0);
        self.starts[at]..self.starts[at + 1]
    }

    /// The section of a seat.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn section_of(&self, seat: Seat) -> Section {
        Section(self.sections[seat.0 as usize])
    }

    /// The grade of a seat.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn grade_of(&self, seat: Seat) -> u8 {
        self.grades[seat.0 as usize]
    }

    /// The price of a seat in won.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn price_of(&self, seat: Seat) -> Won {
        self.prices[usize::from(self.grade_of(seat))]
    }
}
