//! Files written for a test, a file that another program wrote, and round trips of every built-in
//! hall.

use serde_json::{Value, json};

use super::super::summary::{FilePlace, GuidCount};
use super::super::tests::hall;
use super::super::{BUILTIN_NAMES, SeatKind, StageShape, limits};
use super::*;

mod strict;

const REAL: &[u8] = include_bytes!("../../../tests/fixtures/stadium.pretix.json");

/// Two rows of three seats, with an aisle in the second.
fn small() -> Value {
    let seat = |guid: &str, number: &str, x: f64| {
        json!({
            "seat_guid": guid, "seat_number": number, "category": "R",
            "position": { "x": x, "y": 0 },
        })
    };
    let row = |label: &str, y: f64, third: f64| {
        json!({
            "row_number": label, "position": { "x": 100, "y": y },
            "seats": [
                seat(&format!("{label}1"), "1", 0.0),
                seat(&format!("{label}2"), "2", 25.0),
                seat(&format!("{label}3"), "3", third),
            ],
        })
    };
    json!({
        "name": "Small room",
        "categories": [{ "name": "R", "color": "#AA00AA" }],
        "zones": [{
            "name": "Stalls", "position": { "x": 10, "y": 20 },
            "rows": [row("A", 100.0, 50.0), row("B", 130.0, 90.0)], "areas": [],
        }],
    })
}

fn read(file: &Value) -> Import {
    import(file.to_string().as_bytes(), GuidPolicy::Keep)
}

fn faults(import: &Import) -> Vec<String> {
    import.summary.faults.kept().iter().map(said).collect()
}

fn said(finding: &super::super::summary::Finding) -> String {
    match &finding.at {
        FilePlace::Pointer(pointer) => format!("{pointer}: {}", finding.what),
        FilePlace::LineColumn(line, column) => format!("{line}:{column}: {}", finding.what),
    }
}

/// The faults of the small file when the value at `pointer` is replaced.
fn faults_with(pointer: &str, value: Value) -> Vec<String> {
    let mut file = small();
    *file.pointer_mut(pointer).expect("the file has it") = value;
    let import = read(&file);
    assert!(import.accepted.is_none());
    faults(&import)
}

fn accepted(import: Import) -> AcceptedPlan {
    let faults = faults(&import);
    import.accepted.unwrap_or_else(|| panic!("{faults:?}"))
}

#[test]
fn p10_a_small_file_becomes_a_plan() {
    let import = read(&small());
    assert!(import.summary.warnings.is_empty());
    let AcceptedPlan { plan, guids } = accepted(import);
    assert_eq!(guids, ["A1", "A2", "A3", "B1", "B2", "B3"]);
    assert_eq!((plan.name.as_str(), plan.title.ko.as_str()), ("small-room", "Small room"));
    assert_eq!(plan.grades[0].color, "#aa00aa");
    let adjacent: Vec<bool> = plan.seats.iter().map(|seat| seat.next_adjacent).collect();
    assert_eq!(adjacent, [true, true, false, true, false, false]);
    assert!((plan.seats[1].x - plan.seats[0].x - 50.0).abs() < 0.1);
    assert!((plan.seats[3].y - plan.seats[0].y - 60.0).abs() < 0.1);
    // The stage is taken to lie above, so the middle of the first row is best.
    assert_eq!(plan.stage.shape, StageShape::End);
    assert!(plan.stage.focus.y < plan.seats[0].y);
    assert!(plan.seats[1].quality > plan.seats[4].quality);
}

#[test]
fn p10_unknown_keys_are_ignored_and_optional_ones_may_be_missing() {
    let mut file = small();
    file["note"] = json!("made by hand");
    file["zones"][0]["rows"][0]["seats"][0]["colour"] = json!({ "odd": [1, 2] });
    file["zones"][0].as_object_mut().unwrap().remove("areas");
    accepted(read(&file));
}

