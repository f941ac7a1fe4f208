//! `tingting doctor`: whole folders are well, and each damage is found.

use std::fs;

use journal::{KeptResult, SqliteStore, Store as _};
use serde_json::Value;

use crate::tingting::TestFolder;

const RACE: [&str; 7] = ["simulate", "first-time", "--rivals", "300", "--person", "--data", "kept"];
const DOCTOR: [&str; 3] = ["doctor", "--data", "kept"];

fn files(folder: &TestFolder) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder.path("kept")).expect("the folder can be read");
    let mut files: Vec<_> = entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(path).expect("a file"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn j15_a_whole_folder_is_well_and_stays_as_it_is() {
    let folder = TestFolder::new();
    assert_eq!(folder.run(&RACE).code, Some(0));
    let before = files(&folder);
    let said = folder.run(&DOCTOR);
    assert_eq!((said.code, said.stdout.as_str()), (Some(0), "all is well in kept: 1 races\n"));
    assert!(files(&folder) == before, "nothing was changed");
    let said = folder.run(&[&DOCTOR[..], &["--json"]].concat());
    let told: Value = serde_json::from_str(&said.stdout).unwrap();
    assert_eq!(told, serde_json::json!({"races": 1, "findings": []}));
}

#[test]
fn j15_j16_each_damage_is_found_and_nothing_is_changed() {
    let folder = TestFolder::new();
    assert_eq!(folder.run(&RACE).code, Some(0));
    let whole = files(&folder);
    let path = folder.path("kept/journal.sqlite");
    let file = fs::read(&path).unwrap();
    let mut well = 0;
    for page in 0..file.len() / 4096 {
        let mut damaged = file.clone();
        damaged[page * 4096..(page + 1) * 4096].fill(0x33);
        fs::write(&path, &damaged).unwrap();
        let before = files(&folder);
        let said = folder.run(&DOCTOR);
        assert_eq!(said.code == Some(1), said.stdout.contains("→"), "page {page}: {said:?}");
        well += u32::from(said.code == Some(0));
        assert!(files(&folder) == before, "page {page}: nothing was changed");
    }
    // The first page has the number of free pages, which hold nothing.
    let free = u32::from_be_bytes(file[36..40].try_into().unwrap());
    assert!(well <= free, "{well} damaged pages are well, and {free} are free");
    fs::write(&path, &file[..file.len() - 5000]).unwrap();
    assert_eq!(folder.run(&DOCTOR).code, Some(1), "it was cut");
    fs::write(&path, &file).unwrap();
    fs::write(folder.path("kept/journal.sqlite-mark"), "no mark").unwrap();
    let said = folder.run(&DOCTOR);
    assert!(said.stdout.contains("the mark beside the journal is damaged"), "{said:?}");
    for (name, bytes) in whole {
        fs::write(folder.path(&format!("kept/{name}")), bytes).unwrap();
    }
    fs::write(folder.path("kept/secret.key"), "").unwrap();
    let said = folder.run(&DOCTOR);
    assert!(said.stdout.contains("has 0 bytes, not 32"), "{said:?}");
}

#[test]
fn j9_a_folder_in_use_is_not_examined() {
    let folder = TestFolder::new();
    assert_eq!(folder.run(&RACE).code, Some(0));
    let store = SqliteStore::open(&folder.path("kept/journal.sqlite")).unwrap();
    let said = folder.run(&DOCTOR);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stderr.contains("the journal is in use by another process"), "{said:?}");
    drop(store);
    assert_eq!(folder.run(&["doctor", "--data", "nowhere"]).code, Some(1));
}

#[test]
fn j23_a_damaged_report_that_was_kept_is_found() {
    let folder = TestFolder::new();
    assert_eq!(folder.run(&RACE).code, Some(0));
    let path = folder.path("kept/journal.sqlite");
    let mut store = SqliteStore::open(&path).unwrap();
    let race = store.sales().unwrap()[0];
    store.keep_result(race, 7, &KeptResult { version: 1, bytes: b"a report".to_vec() }).unwrap();
    store.close().unwrap();
    assert_eq!(folder.run(&DOCTOR).code, Some(0));
    let mut file = fs::read(&path).unwrap();
    let at = file.windows(8).position(|bytes| bytes == b"a report").expect("the report is there");
    file[at] ^= 1;
    fs::write(&path, file).unwrap();
    let said = folder.run(&DOCTOR);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stdout.contains("a kept report is damaged"), "{said:?}");
}
