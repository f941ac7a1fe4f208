//! The geometry of a hall as rows of integers in centimetres, compact enough for a phone.

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
    /// The width of the drawing, in centimetres.
    pub width: i32,
    /// The height of the drawing, in centimetres.
    pub height: i32,
    /// The stage.
    pub stage: PlanStage,
    /// The grades, the best first.
    pub grades: Vec<PlanGrade>,
    /// The sections, those of the ground floor first.
    pub sections: Vec<PlanSection>,
}

/// The stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanStage {
    /// `end`, `thrust` or `round`.
    pub shape: String,
    /// The corners of its outline, as x and y in centimetres.
    pub outline: Vec<[i32; 2]>,
}

/// A grade: a price class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanGrade {
    /// `VIP`, `R` …
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// The regular price of one seat.
    pub price_won: u32,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanSection {
    /// `F` is the ground floor, then `1`, `2` …
    pub floor: String,
    /// `A`, `201` …
    pub label: String,
    /// The corners of its outline, as x and y in centimetres.
    pub outline: Vec<[i32; 2]>,
    /// The rows, the one nearest to the stage first.
    pub rows: Vec<PlanRow>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanRow {
    /// `1`, `A` …
    pub label: String,
    /// The index of its first seat in the plan.
    pub first_seat: u32,
    /// The numbers on the seats.
    pub numbers: RowNumbers,
    /// The centre of each seat, in centimetres from the left.
    pub x: Vec<i32>,
    /// The centre of each seat, in centimetres from the top.
    pub y: Vec<i32>,
    /// The grade of each seat.
    pub grades: RowGrades,
    /// The seats that are not ordinary chairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<PlanKinds>,
    /// The positions in the row after which there is an aisle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gaps: Option<Gaps>,
}

/// Positions in a row, from 0.
pub type Gaps = Vec<u32>;

/// The numbers on the seats of a row: consecutive numbers, or a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum RowNumbers {
    /// Consecutive numbers.
    Run {
        /// The first number.
        from: u32,
        /// How many numbers there are.
        count: u32,
    },
    /// A label for each seat.
    List(Vec<String>),
}

/// The grades of a row's seats, as indices into the plan's grades: one for all seats, or a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum RowGrades {
    /// One grade for all seats.
    One(u8),
    /// A grade for each seat.
    Each(Vec<u8>),
}

/// The positions in a row of seats that are not ordinary chairs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanKinds {
    /// Wheelchair places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wheelchair: Vec<u32>,
    /// Seats with a restricted view.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub restricted: Vec<u32>,
}
