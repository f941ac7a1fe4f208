//! Exports: a [`Plan`] becomes a document with the published keys and no others.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::geometry::Point;
use super::super::{Plan, Seat, SeatKind, Section};
use super::document::{UNIT_CM, category};
use super::numbering::Numbering;
use super::stage::stage_text;

const STAGE_COLOR: &str = "#424242";
const STAGE_TEXT_COLOR: &str = "#ffffff";
const SECTION_COLOR: &str = "#f5f5f5";
const SECTION_BORDER: &str = "#bdbdbd";

/// The document of a plan, with guids made by [`guids`]. Rule P15.
pub fn export(plan: &Plan) -> Value {
    export_with_guids(plan, &guids(plan))
}

/// The document of a plan whose seats have these guids, in the order of [`Plan::seats`].
///
/// # Panics
///
/// If there are not as many guids as seats.
pub fn export_with_guids(plan: &Plan, guids: &[String]) -> Value {
    assert_eq!(guids.len(), plan.seats.len(), "every seat has one guid");
    let mut zones: Vec<Value> =
        plan.sections.iter().map(|section| zone(plan, section, guids)).collect();
    zones.push(stage_zone(plan));
    json!({
        "name": plan.name,
        "size": {
            "width": f64::from(plan.width) / UNIT_CM,
            "height": f64::from(plan.height) / UNIT_CM,
        },
        "categories": categories(plan),
        "zones": zones,
    })
}

/// A guid for every seat: `<floor>-<section>-<row>-<number>`, with a counter behind it where that
/// would not be unique.
pub fn guids(plan: &Plan) -> Vec<String> {
    let mut numbering = Numbering::default();
    let guid = |seat: &Seat| {
        let row = &plan.rows[seat.row as usize];
        let section = &plan.sections[row.section as usize];
        let parts = [&section.floor, &section.label, &row.label, &seat.number];
        let parts: Vec<String> = (parts.iter().filter(|part| !part.is_empty()))
            .map(|part| part.split_whitespace().collect())
            .collect();
        numbering.take(&parts.join("-"))
    };
    plan.seats.iter().map(guid).collect()
}

/// The name of the zone of a section.
pub(super) fn zone_name(floor: &str, label: &str) -> String {
    if floor.is_empty() { label.to_owned() } else { format!("{floor} {label}") }
}

/// A category for every grade, and one for every kind of seat that a grade has besides.
fn categories(plan: &Plan) -> Vec<Value> {
    let used: BTreeSet<(u8, SeatKind)> =
        plan.seats.iter().map(|seat| (seat.grade, seat.kind)).collect();
    let ordinary = (0..).zip(&plan.grades).map(|(grade, _)| (grade, SeatKind::Ordinary));
    let all: BTreeSet<(u8, SeatKind)> = ordinary.chain(used).collect();
    all.into_iter()
        .map(|(grade, kind)| {
            let grade = &plan.grades[usize::from(grade)];
            json!({ "name": category(&grade.name, kind), "color": grade.color })
        })
        .collect()
}

fn zone(plan: &Plan, section: &Section, guids: &[String]) -> Value {
    let rows: Vec<Value> =
        section.rows.clone().map(|row| self::row(plan, row as usize, guids)).collect();
    let outline = area(&section.outline, SECTION_COLOR, SECTION_BORDER, None);
    json!({
        "name": zone_name(&section.floor, &section.label),
        "zone_id": format!("{}/{}", section.floor, section.label),
        "position": { "x": 0, "y": 0 },
        "rows": rows,
        "areas": [outline],
    })
}

fn row(plan: &Plan, row: usize, guids: &[String]) -> Value {
    let about = &plan.rows[row];
    let first = &plan.seats[about.seats.start as usize];
    let origin = Point { x: first.x, y: first.y };
    let seats: Vec<Value> = (about.seats.clone())
        .map(|seat| {
            let about = &plan.seats[seat as usize];
            json!({
                "seat_guid": guids[seat as usize],
                "seat_number": about.number,
                "category": category(&plan.grades[usize::from(about.grade)].name, about.kind),
                "position": position(Point { x: about.x, y: about.y }, origin),
            })
        })
        .collect();
    json!({
        "row_number": about.label,
        "row_number_position": "both",
        "position": position(origin, Point { x: 0.0, y: 0.0 }),
        "seats": seats,
    })
}

fn stage_zone(plan: &Plan) -> Value {
    let stage = &plan.stage;
    let text = (stage_text(stage.shape), stage.focus);
    json!({
        "name": "Stage",
        "zone_id": "stage",
        "position": { "x": 0, "y": 0 },
        "rows": [],
        "areas": [area(&stage.outline, STAGE_COLOR, STAGE_COLOR, Some(text))],
    })
}

fn area(outline: &[Point], color: &str, border: &str, text: Option<(&str, Point)>) -> Value {
    let origin = outline[0];
    let points: Vec<Value> = outline.iter().map(|&point| position(point, origin)).collect();
    let (text, text_at) = text.unwrap_or(("", origin));
    json!({
        "shape": "polygon",
        "color": color,
        "border_color": border,
        "rotation": 0,
        "position": position(origin, Point { x: 0.0, y: 0.0 }),
        "text": {
            "text": text,
            "color": STAGE_TEXT_COLOR,
            "position": position(text_at, origin),
        },
        "polygon": { "points": points },
    })
}

fn position(point: Point, origin: Point) -> Value {
    let units = |value: f32, from: f32| (f64::from(value) - f64::from(from)) / UNIT_CM;
    json!({ "x": units(point.x, origin.x), "y": units(point.y, origin.y) })
}
