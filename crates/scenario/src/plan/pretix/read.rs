//! Reading: JSON becomes a [`Document`] and lists of faults and warnings. A fault does not end it:
//! a harmless value stands in for what cannot be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};

use super::super::geometry::Spot;
use super::super::limits;
use super::super::summary::{FilePlace, Findings, GuidCount};
use super::super::{SeatKind, index, spec};
use super::document::{Document, UNIT_CM, Zone, ZoneRow, ZoneSeat, split_category};
use super::stage;

/// The colour of a category whose own cannot be read.
const GREY: &str = "#9e9e9e";
/// Categories that are read: far more than grades are accepted, so that the faults of a long list are told.
const CATEGORIES_MAX: u32 = 1_000;

/// What to do with the `seat_guid`s of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuidPolicy {
    /// Keep them. A guid that is missing or not unique is a fault.
    Keep,
    /// Ignore them, and give every seat a unique guid of the form
    /// `<floor>-<section>-<row>-<number>`.
    Renumber,
}

/// A document, and what was found in it.
pub(super) struct Reading {
    pub(super) document: Document,
    pub(super) guid_count: GuidCount,
    pub(super) faults: Findings,
    pub(super) warnings: Findings,
}

/// Reads the whole file.
pub(super) fn read(root: &Value, policy: GuidPolicy) -> Reading {
    let mut reader = Reader {
        policy,
        faults: Findings::default(),
        warnings: Findings::default(),
        categories: BTreeMap::new(),
    };
    let document = reader.document(root);
    let guid_count = reader.check_guids(&document);
    reader.check_spots(&document);
    reader.check_numbers(&document);
    Reading { document, guid_count, faults: reader.faults, warnings: reader.warnings }
}

/// The path from the root to a value. It becomes text only when something is wrong there.
#[derive(Clone, Copy)]
struct Pointer<'a> {
    parent: Option<&'a Self>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> Pointer<'a> {
    const ROOT: Self = Pointer { parent: None, step: Step::Root };

    fn key(&'a self, key: &'a str) -> Self {
        Pointer { parent: Some(self), step: Step::Key(key) }
    }

    fn index(&'a self, index: usize) -> Self {
        Pointer { parent: Some(self), step: Step::Index(index) }
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        // No key of the format has `~` or `/` in it, so none needs escaping.
        match self.step {
            Step::Root => Ok(()),
            Step::Key(key) => write!(f, "/{key}"),
            Step::Index(index) => write!(f, "/{index}"),
        }
    }
}

struct Reader {
    policy: GuidPolicy,
    faults: Findings,
    warnings: Findings,
    /// The index of the grade and the kind of seat, by the name of the category.
    categories: BTreeMap<String, (u8, SeatKind)>,
}

impl Reader {
    fn fault(&mut self, at: Pointer<'_>, what: impl Into<String>) {
        self.faults.add(FilePlace::Pointer(at.to_string()), what);
    }

    fn warn(&mut self, at: Pointer<'_>, what: impl Into<String>) {
        self.warnings.add(FilePlace::Pointer(at.to_string()), what);
    }

    fn document(&mut self, root: &Value) -> Document {
        let at = Pointer::ROOT;
        let Some(root) = self.object(root, at) else { return Document::default() };
        let name = self.required_text(root, at, "name", limits::NAME_CHARS_MAX);
        let size = root
            .get("size")
            .and_then(|size| Some((size.get("width")?.as_f64()?, size.get("height")?.as_f64()?)));
        let grades = self.categories(root, at);
        let zones_at = at.key("zones");
        let zones: Vec<Zone> = (self.required_list(root, at, "zones").iter().enumerate())
            .map(|(index, zone)| self.zone(zone, zones_at.index(index)))
            .collect();
        let rows = || zones.iter().flat_map(|zone| &zone.rows);
        let (row_count, seat_count) =
            (rows().count(), rows().map(|row| row.seats.len()).sum::<usize>());
        if seat_count == 0 {
            self.fault(zones_at, "the plan has no seats");
        }
        self.check_limit(zones_at, seat_count, limits::SEATS_MAX, "seats");
        self.check_limit(zones_at, row_count, limits::ROWS_MAX, "rows");
        Document { name, size, grades, zones }
    }

    fn check_limit(&mut self, at: Pointer<'_>, found: usize, max: u32, noun: &str) {
        if found > max as usize {
            self.fault(at, format!("{found} {noun}; at most {max} are accepted"));
        }
    }

