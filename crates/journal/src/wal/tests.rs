//! Logs with damaged parts, written by the real SQLite.

use rusqlite::Connection;

use super::*;
use crate::mark::is_before;

/// A log with this many commits.
fn log(commits: u32) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a new folder");
    let path = folder.path().join("a");
    let database = Connection::open(&path).expect("a new file");
    database.pragma_update(None, "journal_mode", "WAL").expect("set");
    for number in 1..=commits {
        database.pragma_update(None, "user_version", number).expect("set");
        if number == 1 {
            database.execute_batch("CREATE TABLE a (b)").expect("created");
        }
        database.execute_batch("INSERT INTO a VALUES (zeroblob(9000))").expect("inserted");
    }
    std::fs::read(folder.path().join("a-wal")).expect("a log")
}

#[test]
fn j16_the_newest_commit_is_found_behind_every_damaged_byte() {
    let whole = log(4);
    assert_eq!(newest_commit(&whole, is_before), Some(4));
    let frame = FRAME_HEADER_BYTES + PAGE_BYTES;
    let last = whole.len() - 6 * frame;
    for at in (0..last).step_by(61) {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        assert_eq!(newest_commit(&damaged, is_before), Some(4), "byte {at}");
    }
    assert_eq!(newest_commit(&[], is_before), None);
    assert_eq!(newest_commit(&whole[..HEADER_BYTES + frame - 1], is_before), None);
}

#[test]
fn j16_no_bytes_of_a_log_cause_a_panic() {
    let whole = log(2);
    for len in (0..whole.len()).step_by(97) {
        newest_commit(&whole[..len], is_before);
        let mut damaged = whole[..len].to_vec();
        damaged.iter_mut().take(64).for_each(|byte| *byte ^= 0xa5);
        newest_commit(&damaged, is_before);
    }
}
