//! The published field list as types that refuse every other key, and checks of what its text
//! demands.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    size: Size,
    categories: Vec<Category>,
    zones: Vec<Zone>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Size {
    width: f64,
    height: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    name: String,
    color: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Zone {
    name: String,
    #[serde(rename = "zone_id")]
    id: Option<String>,
    #[serde(rename = "uuid")]
    _uuid: Option<String>,
    position: Position,
    rows: Vec<Row>,
    areas: Vec<Area>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Position {
    x: f64,
    y: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(rename = "row_number")]
    label: String,
    #[serde(rename = "row_label")]
    _row_label: Option<String>,
    #[serde(rename = "seat_label")]
    _seat_label: Option<String>,
    #[serde(rename = "row_number_position")]
    _row_number_position: Option<RowNumberPosition>,
    position: Position,
    seats: Vec<Seat>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum RowNumberPosition {
    Start,
    End,
    Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seat {
    #[serde(rename = "seat_guid")]
    guid: String,
    #[serde(rename = "seat_number")]
    number: String,
    category: String,
    position: Position,
    #[serde(rename = "radius")]
    _radius: Option<f64>,
    #[serde(rename = "start_direction")]
    _start_direction: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Area {
    shape: String,
    color: String,
    border_color: String,
    #[serde(rename = "rotation")]
    _rotation: f64,
    position: Position,
    text: Text,
    polygon: Polygon,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    #[serde(rename = "text")]
    _words: String,
    color: String,
    position: Position,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Polygon {
    points: Vec<Position>,
}

/// Checks that a document follows the published format exactly.
pub(super) fn check(document: &Value) -> Result<(), String> {
    let file = File::deserialize(document).map_err(|error| error.to_string())?;
    let names: BTreeSet<&str> = file.categories.iter().map(|c| c.name.as_str()).collect();
    let colors = file.categories.iter().map(|category| &category.color);
    let areas = || file.zones.iter().flat_map(|zone| &zone.areas);
    let area_colors = areas().flat_map(|area| [&area.color, &area.border_color, &area.text.color]);
    let rows = || file.zones.iter().flat_map(|zone| &zone.rows);
    let seats = || rows().flat_map(|row| &row.seats);
    let guids: BTreeSet<&str> = seats().map(|seat| seat.guid.as_str()).collect();
    let zone_ids: BTreeSet<_> = file.zones.iter().map(|zone| &zone.id).collect();
    let is_on_plan = |(x, y): (f64, f64)| {
        (0.0..=file.size.width).contains(&x) && (0.0..=file.size.height).contains(&y)
    };
    let spots = file.zones.iter().flat_map(|zone| {
        zone.rows.iter().flat_map(move |row| {
            row.seats.iter().map(move |seat| {
                let parts = [&zone.position, &row.position, &seat.position];
                (parts.map(|p| p.x).iter().sum::<f64>(), parts.map(|p| p.y).iter().sum::<f64>())
            })
        })
    });
    let corners = areas().flat_map(|area| {
        let at = &area.position;
        let ends = area.polygon.points.iter().chain([&area.text.position]);
        ends.map(move |point| (at.x + point.x, at.y + point.y))
    });
    let promises = [
        ("a name", !file.name.is_empty()),
        ("category names that differ", names.len() == file.categories.len()),
        (
            "colours",
            colors.chain(area_colors).all(|color| super::super::super::spec::is_color(color)),
        ),
        ("guids that differ", guids.len() == seats().count() && !guids.contains("")),
        ("zone ids that differ", zone_ids.len() == file.zones.len()),
        ("zone names", file.zones.iter().all(|zone| !zone.name.is_empty())),
        ("row labels", rows().all(|row| !row.label.is_empty() && !row.seats.is_empty())),
        ("seat numbers", seats().all(|seat| !seat.number.is_empty())),
        ("known categories", seats().all(|seat| names.contains(seat.category.as_str()))),
        ("polygons", areas().all(|area| area.shape == "polygon" && area.polygon.points.len() > 2)),
        ("places on the plan", spots.chain(corners).all(is_on_plan)),
    ];
    let broken: Vec<&str> =
        promises.iter().filter(|(_, kept)| !kept).map(|(what, _)| *what).collect();
    if broken.is_empty() { Ok(()) } else { Err(format!("it lacks {}", broken.join(", "))) }
}
