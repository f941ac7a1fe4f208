//! The contract tests of a store, run with SQLite on a real file.

use journal::SqliteStore;
use tempfile::{TempDir, tempdir};

fn temporary() -> (SqliteStore, TempDir) {
    let folder = tempdir().expect("a new folder");
    let store = SqliteStore::open(&folder.path().join("journal.db")).expect("a new file");
    (store, folder)
}

journal::contract_tests!(temporary());
