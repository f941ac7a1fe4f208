//! Races kept in a folder: the tests kill them, continue them, show them again and replay them.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use journal::{SaleId, SqliteStore, Store};
use scenario::{Kind, Library};
use serde_json::Value;

use crate::tingting::{Said, TestFolder};

const RACE: [&str; 5] = ["simulate", "first-time", "--rivals", "300", "--person"];

fn run(folder: &TestFolder, more: &[&str]) -> Said {
    folder.run(&[&RACE, more].concat())
}

fn result(said: &Said) -> Value {
    assert_eq!(said.code, Some(0), "{said:?}");
    serde_json::from_str(&said.stdout).expect("the output is one JSON object")
}

/// The values of the result that must not depend on whether the race was killed.
fn outcome(result: &Value) -> [&Value; 5] {
    ["hash", "events", "ended_s", "person", "seats_sold"].map(|key| &result[key])
}

/// Runs the race and kills its process after it has printed this number of lines.
fn killed_after(folder: &TestFolder, line_count: usize) {
    let mut command = folder.command(&[&RACE[..], &["--watch", "--data", "kept"]].concat());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the binary is built");
    let stdout = child.stdout.take().expect("standard output is piped");
    let lines = BufReader::new(stdout).lines().take(line_count);
    assert_eq!(lines.flatten().count(), line_count);
    // `kill` sends SIGKILL, so the process cannot save anything.
    child.kill().expect("the child can be killed");
    child.wait().expect("the child can be waited for");
}

#[test]
fn r13_a_killed_race_goes_on_to_the_same_end() {
    let whole = result(&run(&TestFolder::new(), &["--json"]));
    for line_count in 1..=8 {
        let folder = TestFolder::new();
        killed_after(&folder, line_count);
        let said = run(&folder, &["--json", "--data", "kept"]);
        assert_eq!(outcome(&result(&said)), outcome(&whole), "killed after {line_count} lines");
        let replayed = folder.run(&["replay", "kept"]);
        assert_eq!(replayed.code, Some(0), "{replayed:?}");
    }
}

#[test]
fn r14_a_finished_race_is_shown_again() {
    let folder = TestFolder::new();
    let first = run(&folder, &["--json", "--data", "kept"]);
    let second = run(&folder, &["--json", "--data", "kept"]);
    assert_eq!(first.stderr, "");
    assert_eq!(second.stderr, "the race in kept is finished\n");
    assert_eq!(outcome(&result(&second)), outcome(&result(&first)));
    assert_eq!(result(&second)["wall_s"], Value::Null);
}

#[test]
fn a28_r14_a_race_whose_files_have_changed_is_told_apart_from_another_race() {
    let folder = TestFolder::new();
    assert_eq!(run(&folder, &["--data", "kept"]).code, Some(0));
    std::fs::create_dir_all(folder.path("library/plans")).expect("the folder is writable");
    let spec = Library::built_in().read(Kind::Plan, "theatre").expect("it is built in");
    folder.put("library/plans/theatre.toml", spec + "\n# another text\n");
    let said = run(&folder, &["--data", "kept", "--library", "library"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    let told = "the files of the race in kept have changed since it began";
    assert!(said.stderr.contains(told), "{}", said.stderr);
    let replayed = folder.run(&["replay", "kept"]);
    assert_eq!(replayed.code, Some(0), "it has its own files: {replayed:?}");
}

#[test]
fn r14_another_race_cannot_begin_in_the_folder_of_a_race() {
    let folder = TestFolder::new();
    assert_eq!(run(&folder, &["--data", "kept"]).code, Some(0));
    for other in [["--seed", "2"], ["--style", "m-style"], ["--rivals", "299"]] {
        let arguments = match other {
            ["--rivals", count] => vec!["simulate", "first-time", "--person", "--rivals", count],
            other => [&RACE[..], &other].concat(),
        };
        let said = folder.run(&[&arguments[..], &["--data", "kept"]].concat());
        assert_eq!(said.code, Some(1), "{said:?}");
        let found = "kept has another race: first-time, n-style, 300 rivals and a person, seed 1";
        assert!(said.stderr.contains(found), "{said:?}");
        assert!(said.stderr.contains("hint: "), "{said:?}");
    }
}

#[test]
fn r14_a_folder_in_use_is_refused() {
    let folder = TestFolder::new();
    assert_eq!(run(&folder, &["--data", "kept"]).code, Some(0));
    let store = SqliteStore::open(&folder.path("kept/journal.sqlite")).unwrap();
    for arguments in [&[&RACE[..], &["--data", "kept"]].concat()[..], &["replay", "kept"]] {
        let said = folder.run(arguments);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.stderr.contains("in use by another process"), "{said:?}");
        assert!(said.stderr.contains("hint: wait for that process"), "{said:?}");
    }
    drop(store);
}

#[test]
fn r14_a_folder_that_cannot_be_made_is_refused() {
    let folder = TestFolder::new();
    folder.put("file", "text");
    let said = run(&folder, &["--data", "file"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    std::fs::create_dir(folder.path("foreign")).unwrap();
    folder.put("foreign/journal.sqlite", "this is a text and no database at all, is it not?\n");
    let said = run(&folder, &["--data", "foreign"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stderr.contains("the file is not a journal"), "{said:?}");
}

#[test]
fn r15_a_race_in_a_folder_is_replayed_with_the_same_result() {
    let folder = TestFolder::new();
    let kept = result(&run(&folder, &["--json", "--data", "kept"]));
    let said = folder.run(&["replay", "kept", "--json"]);
    let replayed = result(&said);
    assert_eq!(replayed["ok"], true, "{said:?}");
    assert_eq!(replayed["races"][0]["replayed"]["hash"], kept["hash"]);
}

#[test]
fn r15_a_killed_race_is_replayed_up_to_its_last_record() {
    let folder = TestFolder::new();
    killed_after(&folder, 5);
    let said = folder.run(&["replay", "kept"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.stdout.starts_with("kept race 1: ok"), "{said:?}");
}

#[test]
fn r15_a_folder_without_a_race_is_refused() {
    let folder = TestFolder::new();
    std::fs::create_dir(folder.path("empty")).unwrap();
    let said = folder.run(&["replay", "empty"]);
    assert_eq!(said.code, Some(1));
    assert!(said.stderr.contains("empty has no journal"), "{said:?}");
}

#[test]
fn r15_a_damaged_header_is_refused_with_its_byte() {
    let folder = TestFolder::new();
    std::fs::create_dir(folder.path("kept")).unwrap();
    let mut store = SqliteStore::open(&folder.path("kept/journal.sqlite")).unwrap();
    store.create(SaleId(1), b"not a header").unwrap();
    drop(store);
    for arguments in [&[&RACE[..], &["--data", "kept"]].concat()[..], &["replay", "kept"]] {
        let said = folder.run(arguments);
        assert_eq!(said.code, Some(1), "{said:?}");
        let told = [said.stdout.as_str(), said.stderr.as_str()].concat();
        assert!(told.contains("is damaged at byte 4"), "{said:?}");
    }
}