    /// Reads the categories. An export writes kinds of seats into their names, so several
    /// categories may be one grade.
    fn categories(&mut self, root: &Map<String, Value>, at: Pointer<'_>) -> Vec<(String, String)> {
        let list_at = at.key("categories");
        let mut grades: Vec<(String, String)> = Vec::new();
        let list = self.required_list(root, at, "categories");
        self.check_limit(list_at, list.len(), CATEGORIES_MAX, "categories");
        for (position, value) in list.iter().take(CATEGORIES_MAX as usize).enumerate() {
            let at = list_at.index(position);
            let Some(category) = self.object(value, at) else { continue };
            let name = self.required_text(category, at, "name", limits::NAME_CHARS_MAX);
            let color = self.color(category, at);
            let (grade, kind) = split_category(&name);
            let known = grades.iter().position(|(known, _)| known == grade);
            let grade = known.unwrap_or_else(|| {
                grades.push((grade.to_owned(), color));
                grades.len() - 1
            });
            let grade = u8::try_from(grade).unwrap_or(u8::MAX);
            if let Some(_earlier) = self.categories.get(&name) {
                self.fault(at.key("name"), format!("another category is called {name:?}"));
                continue;
            }
            self.categories.insert(name, (grade, kind));
        }
        self.check_limit(list_at, grades.len(), limits::GRADES_MAX, "grades");
        grades
    }

    fn color(&mut self, category: &Map<String, Value>, at: Pointer<'_>) -> String {
        match category.get("color").and_then(Value::as_str) {
            Some(color) if spec::is_color(color) => color.to_ascii_lowercase(),
            Some(_) | None => {
                self.warn(at.key("color"), format!("no colour like #rrggbb: {GREY} is used"));
                GREY.to_owned()
            }
        }
    }

    fn zone(&mut self, value: &Value, at: Pointer<'_>) -> Zone {
        let mut zone = Zone { name: String::new(), id: None, rows: Vec::new(), areas: Vec::new() };
        let Some(object) = self.object(value, at) else { return zone };
        zone.name = self.required_text(object, at, "name", limits::LABEL_CHARS_MAX);
        zone.id = object.get("zone_id").and_then(Value::as_str).map(str::to_owned);
        let origin = self.position(object, at);
        let rows_at = at.key("rows");
        for (index, row) in self.required_list(object, at, "rows").iter().enumerate() {
            let row = self.row(row, rows_at.index(index), index, origin);
            zone.rows.push(row);
        }
        let areas = object.get("areas").and_then(Value::as_array);
        zone.areas =
            areas.into_iter().flatten().filter_map(|area| stage::area(area, origin)).collect();
        zone
    }

    fn row(&mut self, value: &Value, at: Pointer<'_>, index: usize, zone: Spot) -> ZoneRow {
        let mut row = ZoneRow { label: (index + 1).to_string(), seats: Vec::new() };
        let Some(object) = self.object(value, at) else { return row };
        let is_blank = |number: &Value| {
            number.is_null() || number.as_str().is_some_and(|text| text.trim().is_empty())
        };
        if object.get("row_number").is_none_or(is_blank) {
            self.warn(at.key("row_number"), format!("no row number: {} is used", row.label));
        } else {
            row.label = self.required_text(object, at, "row_number", limits::LABEL_CHARS_MAX);
        }
        let origin = zone.plus(self.position(object, at));
        let seats_at = at.key("seats");
        let seats = self.required_list(object, at, "seats");
        if seats.is_empty() && object.get("seats").is_some_and(Value::is_array) {
            self.fault(seats_at, "the row has no seats");
        }
        for (index, seat) in seats.iter().enumerate() {
            let seat = self.seat(seat, seats_at.index(index), origin);
            row.seats.push(seat);
        }
        row
    }

    fn seat(&mut self, value: &Value, at: Pointer<'_>, row: Spot) -> ZoneSeat {
        let mut seat = ZoneSeat {
            guid: String::new(),
            number: String::new(),
            grade: u8::MAX,
            kind: SeatKind::Ordinary,
            spot: row,
        };
        let Some(object) = self.object(value, at) else { return seat };
        match self.policy {
            GuidPolicy::Keep => {
                seat.guid = self.required_text(object, at, "seat_guid", limits::NAME_CHARS_MAX);
            }
            GuidPolicy::Renumber => {
                let guid = object.get("seat_guid").and_then(Value::as_str);
                guid.unwrap_or_default().clone_into(&mut seat.guid);
            }
        }
        seat.number = self.required_text(object, at, "seat_number", limits::LABEL_CHARS_MAX);
        let category = self.required_text(object, at, "category", limits::NAME_CHARS_MAX);
        match self.categories.get(&category) {
            Some(&(grade, kind)) => (seat.grade, seat.kind) = (grade, kind),
            None if category.is_empty() => {}
            None => self.fault(at.key("category"), format!("no category is called {category:?}")),
        }
        seat.spot = row.plus(self.position(object, at));
        seat
    }

    /// The `position` of an object; a coordinate that is missing or too large is a fault.
    fn position(&mut self, object: &Map<String, Value>, at: Pointer<'_>) -> Spot {
        let at = at.key("position");
        let Some(position) = object.get("position") else {
            self.fault(at, "it is missing");
            return Spot::new(0.0, 0.0);
        };
        let Some(position) = self.object(position, at) else { return Spot::new(0.0, 0.0) };
        Spot::new(self.coordinate(position, at, "x"), self.coordinate(position, at, "y"))
    }

