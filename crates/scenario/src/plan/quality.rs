//! Quality: how good a seat is, as one number that can be computed for any plan.
//!
//! ```text
//! raw     = nearness × facing × height × sight
//! nearness = 1 / (1 + d / 25 m)        d: distance on the drawing to the edge of the stage
//! facing   = 0.5 + 0.5 × cos(angle)    angle off the axis at the focus; 1 around a round stage
//! height   = 0.94 ^ level              level: floors above the lowest one
//! sight    = 0.6 for a restricted view, else 1; a wheelchair place counts as a chair
//! quality  = (raw − worst) / (best − worst)
//! ```
//!
//! The formula is our own: fans want to sit near, then in the middle, then on a low floor. We chose
//! the constants so that on every built-in plan the best seat is in front on the ground floor and
//! the worst on the top floor. They were not measured.

use super::geometry::{Spot, distance_to_outline, narrow};
use super::{Plan, SeatKind, Stage, StageShape};

#[cfg(test)]
mod tests;

/// The distance that halves nearness, in centimetres. At 25 m the eye no longer reads a face.
const NEARNESS_HALF_CM: f64 = 2_500.0;
/// The factor for each floor above the lowest.
const HEIGHT_FACTOR: f64 = 0.94;
/// The factor for a restricted view.
const RESTRICTED_FACTOR: f64 = 0.6;

/// Sets [`super::Seat::quality`] of every seat from its position, floor and kind. Rule P6.
pub(super) fn grade_quality(plan: &mut Plan) {
    let levels = plan.levels();
    let raw: Vec<f64> = (plan.seats.iter())
        .map(|seat| {
            let level = levels[plan.rows[seat.row as usize].section as usize];
            let spot = Spot::new(f64::from(seat.x), f64::from(seat.y));
            raw_quality(&plan.stage, spot, level, seat.kind)
        })
        .collect();
    let worst = raw.iter().copied().fold(f64::INFINITY, f64::min);
    let best = raw.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (seat, raw) in plan.seats.iter_mut().zip(raw) {
        seat.quality = if best > worst { narrow((raw - worst) / (best - worst)) } else { 1.0 };
    }
}

fn raw_quality(stage: &Stage, spot: Spot, level: u32, kind: SeatKind) -> f64 {
    let distance = distance_to_outline(&stage.outline, spot.rounded());
    let nearness = 1.0 / (1.0 + distance / NEARNESS_HALF_CM);
    let sight = if kind == SeatKind::Restricted { RESTRICTED_FACTOR } else { 1.0 };
    nearness * facing(stage, spot) * libm::pow(HEIGHT_FACTOR, f64::from(level)) * sight
}

/// How well a seat faces the stage: 1 straight in front of it, 0.5 beside it, 0 right behind it.
fn facing(stage: &Stage, spot: Spot) -> f64 {
    let away = spot.minus(stage.focus.into());
    let length = away.length();
    if stage.shape == StageShape::Round || length <= 0.0 {
        return 1.0;
    }
    0.5 + 0.5 * away.y / length
}
