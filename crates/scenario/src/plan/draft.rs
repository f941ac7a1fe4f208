//! Drafts: sections, rows and chairs while a plan is generated. How many chairs fit, and where does
//! each one stand?

use core::f64::consts::PI;

use super::SeatKind;
use super::block::{Block, Path};
use super::geometry::Spot;
use super::spec::{Spec, SpecError};

/// The angle between two corners of an outline on an arc. In every built-in hall the true edge is
/// less than the depth of a chair away.
const OUTLINE_STEP: f64 = 4.0 * PI / 180.0;

/// A section while a plan is generated.
#[derive(Debug)]
pub(super) struct DraftSection<'spec> {
    pub(super) block: Block<'spec>,
    /// The angle off the axis, seen from the focus of the stage, on either side: 0.0..=180.0
    /// degrees.
    pub(super) angle_degrees: f64,
    /// The rows, the front one first.
    pub(super) rows: Vec<DraftRow>,
}

/// A row while a plan is generated.
#[derive(Debug)]
pub(super) struct DraftRow {
    /// The parts between aisles, from the left.
    pub(super) parts: Vec<DraftPart>,
    pitch: f64,
    /// An entrance through the row: seats nearer to this spot than this distance are left out.
    tunnel: Option<(Spot, f64)>,
}

/// A part of a row without an aisle, while a plan is generated.
#[derive(Debug)]
pub(super) struct DraftPart {
    path: Path,
    /// How many chairs stand here if there are no wheelchair places.
    pub(super) chairs: u32,
    /// Wheelchair places at the left end, two chairs wide each.
    pub(super) wheelchairs_left: u32,
    /// Wheelchair places at the right end.
    pub(super) wheelchairs_right: u32,
}

/// A seat while a plan is generated.
#[derive(Debug, Clone, Copy)]
pub(super) struct DraftSeat {
    pub(super) spot: Spot,
    pub(super) kind: SeatKind,
    pub(super) next_adjacent: bool,
}

impl<'spec> DraftSection<'spec> {
    /// Lays out the rows of a block. `focus` is the middle of the deck.
    ///
    /// # Errors
    ///
    /// When a row has no room for a single chair.
    pub(super) fn new(block: Block<'spec>, focus: Spot) -> Result<Self, SpecError> {
        let rows = (0..block.rows)
            .map(|row| DraftRow::new(&block, row).ok_or_else(|| no_room(&block, row)))
            .collect::<Result<Vec<_>, _>>()?;
        let depth = f64::from(block.rows - 1) * block.floor.row_pitch;
        let middle = block.front.parallel(depth / 2.0);
        let away = middle.at(middle.length() / 2.0).minus(focus);
        let angle_degrees = libm::fabs(libm::atan2(away.x, away.y)) * 180.0 / PI;
        Ok(Self { block, angle_degrees, rows })
    }

    /// The area from half a row before the first row to half a row behind the last.
    pub(super) fn outline(&self) -> Vec<Spot> {
        let floor = self.block.floor;
        let edge = |outward: f64| {
            let path = self.block.front.parallel(outward);
            path.shortened(floor.aisle / 2.0).map_or_else(Vec::new, |path| samples(&path))
        };
        let mut outline = edge(-floor.row_pitch / 2.0);
        let back = edge((f64::from(self.block.rows) - 0.5) * floor.row_pitch);
        outline.extend(back.into_iter().rev());
        outline
    }
}

fn no_room(block: &Block<'_>, row: u32) -> SpecError {
    let wrong = format!("row {} of section {} has no room for a chair", row + 1, block.label);
    let fix = "make the blocks wider or the aisles narrower";
    SpecError::field(format!("floor {}", block.floor.label), wrong, fix)
}

fn samples(path: &Path) -> Vec<Spot> {
    let steps = match path {
        Path::Line { .. } => 1,
        Path::Arc { from, to, .. } => whole((from - to) / OUTLINE_STEP) + 1,
    };
    (0..=steps).map(|step| path.at(path.length() * f64::from(step) / f64::from(steps))).collect()
}

/// Rounds down a length or a count. The limits keep it small.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "callers pass bounded values that are not negative, and the cast saturates"
)]
fn whole(value: f64) -> u32 {
    value as u32
}

