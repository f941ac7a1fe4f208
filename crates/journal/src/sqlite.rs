//! The embedded backend: one SQLite file with a write-ahead log and full sync, open in one process
//! only.
//!
//! This module asks for checkpoints itself. If SQLite made them by itself, it would not report that
//! the sync of a checkpoint failed.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Row, Transaction};
use rusqlite::{TransactionBehavior, params};

use crate::error::JournalError;
use crate::limits::{HEADS_MAX, RESULT_BYTES_MAX, WAL_BYTES_MAX};
use crate::names::{Epoch, SaleId, Seq};
use crate::seal::{seal_result, unseal_result};
use crate::store::{Append, KeptResult, Snapshot, Store, StoredBatch};

/// "ting" in ASCII: marks a file as ours.
const APPLICATION_ID: i32 = 0x7469_6e67;

/// The version of the schema below. A file with a newer version is refused.
const SCHEMA: i32 = 2;

/// The first SQLite without a bug that could corrupt a write-ahead log when SQLite restarts the
/// log.
const SQLITE_MIN: i32 = 3_051_003;

/// About how many bytes a transaction writes besides its batches: parts of the tree, and rounding
/// to pages.
const TRANSACTION_OVERHEAD_BYTES: usize = 16 * 1024;

const CREATE: &str = "
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
";

/// What schema 2 has and schema 1 has not.
const ADD_RESULTS: &str = "
    CREATE TABLE result (
        sale INTEGER NOT NULL, person BLOB NOT NULL, version INTEGER NOT NULL,
        result BLOB NOT NULL, PRIMARY KEY (sale, person)
    ) STRICT;
";

/// A [`Store`] in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    poisoned: bool,
    /// About how many bytes were written since the last checkpoint.
    wal_bytes: usize,
    heads: Heads,
}

/// The newest claim and the last batch of each sale that was appended to lately. It agrees with the
/// file, because nobody else writes there. Any error of a write empties it.
type Heads = HashMap<SaleId, (Epoch, Seq)>;

