//! Opening a file: files of others, files in use and files of newer programs are refused.

use std::fs;
use std::path::{Path, PathBuf};

use journal::{
    Append, Batch, Corruption, JournalError, KeptResult, Ledger, Replayed, SaleId, Seq,
    SqliteStore, Start, Store, replay, sample,
};
use rusqlite::Connection;
use tempfile::{TempDir, tempdir};

fn folder() -> (TempDir, PathBuf) {
    let folder = tempdir().expect("a new folder");
    let path = folder.path().join("journal.db");
    (folder, path)
}

fn refused(path: &Path) -> JournalError {
    let before = fs::read(path).expect("a file");
    let error = SqliteStore::open(path).expect_err("it is refused");
    assert_eq!(fs::read(path).expect("a file"), before, "nothing was written to it");
    error
}

#[test]
fn j9_a_second_owner_is_refused() {
    let (_folder, path) = folder();
    let first = SqliteStore::open(&path).expect("a new file");
    assert!(matches!(SqliteStore::open(&path), Err(JournalError::InUse)));
    first.close().expect("it is closed");
    let second = SqliteStore::open(&path).expect("nobody has the file open");
    drop(second);
    SqliteStore::open(&path).expect("nobody has the file open");
}

#[test]
fn j9_no_other_program_can_read_an_open_journal() {
    let (_folder, path) = folder();
    let mut store = SqliteStore::open(&path).expect("a new file");
    store.create(SaleId(1), b"").expect("the sale is new");
    let other = Connection::open(&path).expect("opening alone reads nothing");
    other.busy_timeout(std::time::Duration::ZERO).expect("the time-out is set");
    let error = other.query_row("SELECT count(*) FROM owner", [], |row| row.get::<_, i64>(0));
    let code = error.expect_err("it is locked").sqlite_error_code();
    assert_eq!(code, Some(rusqlite::ErrorCode::DatabaseBusy));
}

#[test]
fn j7_a_file_that_is_no_database_is_refused() {
    let (_folder, path) = folder();
    fs::write(&path, "the cat sat on the mat, and not in a database\n".repeat(100))
        .expect("written");
    assert!(matches!(refused(&path), JournalError::Foreign { found: "not a database" }));
}

#[test]
fn j7_a_database_of_another_application_is_refused() {
    let (_folder, path) = folder();
    let other = Connection::open(&path).expect("a new file");
    other.execute_batch("CREATE TABLE journal (a)").expect("created");
    drop(other);
    assert!(matches!(refused(&path), JournalError::Foreign { .. }));
    let other = Connection::open(&path).expect("a file");
    other.execute_batch("PRAGMA application_id = 99").expect("the pragma is set");
    drop(other);
    assert!(matches!(refused(&path), JournalError::Foreign { .. }));
}

#[test]
fn j7_a_journal_of_a_newer_program_is_refused() {
    let (_folder, path) = folder();
    SqliteStore::open(&path).expect("a new file").close().expect("closed");
    let newer = Connection::open(&path).expect("a file");
    newer.execute_batch("PRAGMA application_id = 0x74696e03").expect("the pragma is set");
    drop(newer);
    assert!(matches!(refused(&path), JournalError::NewerSchema { found: 3, known: 2 }));
}

#[test]
fn j4_a_closed_journal_is_one_file_and_its_mark() {
    let (folder, path) = folder();
    let mut store = SqliteStore::open(&path).expect("a new file");
    store.create(SaleId(1), b"header").expect("the sale is new");
    store.close().expect("closed");
    assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 2);
    let mut store = SqliteStore::open(&path).expect("the journal exists");
    assert_eq!(store.header(SaleId(1)).expect("the sale exists").0, b"header");
}

#[test]
fn j9_a_path_that_cannot_be_opened_says_so() {
    let (folder, _path) = folder();
    assert!(matches!(SqliteStore::open(folder.path()), Err(JournalError::Storage { .. })));
    let error = SqliteStore::open(&folder.path().join("no/such/folder.db"));
    let error = error.expect_err("there is no folder");
    assert_eq!(error.to_string(), "the journal could not open the file");
}

/// A journal with a snapshot in the middle, closed, as one file.
fn closed_journal(path: &Path) -> Vec<u8> {
    let mut store = SqliteStore::open(path).expect("a new file");
    let (sale, header) = (SaleId(1), sample::header(20));
    let ledger =
        Ledger::create(&mut store, sale, &header, sample::sale(20)).expect("the sale is new");
    let epoch = ledger.epoch();
    for (index, part) in sample::accepted(8, 200, 20).chunks(12).enumerate() {
        let seq = Seq(index as u64 + 1);
        let append = Append { sale, seq, epoch, records: Batch::encode(part) };
        store.append(&[append]).expect("it is the next batch");
        if index == 4 {
            let recovered = Ledger::recover(&mut store, sale, sample::revive, sample::settle);
            let snapshot = recovered
                .expect("the journal is whole")
                .snapshot(sample::VERSION)
                .expect("nothing is open");
            store
                .write_snapshot(sale, journal::Epoch(epoch.0 + 1), &snapshot)
                .expect("the log reaches it");
            break;
        }
    }
    store.close().expect("closed");
    fs::read(path).expect("a file")
}

