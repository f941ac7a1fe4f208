//! Distances to a polygon, and convex hulls.

use super::*;

const SQUARE: [Point; 4] = [
    Point { x: 0.0, y: 0.0 },
    Point { x: 10.0, y: 0.0 },
    Point { x: 10.0, y: 10.0 },
    Point { x: 0.0, y: 10.0 },
];

#[test]
fn a_point_inside_has_distance_0_and_one_outside_that_to_the_nearest_edge() {
    assert!(contains(&SQUARE, Point { x: 5.0, y: 5.0 }));
    assert!(!contains(&SQUARE, Point { x: 15.0, y: 5.0 }));
    assert_eq!(distance_to_outline(&SQUARE, Point { x: 5.0, y: 5.0 }).to_bits(), 0);
    let corner = distance_to_outline(&SQUARE, Point { x: 13.0, y: 14.0 });
    assert!((corner - 5.0).abs() < 1e-9, "{corner}");
}

#[test]
fn a_hull_leaves_out_points_inside_and_on_its_edges() {
    let spots = [(0.0, 0.0), (4.0, 0.0), (2.0, 1.0), (4.0, 4.0), (0.0, 4.0), (2.0, 0.0)];
    let hull = hull(spots.iter().map(|&(x, y)| Spot::new(x, y)).collect());
    assert_eq!(hull.len(), 4, "{hull:?}");
}
