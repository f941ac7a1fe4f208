//! The contract tests of a store, run with SQLite on the simulated disk.

use gauntlet::disk::{Disk, vfs};
use journal::SqliteStore;

fn simulated() -> (SqliteStore, Disk) {
    let disk = Disk::new();
    let store =
        SqliteStore::open_with_vfs(&disk.path("journal.db"), vfs(), disk.beside("journal.db"))
            .expect("a new file");
    (store, disk)
}

journal::contract_tests!(simulated());
