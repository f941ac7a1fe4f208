//! `tingting doctor`: whole folders are well, and each damage is found.

use std::fs;

use journal::{JournalError, KeptResult, SaleId, SqliteStore, Store as _};
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

#[test]
fn j16_a_refused_folder_keeps_every_byte() {
    let folder = TestFolder::new();
    assert_eq!(folder.run(&RACE).code, Some(0));
    let (file, log) = (folder.path("kept/journal.sqlite"), folder.path("kept/journal.sqlite-wal"));
    let mut store = SqliteStore::open(&file).unwrap();
    store.create(SaleId(77), b"a header").unwrap();
    // As after a kill: what was written last stands only in the log.
    let in_log = fs::read(&log).unwrap();
    drop(store);
    fs::write(&log, in_log).unwrap();
    for rest in [&b""[..], b"S"] {
        fs::write(&file, rest).unwrap();
        let before = files(&folder);
        assert_eq!(folder.run(&DOCTOR).code, Some(1));
        assert!(files(&folder) == before, "doctor changes nothing");
        let refused = SqliteStore::open(&file);
        assert!(matches!(refused, Err(JournalError::Broken { .. })), "{refused:?}");
        assert!(files(&folder) == before, "a start that is refused changes nothing");
    }
    fs::remove_file(&file).unwrap();
    let before = files(&folder);
    assert!(matches!(SqliteStore::open(&file), Err(JournalError::Broken { .. })));
    assert!(files(&folder) == before, "not even without the main file");
}

#[cfg(unix)]
#[test]
fn j16_the_log_is_found_where_a_link_leads() {
    let folder = TestFolder::new();
    assert_eq!(folder.run(&RACE).code, Some(0));
    let (link, file) = (folder.path("kept/journal.sqlite"), folder.path("journal.sqlite"));
    fs::rename(&link, &file).unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let mut store = SqliteStore::open(&link).unwrap();
    for sale in 70..74 {
        store.create(SaleId(sale), b"a header").unwrap();
    }
    let log = folder.path("journal.sqlite-wal");
    let mut in_log = fs::read(&log).unwrap();
    drop(store);
    let middle = in_log.len() / 2;
    in_log[middle] ^= 1;
    fs::write(&log, in_log).unwrap();
    assert!(matches!(SqliteStore::open(&link), Err(JournalError::Lost { .. })));
}