impl SqliteStore {
    /// Opens the journal at `path`. If there is no file, or an empty one, it makes a new journal.
    ///
    /// # Errors
    ///
    /// [`JournalError::InUse`], [`JournalError::Foreign`], [`JournalError::NewerSchema`],
    /// [`JournalError::UnsafeSqlite`] or [`JournalError::Storage`].
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let log = log_of(path);
        Self::prepare(Connection::open_with_flags(path, FLAGS), || rewrite(&log))
    }

    /// Opens a journal as [`open`](Self::open) does, but on the virtual file system that was
    /// registered as `vfs`. `rewrite_log` must write the bytes of SQLite's log beside the file over
    /// themselves and sync them; if there is no log, it does nothing.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_with_vfs(
        path: &Path,
        vfs: &str,
        rewrite_log: impl FnOnce() -> io::Result<()>,
    ) -> Result<Self, JournalError> {
        Self::prepare(Connection::open_with_flags_and_vfs(path, FLAGS, vfs), rewrite_log)
    }

    /// Moves SQLite's log into the main file. The store also does this by itself when the log is
    /// long.
    ///
    /// # Errors
    ///
    /// [`JournalError::Storage`]: the store is then poisoned.
    pub fn checkpoint(&mut self) -> Result<(), JournalError> {
        self.check_sound()?;
        self.wal_bytes = 0;
        checkpoint(&self.connection).inspect_err(|_| self.poisoned = true)
    }

    /// Moves SQLite's log into the main file and closes the file.
    ///
    /// # Errors
    ///
    /// [`JournalError::Storage`]: even then nothing is lost that was acknowledged.
    pub fn close(self) -> Result<(), JournalError> {
        if !self.poisoned {
            checkpoint(&self.connection)?;
        }
        self.connection.close().map_err(|(_, error)| storage("close the file")(error))
    }

    fn prepare(
        connection: rusqlite::Result<Connection>,
        rewrite_log: impl FnOnce() -> io::Result<()>,
    ) -> Result<Self, JournalError> {
        check_engine(rusqlite::version_number(), rusqlite::version())?;
        let mut connection = connection.map_err(opening)?;
        // A process that has the file keeps it for long, so waiting would not help.
        connection.busy_timeout(std::time::Duration::ZERO).map_err(opening)?;
        // This must come before WAL mode. Then SQLite keeps the index of the log in memory, and no
        // other process can open the file.
        set(&connection, "locking_mode", "EXCLUSIVE")?;
        let found = check_identity(&connection)?;
        set(&connection, "journal_mode", "WAL")?;
        set(&connection, "synchronous", "FULL")?;
        set(&connection, "wal_autocheckpoint", "0")?;
        // After a failed sync the log may be readable but not on disk, and the system may take it
        // for written and not write it again. So write it again here, while the lock keeps others
        // out, and only then move it into the main file (rule J6).
        let doing = "write the log again";
        rewrite_log().map_err(|error| JournalError::Storage { doing, source: error.into() })?;
        checkpoint(&connection)?;
        bring_up_to_date(&mut connection, found).map_err(opening)?;
        Ok(Self { connection, poisoned: false, wal_bytes: 0, heads: Heads::new() })
    }

    fn check_sound(&self) -> Result<(), JournalError> {
        if self.poisoned { Err(JournalError::Poisoned) } else { Ok(()) }
    }

    /// Runs `body` in a transaction. When it returns without an error, the transaction is on disk.
    fn write<T>(
        &mut self,
        doing: &'static str,
        body: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        self.check_sound()?;
        let result = transact(&mut self.connection, doing, body);
        // After a failed sync nobody knows what is on disk, and another try would not show it.
        self.poisoned = result.as_ref().is_err_and(|error| !error.is_verdict());
        result
    }

    /// Moves the log into the main file if it is long. Call it before a write: after one, it would
    /// delay the acknowledgement of that write.
    fn checkpoint_if_due(&mut self) -> Result<(), JournalError> {
        if self.wal_bytes < WAL_BYTES_MAX { Ok(()) } else { self.checkpoint() }
    }
}

/// The path of SQLite's log for the file at `path`.
fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

