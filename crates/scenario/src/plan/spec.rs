//! The spec of a hall: a stage, floors of blocks, and rules for grades and special places.
//!
//! Lengths are centimetres. The origin is the middle of the front edge of the stage, x grows to the
//! right and y towards the audience. Angles are degrees off the axis, seen from the middle of the
//! deck: 0 is straight ahead, 90 beside the stage. What the numbers of a spec may be is said in
//! `check.rs`; what they make is said in `block.rs`.

use serde::Deserialize;

use super::StageShape;
use crate::title::Title;

mod check;

pub(super) use check::is_color;
#[cfg(test)]
mod tests;

/// A hall as numbers. Made by [`Spec::parse`]; turned into seats by [`super::generate()`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// Id: lower case letters, digits and hyphens.
    pub name: String,
    /// Exact number of seats. The blocks must hold as many, and at most 4 % more: those are taken
    /// from the ends of the last rows.
    pub seats: u32,
    /// What the hall is called.
    pub title: Title,
    /// What everybody looks at.
    pub stage: StageSpec,
    /// Price classes, best first.
    pub grade: Vec<GradeSpec>,
    /// Which seat has which grade; the first rule that fits decides, and the last must fit all.
    pub grade_rule: Vec<GradeRule>,
    /// From the ground up.
    pub floor: Vec<FloorSpec>,
    /// Places without chairs.
    #[serde(default)]
    pub hole: Vec<HoleSpec>,
    /// Wheelchair places (휠체어석).
    #[serde(default)]
    pub wheelchair: Vec<WheelchairSpec>,
    /// Seats with a restricted view (시야제한석).
    #[serde(default)]
    pub restricted: Vec<RestrictedSpec>,
}

/// The stage. Its front edge lies on y = 0, its deck behind it; a round one has its middle at 0.
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
    /// Width of the way.
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

/// Gives a grade to the seats at a place.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeRule {
    /// Name of a grade.
    pub grade: String,
    /// Where it holds; everywhere if absent.
    #[serde(default)]
    pub at: Place,
}

/// A choice of seats. Every condition that is given must hold.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Floor label.
    pub floor: Option<String>,
    /// Section labels.
    pub sections: Option<Vec<String>>,
    /// Least angle of the middle of the section, to either side.
    pub angle_from: Option<f64>,
    /// Greatest angle of the middle of the section, to either side.
    pub angle_to: Option<f64>,
    /// First row, counted from 1 at the front.
    pub row_from: Option<u32>,
    /// Last row, counted from 1 at the front.
    pub row_to: Option<u32>,
    /// Only so many rows at the back.
    pub back_rows: Option<u32>,
}

/// A floor and its blocks, with the measures they share.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FloorSpec {
    /// `F` for the ground floor (플로어), then `1`, `2` …
    pub label: String,
    /// From chair to chair.
    pub pitch: f64,
    /// From row to row.
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
    /// First row of chairs.
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

/// Blocks along a rectangle with round corners, labelled from the left of the stage around the far
/// end to its right. Rows lie outside one another at equal distance.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BowlSpec {
    /// Label of the first block.
    pub label: String,
    /// Middle of the ring on the axis.
    pub y: f64,
    /// From the axis to the first row at the sides.
    pub half_width: f64,
    /// From the middle to the first row at the ends.
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
    /// Blocks behind the stage, half on each side of the axis: an even number.
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
    /// First row without, counted from 1 at the front.
    pub row_from: u32,
    /// Last row without.
    pub row_to: u32,
    /// Chairs left out of each row.
    pub seats: u32,
    /// In every n-th block, counted from both ends: 1 is each, 2 every other one.
    pub every: u32,
}

/// A rectangle without chairs: the mixing console (콘솔), camera stands.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoleSpec {
    /// Middle.
    pub x: f64,
    /// Middle.
    pub y: f64,
    /// Extent along x.
    pub width: f64,
    /// Extent along y.
    pub depth: f64,
}

/// Wheelchair places at both ends of rows; each takes the room of two chairs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WheelchairSpec {
    /// Which rows.
    pub at: Place,
    /// Places in each of those rows, half of them at each end, an odd one on the left.
    pub places: u32,
}

/// Seats from which not all of the stage is seen.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestrictedSpec {
    /// Which rows.
    pub at: Place,
    /// Only so many seats at the end of each row that is farther from the axis; all if absent.
    pub outer_seats: Option<u32>,
}

/// Why a spec makes no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpecError {
    /// Not TOML, or a field is missing, unknown or of the wrong type. Says line and column.
    #[error("{message}")]
    Syntax {
        /// What the reader said, over several lines.
        message: String,
    },
    /// A field has a value that makes no hall.
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

impl Spec {
    /// Reads a spec and checks every number in it. Rule P9.
    ///
    /// # Errors
    ///
    /// [`SpecError::Syntax`] for what is not a spec at all, [`SpecError::Field`] for the first
    /// value outside its range.
    pub fn parse(toml: &str) -> Result<Self, SpecError> {
        let spec: Self = toml::from_str(toml)
            .map_err(|error| SpecError::Syntax { message: error.to_string().trim().to_owned() })?;
        check::check(&spec)?;
        Ok(spec)
    }
}