#[test]
fn p11_each_fault_has_its_place() {
    let seat = "/zones/0/rows/1/seats/2";
    let at = |key: &str| format!("{seat}/{key}");
    let all = [
        faults_with(&at("seat_guid"), json!("A2")),
        faults_with(&at("seat_guid"), json!("")),
        faults_with(&at("seat_guid"), json!(7)),
        faults_with(&at("seat_number"), json!(" ")),
        faults_with(&at("category"), json!("S")),
        faults_with(&at("category"), Value::Null),
        faults_with(&at("position"), json!([1, 2])),
        faults_with(&at("position/x"), json!("1")),
        faults_with(&at("position/x"), json!(1e300)),
        faults_with(seat, json!("a seat")),
        faults_with("/zones/0/rows/1/seats", json!([])),
        faults_with("/zones/0/rows/1/seats", json!({})),
        faults_with("/zones/0/rows/1/row_number", json!(["B"])),
        faults_with("/zones/0/name", json!("x".repeat(65))),
        faults_with("/zones", json!([])),
        faults_with("/name", json!({})),
        faults_with("/categories", json!([{ "name": "R" }, { "name": "R" }])),
    ];
    insta::assert_snapshot!(all.map(|faults| faults.join("\n")).join("\n"), @r#"
    /zones/0/rows/1/seats/2/seat_guid: "A2" is the guid of /zones/0/rows/0/seats/1 too
    /zones/0/rows/1/seats/2/seat_guid: it is empty
    /zones/0/rows/1/seats/2/seat_guid: this is a number, not a text
    /zones/0/rows/1/seats/2/seat_number: it is empty
    /zones/0/rows/1/seats/2/category: no category is called "S"
    /zones/0/rows/1/seats/2/category: this is null, not a text
    /zones/0/rows/1/seats/2/position: this is a list, not an object
    /zones/0/rows/1/seats/2/position/x: this is a text, not a number
    /zones/0/rows/1/seats/2/position/x: 1e300 is no place on a plan; at most 1000000 is accepted
    /zones/0/rows/1/seats/2: this is a text, not an object
    /zones/0/rows/1/seats: the row has no seats
    /zones/0/rows/1/seats: this is an object, not a list
    /zones/0/rows/1/row_number: this is a list, not a text
    /zones/0/name: 65 characters; at most 64 are accepted
    /zones: the plan has no seats
    /name: this is an object, not a text
    /categories/1/name: another category is called "R"
    "#);
}

#[test]
fn p11_an_import_finds_all_faults_of_a_file() {
    let mut file = small();
    file["zones"][0]["rows"][0]["seats"][0] = json!({ "position": { "y": 1 } });
    file["zones"][0]["rows"][1]["seats"][1]["category"] = json!("S");
    insta::assert_snapshot!(faults(&read(&file)).join("\n"), @r#"
    /zones/0/rows/0/seats/0/seat_guid: it is missing
    /zones/0/rows/0/seats/0/seat_number: it is missing
    /zones/0/rows/0/seats/0/category: it is missing
    /zones/0/rows/0/seats/0/position/x: it is missing
    /zones/0/rows/1/seats/1/category: no category is called "S"
    "#);
}

#[test]
fn p11_broken_json_has_a_fault_with_line_and_column() {
    let broken = [
        &b""[..],
        b"{\n  \"name\": \"a\",\n  \"zones\": [1, }",
        b"\xff\xfe\x00binary",
        b"[1e999]",
        b"\"text\"",
        b"null",
    ];
    let all: Vec<String> =
        broken.iter().flat_map(|bytes| faults(&import(bytes, GuidPolicy::Keep))).collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    1:0: this is not JSON: EOF while parsing a value
    3:16: this is not JSON: expected value
    1:1: this is not JSON: expected value
    1:6: this is not JSON: number out of range
    : this is a text, not an object
    : this is null, not an object
    ");
    let deep = "[".repeat(100_000);
    assert_eq!(import(deep.as_bytes(), GuidPolicy::Keep).summary.faults.count(), 1);
}

#[test]
fn p11_faults_beyond_the_kept_ones_are_counted() {
    let mut file = small();
    let seat = json!({ "position": { "x": 0, "y": 0 }, "category": "R", "seat_guid": "same" });
    file["zones"][0]["rows"][0]["seats"] = Value::Array(vec![seat; 1_500]);
    let summary = read(&file).summary;
    // Every seat lacks a number, and every seat but the first has the guid of the first.
    assert_eq!(summary.faults.count(), 1_500 + 1_499);
    assert_eq!(summary.faults.kept().len(), limits::FINDINGS_KEPT_MAX as usize);
}

#[test]
fn p11_exceeding_a_limit_is_a_fault() {
    let mut many = small();
    many["zones"] = Value::Array(vec![many["zones"][0].clone(); 513]);
    let said = faults(&import(many.to_string().as_bytes(), GuidPolicy::Renumber));
    assert_eq!(said, ["/zones: 513 sections; at most 512 are accepted"]);

    let mut file = small();
    let categories: Vec<Value> =
        (0..17).map(|n| json!({ "name": format!("{n}"), "color": "#000000" })).collect();
    file["categories"] = Value::Array(categories);
    let said = faults(&read(&file));
    assert!(
        said.contains(&"/categories: 17 grades; at most 16 are accepted".to_owned()),
        "{said:?}"
    );
}

/// A file with `count` copies of the zone, each with one row of one seat.
fn many_zones(count: usize) -> Value {
    let mut file = small();
    let mut zone = file["zones"][0].clone();
    zone["rows"].as_array_mut().unwrap().truncate(1);
    zone["rows"][0]["seats"].as_array_mut().unwrap().truncate(1);
    file["zones"] = Value::Array(vec![zone; count]);
    file
}

#[test]
fn p11_a_file_in_which_all_names_are_equal_is_read_in_one_pass() {
    // Trying every number for every name would take an hour.
    let said = faults(&import(many_zones(50_000).to_string().as_bytes(), GuidPolicy::Renumber));
    assert!(said.contains(&"/zones: 50000 sections; at most 512 are accepted".to_owned()));

    let mut file = many_zones(1);
    let seat = file["zones"][0]["rows"][0]["seats"][0].clone();
    file["zones"][0]["rows"][0]["seats"] = Value::Array(vec![seat; 50_000]);
    let AcceptedPlan { guids, .. } =
        accepted(import(file.to_string().as_bytes(), GuidPolicy::Renumber));
    assert_eq!((guids[0].as_str(), guids[49_999].as_str()), ("Stalls-A-1", "Stalls-A-1-50000"));
}

#[test]
fn p11_more_categories_than_are_read_are_a_fault() {
    let mut file = small();
    let category = |n| json!({ "name": format!("{n}"), "color": "#000000" });
    file["categories"] = Value::Array((0..100_000).map(category).collect());
    let said = faults(&read(&file));
    assert_eq!(said[0], "/categories: 100000 categories; at most 1000 are accepted");
}

#[test]
fn p11_a_stage_with_more_corners_than_any_has_is_no_stage() {
    let mut file = small();
    let with = |file: &mut Value, count: u32| {
        let points: Vec<Value> = (0..count).map(|n| json!({ "x": n, "y": n % 97 })).collect();
        file["zones"][0]["areas"] = json!([{
            "shape": "polygon", "position": { "x": 0, "y": 0 }, "polygon": { "points": points },
        }]);
        accepted(read(file)).plan.stage.outline.len()
    };
    assert_eq!(with(&mut file, 1_000), 1_000);
    assert_eq!(with(&mut file, 100_000), 4, "the stage that is assumed has four corners");
}

#[test]
fn p12_a_real_file_with_double_guids_is_refused_and_accepted_when_renumbered() {
    let refused = import(REAL, GuidPolicy::Keep);
    assert!(refused.accepted.is_none());
    let summary = &refused.summary;
    assert_eq!(summary.guids, Some(GuidCount { seat_count: 738, different_count: 318 }));
    assert_eq!((summary.faults.count(), summary.seat_count), (738 - 318, 738));
    let first = said(&summary.faults.kept()[0]);
    insta::assert_snapshot!(first, @r#"/zones/0/rows/6/seats/0/seat_guid: "Groundfloor-A-1" is the guid of /zones/0/rows/0/seats/0 too"#);

    let renumbered = import(REAL, GuidPolicy::Renumber);
    assert!(renumbered.summary.is_accepted());
    let AcceptedPlan { plan, guids } = accepted(renumbered);
    let different: std::collections::BTreeSet<&String> = guids.iter().collect();
    assert_eq!((guids.len(), different.len()), (738, 738));
    // The largest area, the grass in the middle, is taken for the stage, with seats all around it.
    assert_eq!(plan.stage.shape, StageShape::Round);
}

#[test]
fn p13_two_seats_on_one_spot_are_a_warning() {
    let mut file = small();
    file["zones"][0]["rows"][0]["seats"][2]["position"]["x"] = json!(25);
    let import = read(&file);
    let warnings: Vec<String> = import.summary.warnings.kept().iter().map(said).collect();
    insta::assert_snapshot!(warnings.join("\n"), @"/zones/0/rows/0/seats/2/position: it stands on the spot of /zones/0/rows/0/seats/1");
    accepted(import);
}

#[test]
fn p13_two_seats_of_a_row_with_one_number_are_a_warning() {
    let mut file = small();
    file["zones"][0]["rows"][1]["seats"][2]["seat_number"] = json!("1");
    let import = read(&file);
    let warnings: Vec<String> = import.summary.warnings.kept().iter().map(said).collect();
    insta::assert_snapshot!(warnings.join("\n"), @r#"/zones/0/rows/1/seats/2/seat_number: "1" is the number of /zones/0/rows/1/seats/0 too"#);
    accepted(import);
}

#[test]
fn p14_a_section_begins_where_a_row_label_comes_again_in_a_zone() {
    let plan = accepted(import(REAL, GuidPolicy::Renumber)).plan;
    let sections: Vec<String> = (plan.sections.iter())
        .map(|section| {
            let rows = section.rows.clone().map(|row| plan.rows[row as usize].label.clone());
            format!("{} {}: {}", section.floor, section.label, rows.collect::<String>())
        })
        .collect();
    insta::assert_snapshot!(sections.join("\n"), @r"
    Ground floor 1: ABCDEF
    Ground floor 2: ABCDEF
    Ground floor 3: ABCDEF
    Ground floor 4: ABCDEF
    Ground floor 5: FEDCBA
    Ground floor 6: ABCDEFLKJIHGMNOPQR
    Ground floor 7: ABCDEFGHIJKL
    Ground floor 8: ABCDEFLKJIHG
    First Floor 1: ABCDEF
    First Floor 2: ABCDEFLKJIHG
    ");
    let whole = accepted(read(&small())).plan;
    assert_eq!(
        (whole.sections[0].floor.as_str(), whole.sections[0].label.as_str()),
        ("", "Stalls")
    );
}

#[test]
fn p15_an_export_is_imported_as_the_same_plan() {
    for name in BUILTIN_NAMES {
        let plan = hall(name);
        let file = export(&plan);
        strict::check(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let back = read(&file);
        assert!(back.summary.warnings.is_empty(), "{name}: {:?}", back.summary.warnings.kept());
        let back = accepted(back);
        assert_eq!(back.guids, guids(&plan));
        let back = back.plan;
        // An export has neither prices nor titles, and it loses nothing else.
        let mut expected = plan;
        for grade in &mut expected.grades {
            grade.price_won = 0;
        }
        expected.title = back.title.clone();
        assert_eq!(back.stage, expected.stage, "{name}");
        assert_eq!(back.grades, expected.grades, "{name}");
        assert_eq!(back.rows, expected.rows, "{name}");
        assert_eq!(back.sections, expected.sections, "{name}");
        let differing = back.seats.iter().zip(&expected.seats).find(|(a, b)| a != b);
        assert_eq!(differing, None, "{name}");
        assert!(back == expected, "{name}");
    }
}

#[test]
fn p15_an_export_has_the_published_keys_and_no_others() {
    for file in [import(REAL, GuidPolicy::Renumber), read(&small())] {
        strict::check(&export(&accepted(file).plan)).expect("it keeps to the field list");
    }
}

#[test]
fn p15_special_seats_have_categories_of_their_own() {
    let plan = hall("theatre");
    let wheelchair = plan.seats.iter().position(|s| s.kind == SeatKind::Wheelchair).unwrap();
    let file = export(&plan);
    let seats: Vec<&Value> = (file["zones"].as_array().unwrap().iter())
        .flat_map(|zone| zone["rows"].as_array().unwrap())
        .flat_map(|row| row["seats"].as_array().unwrap())
        .collect();
    assert_eq!(seats[wheelchair]["category"], "R · wheelchair");
    assert_eq!(seats[0]["seat_guid"], "1-A-1-1");
}

#[test]
fn p11_a_file_cut_short_anywhere_has_one_fault() {
    let file = small().to_string().into_bytes();
    for cut in 0..file.len() {
        let import = import(&file[..cut], GuidPolicy::Keep);
        assert_eq!(import.summary.faults.count(), 1, "cut at {cut}");
    }
}

proptest::proptest! {
    #[test]
    fn p11_a_file_with_any_one_value_replaced_is_imported_without_a_panic(
        target in 0_usize..90, replacement in 0_usize..7,
    ) {
        let values = [
            Value::Null, json!(true), json!(-1e308), json!(""), json!([]), json!({}), json!([[]]),
        ];
        let mut file = small();
        let mut left = target;
        replace_nth(&mut file, &mut left, &values[replacement]);
        for policy in [GuidPolicy::Keep, GuidPolicy::Renumber] {
            let import = import(file.to_string().as_bytes(), policy);
            assert_eq!(import.accepted.is_some(), import.summary.is_accepted());
            if let Some(AcceptedPlan { plan, guids }) = import.accepted {
                strict::check(&export_with_guids(&plan, &guids)).unwrap();
            }
        }
    }
}

/// Replaces the value that a walk through the document meets after `left` others.
fn replace_nth(value: &mut Value, left: &mut usize, replacement: &Value) {
    if *left == 0 {
        value.clone_from(replacement);
    }
    *left = left.wrapping_sub(1);
    match value {
        Value::Array(list) => list.iter_mut().for_each(|v| replace_nth(v, left, replacement)),
        Value::Object(map) => map.values_mut().for_each(|v| replace_nth(v, left, replacement)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
