//! The embedded backend: one SQLite file with a write-ahead log and full sync, open in one process
//! only.
//!
//! This module asks for checkpoints itself. If SQLite made them by itself, it would not report that
//! the sync of a checkpoint failed.

mod examine;
mod failure;
mod notice;
mod place;
mod tables;
mod values;
mod writing;

use std::ops::ControlFlow;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::beside::Beside;
use crate::error::JournalError;
use crate::limits::{HEADS_MAX, WAL_BYTES_MAX};
use crate::mark::Mark;
use crate::names::{Epoch, SaleId, Seq};
use crate::seal::unseal_result;
use crate::store::{Append, KeptResult, Snapshot, Store, StoredBatch};
pub use examine::Examination;
use failure::{reading, storage, writing};
pub use notice::Notice;
use place::{Losses, Opened, Place, checkpoint, keep_log_on_close};
use values::{Heads, number, signed};
use writing::{append_one, check_owner, put_result, transact};

/// About how many bytes a transaction writes besides its batches: parts of the tree, and rounding
/// to pages.
const TRANSACTION_OVERHEAD_BYTES: usize = 16 * 1024;

/// A [`Store`] in one SQLite file.
///
/// ```text
/// open ──disk full──▶ closed ──next call, if it can be opened──▶ open
///   └──any other failed write or sync──▶ poisoned
/// ```
#[derive(Debug)]
pub struct SqliteStore {
    place: Place,
    /// `None` after the disk took no more, until the file is opened again (rule J18).
    connection: Option<Connection>,
    poisoned: bool,
    /// Whether the disk took nothing the last time (rule J18).
    is_full: bool,
    /// About how many bytes were written since the last checkpoint.
    wal_bytes: usize,
    heads: Heads,
    /// The number of the last commit, and the last batch of each sale.
    mark: Mark,
    /// The number of the last commit in the mark that is on disk.
    marked: u32,
    /// The number of the last commit at the last rest.
    rested: u32,
    notices: Vec<Notice>,
}