impl DraftRow {
    fn new(block: &Block<'_>, row: u32) -> Option<Self> {
        let pitch = block.floor.pitch;
        let line = block.front.parallel(f64::from(row) * block.floor.row_pitch);
        let mut parts = Vec::new();
        for part in line.divided(block.splits + 1) {
            let Some(path) = part.shortened(block.floor.aisle / 2.0) else { continue };
            // Rounding may make room for exactly n chairs a little shorter than n pitches.
            let chairs = whole(path.length() / pitch + 1e-6);
            if chairs > 0 {
                parts.push(DraftPart { path, chairs, wheelchairs_left: 0, wheelchairs_right: 0 });
            }
        }
        let has_tunnel = |tunnel: &crate::plan::TunnelSpec| {
            (tunnel.row_from..=tunnel.row_to).contains(&(row + 1))
        };
        let tunnel = (block.tunnel.filter(|tunnel| has_tunnel(tunnel)))
            .map(|tunnel| (line.at(line.length() / 2.0), f64::from(tunnel.seats) * pitch / 2.0));
        (!parts.is_empty()).then_some(Self { parts, pitch, tunnel })
    }

    /// Puts `places` wheelchair places at the ends, one more on the left if the number is odd.
    /// Returns false if there is no room for them.
    pub(super) fn set_wheelchairs(&mut self, places: u32) -> bool {
        let last = self.parts.len() - 1;
        self.parts[0].wheelchairs_left = places.div_ceil(2);
        self.parts[last].wheelchairs_right = places / 2;
        self.parts
            .iter()
            .all(|part| part.chairs >= 2 * (part.wheelchairs_left + part.wheelchairs_right))
    }

    /// Takes a chair out of the longest part. Returns false if the row has an entrance or
    /// wheelchair places, or is too short for that.
    pub(super) fn shorten(&mut self) -> bool {
        let is_plain = self.tunnel.is_none()
            && self.parts.iter().all(|part| part.wheelchairs_left + part.wheelchairs_right == 0);
        let longest = self.parts.iter_mut().max_by_key(|part| part.chairs);
        match longest {
            Some(part) if is_plain && part.chairs > 4 => {
                part.chairs -= 1;
                true
            }
            Some(_) | None => false,
        }
    }

    /// The seats of this row from the left. `is_free` tells where there is neither a hole nor the
    /// stage.
    pub(super) fn seats(&self, is_free: &impl Fn(Spot) -> bool) -> Vec<DraftSeat> {
        let mut seats: Vec<DraftSeat> = Vec::new();
        for part in &self.parts {
            // Seats of different parts are no neighbours: an aisle lies between them.
            let mut previous_stands = false;
            for (spot, kind) in part.places(self.pitch) {
                let in_tunnel =
                    self.tunnel.is_some_and(|(middle, reach)| spot.minus(middle).length() < reach);
                let stands = !in_tunnel && is_free(spot);
                if stands {
                    if let Some(previous) = seats.last_mut() {
                        previous.next_adjacent = previous_stands;
                    }
                    seats.push(DraftSeat { spot, kind, next_adjacent: false });
                }
                previous_stands = stands;
            }
        }
        seats
    }
}

impl DraftPart {
    /// Every place of this part from the left. The places stand in the middle of its room.
    fn places(&self, pitch: f64) -> Vec<(Spot, SeatKind)> {
        let (left, right) = (self.wheelchairs_left, self.wheelchairs_right);
        let ordinary = self.chairs - 2 * (left + right);
        let kinds = [
            (SeatKind::Wheelchair, left),
            (SeatKind::Ordinary, ordinary),
            (SeatKind::Wheelchair, right),
        ];
        let mut along = (self.path.length() - f64::from(self.chairs) * pitch) / 2.0;
        let mut places = Vec::new();
        for (kind, count) in kinds {
            let width = if kind == SeatKind::Wheelchair { 2.0 * pitch } else { pitch };
            for _ in 0..count {
                places.push((self.path.at(along + width / 2.0), kind));
                along += width;
            }
        }
        places
    }
}

/// Tells where chairs may stand: outside of holes and clear of the stage.
pub(super) fn free_ground<'a>(
    spec: &'a Spec,
    stage_outline: &'a [super::Point],
) -> impl Fn(Spot) -> bool + 'a {
    move |spot| {
        let in_hole = spec.hole.iter().any(|hole| {
            libm::fabs(spot.x - hole.x) < hole.width / 2.0
                && libm::fabs(spot.y - hole.y) < hole.depth / 2.0
        });
        let distance = super::distance_to_outline(stage_outline, spot.rounded());
        !in_hole && distance >= spec.stage.clearance
    }
}
