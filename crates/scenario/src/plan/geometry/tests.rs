//! Polygons by hand.

use super::*;

const SQUARE: [Point; 4] = [
    Point { x: 0.0, y: 0.0 },
    Point { x: 10.0, y: 0.0 },
    Point { x: 10.0, y: 10.0 },
    Point { x: 0.0, y: 10.0 },
];

#[test]
fn a_point_is_inside_or_as_far_as_the_nearest_edge() {
    assert!(contains(&SQUARE, Point { x: 5.0, y: 5.0 }));
    assert!(!contains(&SQUARE, Point { x: 15.0, y: 5.0 }));
    assert_eq!(distance_to_outline(&SQUARE, Point { x: 5.0, y: 5.0 }).to_bits(), 0);
    let corner = distance_to_outline(&SQUARE, Point { x: 13.0, y: 14.0 });
    assert!((corner - 5.0).abs() < 1e-9, "{corner}");
}

#[test]
fn a_hull_drops_what_is_inside() {
    let spots = [(0.0, 0.0), (4.0, 0.0), (2.0, 1.0), (4.0, 4.0), (0.0, 4.0), (2.0, 0.0)];
    let hull = hull(spots.iter().map(|&(x, y)| Spot::new(x, y)).collect());
    assert_eq!(hull.len(), 4, "{hull:?}");
}
