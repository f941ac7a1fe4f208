//! Blocks: where the front row of each section runs. A front row is a line or an arc, and the rows
//! behind it are parallel to it. So blocks do not overlap if their front rows do not.

use core::f64::consts::PI;

use super::geometry::Spot;
use super::labels::label_after;
use super::limits::SECTIONS_MAX;
use super::spec::{ArcSpec, BowlSpec, FloorSpec, GridSpec, Spec, SpecError, TunnelSpec};

#[cfg(test)]
mod tests;

/// A line or an arc with a direction. The stage lies on its left in the drawing, and a parallel at
/// a greater distance lies farther from the stage.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Path {
    Line {
        from: Spot,
        to: Spot,
    },
    /// Angles in radians from the x axis towards y, falling.
    Arc {
        centre: Spot,
        radius: f64,
        from: f64,
        to: f64,
    },
}

impl Path {
    pub(super) fn length(&self) -> f64 {
        match *self {
            Self::Line { from, to } => to.minus(from).length(),
            Self::Arc { radius, from, to, .. } => (from - to) * radius,
        }
    }

    /// The spot that lies `along` centimetres from the beginning.
    pub(super) fn at(&self, along: f64) -> Spot {
        match *self {
            Self::Line { from, to } => {
                let way = to.minus(from);
                from.plus(way.times(along / way.length()))
            }
            Self::Arc { centre, radius, from, .. } => {
                let angle = from - along / radius;
                centre.plus(Spot::new(libm::cos(angle), libm::sin(angle)).times(radius))
            }
        }
    }

    /// The parallel that lies `outward` centimetres farther from the stage.
    pub(super) fn parallel(&self, outward: f64) -> Self {
        match *self {
            Self::Line { from, to } => {
                let way = to.minus(from);
                let normal = Spot::new(-way.y, way.x).times(outward / way.length());
                Self::Line { from: from.plus(normal), to: to.plus(normal) }
            }
            Self::Arc { centre, radius, from, to } => {
                Self::Arc { centre, radius: radius + outward, from, to }
            }
        }
    }

    /// The path without its first and last `cut` centimetres; `None` if nothing is left.
    pub(super) fn shortened(&self, cut: f64) -> Option<Self> {
        if self.length() <= 2.0 * cut {
            return None;
        }
        Some(match *self {
            Self::Line { .. } => {
                Self::Line { from: self.at(cut), to: self.at(self.length() - cut) }
            }
            Self::Arc { centre, radius, from, to } => {
                Self::Arc { centre, radius, from: from - cut / radius, to: to + cut / radius }
            }
        })
    }

    /// The path in `parts` equal pieces.
    pub(super) fn divided(&self, parts: u32) -> Vec<Self> {
        let share = |index: u32| f64::from(index) / f64::from(parts);
        (0..parts)
            .map(|index| match *self {
                Self::Line { from, to } => {
                    let way = to.minus(from);
                    let at = |index| from.plus(way.times(share(index)));
                    Self::Line { from: at(index), to: at(index + 1) }
                }
                Self::Arc { centre, radius, from, to } => {
                    let at = |index| from + (to - from) * share(index);
                    Self::Arc { centre, radius, from: at(index), to: at(index + 1) }
                }
            })
            .collect()
    }
}

/// The ground of one section.
#[derive(Debug, Clone)]
pub(super) struct Block<'spec> {
    pub(super) floor: &'spec FloorSpec,
    pub(super) label: String,
    /// The line of the front row, from the middle of the aisle on its left to that on its right.
    pub(super) front: Path,
    pub(super) rows: u32,
    /// Aisles inside the block.
    pub(super) splits: u32,
    pub(super) tunnel: Option<&'spec TunnelSpec>,
    /// Whether it is a rectangle of chairs on flat ground. Its rows are never shortened.
    pub(super) is_flat: bool,
}

/// All blocks of a spec in the order of their sections.
///
/// # Errors
///
/// When there are more than [`SECTIONS_MAX`] blocks, or a block has no label left or one that
/// another block has.
pub(super) fn blocks(spec: &Spec) -> Result<Vec<Block<'_>>, SpecError> {
    let mut blocks = Vec::new();
    for (index, floor) in spec.floor.iter().enumerate() {
        for (series, grid) in floor.grid.iter().enumerate() {
            let path = format!("floor[{index}].grid[{series}]");
            add(&mut blocks, floor, Series::of_grid(floor, grid), &path)?;
        }
        for (series, arc) in floor.arc.iter().enumerate() {
            let path = format!("floor[{index}].arc[{series}]");
            add(&mut blocks, floor, Series::of_arc(arc), &path)?;
        }
        for (series, bowl) in floor.bowl.iter().enumerate() {
            let path = format!("floor[{index}].bowl[{series}]");
            add(&mut blocks, floor, Series::of_bowl(bowl), &path)?;
        }
    }
    Ok(blocks)
}

