//! `tingting simulate`: its results, its output and its refusals.

use serde_json::Value;

use crate::tingting::{Said, TestFolder};

const SMALL: [&str; 4] = ["simulate", "first-time", "--rivals", "300"];

/// Runs a race of 300 rivals, unless `more` names another number.
fn simulate(more: &[&str]) -> Said {
    let has_rivals = more.iter().any(|argument| argument.starts_with("--rivals"));
    let first = if has_rivals { &SMALL[..2] } else { &SMALL };
    TestFolder::new().run(&[first, more].concat())
}

fn result(more: &[&str]) -> Value {
    let said = simulate(&[&["--json"], more].concat());
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""), "{said:?}");
    serde_json::from_str(&said.stdout).expect("the output is one JSON object")
}

#[test]
fn r1_the_same_seed_gives_the_same_race() {
    let first = result(&[]);
    assert_eq!(first["hash"], result(&["--seed", "1"])["hash"]);
    assert_ne!(first["hash"], result(&["--seed", "2"])["hash"]);
    assert_ne!(first["hash"], result(&["--style", "m-style"])["hash"]);
    assert_ne!(first["hash"], result(&["--rivals", "301"])["hash"]);
}

#[test]
fn r3_json_has_every_number() {
    let result = result(&["--style", "m-style", "--seed", "18446744073709551615"]);
    let keys = [
        "scenario",
        "style",
        "rivals",
        "seats",
        "seed",
        "hash",
        "seats_held_all_at_s",
        "paid_50_s",
        "paid_90_s",
        "paid_99_s",
        "conflict_rate",
        "conflicts",
        "bookings",
        "seats_sold",
        "abandoned_holds",
        "events",
        "wall_s",
        "events_per_s",
        "peak_rss_bytes",
    ];
    for key in keys {
        assert!(result.get(key).is_some(), "{key} is missing in {result}");
    }
    assert_eq!(result["scenario"], "first-time");
    assert_eq!(result["style"], "m-style");
    assert_eq!(result["rivals"], 300);
    assert_eq!(result["seats"], 1_200);
    assert_eq!(result["seed"], u64::MAX);
    let hash = result["hash"].as_str().unwrap();
    assert!(hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()), "{hash}");
    // 300 rivals hold at most two seats each, so half of the 1,200 seats stay free.
    assert_eq!(result["seats_held_all_at_s"], Value::Null);
    assert!(result["seats_sold"].as_u64().unwrap() > 0);
    assert!(result["peak_rss_bytes"].as_u64().is_none_or(|bytes| bytes > 1_000_000));
}

#[test]
fn r3_times_are_in_the_order_in_which_things_happened() {
    let result = result(&["--rivals", "3000"]);
    let time = |key: &str| result[key].as_f64().unwrap_or_else(|| panic!("{key}: {result}"));
    assert!(0.0 < time("paid_50_s") && time("paid_50_s") < time("paid_90_s"));
    assert!(time("seats_held_all_at_s") < time("ended_s"));
    assert!((0.0..=1.0).contains(&time("conflict_rate")));
}

#[test]
fn r4_the_table_fits_eighty_columns_and_has_no_colours() {
    let said = simulate(&["--person"]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""));
    assert!(!said.stdout.contains('\x1b'));
    for line in said.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for name in [
        "all seats held",
        "50 % paid",
        "90 % paid",
        "99 % paid",
        "100 % paid",
        "overall",
        "under 3 % free",
        "bookings",
        "seats sold",
        "abandoned holds",
        "early presses",
        "gave up waiting",
        "events",
        "wall time",
        "hash",
        "100 % │",
        "  0 % └",
    ] {
        assert!(said.stdout.contains(name), "{name} is missing in\n{}", said.stdout);
    }
}

#[test]
fn r5_a_race_without_rivals_sells_nothing() {
    let nobody = result(&["--rivals", "0"]);
    assert_eq!((&nobody["bookings"], &nobody["conflict_rate"]), (&0.into(), &0.0.into()));
    let person = result(&["--rivals", "0", "--person"]);
    assert_eq!(person["person"]["place"], 1);
    assert_eq!(person["bookings"], 1);
    assert_eq!(simulate(&["--rivals", "0"]).code, Some(0));
}

