//! Building: a [`Document`] becomes a [`Plan`]. Zones become sections, and positions tell
//! neighbours.

use std::collections::{BTreeMap, BTreeSet};

use super::super::geometry::{Spot, bounds, hull, narrow};
use super::super::{Grade, Plan, Row, Seat, SeatKind, Section, index, quality};
use super::document::{Document, UNIT_CM, Zone, ZoneRow, ZoneSeat};
use super::numbering::Numbering;
use super::stage;
use crate::title::Title;

/// How far apart neighbours may be, in widths of a chair. Between seats farther apart lies an
/// aisle.
const NEIGHBOUR_REACH: f64 = 1.6;
/// How much farther a neighbour may be for each wheelchair place of the two, which is two chairs
/// wide.
const WHEELCHAIR_REACH: f64 = 0.5;
/// The empty margin around a drawing without a size, in units of the file.
const MARGIN: f64 = 50.0;

/// Makes a plan of a document. One with faults becomes a plan too, so that its seats can be
/// counted.
pub(super) fn build(document: &Document) -> Plan {
    let rows = document.zones.iter().flat_map(|zone| &zone.rows);
    let spots: Vec<Spot> = rows.flat_map(|row| &row.seats).map(|seat| seat.spot).collect();
    let stage = stage::find(document, &spots);
    let (origin, size) = frame(document, &spots, &stage.outline);
    let grades = document.grades.iter().map(|(name, color)| Grade {
        name: name.clone(),
        color: color.clone(),
        price_won: 0,
    });
    let title = document.name.clone();
    let mut plan = Plan {
        name: slug(&document.name),
        title: Title { ko: title.clone(), en: title.clone(), ja: title },
        width: narrow(libm::ceil(size.x * UNIT_CM)),
        height: narrow(libm::ceil(size.y * UNIT_CM)),
        stage: stage.drawn_from(origin),
        grades: grades.collect(),
        sections: Vec::new(),
        rows: Vec::new(),
        seats: Vec::new(),
    };
    let mut taken = BTreeMap::new();
    for zone in &document.zones {
        add_zone(&mut plan, zone, origin, &mut taken);
    }
    quality::grade_quality(&mut plan);
    plan
}

/// The corner of the drawing and its size. They are those of the file if everything lies within.
fn frame(document: &Document, seats: &[Spot], stage: &[Spot]) -> (Spot, Spot) {
    let all = seats.iter().chain(stage).copied();
    let nothing = (Spot::new(0.0, 0.0), Spot::new(0.0, 0.0));
    let (least, greatest) = bounds(all).unwrap_or(nothing);
    if let Some((width, height)) = document.size {
        let holds_all = least.x >= 0.0 && least.y >= 0.0 && greatest.x <= width;
        if holds_all && greatest.y <= height {
            return (Spot::new(0.0, 0.0), Spot::new(width, height));
        }
    }
    let margin = Spot::new(MARGIN, MARGIN);
    let origin = least.minus(margin);
    (origin, greatest.plus(margin).minus(origin))
}

/// The name in lower case letters, digits and hyphens; `imported` if nothing is left of it.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "imported".to_owned() } else { slug.to_owned() }
}

/// Adds the sections of a zone. `taken` has the labels of each floor. A section begins where a row label comes again. Rule P14.
fn add_zone(plan: &mut Plan, zone: &Zone, origin: Spot, taken: &mut BTreeMap<String, Numbering>) {
    let groups = sections_of(&zone.rows);
    let is_whole = groups.len() == 1;
    for (order, rows) in groups.iter().enumerate() {
        let (floor, label) = match ours(zone) {
            Some((floor, label)) if is_whole => (floor.to_owned(), label.to_owned()),
            _ if is_whole => (String::new(), zone.name.clone()),
            _ => (zone.name.clone(), (order + 1).to_string()),
        };
        let label = taken.entry(floor.clone()).or_default().take(&label);
        let drawn = zone
            .areas
            .first()
            .filter(|area| is_whole && ours(zone).is_some() && area.text.is_empty());
        let outline = drawn.map_or_else(|| hull_of(rows), |area| area.outline.clone());
        let outline = outline.iter().map(|s| s.minus(origin).times(UNIT_CM).rounded()).collect();
        let (first_row, first_seat) = (index(plan.rows.len()), index(plan.seats.len()));
        for row in *rows {
            add_row(plan, row, origin);
        }
        plan.sections.push(Section {
            floor,
            label,
            rows: first_row..index(plan.rows.len()),
            seats: first_seat..index(plan.seats.len()),
            outline,
        });
    }
}

/// The rows of each section: no label comes twice in one, and at least one row has seats.
fn sections_of(rows: &[ZoneRow]) -> Vec<&[ZoneRow]> {
    let mut sections = Vec::new();
    let mut labels = BTreeSet::new();
    let mut first = 0;
    for (position, row) in rows.iter().enumerate() {
        if !labels.insert(row.label.as_str()) {
            sections.push(&rows[first..position]);
            first = position;
            labels = BTreeSet::from([row.label.as_str()]);
        }
    }
    sections.push(&rows[first..]);
    sections.retain(|rows| rows.iter().any(|row| !row.seats.is_empty()));
    sections
}

/// The floor and the label of the section, if one of our exports wrote the zone.
fn ours(zone: &Zone) -> Option<(&str, &str)> {
    let (floor, label) = zone.id.as_deref()?.split_once('/')?;
    (super::export::zone_name(floor, label) == zone.name).then_some((floor, label))
}

fn hull_of(rows: &[ZoneRow]) -> Vec<Spot> {
    // Half the width of a chair, in units of the file.
    let reach = 12.5;
    let corners = [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)];
    let seats = rows.iter().flat_map(|row| &row.seats);
    let around = |spot: Spot| corners.map(|(x, y)| spot.plus(Spot::new(x, y)));
    hull(seats.flat_map(|seat| around(seat.spot)).collect())
}

fn add_row(plan: &mut Plan, row: &ZoneRow, origin: Spot) {
    if row.seats.is_empty() {
        return;
    }
    let index_of_row = index(plan.rows.len());
    let first = index(plan.seats.len());
    let pitch = usual_pitch(&row.seats);
    for (position, seat) in row.seats.iter().enumerate() {
        let spot = seat.spot.minus(origin).times(UNIT_CM).rounded();
        let next = row.seats.get(position + 1);
        plan.seats.push(Seat {
            row: index_of_row,
            number: seat.number.clone(),
            grade: seat.grade,
            x: spot.x,
            y: spot.y,
            kind: seat.kind,
            quality: 0.0,
            next_adjacent: next.is_some_and(|next| are_neighbours(seat, next, pitch)),
        });
    }
    let section = index(plan.sections.len());
    let seats = first..index(plan.seats.len());
    plan.rows.push(Row { section, label: row.label.clone(), seats });
}

/// The median of the distances between consecutive seats of a row; of two middle ones, the lower.
fn usual_pitch(seats: &[ZoneSeat]) -> f64 {
    let mut distances: Vec<f64> =
        seats.windows(2).map(|pair| pair[1].spot.minus(pair[0].spot).length()).collect();
    distances.sort_by(f64::total_cmp);
    distances.get(distances.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

fn are_neighbours(seat: &ZoneSeat, next: &ZoneSeat, pitch: f64) -> bool {
    let wheelchairs = [seat.kind, next.kind].map(|kind| f64::from(kind == SeatKind::Wheelchair));
    let reach = NEIGHBOUR_REACH + WHEELCHAIR_REACH * (wheelchairs[0] + wheelchairs[1]);
    next.spot.minus(seat.spot).length() <= reach * pitch
}
