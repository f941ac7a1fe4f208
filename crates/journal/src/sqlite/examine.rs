//! Looks through a journal without changing it.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Row;

use super::notice::Notice;
use super::place::{Opened, Place};
use super::values::number;
use super::{SqliteStore, tables};
use crate::error::JournalError;
use crate::limits::FINDINGS_MAX;
use crate::names::SaleId;
use crate::seal::unseal_result;
use crate::store::{KeptResult, Store};

/// A journal that was opened to be looked through. Nothing in its folder changes.
#[derive(Debug)]
pub struct Examination {
    store: SqliteStore,
    lost: Option<JournalError>,
    /// Dropped after the store, which closes the file.
    _litter: Litter,
}

/// The log that SQLite makes when it opens a journal without one. It is removed if it is empty.
#[derive(Debug)]
struct Litter(Option<PathBuf>);

impl Drop for Litter {
    fn drop(&mut self) {
        if let Some(log) = &self.0
            && fs::metadata(log).is_ok_and(|about| about.len() == 0)
        {
            // An empty log that stays does no harm.
            let _left = fs::remove_file(log);
        }
    }
}

/// The result in a row; `None` if it is damaged.
fn unsealed(sale: SaleId, row: &Row<'_>) -> Option<KeptResult> {
    let person: [u8; 16] = row.get::<_, Vec<u8>>(1).ok()?.try_into().ok()?;
    let (version, sealed) = (row.get(2).ok()?, row.get(3).ok()?);
    unseal_result(sale, u128::from_le_bytes(person), version, sealed).ok()
}

impl Examination {
    /// Opens the journal at `path` to read it only.
    ///
    /// # Errors
    ///
    /// As [`SqliteStore::open`], without [`JournalError::Lost`].
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let place = Place::in_folder(path);
        let log = place.log();
        let litter = Litter((!log.exists()).then_some(log));
        let Opened { connection, mut mark, commits, notices, known } = place.open_to_read()?;
        let lost = known.map(|known| JournalError::Lost { kept: commits, known });
        mark.commits = commits;
        let mut store = SqliteStore::at(place, connection, mark, notices);
        // So that nothing is written when it is dropped.
        store.marked = commits;
        Ok(Self { store, lost, _litter: litter })
    }

    /// The commits that the journal lost, if any are known.
    pub fn lost(&self) -> Option<&JournalError> {
        self.lost.as_ref()
    }

    /// What is odd about the files.
    pub fn notices(&self) -> &[Notice] {
        self.store.notices()
    }

    /// The store, to read sales from it. Every write fails and poisons it.
    pub fn store(&mut self) -> &mut impl Store {
        &mut self.store
    }

    /// What SQLite finds wrong with its pages, at most [`FINDINGS_MAX`] lines; empty if nothing is.
    ///
    /// # Errors
    ///
    /// An error of the engine that ends the check.
    pub fn integrity(&mut self) -> Result<Vec<String>, JournalError> {
        let failed = super::storage("check its pages");
        let sql = format!("PRAGMA integrity_check({FINDINGS_MAX})");
        let mut query = self.store.connection()?.prepare(&sql).map_err(failed)?;
        let lines = query.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
        let lines = lines.collect::<rusqlite::Result<Vec<_>>>().map_err(failed)?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// The sales that have a kept result whose checksum does not fit.
    ///
    /// # Errors
    ///
    /// An error of the engine that ends the search.
    pub fn damaged_results(&mut self) -> Result<Vec<SaleId>, JournalError> {
        let failed = super::storage("read the kept results");
        let sql = "SELECT sale, person, version, result FROM result";
        let Ok(mut query) = self.store.connection()?.prepare(sql) else {
            // A file of the first version has no such table.
            return Ok(Vec::new());
        };
        let mut rows = query.query([]).map_err(failed)?;
        let mut damaged = Vec::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let sale = SaleId(number(row, 0).map_err(failed)?);
            if unsealed(sale, row).is_none() {
                damaged.push(sale);
            }
        }
        Ok(damaged)
    }

    /// The names of the tables that were set aside because they were damaged.
    pub fn set_aside(&mut self) -> Vec<String> {
        self.store
            .connection()
            .map_or_else(|_| Vec::new(), |it| tables::lost_tables(it).unwrap_or_default())
    }
}
