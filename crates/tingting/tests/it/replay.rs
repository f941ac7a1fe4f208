//! `tingting replay` of recorded files.

use std::fs;

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use crate::tingting::{Said, TestFolder};

/// A folder with a recorded race in the file `race`, and the JSON result of that race.
fn recorded(more: &[&str]) -> (TestFolder, Value) {
    let folder = TestFolder::new();
    let arguments = ["simulate", "first-time", "--rivals", "300", "--json", "--record", "race"];
    let said = folder.run(&[&arguments, more].concat());
    assert_eq!(said.code, Some(0), "{said:?}");
    let result = serde_json::from_str(&said.stdout).expect("the output is one JSON object");
    (folder, result)
}

/// Replays the recorded race after a change of its bytes.
fn replay_changed(folder: &TestFolder, change: impl FnOnce(&mut Vec<u8>)) -> Said {
    let mut bytes = fs::read(folder.path("race")).expect("the race was recorded");
    change(&mut bytes);
    folder.put("changed", bytes);
    folder.run(&["replay", "changed"])
}

/// Corrects the checksum of the chunk at `start` after a change.
fn reseal(bytes: &mut [u8], start: usize) {
    let length = u32::from_le_bytes(bytes[start + 1..start + 5].try_into().expect("four bytes"));
    let end = start + 5 + length as usize;
    let sum = xxh3_64(&bytes[start..end]);
    bytes[end..end + 8].copy_from_slice(&sum.to_le_bytes());
}

/// The byte at which the header chunk begins.
const HEADER: usize = 8;

/// The length of the end chunk in bytes.
const END: usize = 5 + 32 + 8;

#[test]
fn r2_a_race_of_other_versions_is_not_replayed() {
    let (folder, _) = recorded(&["--person"]);
    let said = replay_changed(&folder, |bytes| {
        bytes[HEADER + 5 + 2..HEADER + 5 + 4].copy_from_slice(&[0x39, 0x30]);
        reseal(bytes, HEADER);
    });
    assert_eq!(said.code, Some(1), "{said:?}");
    let recorded = "not run: recorded under rules version 12345 and crowd version";
    assert!(said.stdout.contains(recorded), "{said:?}");
    let here = format!("this program has {} and {}", sale::RULES_VERSION, crowd::CROWD_VERSION);
    assert!(said.stdout.contains(&here), "{said:?}");
    assert!(said.stderr.contains("hint: replay a race with the program that recorded it"));
}

#[test]
fn r10_a_replay_whose_result_differs_is_reported() {
    let (folder, _) = recorded(&["--person"]);
    let said = replay_changed(&folder, |bytes| {
        let end = bytes.len() - END;
        // This is the lowest byte of the number of events.
        bytes[end + 5 + 8] ^= 1;
        reseal(bytes, end);
    });
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stdout.starts_with("changed: differs: ") && said.stdout.contains("replayed"));
}

#[test]
fn r10_a_replay_has_the_recorded_result() {
    for more in [&["--person"][..], &[], &["--person", "--style", "m-style", "--seed", "9"]] {
        let (folder, result) = recorded(more);
        let said = folder.run(&["replay", "race"]);
        assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""), "{said:?}");
        assert!(said.stdout.starts_with("race: ok, "), "{said:?}");
        let json: Value =
            serde_json::from_str(&folder.run(&["replay", "race", "--json"]).stdout).unwrap();
        assert_eq!(json["ok"], true);
        assert_eq!(json["races"][0]["outcome"], "ok");
        assert_eq!(json["races"][0]["replayed"]["hash"], result["hash"]);
        assert_eq!(json["races"][0]["replayed"]["events"], result["events"]);
    }
}

