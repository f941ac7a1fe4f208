//! The check of the SQLite version.

use super::place::check_engine;
use crate::error::JournalError;

#[test]
fn j9_a_sqlite_that_can_lose_data_is_refused() {
    assert!(matches!(check_engine(3_051_002, "3.51.2"), Err(JournalError::UnsafeSqlite { .. })));
    assert!(check_engine(3_051_003, "3.51.3").is_ok());
    assert!(check_engine(rusqlite::version_number(), rusqlite::version()).is_ok());
}