/// The blocks of one grid, arc or bowl, which are labelled one after the other.
struct Series<'spec> {
    label: &'spec str,
    fronts: Vec<Path>,
    rows: u32,
    splits: u32,
    tunnel: Option<&'spec TunnelSpec>,
    is_flat: bool,
}

fn add<'spec>(
    blocks: &mut Vec<Block<'spec>>,
    floor: &'spec FloorSpec,
    series: Series<'spec>,
    path: &str,
) -> Result<(), SpecError> {
    let block_count = super::index(series.fronts.len());
    for (order, front) in (0..).zip(series.fronts) {
        if blocks.len() == SECTIONS_MAX as usize {
            let wrong = format!("more than {SECTIONS_MAX} sections");
            return Err(SpecError::field(path, wrong, "make fewer, larger blocks"));
        }
        let label = label_after(series.label, order).ok_or_else(|| {
            let wrong = format!("{:?} is too large to label all blocks", series.label);
            SpecError::field(format!("{path}.label"), wrong, "begin with a smaller label")
        })?;
        let same = |block: &Block<'_>| block.floor.label == floor.label && block.label == label;
        if blocks.iter().any(same) {
            let wrong = format!("section {label} of floor {} exists already", floor.label);
            return Err(SpecError::field(format!("{path}.label"), wrong, "begin with another"));
        }
        // Halls are symmetric, so blocks are counted from both ends.
        let from_end = order.min(block_count - 1 - order);
        let tunnel = series.tunnel.filter(|tunnel| (from_end + 1) % tunnel.every == 0);
        let Series { rows, splits, is_flat, .. } = series;
        blocks.push(Block { floor, label, front, rows, splits, tunnel, is_flat });
    }
    Ok(())
}

impl<'spec> Series<'spec> {
    fn of_grid(floor: &FloorSpec, grid: &'spec GridSpec) -> Self {
        let width = f64::from(grid.row_seats) * floor.pitch + floor.aisle;
        let depth = f64::from(grid.rows - 1) * floor.row_pitch + grid.cross_aisle;
        let left = grid.x - width * f64::from(grid.columns) / 2.0;
        let mut fronts = Vec::new();
        for rank in 0..grid.ranks {
            let y = grid.y + f64::from(rank) * depth;
            for column in 0..grid.columns {
                let x = left + f64::from(column) * width;
                fronts.push(Path::Line { from: Spot::new(x, y), to: Spot::new(x + width, y) });
            }
        }
        let rows = grid.rows;
        Self { label: &grid.label, fronts, rows, splits: 0, tunnel: None, is_flat: true }
    }

    fn of_arc(arc: &'spec ArcSpec) -> Self {
        let centre = Spot::new(0.0, arc.y);
        // The axis of the stage points along y, a quarter turn from x.
        let angle = |degrees: f64| PI / 2.0 - degrees * PI / 180.0;
        let fronts = arc
            .cuts
            .windows(2)
            .map(|cut| Path::Arc {
                centre,
                radius: arc.radius,
                from: angle(cut[0]),
                to: angle(cut[1]),
            })
            .collect();
        let ArcSpec { rows, splits, .. } = *arc;
        Self {
            label: &arc.label,
            fronts,
            rows,
            splits,
            tunnel: arc.tunnel.as_ref(),
            is_flat: false,
        }
    }

    /// The blocks from the left of the stage, past the far end, to its right.
    fn of_bowl(bowl: &'spec BowlSpec) -> Self {
        let (width, depth, radius) = (bowl.half_width, bowl.half_depth, bowl.corner);
        let (near, far) = (bowl.y - depth, bowl.y + depth);
        let (straight_x, straight_from, straight_to) =
            (width - radius, near + radius, far - radius);
        let line =
            |x, y, to_x, to_y| Path::Line { from: Spot::new(x, y), to: Spot::new(to_x, to_y) };
        let corner = |x, y, from: f64| Path::Arc {
            centre: Spot::new(x, y),
            radius,
            from: from * PI / 2.0,
            to: (from - 1.0) * PI / 2.0,
        };
        let behind = bowl.stage_end_blocks / 2;
        let pieces = [
            (line(0.0, near, -straight_x, near), behind),
            (corner(-straight_x, straight_from, 3.0), bowl.stage_corner_blocks),
            (line(-width, straight_from, -width, straight_to), bowl.side_blocks),
            (corner(-straight_x, straight_to, 2.0), bowl.corner_blocks),
            (line(-straight_x, far, straight_x, far), bowl.end_blocks),
            (corner(straight_x, straight_to, 1.0), bowl.corner_blocks),
            (line(width, straight_to, width, straight_from), bowl.side_blocks),
            (corner(straight_x, straight_from, 0.0), bowl.stage_corner_blocks),
            (line(straight_x, near, 0.0, near), behind),
        ];
        let fronts = pieces.iter().flat_map(|(path, blocks)| path.divided(*blocks)).collect();
        let BowlSpec { rows, splits, .. } = *bowl;
        let tunnel = bowl.tunnel.as_ref();
        Self { label: &bowl.label, fronts, rows, splits, tunnel, is_flat: false }
    }
}