#[test]
fn r10_a_recording_is_replayed_without_the_files_of_its_race() {
    let folder = TestFolder::new();
    fs::create_dir_all(folder.path("mine/scenarios")).unwrap();
    let text = "title = { ko = \"작은\", en = \"Small\", ja = \"小\" }\nplan = \"theatre\"\n\
                demand = \"practice\"\nstyle = \"n-style\"\npeople = \"fans\"\nrivals = 100\n\
                lobby = 3\nlength = 60\n";
    folder.put("mine/scenarios/small.toml", text);
    let said = folder.run(&["simulate", "small", "--library", "mine", "--record", "race"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    fs::remove_dir_all(folder.path("mine")).unwrap();
    assert_eq!(folder.run(&["replay", "race"]).code, Some(0));
}

#[test]
fn r11_damage_is_refused_with_its_byte() {
    let (folder, _) = recorded(&["--person"]);
    let length = fs::read(folder.path("race")).unwrap().len();
    // These bytes are in the magic, in the length of the header, in the recipe, in a batch and in
    // the end.
    for at in [0, 5, 10, 14, 40, length / 2, length - 60, length - 20, length - 1] {
        let said = replay_changed(&folder, |bytes| bytes[at] ^= 1);
        assert_eq!(said.code, Some(1), "{at}: {said:?}");
        assert!(said.stderr.contains("changed is refused"), "{at}: {said:?}");
        assert!(said.stderr.contains("caused by: byte "), "{at}: {said:?}");
    }
    for cut in [1, 7, 8, 12, 100, length / 2, length - 50, length - 1] {
        let said = replay_changed(&folder, |bytes| bytes.truncate(cut));
        let expected = format!("byte {cut}: the file is cut short");
        assert!(said.code == Some(1) && said.stderr.contains(&expected), "{said:?}");
    }
}

#[test]
fn r12_a_file_that_is_not_a_recording_is_refused_with_the_reason() {
    let (folder, _) = recorded(&[]);
    let surplus = replay_changed(&folder, |bytes| bytes.push(0));
    assert!(surplus.stderr.contains("1 bytes follow the end"), "{surplus:?}");
    folder.put("plan.json", "{}");
    let foreign = folder.run(&["replay", "plan.json"]);
    assert!(foreign.stderr.contains("byte 0: this is not a recorded race"), "{foreign:?}");
    assert!(foreign.stderr.contains("hint: "), "{foreign:?}");
    folder.put("empty", "");
    let empty = folder.run(&["replay", "empty"]);
    assert!(empty.stderr.contains("byte 0: the file is empty"), "{empty:?}");
    let missing = folder.run(&["replay", "nothing"]);
    assert!(missing.stderr.contains("cannot open nothing"), "{missing:?}");
    for said in [surplus, foreign, empty, missing] {
        assert_eq!(said.code, Some(1), "{said:?}");
    }
}

/// Publishes the recorded race as one of several people with a secret would be, and returns the commitment.
fn publish(folder: &TestFolder) -> String {
    let bytes = fs::read(folder.path("race")).expect("the race was recorded");
    let read = recording::decode(&bytes).expect("the record is whole");
    let recording::Log::Here(items, end) = read.log else { panic!("this program recorded it") };
    let bytes = recording::publish(&read.header, &read.recipe, &items, &end);
    folder.put("published", bytes);
    read.header.fair.commitment().to_string()
}

#[test]
fn r17_a_published_record_ends_as_the_race_ended() {
    let (folder, result) = recorded(&["--person"]);
    publish(&folder);
    let said = folder.run(&["replay", "published", "--json"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let json: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(json["races"][0]["replayed"]["hash"], result["hash"]);
    assert_eq!(json["races"][0]["people"], 1);
}

#[test]
fn r18_replay_compares_the_commitment_that_was_shown() {
    let (folder, _) = recorded(&["--person"]);
    let commitment = publish(&folder);
    let said = folder.run(&["replay", "published", "--commitment", &commitment.to_uppercase()]);
    assert_eq!((said.code, said.stderr.as_str()), (Some(0), ""), "{said:?}");
    assert!(said.stdout.contains(&format!("commitment {commitment}")), "{said:?}");
    let other =
        commitment.replace(&commitment[..1], if &commitment[..1] == "0" { "1" } else { "0" });
    let said = folder.run(&["replay", "published", "--commitment", &other]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stderr.contains("not those that were committed to"), "{said:?}");
    assert!(said.stderr.contains(&other) && said.stderr.contains(&commitment), "{said:?}");
    assert!(said.stderr.contains("hint: compare the digits"), "{said:?}");
    let said = folder.run(&["replay", "published", "--commitment", "12"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.stderr.contains("a commitment is 64 digits"), "{said:?}");
}
