//! Finding the stage in a drawing of another program: an area whose text says so, or else a guess.

use serde_json::Value;

use super::super::geometry::{Spot, bounds};
use super::super::limits;
use super::super::{Stage, StageShape};
use super::document::{Area, Document, UNIT_CM};

/// What a drawing may call its stage, in lower case.
const STAGE_WORDS: [&str; 4] = ["stage", "무대", "ステージ", "舞台"];
/// A stage is round if more than this share of the seats lie behind it.
const BEHIND_SHARE: f64 = 0.2;
/// The depth of a stage that a file does not draw, in centimetres.
const ASSUMED_DEPTH_CM: f64 = 600.0;
/// The free floor in front of such a stage, in centimetres.
const ASSUMED_CLEARANCE_CM: f64 = 300.0;

/// Corners of an area. The distance of every seat to each corner of the stage is computed, and no drawing of a hall needs as many.
const OUTLINE_POINTS_MAX: usize = 1_000;

/// The text that an export writes on a stage.
pub(super) fn stage_text(shape: StageShape) -> &'static str {
    match shape {
        StageShape::End => "STAGE",
        StageShape::Thrust => "STAGE WITH RUNWAY",
        StageShape::Round => "ROUND STAGE",
    }
}

/// Reads an area and ignores its rotation. `None` for an area of text and for one that cannot be
/// read: areas are decoration, so a wrong one is no fault.
pub(super) fn area(value: &Value, zone: Spot) -> Option<Area> {
    let origin = zone.plus(spot(value.get("position")?)?);
    let relative: Vec<Spot> = match value.get("shape")?.as_str()? {
        "rectangle" => {
            let rectangle = value.get("rectangle")?;
            let (width, height) = (number(rectangle, "width")?, number(rectangle, "height")?);
            box_of(Spot::new(0.0, 0.0), Spot::new(width, height))
        }
        "circle" => {
            let radius = number(value.get("circle")?, "radius")?;
            box_of(Spot::new(-radius, -radius), Spot::new(radius, radius))
        }
        "ellipse" => {
            let radius = spot(value.get("ellipse")?.get("radius")?)?;
            box_of(radius.times(-1.0), radius)
        }
        "polygon" => {
            let points = value.get("polygon")?.get("points")?.as_array()?;
            let points = Some(points).filter(|points| points.len() <= OUTLINE_POINTS_MAX)?;
            points.iter().map(spot).collect::<Option<_>>()?
        }
        _ => return None,
    };
    let text = value.get("text");
    let text_at = text.and_then(|text| text.get("position")).and_then(spot);
    let area = Area {
        outline: relative.into_iter().map(|corner| origin.plus(corner)).collect(),
        text: text.and_then(|t| t.get("text")).and_then(Value::as_str).unwrap_or("").to_owned(),
        text_at: text_at.map(|at| origin.plus(at)),
    };
    let is_drawable = area.outline.len() >= 3 && area.outline.iter().all(|s| is_near(*s));
    is_drawable.then_some(area)
}

fn is_near(spot: Spot) -> bool {
    let max = limits::IMPORT_COORDINATE_MAX * 2.0;
    spot.x.abs() <= max && spot.y.abs() <= max
}

fn spot(value: &Value) -> Option<Spot> {
    Some(Spot::new(number(value, "x")?, number(value, "y")?))
}

fn number(value: &Value, key: &str) -> Option<f64> {
    value.get(key)?.as_f64()
}

fn box_of(least: Spot, greatest: Spot) -> Vec<Spot> {
    vec![least, Spot::new(greatest.x, least.y), greatest, Spot::new(least.x, greatest.y)]
}

/// The stage in the units of the file. `seats` are the spots of all seats.
pub(super) fn find(document: &Document, seats: &[Spot]) -> FoundStage {
    let areas = || document.zones.iter().flat_map(|zone| &zone.areas);
    let says_stage = |area: &&Area| {
        let text = area.text.to_lowercase();
        STAGE_WORDS.iter().any(|word| text.contains(word))
    };
    let largest = || areas().max_by(|a, b| extent(a).total_cmp(&extent(b)));
    let Some(area) = areas().find(says_stage).or_else(largest) else { return assumed(seats) };
    let (least, greatest) = bounds(area.outline.iter().copied()).expect("an area has corners");
    let middle = least.plus(greatest).times(0.5);
    let focus = area.text_at.filter(|at| is_near(*at)).unwrap_or(middle);
    let shapes = [StageShape::End, StageShape::Thrust, StageShape::Round];
    let named = shapes.into_iter().find(|&shape| stage_text(shape) == area.text);
    FoundStage {
        shape: named.unwrap_or_else(|| shape_among(seats, focus)),
        focus,
        outline: area.outline.clone(),
    }
}

/// A stage in the units of the file.
pub(super) struct FoundStage {
    shape: StageShape,
    focus: Spot,
    pub(super) outline: Vec<Spot>,
}

impl FoundStage {
    /// The stage in centimetres from `origin`, a corner in the units of the file.
    pub(super) fn drawn_from(&self, origin: Spot) -> Stage {
        let draw = |spot: Spot| spot.minus(origin).times(UNIT_CM).rounded();
        Stage {
            shape: self.shape,
            focus: draw(self.focus),
            outline: self.outline.iter().map(|&spot| draw(spot)).collect(),
        }
    }
}

fn extent(area: &Area) -> f64 {
    bounds(area.outline.iter().copied())
        .map_or(0.0, |(least, greatest)| (greatest.x - least.x) * (greatest.y - least.y))
}

fn shape_among(seats: &[Spot], focus: Spot) -> StageShape {
    let behind = seats.iter().filter(|seat| seat.y < focus.y).count();
    let share =
        f64::from(super::super::index(behind)) / f64::from(super::super::index(seats.len().max(1)));
    if share > BEHIND_SHARE { StageShape::Round } else { StageShape::End }
}

/// A stage in front of all seats, two fifths as wide as all of them together.
fn assumed(seats: &[Spot]) -> FoundStage {
    let nothing = (Spot::new(0.0, 0.0), Spot::new(0.0, 0.0));
    let (least, greatest) = bounds(seats.iter().copied()).unwrap_or(nothing);
    let half_width = (0.2 * (greatest.x - least.x)).max(ASSUMED_DEPTH_CM / UNIT_CM);
    let middle = f64::midpoint(least.x, greatest.x);
    let front = least.y - ASSUMED_CLEARANCE_CM / UNIT_CM;
    let back = front - ASSUMED_DEPTH_CM / UNIT_CM;
    FoundStage {
        shape: StageShape::End,
        focus: Spot::new(middle, f64::midpoint(front, back)),
        outline: box_of(
            Spot::new(middle - half_width, back),
            Spot::new(middle + half_width, front),
        ),
    }
}
