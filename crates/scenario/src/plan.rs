//! Seating plans: where people sit, at what price, and how good each seat is.
//!
//! A [`Plan`] is dense and ordered: seats are numbered from 0 by section, then row, then position
//! in the row, so a section and a row are ranges of seat indices. It comes from a [`Spec`]
//! ([`generate()`]) or from a foreign file ([`pretix::import`]). Nothing here knows who holds a
//! seat, and nothing here composes text for a screen: labels are the same in every language.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::title::Title;

pub mod limits;
pub mod pretix;
pub mod summary;

mod block;
mod builtin;
mod draft;
mod generate;
mod geometry;
mod labels;
mod quality;
mod spec;
mod special;
mod trim;

#[cfg(test)]
mod tests;

pub use builtin::{BUILTIN_NAMES, builtin};
pub use generate::generate;
pub use geometry::{Point, contains, distance_to_outline};
pub use spec::{
    ArcSpec, BowlSpec, FloorSpec, GradeRule, GradeSpec, GridSpec, HoleSpec, RestrictedSpec,
    RowLabels, RunwaySpec, Scope, Spec, SpecError, StageSpec, TunnelSpec, WheelchairSpec,
};

/// A hall with every seat in it.
///
/// Lengths are plan units of one centimetre; x grows to the right and y away from the stage, from
/// the top left corner of the drawing. Upper floors are drawn behind lower ones, never over them.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Short id such as `arena`: lower case letters, digits and hyphens.
    pub name: String,
    /// What a screen calls the hall.
    pub title: Title,
    /// Width of the drawing in centimetres; every coordinate lies in `0.0..=width`.
    pub width: f32,
    /// Depth of the drawing in centimetres; every coordinate lies in `0.0..=height`.
    pub height: f32,
    /// The stage.
    pub stage: Stage,
    /// Price classes, best first. At most [`limits::GRADES_MAX`].
    pub grades: Vec<Grade>,
    /// Sections in order: the ground floor first. At most [`limits::SECTIONS_MAX`].
    pub sections: Vec<Section>,
    /// Rows, section by section, the row nearest the stage first. At most [`limits::ROWS_MAX`].
    pub rows: Vec<Row>,
    /// Seats, row by row. At most [`limits::SEATS_MAX`].
    pub seats: Vec<Seat>,
}

/// The stage: its form and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// How it stands to the audience.
    pub shape: StageShape,
    /// The middle of the main deck. Seats face it, and their angles off the axis are measured
    /// there.
    pub focus: Point,
    /// The edge of the stage with its runway, as a closed polygon without a repeated last point.
    pub outline: Vec<Point>,
}

/// How the stage stands to the audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StageShape {
    /// At one end, in front of the audience.
    End,
    /// At one end with a runway among the audience (돌출 무대).
    Thrust,
    /// In the middle. The audience sits all around it, so no seat is off its axis.
    Round,
}

/// A price class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grade {
    /// `VIP`, `R`, `S` …
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// Price of one seat in won; 0 if the plan comes from a file without prices.
    pub price_won: u32,
}

/// A block of rows with aisles around it (구역).
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// `F` for the ground floor (플로어), `1`, `2` … for the floors above. In an imported plan it may be
    /// any text.
    pub floor: String,
    /// `A`, `201` …; unique on its floor.
    pub label: String,
    /// Indices into [`Plan::rows`]. Never empty.
    pub rows: Range<u32>,
    /// Indices into [`Plan::seats`]. Never empty.
    pub seats: Range<u32>,
    /// Its area on overview maps, as a closed polygon without a repeated last point.
    pub outline: Vec<Point>,
}

/// A line of seats (열).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Index into [`Plan::sections`].
    pub section: u32,
    /// `1`, `A` …; unique in its section.
    pub label: String,
    /// Indices into [`Plan::seats`]. Never empty.
    pub seats: Range<u32>,
}

/// One seat (포도알).
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// Index into [`Plan::rows`].
    pub row: u32,
    /// Number in the row, counted from the left as seen by a person who faces the stage.
    pub number: String,
    /// Index into [`Plan::grades`].
    pub grade: u8,
    /// Centre of the chair in centimetres from the left edge of the drawing.
    pub x: f32,
    /// Centre of the chair in centimetres from the top edge of the drawing.
    pub y: f32,
    /// For whom it is, and whether all of the stage can be seen from it.
    pub kind: SeatKind,
    /// How good it is: 0 is the worst seat of this plan and 1 the best.
    pub quality: f32,
    /// Whether the seat with the next index is its neighbour: in the same row, without an aisle in
    /// between.
    pub next_adjacent: bool,
}

/// What sets a seat apart besides its grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeatKind {
    /// A chair from which all of the stage is seen.
    Ordinary,
    /// A wheelchair place (휠체어석), two chairs wide.
    Wheelchair,
    /// A chair from which not all of the stage is seen (시야제한석).
    Restricted,
}

impl Plan {
    /// The section of a seat.
    ///
    /// # Panics
    ///
    /// When `seat` is not a seat of this plan.
    pub fn section_of(&self, seat: u32) -> &Section {
        &self.sections[self.row_of(seat).section as usize]
    }

    /// The row of a seat.
    ///
    /// # Panics
    ///
    /// When `seat` is not a seat of this plan.
    pub fn row_of(&self, seat: u32) -> &Row {
        &self.rows[self.seats[seat as usize].row as usize]
    }

    /// The level of each section: 0 for the lowest floor, 1 for the one above it, and so on. Floors
    /// are taken to be listed from the lowest up.
    pub fn levels(&self) -> Vec<u32> {
        let mut floors: BTreeMap<&str, u32> = BTreeMap::new();
        let floor_of = self.sections.iter().map(|section| section.floor.as_str());
        let level = |floor| {
            let next = index(floors.len());
            *floors.entry(floor).or_insert(next)
        };
        floor_of.map(level).collect()
    }
}

/// A length as an index; plans are far smaller than `u32::MAX`.
fn index(length: usize) -> u32 {
    u32::try_from(length).expect("plan limits lie far below u32::MAX")
}