    fn coordinate(&mut self, position: &Map<String, Value>, at: Pointer<'_>, key: &str) -> f64 {
        let at = at.key(key);
        let Some(value) = position.get(key) else {
            self.fault(at, "it is missing");
            return 0.0;
        };
        let Some(number) = value.as_f64() else {
            self.fault(at, format!("this is {}, not a number", kind_of(value)));
            return 0.0;
        };
        if number.abs() <= limits::IMPORT_COORDINATE_MAX {
            return number;
        }
        let max = limits::IMPORT_COORDINATE_MAX;
        self.fault(at, format!("{number:?} is no place on a plan; at most {max} is accepted"));
        0.0
    }

    fn object<'v>(&mut self, value: &'v Value, at: Pointer<'_>) -> Option<&'v Map<String, Value>> {
        let object = value.as_object();
        if object.is_none() {
            self.fault(at, format!("this is {}, not an object", kind_of(value)));
        }
        object
    }

    fn required_list<'v>(
        &mut self,
        object: &'v Map<String, Value>,
        at: Pointer<'_>,
        key: &str,
    ) -> &'v [Value] {
        match object.get(key) {
            Some(Value::Array(list)) => return list,
            Some(other) => {
                self.fault(at.key(key), format!("this is {}, not a list", kind_of(other)));
            }
            None => self.fault(at.key(key), "it is missing"),
        }
        &[]
    }

    /// A text. If it is missing, blank or too long, that is a fault, and the text is empty.
    fn required_text(
        &mut self,
        object: &Map<String, Value>,
        at: Pointer<'_>,
        key: &str,
        chars_max: u32,
    ) -> String {
        let at = at.key(key);
        let what = match object.get(key) {
            Some(Value::String(text)) if text.trim().is_empty() => "it is empty".to_owned(),
            Some(Value::String(text)) if text.chars().count() > chars_max as usize => {
                format!("{} characters; at most {chars_max} are accepted", text.chars().count())
            }
            Some(Value::String(text)) => return text.trim().to_owned(),
            Some(other) => format!("this is {}, not a text", kind_of(other)),
            None => "it is missing".to_owned(),
        };
        self.fault(at, what);
        String::new()
    }

    /// Counts the guids. A guid that another seat has too is a fault, unless they are ignored. Rule
    /// P12.
    fn check_guids(&mut self, document: &Document) -> GuidCount {
        let mut first: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        let mut seat_count = 0;
        for (place, seat) in seats(document).filter(|(_, seat)| !seat.guid.is_empty()) {
            seat_count += 1;
            let earlier = *first.entry(seat.guid.as_str()).or_insert(place);
            if earlier != place && self.policy == GuidPolicy::Keep {
                let what = format!("{:?} is the guid of {} too", seat.guid, pointer(earlier));
                let at = format!("{}/seat_guid", pointer(place));
                self.faults.add(FilePlace::Pointer(at), what);
            }
        }
        GuidCount { seat_count, different_count: index(first.len()) }
    }

    /// Warns of two seats in a row with the same number: visitors cannot tell them apart. Rule P13.
    fn check_numbers(&mut self, document: &Document) {
        let mut first: BTreeMap<(usize, usize, &str), [usize; 3]> = BTreeMap::new();
        for (place, seat) in seats(document).filter(|(_, seat)| !seat.number.is_empty()) {
            let [zone, row, _] = place;
            let earlier = *first.entry((zone, row, &seat.number)).or_insert(place);
            if earlier != place {
                let what = format!("{:?} is the number of {} too", seat.number, pointer(earlier));
                let at = format!("{}/seat_number", pointer(place));
                self.warnings.add(FilePlace::Pointer(at), what);
            }
        }
    }

    /// Warns of two seats on the same spot, which real files have, and of zones with the same name.
    /// Rule P13.
    fn check_spots(&mut self, document: &Document) {
        let mut first: BTreeMap<(u32, u32), [usize; 3]> = BTreeMap::new();
        for (place, seat) in seats(document) {
            let spot = seat.spot.times(UNIT_CM).rounded();
            let earlier = *first.entry((spot.x.to_bits(), spot.y.to_bits())).or_insert(place);
            if earlier != place {
                let what = format!("it stands on the spot of {}", pointer(earlier));
                self.warnings.add(FilePlace::Pointer(format!("{}/position", pointer(place))), what);
            }
        }
        let names: Vec<&str> = document.zones.iter().map(|zone| zone.name.as_str()).collect();
        let different: BTreeSet<&&str> = names.iter().collect();
        if different.len() < names.len() {
            self.warn(Pointer::ROOT.key("zones"), "some zones have the same name");
        }
    }
}

/// Every seat, with the index of its zone, of its row and of itself in the row.
fn seats(document: &Document) -> impl Iterator<Item = ([usize; 3], &ZoneSeat)> {
    (document.zones.iter().enumerate()).flat_map(|(zone, about)| {
        (about.rows.iter().enumerate()).flat_map(move |(row, about)| {
            (about.seats.iter().enumerate()).map(move |(seat, about)| ([zone, row, seat], about))
        })
    })
}

fn pointer([zone, row, seat]: [usize; 3]) -> String {
    format!("/zones/{zone}/rows/{row}/seats/{seat}")
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