impl SqliteStore {
    /// Opens the journal at `path`. If there is no file, or an empty one, it makes a new journal.
    /// Beside it stands the file `PATH-mark`, which says how far the journal had come.
    ///
    /// # Errors
    ///
    /// [`JournalError::InUse`], [`JournalError::Foreign`], [`JournalError::NewerSchema`],
    /// [`JournalError::UnsafeSqlite`], [`JournalError::Broken`], [`JournalError::Lost`],
    /// [`JournalError::DiskFull`] or [`JournalError::Storage`].
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        Self::open_at(Place::in_folder(path), Losses::Refuse)
    }

    /// Opens a journal as [`open`](Self::open) does, even if it lost commits. What it has then counts
    /// as all that there was.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), without [`JournalError::Lost`].
    pub fn open_despite_loss(path: &Path) -> Result<Self, JournalError> {
        let mut store = Self::open_at(Place::in_folder(path), Losses::Accept)?;
        store.write_mark()?;
        Ok(store)
    }

    /// Opens a journal as [`open`](Self::open) does, but on the virtual file system that was
    /// registered as `vfs`. `beside` reaches the other files there.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with_vfs(
        path: &Path,
        vfs: &str,
        beside: impl Beside + 'static,
    ) -> Result<Self, JournalError> {
        let (path, vfs, beside) = (path.to_owned(), Some(vfs.to_owned()), Box::new(beside));
        Self::open_at(Place { path, vfs, beside }, Losses::Refuse)
    }

    /// What was found while the journal was opened and did not keep it from being used.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The time of the mark that was found beside the journal: nanoseconds since 1970, as the shell
    /// told them when it was written. `None` if there was no mark, or nobody told a time.
    pub fn last_mark_time(&self) -> Option<u64> {
        Some(self.mark.at_ns).filter(|at_ns| *at_ns > 0)
    }

    /// Moves SQLite's log into the main file and writes the mark. The store also does this by itself
    /// when the log is long.
    ///
    /// # Errors
    ///
    /// [`JournalError::Storage`]: the store is then poisoned. [`JournalError::DiskFull`]: the log
    /// stays as it is.
    pub fn checkpoint(&mut self) -> Result<(), JournalError> {
        let moved = checkpoint(self.connection()?);
        self.poisoned = moved.as_ref().is_err_and(JournalError::is_fatal);
        moved?;
        self.wal_bytes = 0;
        self.write_mark()
    }

    /// What to do about once a second: writes the mark if something was written since, moves the log
    /// into the main file if nothing was written lately, and opens the file again after the disk was
    /// full. `at_ns` is the time in nanoseconds since 1970, which the mark keeps.
    ///
    /// # Errors
    ///
    /// [`JournalError::DiskFull`] while the disk takes nothing, [`JournalError::Storage`] if the
    /// store is poisoned or its mark cannot be written.
    pub fn rest(&mut self, at_ns: u64) -> Result<(), JournalError> {
        self.mark.at_ns = at_ns;
        if self.is_full && !self.poisoned {
            // A commit of its own shows whether the disk takes bytes again.
            self.write("write to the disk again", |_| Ok(()))?;
        }
        self.check_sound()?;
        let is_idle = self.rested == self.mark.commits;
        self.rested = self.mark.commits;
        if is_idle && self.wal_bytes > 0 {
            return self.checkpoint();
        }
        if self.marked == self.mark.commits { Ok(()) } else { self.write_mark() }
    }

    /// Moves SQLite's log into the main file, writes the mark and closes the file.
    ///
    /// # Errors
    ///
    /// [`JournalError::Storage`] or [`JournalError::DiskFull`]: even then nothing is lost that was
    /// acknowledged.
    pub fn close(mut self) -> Result<(), JournalError> {
        if !self.poisoned && self.connection.is_some() {
            self.checkpoint()?;
        }
        let Some(connection) = self.connection.take() else { return Ok(()) };
        connection.close().map_err(|(_, error)| storage("close the file")(error))
    }

    fn open_at(place: Place, losses: Losses) -> Result<Self, JournalError> {
        let Opened { connection, mut mark, commits, notices, .. } =
            place.open(losses).map_err(|error| with_reason(&place, error))?;
        mark.commits = commits;
        Ok(Self::at(place, connection, mark, notices))
    }

    fn at(place: Place, connection: Connection, mark: Mark, notices: Vec<Notice>) -> Self {
        Self {
            place,
            connection: Some(connection),
            poisoned: false,
            is_full: false,
            wal_bytes: 0,
            heads: Heads::new(),
            marked: 0,
            rested: mark.commits,
            mark,
            notices,
        }
    }

    fn check_sound(&self) -> Result<(), JournalError> {
        if self.poisoned { Err(JournalError::Poisoned) } else { Ok(()) }
    }

    /// The connection. Opens the file again if the disk was full.
    fn connection(&mut self) -> Result<&mut Connection, JournalError> {
        self.check_sound()?;
        if self.connection.is_none() {
            let opened = self.place.open(Losses::Refuse);
            // What was kept is what can be read, whether or not the last write was reported as done.
            let opened = match opened.map_err(|error| with_reason(&self.place, error)) {
                Ok(opened) => opened,
                Err(full @ JournalError::DiskFull { .. }) => return Err(full),
                Err(error) => {
                    self.poisoned = true;
                    let doing = "open the file again";
                    return Err(JournalError::Storage { doing, source: error.into() });
                }
            };
            (self.wal_bytes, self.mark.commits) = (WAL_BYTES_MAX, opened.commits);
            self.connection = Some(opened.connection);
        }
        Ok(self.connection.as_mut().expect("it was opened"))
    }

    /// Runs `body` in a transaction. When it returns without an error, the transaction is on disk.
    fn write<T>(
        &mut self,
        doing: &'static str,
        body: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        self.connection()?;
        let commits = self.mark.commits.wrapping_add(1);
        let connection = self.connection.as_mut().expect("it is open");
        let result = transact(connection, doing, commits, body);
        match &result {
            Ok(_) => (self.mark.commits, self.is_full) = (commits, false),
            Err(JournalError::DiskFull { .. }) => self.leave(),
            // After a failed sync nobody knows what is on disk, and another try would not show it.
            Err(error) => self.poisoned = !error.is_verdict(),
        }
        result.map_err(|error| with_reason(&self.place, error))
    }

    /// Closes the file as it is. The next call opens it again and sees what is in it.
    fn leave(&mut self) {
        self.heads.clear();
        self.is_full = true;
        let Some(connection) = self.connection.take() else { return };
        // Without a checkpoint, closing writes nothing. An error changes nothing about that.
        let _kept = keep_log_on_close(&connection, true);
    }

    fn write_mark(&mut self) -> Result<(), JournalError> {
        let written = self.place.beside.write_mark(&self.mark.encode());
        let written = written.map_err(place::disk("write the mark"));
        // A disk on which a sync failed gets nothing more (rule J6).
        self.poisoned |= written.as_ref().is_err_and(JournalError::is_fatal);
        written?;
        self.marked = self.mark.commits;
        Ok(())
    }

    /// Moves the log into the main file if it is long. Call it before a write: after one, it would
    /// delay the acknowledgement of that write.
    fn checkpoint_if_due(&mut self) -> Result<(), JournalError> {
        if self.wal_bytes < WAL_BYTES_MAX {
            return Ok(());
        }
        match self.checkpoint() {
            // The log goes on growing, and the write says whether the disk takes it.
            Err(error) if !error.is_fatal() || !self.poisoned => Ok(()),
            other => other,
        }
    }

    /// Whether a sale existed whose owner cannot be found.
    fn missing(&self, sale: SaleId, doing: &'static str) -> JournalError {
        let connection = self.connection.as_ref();
        let is_remembered = self.mark.reaches.contains_key(&sale)
            || connection.is_some_and(|connection| tables::is_remembered(connection, sale));
        if is_remembered {
            JournalError::Damaged { sale, doing, source: "its header is gone".into() }
        } else {
            JournalError::UnknownSale { sale }
        }
    }
}