#[test]
fn r6_an_unknown_name_is_refused_with_a_list_of_the_known_ones() {
    let folder = TestFolder::new();
    let scenario = folder.run(&["simulate", "opera"]);
    assert_eq!(scenario.code, Some(2));
    assert!(scenario.stderr.contains("there is no scenario named `opera`"), "{scenario:?}");
    assert!(scenario.stderr.contains("hint: known names: first-time, theatre-small"));
    let style = simulate(&["--style", "x-style"]);
    assert_eq!(style.code, Some(2));
    assert!(style.stderr.contains("hint: known names: n-style, m-style"), "{style:?}");
    for name in ["", "../first-time", "First", &"a".repeat(65)] {
        let said = folder.run(&["simulate", name]);
        assert_eq!(said.code, Some(2), "{name}: {said:?}");
        assert!(said.stderr.contains("hint: "), "{said:?}");
    }
}

#[test]
fn r6_a_number_out_of_range_is_refused_with_the_range() {
    for number in ["-1", "-2000", "2000001", "99999999999999999999", "1e3", "many", ""] {
        let said = simulate(&[&format!("--rivals={number}")]);
        assert_eq!(said.code, Some(2), "{number}: {said:?}");
        assert!(said.stderr.contains("0 to 2,000,000"), "{said:?}");
        assert!(said.stderr.contains("hint: "), "{said:?}");
    }
    for seed in ["-1", "18446744073709551616", "x"] {
        let said = simulate(&[&format!("--seed={seed}")]);
        assert_eq!(said.code, Some(2), "{seed}: {said:?}");
        assert!(said.stderr.contains("a seed is 0 to 18446744073709551615"), "{said:?}");
    }
}

#[test]
fn r6_flags_that_exclude_each_other_are_refused() {
    assert_eq!(simulate(&["--json", "--watch"]).code, Some(2));
    assert_eq!(simulate(&["--record", "a", "--data", "b"]).code, Some(2));
    let nowhere = simulate(&["--record", "no/such/folder/race"]);
    assert_eq!(nowhere.code, Some(1));
    assert!(nowhere.stderr.contains("hint: check the folder"), "{nowhere:?}");
    let files = simulate(&["--library", "nowhere"]);
    assert_eq!(files.code, Some(2));
    assert!(files.stderr.contains("nowhere is no folder"), "{files:?}");
}

#[test]
fn r6_a_faulty_file_is_refused_with_its_line() {
    let folder = TestFolder::new();
    std::fs::create_dir_all(folder.path("mine/styles")).unwrap();
    folder.put("mine/styles/n-style.toml", "title = 1\n");
    let said = folder.run(&[&SMALL[..], &["--files", "mine"]].concat());
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stderr.contains("line 1"), "{said:?}");
    assert!(said.stderr.contains("hint: "), "{said:?}");
}

#[test]
fn r7_highlights_are_printed_as_lines() {
    let said = simulate(&["--watch", "--person"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let first: Vec<&str> = said.stdout.lines().take(3).collect();
    assert_eq!(first[0], "  0:00.0  the sale opens");
    assert!(said.stdout.contains("first seat taken\n"), "{}", said.stdout);
    assert!(said.stdout.contains("you: place "), "{}", said.stdout);
    // The table of results follows.
    assert!(said.stdout.contains("  0 % └"), "{}", said.stdout);
}

#[test]
fn r8_a_picture_is_saved() {
    let folder = TestFolder::new();
    let said = folder.run(&[&SMALL[..], &["--picture", "race.svg"]].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    let svg = std::fs::read_to_string(folder.path("race.svg")).unwrap();
    assert!(svg.starts_with("<svg ") && svg.contains("TingTing: 300 rivals in "), "{svg}");
}

#[test]
fn r9_the_result_tells_how_the_person_fared() {
    let result = result(&["--person"]);
    let person = &result["person"];
    assert!(person["place"].as_u64().is_some_and(|place| place > 0), "{person}");
    assert!(person["conflicts"].is_u64(), "{person}");
    let seats = person["seats"].as_array().unwrap();
    assert!(seats.iter().all(|seat| seat["section"].is_string() && seat["row"].is_string()));
    assert_eq!(seats.is_empty(), person["paid_s"].is_null(), "{person}");
    assert_eq!(self::result(&[])["person"], Value::Null);
}
