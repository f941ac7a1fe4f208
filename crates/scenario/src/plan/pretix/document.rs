//! Documents: a pretix file as typed values, before it becomes a plan.

use super::super::SeatKind;
use super::super::geometry::Spot;

/// Centimetres in one unit of the format. A chair of 50 cm is customarily drawn 25 units wide.
pub(super) const UNIT_CM: f64 = 2.0;

/// The whole file. Positions are in the units of the file, and each is the sum of those of zone,
/// row and seat.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) name: String,
    /// Width and height.
    pub(super) size: Option<(f64, f64)>,
    /// The names and colours of the grades. A grade is a category without the kind of seat in its
    /// name.
    pub(super) grades: Vec<(String, String)>,
    pub(super) zones: Vec<Zone>,
}

#[derive(Debug)]
pub(super) struct Zone {
    pub(super) name: String,
    pub(super) id: Option<String>,
    pub(super) rows: Vec<ZoneRow>,
    pub(super) areas: Vec<Area>,
}

#[derive(Debug)]
pub(super) struct ZoneRow {
    pub(super) label: String,
    pub(super) seats: Vec<ZoneSeat>,
}

#[derive(Debug)]
pub(super) struct ZoneSeat {
    pub(super) guid: String,
    pub(super) number: String,
    /// Index into [`Document::grades`]; `u8::MAX` where the file names none.
    pub(super) grade: u8,
    pub(super) kind: SeatKind,
    pub(super) spot: Spot,
}

/// A shape on the drawing.
#[derive(Debug)]
pub(super) struct Area {
    pub(super) outline: Vec<Spot>,
    pub(super) text: String,
    /// Where the text stands; `None` if the file does not tell.
    pub(super) text_at: Option<Spot>,
}

/// What a category of wheelchair places has after the name of the grade.
pub(super) const WHEELCHAIR_SUFFIX: &str = " · wheelchair";
/// What a category of seats with a restricted view has after the name of the grade.
pub(super) const RESTRICTED_SUFFIX: &str = " · restricted";

/// The grade and the kind of seat that the name of a category tells.
pub(super) fn split_category(name: &str) -> (&str, SeatKind) {
    if let Some(grade) = name.strip_suffix(WHEELCHAIR_SUFFIX) {
        (grade, SeatKind::Wheelchair)
    } else if let Some(grade) = name.strip_suffix(RESTRICTED_SUFFIX) {
        (grade, SeatKind::Restricted)
    } else {
        (name, SeatKind::Ordinary)
    }
}

/// The name of the category for a grade and a kind of seat.
pub(super) fn category(grade: &str, kind: SeatKind) -> String {
    match kind {
        SeatKind::Ordinary => grade.to_owned(),
        SeatKind::Wheelchair => format!("{grade}{WHEELCHAIR_SUFFIX}"),
        SeatKind::Restricted => format!("{grade}{RESTRICTED_SUFFIX}"),
    }
}

impl Document {
    /// The guids of all seats, in the order of the file.
    pub(super) fn guids(&self) -> Vec<String> {
        let rows = self.zones.iter().flat_map(|zone| &zone.rows);
        rows.flat_map(|row| &row.seats).map(|seat| seat.guid.clone()).collect()
    }
}
