//! Plane geometry of plans: points, polygons, distances. The trigonometry is that of `libm`, since
//! that of the standard library may differ between machines.

#[cfg(test)]
mod tests;

/// A point of a plan, in centimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Away from the stage.
    pub y: f32,
}

/// A point or a vector while a plan is generated, in centimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Spot {
    pub(super) fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    pub(super) fn minus(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }

    pub(super) fn length(self) -> f64 {
        libm::hypot(self.x, self.y)
    }

    /// Rounds to the nearest centimetre, so that a text format keeps drawings exactly.
    pub(super) fn rounded(self) -> Point {
        Point { x: narrow(libm::round(self.x)), y: narrow(libm::round(self.y)) }
    }
}

impl From<Point> for Spot {
    fn from(point: Point) -> Self {
        Self::new(f64::from(point.x), f64::from(point.y))
    }
}

/// A coordinate in single precision. Whole centimetres up to 160 km stay exact.
#[expect(clippy::cast_possible_truncation, reason = "coordinates are bounded by the limits")]
pub(super) fn narrow(value: f64) -> f32 {
    value as f32
}

/// Whether `point` lies inside the closed polygon `outline` (even-odd rule).
pub fn contains(outline: &[Point], point: Point) -> bool {
    let mut inside = false;
    for (a, b) in edges(outline) {
        let crosses = (a.y > point.y) != (b.y > point.y);
        if crosses && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
    }
    inside
}

/// Distance in centimetres from `point` to the closed polygon `outline`; 0 inside it.
pub fn distance_to_outline(outline: &[Point], point: Point) -> f64 {
    if contains(outline, point) {
        return 0.0;
    }
    edges(outline)
        .map(|(a, b)| distance_to_segment(a.into(), b.into(), point.into()))
        .fold(f64::INFINITY, f64::min)
}

fn edges(outline: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let next = outline.iter().skip(1).chain(outline.first());
    outline.iter().copied().zip(next.copied())
}

fn distance_to_segment(a: Spot, b: Spot, point: Spot) -> f64 {
    let along = b.minus(a);
    let length_squared = along.x * along.x + along.y * along.y;
    let offset = point.minus(a);
    let share = if length_squared > 0.0 {
        ((offset.x * along.x + offset.y * along.y) / length_squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    offset.minus(along.times(share)).length()
}

/// The smallest rectangle with sides along the axes around all spots: (least, greatest).
/// `None` without spots.
pub(super) fn bounds(spots: impl IntoIterator<Item = Spot>) -> Option<(Spot, Spot)> {
    spots.into_iter().fold(None, |bounds, spot| {
        let (least, greatest) = bounds.unwrap_or((spot, spot));
        Some((
            Spot::new(least.x.min(spot.x), least.y.min(spot.y)),
            Spot::new(greatest.x.max(spot.x), greatest.y.max(spot.y)),
        ))
    })
}

/// The convex hull of `spots` (Andrew's monotone chain), counterclockwise if y points up.
pub(super) fn hull(mut spots: Vec<Spot>) -> Vec<Spot> {
    spots.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    spots.dedup();
    if spots.len() < 3 {
        return spots;
    }
    let mut hull = half_hull(spots.iter().copied());
    hull.extend(half_hull(spots.iter().rev().copied()));
    hull
}

/// One side of the hull, without its last point.
fn half_hull(spots: impl Iterator<Item = Spot>) -> Vec<Spot> {
    let mut side: Vec<Spot> = Vec::new();
    for spot in spots {
        while let [.., a, b] = side[..] {
            let (u, v) = (b.minus(a), spot.minus(a));
            if u.x * v.y - u.y * v.x > 0.0 {
                break;
            }
            side.pop();
        }
        side.push(spot);
    }
    side.pop();
    side
}