/// What a replay of the file gives: the machine's state and the last batch.
fn replayed(path: &Path, start: Start) -> Result<(Vec<u8>, Seq), JournalError> {
    let mut store = SqliteStore::open(path)?;
    let done = replay(&mut store, SaleId(1), start, sample::revive, sample::settle)?;
    let Replayed { machine, last, .. } = done;
    Ok((machine.snapshot(), last))
}

#[test]
fn j7_no_damaged_byte_in_the_file_gives_another_sale() {
    let (_folder, path) = folder();
    let whole = closed_journal(&path);
    let expected = replayed(&path, Start::Beginning).expect("the journal is whole");
    let (mut found, mut harmless) = (0, 0);
    // Seven has no factor in common with the sizes of pages and cells, so every part of them is
    // hit.
    for at in (0..whole.len()).step_by(7) {
        if whole[at..].iter().take(64).all(|&byte| byte == 0) {
            continue;
        }
        for start in [Start::Snapshot, Start::Beginning] {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x40;
            fs::write(&path, &damaged).expect("written");
            match replayed(&path, start) {
                Ok(machine) => {
                    assert_eq!(machine, expected, "byte {at} from {start:?}");
                    harmless += 1;
                }
                Err(_) => found += 1,
            }
        }
    }
    assert!(found > 100 && harmless > 0, "{found} found, {harmless} harmless");
}

/// The tables of schema 1, as the first version of the program made them.
const SCHEMA_ONE: &str = "
    CREATE TABLE owner (
        sale INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, header BLOB NOT NULL
    ) STRICT;
    CREATE TABLE journal (
        sale INTEGER NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL, records BLOB NOT NULL,
        PRIMARY KEY (sale, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot (
        sale INTEGER PRIMARY KEY, seq INTEGER NOT NULL, version INTEGER NOT NULL,
        state BLOB NOT NULL
    ) STRICT;
    INSERT INTO owner VALUES (7, 3, x'68656164');
    INSERT INTO snapshot VALUES (7, 0, 1, x'0102');
    PRAGMA application_id = 0x74696e67;
    PRAGMA user_version = 1;
";

#[test]
fn j26_a_journal_of_schema_1_is_opened_with_all_that_it_has() {
    let (_folder, path) = folder();
    let old = Connection::open(&path).expect("a new file");
    old.execute_batch(SCHEMA_ONE).expect("created");
    drop(old);
    for _ in 0..2 {
        let mut store = SqliteStore::open(&path).expect("an older journal is opened");
        let header = store.header(SaleId(7)).expect("the sale exists");
        assert_eq!(header, (b"head".to_vec(), journal::Epoch(3)));
        assert_eq!(store.snapshot_sizes().expect("listed"), [(SaleId(7), 2)]);
        let result = KeptResult { version: 1, bytes: vec![5] };
        store.keep_result(SaleId(7), 1, &result).expect("the sale exists");
        assert_eq!(store.result(SaleId(7), 1).expect("read"), Some(result));
        store.close().expect("closed");
    }
    let file = Connection::open(&path).expect("a file");
    let schema = file.query_row("PRAGMA application_id", [], |row| row.get::<_, i32>(0));
    assert_eq!(schema.expect("read"), 0x7469_6e02);
}

#[test]
fn j23_a_damaged_result_or_one_of_somebody_else_is_found() {
    let result = KeptResult { version: 4, bytes: b"the report of a run".to_vec() };
    for damage in [
        "UPDATE result SET result = x'00'",
        "UPDATE result SET result = substr(result, 2)",
        "UPDATE result SET version = 5",
        "UPDATE result SET sale = 2",
        "UPDATE result SET person = x'09000000000000000000000000000000'",
    ] {
        let (_folder, path) = folder();
        let mut store = SqliteStore::open(&path).expect("a new file");
        store.create(SaleId(1), b"").expect("the sale is new");
        store.keep_result(SaleId(1), 8, &result).expect("the sale exists");
        store.close().expect("closed");
        let file = Connection::open(&path).expect("a file");
        file.execute_batch(damage).expect("the row is changed");
        drop(file);
        let mut store = SqliteStore::open(&path).expect("the journal exists");
        let places = [(1, 8), (2, 8), (1, 9)].map(|(sale, person)| (SaleId(sale), person));
        let found: Vec<_> =
            places.iter().map(|&(sale, person)| store.result(sale, person)).collect();
        let corrupt = |found: &Result<_, _>| {
            let reason = Corruption::Result;
            matches!(found, Err(JournalError::Corrupt { reason: found, .. }) if *found == reason)
        };
        assert_eq!(found.iter().filter(|found| corrupt(found)).count(), 1, "{damage}: {found:?}");
        assert!(found.iter().all(|found| !matches!(found, Ok(Some(_)))), "{damage}: {found:?}");
    }
}
