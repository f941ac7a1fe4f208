//! Specs of halls: a stage, floors made of blocks, and rules for grades and special seats.
//!
//! Lengths are centimetres. The origin is the middle of the front edge of the stage, x grows to the
//! right and y towards the audience. Angles are degrees off the axis, seen from the middle of the
//! deck: 0 is straight ahead, 90 beside the stage. `check.rs` says which numbers a spec may have,
//! and
//! `block.rs` turns them into blocks.

use serde::Deserialize;

use super::StageShape;
use crate::title::Title;

mod check;
mod parse;

pub(super) use check::is_color;
#[cfg(test)]
mod tests;

/// A hall as numbers. Made by [`Spec::parse`]; turned into seats by [`super::generate()`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Id: lower case letters, digits and hyphens.
    pub name: String,
    /// The exact number of seats. The blocks must have room for as many and for at most 4 % more;
    /// surplus chairs are taken out at the ends of the last rows.
    pub seats: u32,
    /// What the hall is called.
    pub title: Title,
    /// The stage.
    pub stage: StageSpec,
    /// Price classes, best first.
    pub grade: Vec<GradeSpec>,
    /// Which seats have which grade. A seat has the grade of the first rule that covers it; the
    /// last rule must cover every seat.
    pub grade_rule: Vec<GradeRule>,
    /// The floors, the lowest first.
    pub floor: Vec<FloorSpec>,
    /// Areas without chairs.
    #[serde(default)]
    pub hole: Vec<HoleSpec>,
    /// Wheelchair places (휠체어석).
    #[serde(default)]
    pub wheelchair: Vec<WheelchairSpec>,
    /// Seats with a restricted view (시야제한석).
    #[serde(default)]
    pub restricted: Vec<RestrictedSpec>,
}

/// The stage. Its front edge lies on y = 0 and its deck behind that. A round stage has its middle
/// on y = 0.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StageSpec {
    /// `end`, `thrust` (with a runway) or `round`.
    pub shape: StageShape,
    /// Width of the deck.
    pub width: f64,
    /// Depth of the deck.
    pub depth: f64,
    /// Free floor between the edge of the stage and the first chair.
    pub clearance: f64,
    /// The runway of a thrust stage, along the axis.
    pub runway: Option<RunwaySpec>,
}

/// A runway with a broader tip (B stage).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunwaySpec {
    /// Width of the runway before its tip.
    pub width: f64,
    /// Length from the deck to the end of the tip.
    pub length: f64,
    /// Width of the tip.
    pub tip_width: f64,
    /// Depth of the tip.
    pub tip_depth: f64,
}

/// A price class.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeSpec {
    /// `VIP`, `R` …
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// Price in won.
    pub price_won: u32,
}

/// Gives a grade to the seats in a scope.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeRule {
    /// Name of a grade.
    pub grade: String,
    /// Which seats it covers; all of them if left out.
    #[serde(default)]
    pub at: Scope,
}

/// The rows that a rule covers: those for which all given conditions hold.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Floor label.
    pub floor: Option<String>,
    /// Section labels.
    pub sections: Option<Vec<String>>,
    /// The least angle between the axis and the middle of the section, on either side.
    pub angle_from: Option<f64>,
    /// The greatest angle between the axis and the middle of the section, on either side.
    pub angle_to: Option<f64>,
    /// First row, counted from 1 at the front.
    pub row_from: Option<u32>,
    /// Last row, counted from 1 at the front.
    pub row_to: Option<u32>,
    /// How many rows at the back it covers.
    pub back_rows: Option<u32>,
}

/// A floor: its blocks and the measures that they share.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorSpec {
    /// `F` for the ground floor (플로어), then `1`, `2` …
    pub label: String,
    /// The distance between the middles of neighbouring chairs.
    pub pitch: f64,
    /// The distance between neighbouring rows.
    pub row_pitch: f64,
    /// Width of the aisles between blocks.
    pub aisle: f64,
    /// How rows are named.
    pub row_labels: RowLabels,
    /// Rectangles of chairs on flat ground.
    #[serde(default)]
    pub grid: Vec<GridSpec>,
    /// Fans of blocks on a circle.
    #[serde(default)]
    pub arc: Vec<ArcSpec>,
    /// Rings of blocks with straight sides and round corners.
    #[serde(default)]
    pub bowl: Vec<BowlSpec>,
}

/// How rows are named from the front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowLabels {
    /// 1, 2, 3 …
    Numbers,
    /// A, B, C …
    Letters,
}