impl Drop for SqliteStore {
    /// Does what [`close`](Self::close) does, if nobody did. Errors lose nothing that was acknowledged.
    fn drop(&mut self) {
        let is_behind = self.marked != self.mark.commits || self.wal_bytes > 0;
        if is_behind && !self.poisoned && self.connection.is_some() {
            let _unmarked = self.checkpoint();
        }
    }
}

/// Adds the disk's own reason to an error that says that the disk takes no more.
fn with_reason(place: &Place, error: JournalError) -> JournalError {
    let JournalError::DiskFull { doing, source } = error else { return error };
    let source = place.beside.complaint().map_or(source, Into::into);
    JournalError::DiskFull { doing, source }
}

impl Store for SqliteStore {
    fn create(&mut self, sale: SaleId, header: &[u8]) -> Result<Epoch, JournalError> {
        let doing = "create a sale";
        self.write(doing, |transaction| {
            let sql = "INSERT INTO owner (sale, epoch, header) VALUES (?1, 1, ?2)
                       ON CONFLICT DO NOTHING";
            let created = transaction.execute(sql, params![signed(sale.0), header]);
            match created.map_err(writing(sale, doing))? {
                0 => Err(JournalError::SaleExists { sale }),
                _ => Ok(Epoch(1)),
            }
        })?;
        self.mark.reach(sale, Seq::NONE);
        self.wal_bytes += header.len() + TRANSACTION_OVERHEAD_BYTES;
        Ok(Epoch(1))
    }

    fn claim(&mut self, sale: SaleId) -> Result<Epoch, JournalError> {
        self.heads.remove(&sale);
        let doing = "claim a sale";
        let claimed = self.write(doing, |transaction| {
            let sql = "UPDATE owner SET epoch = epoch + 1 WHERE sale = ?1 RETURNING epoch";
            let epoch = transaction.query_row(sql, [signed(sale.0)], |row| number(row, 0));
            let epoch = epoch.optional().map_err(writing(sale, doing))?;
            epoch.map(Epoch).ok_or(JournalError::UnknownSale { sale })
        });
        match claimed {
            Err(JournalError::UnknownSale { .. }) => Err(self.missing(sale, doing)),
            Err(error) => Err(error),
            Ok(epoch) => {
                self.wal_bytes += TRANSACTION_OVERHEAD_BYTES;
                Ok(epoch)
            }
        }
    }

