//! A hall's geometry, compact enough for a phone: rows of integers in centimetres.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::title::Title;

/// A hall. Seats are numbered by section, row and position in the row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlanView {
    /// Its name.
    pub name: String,
    /// What it is called on screen.
    pub title: Title,
    /// Width of the drawing.
    pub width: i32,
    /// Height of the drawing.
    pub height: i32,
    /// What everybody looks at.
    pub stage: PlanStage,
    /// Price classes, best first.
    pub grades: Vec<PlanGrade>,
    /// Blocks of rows, the ground floor first.
    pub sections: Vec<PlanSection>,
}

/// The stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanStage {
    /// `end`, `thrust` or `round`.
    pub shape: String,
    /// Its edge, as x and y.
    pub outline: Vec<[i32; 2]>,
}

/// A price class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanGrade {
    /// `VIP`, `R` …
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// Price of one seat.
    pub price_won: u32,
}

/// A block of rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanSection {
    /// `F` is the ground floor, then `1`, `2` …
    pub floor: String,
    /// `A`, `201` …
    pub label: String,
    /// The area covered, as x and y.
    pub outline: Vec<[i32; 2]>,
    /// Rows, the one nearest the stage first.
    pub rows: Vec<PlanRow>,
}

/// A line of seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanRow {
    /// `1`, `A` …
    pub label: String,
    /// The index of its first seat.
    pub first_seat: u32,
    /// Numbers of the seats.
    pub numbers: RowNumbers,
    /// Centre of each seat from the left.
    pub x: Vec<i32>,
    /// Centre of each seat from the top.
    pub y: Vec<i32>,
    /// Grade of each seat.
    pub grades: RowGrades,
    /// Seats that are no ordinary chair.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<PlanKinds>,
    /// Positions after which an aisle lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Gaps>,
}

/// Positions in a row, from 0.
pub type Gaps = Vec<u32>;

/// Numbers of a row's seats: a run, or a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum RowNumbers {
    /// Each one more than the one before.
    Run {
        /// The first.
        from: u32,
        /// How many.
        count: u32,
    },
    /// Whatever they are.
    List(Vec<String>),
}

/// Grades of a row's seats: one for all, or a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum RowGrades {
    /// One for all.
    One(u8),
    /// One each.
    Each(Vec<u8>),
}

/// Positions of seats that are no ordinary chair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanKinds {
    /// Wheelchair places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wheelchair: Vec<u32>,
    /// Seats with a restricted view.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restricted: Vec<u32>,
}