/// Writes a file's bytes over themselves and syncs them. Does nothing if there is no file.
fn rewrite(path: &Path) -> io::Result<()> {
    let mut file = match File::options().read(true).write(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    file.seek(io::SeekFrom::Start(0))?;
    file.write_all(&bytes)?;
    file.sync_all()
}

const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE
    .union(OpenFlags::SQLITE_OPEN_CREATE)
    .union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

impl Store for SqliteStore {
    fn create(&mut self, sale: SaleId, header: &[u8]) -> Result<Epoch, JournalError> {
        let doing = "create a sale";
        self.write(doing, |transaction| {
            let sql = "INSERT INTO owner (sale, epoch, header) VALUES (?1, 1, ?2)
                       ON CONFLICT DO NOTHING";
            let created = transaction.execute(sql, params![signed(sale.0), header]);
            match created.map_err(storage(doing))? {
                0 => Err(JournalError::SaleExists { sale }),
                _ => Ok(Epoch(1)),
            }
        })
    }

    fn claim(&mut self, sale: SaleId) -> Result<Epoch, JournalError> {
        self.heads.remove(&sale);
        let doing = "claim a sale";
        self.write(doing, |transaction| {
            let sql = "UPDATE owner SET epoch = epoch + 1 WHERE sale = ?1 RETURNING epoch";
            let epoch = transaction.query_row(sql, [signed(sale.0)], |row| number(row, 0));
            let epoch = epoch.optional().map_err(storage(doing))?;
            epoch.map(Epoch).ok_or(JournalError::UnknownSale { sale })
        })
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
            let older = older.optional().map_err(storage(doing))?.map_or(Seq::NONE, Seq);
            if snapshot.seq > last || snapshot.seq < older {
                return Err(JournalError::Gap { sale, expected: last, found: snapshot.seq });
            }
            let sql = "INSERT INTO snapshot (sale, seq, version, state) VALUES (?1, ?2, ?3, ?4)
                       ON CONFLICT (sale) DO UPDATE
                       SET seq = excluded.seq, version = excluded.version, state = excluded.state";
            let Snapshot { seq, version, state } = snapshot;
            let row = params![signed(sale.0), signed(seq.0), version, state];
            transaction.execute(sql, row).map_err(storage(doing)).map(|_| ())
        })?;
        self.wal_bytes += snapshot.state.len() + TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn remove(&mut self, sale: SaleId) -> Result<(), JournalError> {
        self.checkpoint_if_due()?;
        self.heads.remove(&sale);
        let doing = "remove a sale";
        self.write(doing, |transaction| {
            let sqls = [
                "DELETE FROM result WHERE sale = ?1",
                "DELETE FROM snapshot WHERE sale = ?1",
                "DELETE FROM journal WHERE sale = ?1",
                "DELETE FROM owner WHERE sale = ?1",
            ];
            sqls.iter().try_for_each(|sql| {
                transaction.execute(sql, [signed(sale.0)]).map_err(storage(doing)).map(|_| ())
            })
        })?;
        self.wal_bytes += TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn header(&mut self, sale: SaleId) -> Result<(Vec<u8>, Epoch), JournalError> {
        self.check_sound()?;
        let sql = "SELECT header, epoch FROM owner WHERE sale = ?1";
        let read = |row: &Row<'_>| Ok((row.get(0)?, Epoch(number(row, 1)?)));
        let found = self.connection.query_row(sql, [signed(sale.0)], read).optional();
        found.map_err(storage("read a header"))?.ok_or(JournalError::UnknownSale { sale })
    }

    fn snapshot(&mut self, sale: SaleId) -> Result<Option<Snapshot>, JournalError> {
        self.check_sound()?;
        let sql = "SELECT seq, version, state FROM snapshot WHERE sale = ?1";
        let read = |row: &Row<'_>| {
            Ok(Snapshot { seq: Seq(number(row, 0)?), version: row.get(1)?, state: row.get(2)? })
        };
        let found = self.connection.query_row(sql, [signed(sale.0)], read).optional();
        found.map_err(storage("read a snapshot"))
    }

    fn read_batches(
        &mut self,
        sale: SaleId,
        after: Seq,
        visit: &mut dyn FnMut(StoredBatch<'_>) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        self.check_sound()?;
        let failed = storage("read the log");
        let sql = "SELECT seq, epoch, records FROM journal
                   WHERE sale = ?1 AND seq > ?2 ORDER BY seq";
        let mut query = self.connection.prepare_cached(sql).map_err(failed)?;
        let mut rows = query.query([signed(sale.0), signed(after.0)]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let seq = Seq(number(row, 0).map_err(failed)?);
            let epoch = Epoch(number(row, 1).map_err(failed)?);
            let records = row.get_ref(2).map_err(failed)?.as_blob();
            let records = records.map_err(|error| failed(error.into()))?;
            visit(StoredBatch { seq, epoch, records })?;
        }
        Ok(())
    }

    fn sales(&mut self) -> Result<Vec<SaleId>, JournalError> {
        self.check_sound()?;
        let failed = storage("list the sales");
        let mut query = self.connection.prepare_cached("SELECT sale FROM owner").map_err(failed)?;
        let sales = query.query_map([], |row| number(row, 0).map(SaleId)).map_err(failed)?;
        let mut sales = sales.collect::<rusqlite::Result<Vec<_>>>().map_err(failed)?;
        sales.sort_unstable();
        Ok(sales)
    }

    fn keep_result(
        &mut self,
        sale: SaleId,
        person: u128,
        result: &KeptResult,
    ) -> Result<(), JournalError> {
        assert!(result.bytes.len() <= RESULT_BYTES_MAX, "the shell keeps only short results");
        self.checkpoint_if_due()?;
        let doing = "keep a result";
        let sealed = seal_result(sale, person, result);
        self.write(doing, |transaction| {
            let sql = "INSERT INTO result (sale, person, version, result)
                       SELECT sale, ?2, ?3, ?4 FROM owner WHERE sale = ?1
                       ON CONFLICT (sale, person) DO UPDATE
                       SET version = excluded.version, result = excluded.result";
            let row = params![signed(sale.0), person.to_le_bytes(), result.version, sealed];
            match transaction.execute(sql, row).map_err(storage(doing))? {
                0 => Err(JournalError::UnknownSale { sale }),
                _ => Ok(()),
            }
        })?;
        self.wal_bytes += result.bytes.len() + TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn result(&mut self, sale: SaleId, person: u128) -> Result<Option<KeptResult>, JournalError> {
        self.check_sound()?;
        let sql = "SELECT version, result FROM result WHERE sale = ?1 AND person = ?2";
        let key = params![signed(sale.0), person.to_le_bytes()];
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let found = self.connection.query_row(sql, key, read).optional();
        let found: Option<(u16, Vec<u8>)> = found.map_err(storage("read a result"))?;
        found.map(|(version, sealed)| unseal_result(sale, person, version, sealed)).transpose()
    }

    fn drop_snapshot(&mut self, sale: SaleId) -> Result<(), JournalError> {
        self.checkpoint_if_due()?;
        let doing = "remove a snapshot";
        self.write(doing, |transaction| {
            let sql = "DELETE FROM snapshot WHERE sale = ?1";
            transaction.execute(sql, [signed(sale.0)]).map_err(storage(doing)).map(|_| ())
        })?;
        self.wal_bytes += TRANSACTION_OVERHEAD_BYTES;
        Ok(())
    }

    fn snapshot_sizes(&mut self) -> Result<Vec<(SaleId, u64)>, JournalError> {
        self.check_sound()?;
        let failed = storage("list the snapshots");
        // SQLite knows the length of a blob without reading it.
        let sql = "SELECT sale, length(state) FROM snapshot";
        let mut query = self.connection.prepare_cached(sql).map_err(failed)?;
        let read = |row: &Row<'_>| Ok((SaleId(number(row, 0)?), number(row, 1)?));
        let sizes = query.query_map([], read).map_err(failed)?;
        let mut sizes = sizes.collect::<rusqlite::Result<Vec<_>>>().map_err(failed)?;
        sizes.sort_unstable();
        Ok(sizes)
    }

    fn bytes_used(&mut self) -> Result<u64, JournalError> {
        self.check_sound()?;
        let sql = "SELECT (page_count - freelist_count) * page_size
                   FROM pragma_page_count, pragma_freelist_count, pragma_page_size";
        let used = self.connection.query_row(sql, [], |row| number(row, 0));
        used.map_err(storage("count the pages"))
    }
}

fn transact<T>(
    connection: &mut Connection,
    doing: &'static str,
    body: impl FnOnce(&Transaction<'_>) -> Result<T, JournalError>,
) -> Result<T, JournalError> {
    let behavior = TransactionBehavior::Immediate;
    let transaction = connection.transaction_with_behavior(behavior).map_err(storage(doing))?;
    match body(&transaction) {
        Ok(value) => transaction.commit().map_err(storage(doing)).map(|()| value),
        Err(error) => transaction.rollback().map_err(storage(doing)).and(Err(error)),
    }
}

fn append_one(
    transaction: &Transaction<'_>,
    append: &Append,
    heads: &mut Heads,
) -> Result<(), JournalError> {
    let Append { sale, seq, epoch, records } = append;
    let last = match heads.get(sale) {
        Some((owner, last)) if owner == epoch => *last,
        _ => check_owner(transaction, *sale, *epoch)?,
    };
    let expected = last.next();
    if *seq != expected {
        return Err(JournalError::Gap { sale: *sale, expected, found: *seq });
    }
    let failed = storage("append a batch");
    let sql = "INSERT INTO journal (sale, seq, epoch, records) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = transaction.prepare_cached(sql).map_err(failed)?;
    insert
        .execute(params![signed(sale.0), signed(seq.0), signed(epoch.0), records])
        .map_err(failed)?;
    heads.insert(*sale, (*epoch, *seq));
    Ok(())
}

/// The last batch of a sale. Refuses an `epoch` that is not the sale's newest.
fn check_owner(
    transaction: &Transaction<'_>,
    sale: SaleId,
    epoch: Epoch,
) -> Result<Seq, JournalError> {
    let failed = storage("look up the owner");
    let sql = "SELECT epoch, coalesce((SELECT max(seq) FROM journal WHERE sale = ?1), 0)
               FROM owner WHERE sale = ?1";
    let mut query = transaction.prepare_cached(sql).map_err(failed)?;
    let read = |row: &Row<'_>| Ok((Epoch(number(row, 0)?), Seq(number(row, 1)?)));
    let found = query.query_row([signed(sale.0)], read).optional().map_err(failed)?;
    let (owner, last) = found.ok_or(JournalError::UnknownSale { sale })?;
    if owner == epoch { Ok(last) } else { Err(JournalError::Fenced { sale, epoch, owner }) }
}

/// The schema of the file, 0 if the file is new. Refuses a file that is not a journal or that has a
/// newer schema.
fn check_identity(connection: &Connection) -> Result<i32, JournalError> {
    let read = |sql| connection.query_row(sql, [], |row| row.get::<_, i32>(0)).map_err(opening);
    let application_id = read("PRAGMA application_id")?;
    let schema = read("PRAGMA user_version")?;
    let table_count = read("SELECT count(*) FROM sqlite_schema")?;
    match (application_id, schema) {
        (0, 0) if table_count == 0 => Ok(0),
        (APPLICATION_ID, 1..=SCHEMA) => Ok(schema),
        (APPLICATION_ID, found) => Err(JournalError::NewerSchema { found, known: SCHEMA }),
        _ => Err(JournalError::Foreign { found: "a database of another application" }),
    }
}

/// Gives a file of schema `found` the tables that it lacks, all at once or none (rule J26).
fn bring_up_to_date(connection: &mut Connection, found: i32) -> rusqlite::Result<()> {
    if found == SCHEMA {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if found == 0 {
        transaction.execute_batch(CREATE)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    transaction.execute_batch(ADD_RESULTS)?;
    transaction.pragma_update(None, "user_version", SCHEMA)?;
    transaction.commit()
}

fn checkpoint(connection: &Connection) -> Result<(), JournalError> {
    let run = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    run.map_err(storage("move the log into the main file"))
}

/// Refuses a SQLite older than [`SQLITE_MIN`].
fn check_engine(number: i32, found: &'static str) -> Result<(), JournalError> {
    if number < SQLITE_MIN { Err(JournalError::UnsafeSqlite { found }) } else { Ok(()) }
}

fn set(connection: &Connection, name: &str, value: &str) -> Result<(), JournalError> {
    connection.pragma_update(None, name, value).map_err(opening)
}

/// The meaning of an error of SQLite while a file is being opened.
fn opening(error: rusqlite::Error) -> JournalError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => JournalError::InUse,
        Some(ErrorCode::NotADatabase) => JournalError::Foreign { found: "not a database" },
        _ => storage("open the file")(error),
    }
}

fn storage(doing: &'static str) -> impl Fn(rusqlite::Error) -> JournalError + Copy {
    move |error| JournalError::Storage { doing, source: error.into() }
}

/// The same 64 bits as a signed number, because SQLite has no unsigned integers.
fn signed(value: u64) -> i64 {
    value.cast_signed()
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::cast_unsigned)
}

#[cfg(test)]
mod tests;