    fn append(&mut self, appends: &[Append]) -> Result<(), JournalError> {
        self.checkpoint_if_due()?;
        let mut heads = std::mem::take(&mut self.heads);
        if heads.len() >= HEADS_MAX {
            heads.clear();
        }
        self.write("append a batch", |transaction| {
            appends.iter().try_for_each(|append| append_one(transaction, append, &mut heads))
        })?;
        self.heads = heads;
        for append in appends {
            self.mark.reach(append.sale, append.seq);
        }
        let bytes: usize = appends.iter().map(|append| append.records.len()).sum();
        self.wal_bytes += bytes + TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn write_snapshot(
        &mut self,
        sale: SaleId,
        epoch: Epoch,
        snapshot: &Snapshot,
    ) -> Result<(), JournalError> {
        self.checkpoint_if_due()?;
        let doing = "write a snapshot";
        self.write(doing, |transaction| {
            let last = check_owner(transaction, sale, epoch)?;
            let sql = "SELECT seq FROM snapshot WHERE sale = ?1";
            let older = transaction.query_row(sql, [signed(sale.0)], |row| number(row, 0));
            let older = older.optional().map_err(writing(sale, doing))?.map_or(Seq::NONE, Seq);
            if snapshot.seq > last || snapshot.seq < older {
                return Err(JournalError::Gap { sale, expected: last, found: snapshot.seq });
            }
            let sql = "INSERT INTO snapshot (sale, seq, version, state) VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT (sale) DO UPDATE
                       SET seq = excluded.seq, version = excluded.version, state = excluded.state";
            let Snapshot { seq, version, state } = snapshot;
            let row = params![signed(sale.0), signed(seq.0), version, state];
            transaction.execute(sql, row).map_err(writing(sale, doing)).map(|_| ())
        })?;
        self.wal_bytes += snapshot.state.len() + TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn remove(&mut self, sale: SaleId) -> Result<(), JournalError> {
        self.checkpoint_if_due()?;
        self.heads.remove(&sale);
        if self.mark.reaches.remove(&sale).is_some() {
            // A mark that still names the sale would call it damaged once it is gone.
            self.write_mark()?;
        }
        let doing = "remove a sale";
        self.write(doing, |transaction| {
            let sqls = [
                "DELETE FROM result WHERE sale = ?1",
                "DELETE FROM snapshot WHERE sale = ?1",
                "DELETE FROM journal WHERE sale = ?1",
                "DELETE FROM owner WHERE sale = ?1",
            ];
            sqls.iter().try_for_each(|sql| {
                transaction.execute(sql, [signed(sale.0)]).map_err(writing(sale, doing)).map(|_| ())
            })
        })?;
        self.wal_bytes += TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn header(&mut self, sale: SaleId) -> Result<(Vec<u8>, Epoch), JournalError> {
        let doing = "read a header";
        let sql = "SELECT header, epoch FROM owner WHERE sale = ?1";
        let read = |row: &Row<'_>| Ok((row.get(0)?, Epoch(number(row, 1)?)));
        let found = self.connection()?.query_row(sql, [signed(sale.0)], read).optional();
        found.map_err(reading(sale, doing))?.ok_or_else(|| self.missing(sale, doing))
    }

    fn snapshot(&mut self, sale: SaleId) -> Result<Option<Snapshot>, JournalError> {
        let sql = "SELECT seq, version, state FROM snapshot WHERE sale = ?1";
        let read = |row: &Row<'_>| {
            Ok(Snapshot { seq: Seq(number(row, 0)?), version: row.get(1)?, state: row.get(2)? })
        };
        let found = self.connection()?.query_row(sql, [signed(sale.0)], read).optional();
        found.map_err(reading(sale, "read a snapshot"))
    }

    fn read_batches(
        &mut self,
        sale: SaleId,
        after: Seq,
        visit: &mut dyn FnMut(StoredBatch<'_>) -> Result<ControlFlow<()>, JournalError>,
    ) -> Result<(), JournalError> {
        let failed = reading(sale, "read the log");
        let sql = "SELECT seq, epoch, records FROM journal
                   WHERE sale = ?1 AND seq > ?2 ORDER BY seq";
        let mut query = self.connection()?.prepare_cached(sql).map_err(failed)?;
        let mut rows = query.query([signed(sale.0), signed(after.0)]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let seq = Seq(number(row, 0).map_err(failed)?);
            let epoch = Epoch(number(row, 1).map_err(failed)?);
            let records = row.get_ref(2).map_err(failed)?.as_blob();
            let records = records.map_err(|error| failed(error.into()))?;
            if visit(StoredBatch { seq, epoch, records })?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn reach(&mut self, sale: SaleId) -> Seq {
        self.mark.reaches.get(&sale).copied().unwrap_or(Seq::NONE)
    }

    fn sales(&mut self) -> Result<Vec<SaleId>, JournalError> {
        let mut sales = tables::sales(self.connection()?);
        sales.extend(self.mark.reaches.keys());
        sales.sort_unstable();
        sales.dedup();
        Ok(sales)
    }

    fn keep_result(
        &mut self,
        sale: SaleId,
        person: u128,
        result: &KeptResult,
    ) -> Result<(), JournalError> {
        self.checkpoint_if_due()?;
        self.write("keep a result", |transaction| {
            match put_result(transaction, sale, person, result)? {
                0 => Err(JournalError::UnknownSale { sale }),
                _ => Ok(()),
            }
        })?;
        self.wal_bytes += result.bytes.len() + TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn keep_results(&mut self, results: &[(SaleId, u128, KeptResult)]) -> Result<(), JournalError> {
        self.checkpoint_if_due()?;
        self.write("keep results", |transaction| {
            for (sale, person, result) in results {
                put_result(transaction, *sale, *person, result)?;
            }
            Ok(())
        })?;
        let bytes: usize = results.iter().map(|(_, _, result)| result.bytes.len()).sum();
        self.wal_bytes += bytes + TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn result(&mut self, sale: SaleId, person: u128) -> Result<Option<KeptResult>, JournalError> {
        let sql = "SELECT version, result FROM result WHERE sale = ?1 AND person = ?2";
        let key = params![signed(sale.0), person.to_le_bytes()];
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let found = self.connection()?.query_row(sql, key, read).optional();
        let found: Option<(u16, Vec<u8>)> = found.map_err(reading(sale, "read a result"))?;
        found.map(|(version, sealed)| unseal_result(sale, person, version, sealed)).transpose()
    }

    fn kept_for(&mut self, sale: SaleId) -> Result<Vec<u128>, JournalError> {
        let doing = "list results";
        let sql = "SELECT person FROM result WHERE sale = ?1";
        let mut listed = self.connection()?.prepare_cached(sql).map_err(reading(sale, doing))?;
        let read = |row: &Row<'_>| row.get(0).map(u128::from_le_bytes);
        let people = listed.query_map([signed(sale.0)], read).map_err(reading(sale, doing))?;
        people.collect::<Result<_, _>>().map_err(reading(sale, doing))
    }

    fn drop_snapshot(&mut self, sale: SaleId) -> Result<(), JournalError> {
        self.checkpoint_if_due()?;
        let doing = "remove a snapshot";
        self.write(doing, |transaction| {
            let sql = "DELETE FROM snapshot WHERE sale = ?1";
            transaction.execute(sql, [signed(sale.0)]).map_err(writing(sale, doing)).map(|_| ())
        })?;
        self.wal_bytes += TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn snapshot_sizes(&mut self) -> Result<Vec<(SaleId, u64)>, JournalError> {
        let failed = storage("list the snapshots");
        // SQLite knows the length of a blob without reading it.
        let sql = "SELECT sale, length(state) FROM snapshot";
        let mut query = self.connection()?.prepare_cached(sql).map_err(failed)?;
        let read = |row: &Row<'_>| Ok((SaleId(number(row, 0)?), number(row, 1)?));
        // Behind a damaged page no snapshot is listed. Its sale recovers from the log.
        let sizes = query.query_map([], read).map_err(failed)?;
        let mut sizes: Vec<_> = sizes.map_while(rusqlite::Result::ok).collect();
        sizes.sort_unstable();
        Ok(sizes)
    }

    fn bytes_used(&mut self) -> Result<u64, JournalError> {
        let sql = "SELECT (page_count - freelist_count) * page_size
                   FROM pragma_page_count, pragma_freelist_count, pragma_page_size";
        let used = self.connection()?.query_row(sql, [], |row| number(row, 0));
        used.map_err(storage("count the pages"))
    }
}

#[cfg(test)]
mod tests;