/// Equal rectangular blocks, labelled from left to right, rank by rank from the front.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GridSpec {
    /// Label of the first block.
    pub label: String,
    /// Middle of the grid.
    #[serde(default)]
    pub x: f64,
    /// The place of the first row of chairs.
    pub y: f64,
    /// Blocks side by side.
    pub columns: u32,
    /// Blocks one behind the other.
    pub ranks: u32,
    /// Rows in a block.
    pub rows: u32,
    /// Chairs in a row of a block.
    pub row_seats: u32,
    /// Free floor between ranks.
    pub cross_aisle: f64,
}

/// Blocks on arcs around one centre, labelled from left to right.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArcSpec {
    /// Label of the first block.
    pub label: String,
    /// Centre of the circles on the axis; behind the stage for gently curved rows.
    pub y: f64,
    /// Radius of the first row.
    pub radius: f64,
    /// Borders of the blocks in degrees at the centre, rising, negative to the left.
    pub cuts: Vec<f64>,
    /// Rows in a block.
    pub rows: u32,
    /// Aisles that divide each row inside a block.
    #[serde(default)]
    pub splits: u32,
    /// Entrances through the rows.
    pub tunnel: Option<TunnelSpec>,
}

/// Blocks in a ring along a rectangle with round corners. They are labelled from the left of the
/// stage, past the far end, to its right. Each row surrounds the one before it at equal distance.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BowlSpec {
    /// Label of the first block.
    pub label: String,
    /// Middle of the ring on the axis.
    pub y: f64,
    /// The distance from the axis to the first row at the sides.
    pub half_width: f64,
    /// The distance from the middle to the first row at the ends.
    pub half_depth: f64,
    /// Radius of the first row in the corners.
    pub corner: f64,
    /// Rows in a block.
    pub rows: u32,
    /// Blocks along each side, between the corners.
    pub side_blocks: u32,
    /// Blocks in each of the two corners far from the stage.
    pub corner_blocks: u32,
    /// Blocks along the far end.
    pub end_blocks: u32,
    /// Blocks in each of the two corners near the stage.
    #[serde(default)]
    pub stage_corner_blocks: u32,
    /// Blocks behind the stage: an even number, half of them on each side of the axis.
    #[serde(default)]
    pub stage_end_blocks: u32,
    /// Aisles that divide each row inside a block.
    #[serde(default)]
    pub splits: u32,
    /// Entrances through the rows.
    pub tunnel: Option<TunnelSpec>,
}

/// An entrance through the middle of a block: rows without their middle chairs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TunnelSpec {
    /// The first row without its middle chairs, counted from 1 at the front.
    pub row_from: u32,
    /// The last row without its middle chairs.
    pub row_to: u32,
    /// How many chairs are left out of each of these rows.
    pub seats: u32,
    /// Every how many blocks there is such an entrance, counted from both ends: 1 for each block, 2
    /// for every other one.
    pub every: u32,
}

/// A rectangle without chairs: the mixing console (콘솔), camera stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoleSpec {
    /// The x of its middle.
    pub x: f64,
    /// The y of its middle.
    pub y: f64,
    /// Its length along x.
    pub width: f64,
    /// Its length along y.
    pub depth: f64,
}

/// Wheelchair places at both ends of rows. Each takes the room of two chairs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WheelchairSpec {
    /// Which rows.
    pub at: Scope,
    /// Places in each of those rows: half of them at each end, and one more at the left end if the
    /// number is odd.
    pub places: u32,
}

/// Seats from which not all of the stage is seen.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestrictedSpec {
    /// Which rows.
    pub at: Scope,
    /// How many seats it covers at that end of each row that is farther from the axis; the whole
    /// row if left out.
    pub outer_seats: Option<u32>,
}

/// Why no plan can be made from a spec.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// The text is no TOML, or a field is missing, unknown or of the wrong type. The message names
    /// line and column.
    #[error("{message}")]
    Syntax {
        /// The message of the TOML reader, in several lines.
        message: String,
    },
    /// A field has a value from which no hall can be laid out.
    #[error("{field}: {wrong}; {fix}")]
    Field {
        /// Path of the field, such as `floor[1].arc[0].radius`.
        field: String,
        /// What is wrong with it.
        wrong: String,
        /// What to do.
        fix: String,
    },
}

impl SpecError {
    pub(super) fn field(
        field: impl Into<String>,
        wrong: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self::Field { field: field.into(), wrong: wrong.into(), fix: fix.into() }
    }
}
