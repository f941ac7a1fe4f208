//! The formula of quality, applied to single seats.

use super::*;
use crate::plan::Point;

fn stage(shape: StageShape) -> Stage {
    let corner = |x, y| Point { x, y };
    Stage {
        shape,
        focus: corner(5_000.0, 500.0),
        outline: vec![
            corner(4_000.0, 0.0),
            corner(6_000.0, 0.0),
            corner(6_000.0, 1_000.0),
            corner(4_000.0, 1_000.0),
        ],
    }
}

fn end(x: f64, y: f64, level: u32, kind: SeatKind) -> f64 {
    raw_quality(&stage(StageShape::End), Spot::new(x, y), level, kind)
}

#[test]
fn p6_quality_falls_with_distance_angle_height_and_a_restricted_view() {
    let front = end(5_000.0, 1_300.0, 0, SeatKind::Ordinary);
    assert!(front > end(5_000.0, 3_000.0, 0, SeatKind::Ordinary));
    assert!(front > end(5_900.0, 1_300.0, 0, SeatKind::Ordinary));
    assert!(front > end(5_000.0, 1_300.0, 1, SeatKind::Ordinary));
    assert!(front > end(5_000.0, 1_300.0, 0, SeatKind::Restricted));
    let wheelchair = end(5_000.0, 1_300.0, 0, SeatKind::Wheelchair);
    assert_eq!(front.to_bits(), wheelchair.to_bits());
}

#[test]
fn p6_no_seat_is_off_the_axis_of_a_round_stage() {
    let stage = stage(StageShape::Round);
    let before = raw_quality(&stage, Spot::new(5_000.0, 2_000.0), 0, SeatKind::Ordinary);
    let behind = raw_quality(&stage, Spot::new(5_000.0, -1_000.0), 0, SeatKind::Ordinary);
    assert!((before - behind).abs() < 1e-12, "{before} {behind}");
}
