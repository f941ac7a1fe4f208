//! The hall: which seats are better than others, and which stand side by side.

use alloc::vec::Vec;

use borsh::BorshSerialize;
use sale::{Layout, Seat, Section};

/// Quality and neighbours of every seat of a layout.
#[derive(Clone, Debug, PartialEq, BorshSerialize)]
pub struct Hall {
    /// All seats section by section, the best of each section first.
    by_quality: Vec<Seat>,
    /// Mean quality of each section.
    section_quality: Vec<f64>,
    /// Quality of each seat, 0 worst to 1 best.
    quality: Vec<f32>,
    /// Whether the next seat by index stands beside this one in the same row.
    next_adjacent: Vec<bool>,
}

/// Why a hall does not fit its layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HallError {
    /// One of the lists has another length than the layout.
    #[error("quality and neighbours are needed for each of {seats} seats")]
    Length {
        /// Seats in the layout.
        seats: u32,
    },
    /// A quality is not a number from 0 to 1.
    #[error("the quality of seat {seat} is not between 0 and 1")]
    Quality {
        /// Which seat.
        seat: u32,
    },
}

impl Hall {
    /// The hall of `layout`. For each seat, `quality` is from 0 to 1, and `next_adjacent` says
    /// whether the seat after it stands beside it in the same row.
    ///
    /// # Errors
    ///
    /// [`HallError`] if the lists do not fit.
    pub fn new(
        layout: &Layout,
        quality: Vec<f32>,
        mut next_adjacent: Vec<bool>,
    ) -> Result<Self, HallError> {
        let seats = layout.seat_count();
        if quality.len() != seats as usize || next_adjacent.len() != seats as usize {
            return Err(HallError::Length { seats });
        }
        if let Some(seat) = quality.iter().position(|q| !(0.0..=1.0).contains(q)) {
            return Err(HallError::Quality { seat: u32::try_from(seat).unwrap_or(u32::MAX) });
        }
        let mut by_quality = Vec::with_capacity(quality.len());
        let mut section_quality = Vec::with_capacity(layout.section_count());
        for at in 0..layout.section_count() {
            let section = Section(u16::try_from(at).expect("at most SECTIONS_MAX"));
            let range = layout.seats_of(section);
            let first = by_quality.len();
            by_quality.extend(range.clone().map(Seat));
            by_quality[first..].sort_by(|a: &Seat, b: &Seat| {
                let (qa, qb) = (quality[a.0 as usize], quality[b.0 as usize]);
                qb.total_cmp(&qa).then(a.cmp(b))
            });
            let sum: f64 = range.clone().map(|seat| f64::from(quality[seat as usize])).sum();
            section_quality.push(sum / f64::from(range.end - range.start));
            // The seat after the last one of a section is in another section.
            next_adjacent[range.end as usize - 1] = false;
        }
        Ok(Self { by_quality, section_quality, quality, next_adjacent })
    }

    /// Whether this is a hall of `layout`.
    pub(crate) fn is_of(&self, layout: &Layout) -> bool {
        let sections = self.section_quality.len() == layout.section_count();
        sections && self.quality.len() == layout.seat_count() as usize
    }

    /// The seats of a section, best first.
    pub fn best_first(&self, layout: &Layout, section: Section) -> &[Seat] {
        let range = layout.seats_of(section);
        &self.by_quality[range.start as usize..range.end as usize]
    }

    /// Mean quality of each section, by index.
    pub fn section_quality(&self) -> &[f64] {
        &self.section_quality
    }

    /// Quality of a seat, 0 worst to 1 best.
    pub fn quality(&self, seat: Seat) -> f32 {
        self.quality[seat.0 as usize]
    }

    /// The seat to the right in the same row; `None` at an aisle or at the end of the row.
    pub fn right_of(&self, seat: Seat) -> Option<Seat> {
        self.next_adjacent[seat.0 as usize].then_some(Seat(seat.0 + 1))
    }

    /// The seat to the left in the same row; `None` at an aisle or at the end of the row.
    pub fn left_of(&self, seat: Seat) -> Option<Seat> {
        let left = seat.0.checked_sub(1)?;
        self.next_adjacent[left as usize].then_some(Seat(left))
    }
}
