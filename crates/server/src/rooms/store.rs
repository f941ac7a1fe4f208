//! The file of the rooms: SQLite with a write-ahead log and full sync, in the data folder beside the journal.
//!
//! The journal is an append-only log of what decides a sale; rooms are a few rows that change, with names in them that
//! must be forgotten. So they have a file of their own.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, Row, Transaction, TransactionBehavior, ffi, params};

use super::code::RoomCode;
use super::room::Room;
use super::row::{MemberRow, OpenedBy, RoomRow};
use crate::clock::UnixTime;
use crate::ids::GuestId;

/// Four letters in ASCII: mark a file of rooms.
const APPLICATION_ID: i32 = 0x5454_726d;

/// The version of the tables. A file with a newer version is refused.
const SCHEMA: i32 = 1;

/// Pages in SQLite's log beyond which they are moved into the main file: 4 MiB.
const LOG_PAGES_MAX: i64 = 1024;

const TABLES: &str = "
    CREATE TABLE room (code BLOB PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE member (
        room BLOB NOT NULL, number INTEGER NOT NULL, guest BLOB NOT NULL, name TEXT NOT NULL,
        ready INTEGER NOT NULL, PRIMARY KEY (room, number)
    ) STRICT, WITHOUT ROWID;";

/// Why the file of the rooms cannot be used or did not take a change.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk takes no more. Nothing was written.
    #[error("the disk takes no more")]
    DiskFull(#[source] rusqlite::Error),
    /// The file was changed by something else than this program, or the disk lost some of it.
    #[error("the file is damaged: {what}")]
    Damaged {
        /// What is wrong.
        what: String,
    },
    /// A newer version of the program made the file.
    #[error("the file has tables of version {found}, and this program knows version {SCHEMA}")]
    Newer {
        /// The version of its tables.
        found: i32,
    },
    /// Another process uses the file.
    #[error("another process uses the file")]
    InUse,
    /// A read, a write or a sync failed.
    #[error("cannot {doing}")]
    Storage {
        /// What was being done.
        doing: &'static str,
        /// The cause.
        #[source]
        source: rusqlite::Error,
    },
    /// The system gives no thread for the keeper of the rooms.
    #[error("the system gives no thread")]
    Thread(#[source] std::io::Error),
    /// The file failed while the server ran.
    #[error("{0}")]
    Failed(String),
}

impl StoreError {
    /// The same failure once more, in words.
    pub(super) fn again(&self) -> Self {
        let cause =
            std::error::Error::source(self).map_or_else(String::new, |it| format!(": {it}"));
        Self::Failed(format!("{self}{cause}"))
    }
}

/// What is written for one room.
#[derive(Debug)]
pub(super) enum Change {
    /// The room's own row, members whose rows changed, and numbers of members who are gone.
    Put { code: RoomCode, row: Option<Box<RoomRow>>, members: Vec<MemberRow>, gone: Vec<u32> },
    /// The room has ended.
    Remove(RoomCode),
}

/// A room as the file has it.
pub(super) type Kept = (Room, Option<OpenedBy>);

/// The open file.
#[derive(Debug)]
pub(crate) struct RoomStore {
    connection: Connection,
    path: PathBuf,
}

impl RoomStore {
    /// Opens the file, and makes it if there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] says what is wrong with it.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let failed = failed("open the file");
        make_private(path)?;
        let connection = Connection::open(path).map_err(&failed)?;
        connection.busy_timeout(std::time::Duration::ZERO).map_err(&failed)?;
        let set = |name, value| connection.pragma_update(None, name, value).map_err(&failed);
        set("locking_mode", "EXCLUSIVE")?;
        check_identity(&connection)?;
        set("journal_mode", "WAL")?;
        set("synchronous", "FULL")?;
        // Checkpoints are asked for here: one that SQLite makes by itself does not say that its sync failed.
        set("wal_autocheckpoint", "0")?;
        let mut store = Self { connection, path: path.to_owned() };
        store.prepare()?;
        store.check_pages()?;
        store.checkpoint("TRUNCATE")?;
        Ok(store)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// All rooms, as they are after a restart.
    pub(super) fn rooms(&self, now: UnixTime) -> Result<Vec<Kept>, StoreError> {
        let failed = failed("read the rooms");
        let mut query = self.connection.prepare("SELECT code, state FROM room").map_err(&failed)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(&failed)?;
        let rows: Vec<(Vec<u8>, String)> = rows.collect::<Result<_, _>>().map_err(&failed)?;
        rows.into_iter().map(|(code, state)| self.read(now, &code, &state)).collect()
    }

    /// One room; `None` if the file has no such room.
    pub(super) fn room(&self, now: UnixTime, code: RoomCode) -> Result<Option<Kept>, StoreError> {
        let sql = "SELECT state FROM room WHERE code = ?1";
        let found = self.connection.query_row(sql, [code.bytes()], |row| row.get::<_, String>(0));
        match found {
            Ok(state) => self.read(now, code.bytes(), &state).map(Some),
            Err(rusqlite::Error::QueryReturnedNoRows) => Ok(None),
            Err(error) => Err(failed("read a room")(error)),
        }
    }

    fn read(&self, now: UnixTime, code: &[u8], state: &str) -> Result<Kept, StoreError> {
        let code = RoomCode::of_bytes(code).ok_or_else(|| damaged("a code has another length"))?;
        let row: RoomRow = serde_json::from_str(state)
            .map_err(|error| damaged(format!("room {code} cannot be read: {error}")))?;
        let members = self.members(code)?;
        row.room(now, code, members)
            .map_err(|error| damaged(format!("room {code} cannot be read: {error}")))
    }

    fn members(&self, code: RoomCode) -> Result<Vec<MemberRow>, StoreError> {
        let failed = failed("read the members of a room");
        let sql = "SELECT number, guest, name, ready FROM member WHERE room = ?1 ORDER BY number";
        let mut query = self.connection.prepare_cached(sql).map_err(&failed)?;
        let rows = query.query_map([code.bytes()], member).map_err(&failed)?;
        rows.collect::<Result<_, _>>().map_err(&failed)
    }

    /// Writes changes, all or none. When it returns without an error, they are on disk.
    pub(super) fn write(&mut self, changes: &[Change]) -> Result<(), StoreError> {
        let failed = failed("write the rooms");
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(&failed)?;
        // A transaction that is dropped is rolled back.
        changes.iter().try_for_each(|change| write_one(&transaction, change)).map_err(&failed)?;
        transaction.commit().map_err(&failed)
    }

    /// Moves SQLite's log into the main file if it is long. A full disk leaves it where it is.
    pub(super) fn rest(&mut self) -> Result<(), StoreError> {
        let sql = "PRAGMA wal_checkpoint(NOOP)";
        let pages = self.connection.query_row(sql, [], |row| row.get::<_, i64>(1));
        match pages {
            Ok(pages) if pages > LOG_PAGES_MAX => match self.checkpoint("RESTART") {
                Err(StoreError::DiskFull(_)) => Ok(()),
                moved => moved,
            },
            Ok(_) => Ok(()),
            Err(error) => Err(failed("look at the log")(error)),
        }
    }

    fn checkpoint(&mut self, mode: &str) -> Result<(), StoreError> {
        let sql = format!("PRAGMA wal_checkpoint({mode})");
        let moved = self.connection.query_row(&sql, [], |_| Ok(()));
        match moved.map_err(failed("move the log into the main file")) {
            // The log stays where it is, and is read from there.
            Err(StoreError::DiskFull(_)) => Ok(()),
            moved => moved,
        }
    }

    /// Makes the tables in a new file.
    fn prepare(&mut self) -> Result<(), StoreError> {
        if number(&self.connection, "PRAGMA application_id")? == APPLICATION_ID {
            return Ok(());
        }
        let failed = failed("make the tables");
        let transaction = self.connection.transaction().map_err(&failed)?;
        transaction.execute_batch(TABLES).map_err(&failed)?;
        transaction.pragma_update(None, "user_version", SCHEMA).map_err(&failed)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(&failed)?;
        transaction.commit().map_err(&failed)
    }

    /// From here on the disk takes no page more.
    #[cfg(test)]
    pub(super) fn fill_the_disk(&self) {
        let pages = number(&self.connection, "PRAGMA page_count").expect("it can be read");
        self.connection.pragma_update(None, "max_page_count", pages).expect("it can be set");
    }

    /// From here on the disk takes pages again.
    #[cfg(test)]
    pub(super) fn empty_the_disk(&self) {
        self.connection.pragma_update(None, "max_page_count", 1_000_000).expect("it can be set");
    }

    /// Looks at every page. The file is small, so this takes some milliseconds.
    fn check_pages(&self) -> Result<(), StoreError> {
        let said = self
            .connection
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
        match said.map_err(failed("look at the pages"))?.as_str() {
            "ok" => Ok(()),
            what => Err(damaged(what)),
        }
    }
}

fn member(row: &Row<'_>) -> rusqlite::Result<MemberRow> {
    Ok(MemberRow {
        number: row.get(0)?,
        guest: GuestId(u128::from_be_bytes(row.get(1)?)),
        name: row.get(2)?,
        is_ready: row.get(3)?,
    })
}

fn write_one(transaction: &Transaction<'_>, change: &Change) -> rusqlite::Result<()> {
    match change {
        Change::Put { code, row, members, gone } => {
            if let Some(row) = row {
                let state = serde_json::to_string(row).expect("text and numbers become JSON");
                let sql = "INSERT INTO room (code, state) VALUES (?1, ?2)
                           ON CONFLICT (code) DO UPDATE SET state = excluded.state";
                transaction.prepare_cached(sql)?.execute(params![code.bytes(), state])?;
            }
            let sql = "INSERT INTO member (room, number, guest, name, ready)
                       VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (room, number)
                       DO UPDATE SET name = excluded.name, ready = excluded.ready";
            let mut put = transaction.prepare_cached(sql)?;
            for MemberRow { number, guest, name, is_ready } in members {
                let guest = guest.0.to_be_bytes();
                put.execute(params![code.bytes(), number, guest, name, is_ready])?;
            }
            let sql = "DELETE FROM member WHERE room = ?1 AND number = ?2";
            let mut remove = transaction.prepare_cached(sql)?;
            gone.iter()
                .try_for_each(|number| remove.execute(params![code.bytes(), number]).map(|_| ()))
        }
        Change::Remove(code) => {
            transaction.execute("DELETE FROM member WHERE room = ?1", [code.bytes()])?;
            transaction.execute("DELETE FROM room WHERE code = ?1", [code.bytes()]).map(|_| ())
        }
    }
}

/// Refuses a file that is not ours, or of a newer version.
fn check_identity(connection: &Connection) -> Result<(), StoreError> {
    let id = number(connection, "PRAGMA application_id")?;
    let version = number(connection, "PRAGMA user_version")?;
    let tables = number(connection, "SELECT count(*) FROM sqlite_schema")?;
    match (id, version) {
        (0, 0) if tables == 0 => Ok(()),
        (APPLICATION_ID, SCHEMA) => Ok(()),
        (APPLICATION_ID, found) if found > SCHEMA => Err(StoreError::Newer { found }),
        _ => Err(damaged("another program's name stands in it")),
    }
}

fn number(connection: &Connection, sql: &str) -> Result<i32, StoreError> {
    connection.query_row(sql, [], |row| row.get(0)).map_err(failed("look at the file"))
}

/// Makes the file, readable by its owner only, before SQLite writes names into it.
fn make_private(path: &Path) -> Result<(), StoreError> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path).map(|_| ());
    made.map_err(|error| {
        let is_full = error.kind() == std::io::ErrorKind::StorageFull;
        let source = rusqlite::Error::ToSqlConversionFailure(error.into());
        if is_full {
            StoreError::DiskFull(source)
        } else {
            StoreError::Storage { doing: "make the file", source }
        }
    })
}

fn damaged(what: impl Into<String>) -> StoreError {
    StoreError::Damaged { what: what.into() }
}

/// What an error of SQLite means.
fn failed(doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    move |source| {
        let rusqlite::Error::SqliteFailure(ffi::Error { code, extended_code }, _) = &source else {
            // Values of another type than this program writes.
            return damaged(format!("cannot {doing}: {source}"));
        };
        let is_quota = *extended_code == ffi::SQLITE_IOERR_WRITE;
        let is = |codes: &[ErrorCode]| codes.contains(code);
        if is(&[ErrorCode::DiskFull]) || is_quota {
            StoreError::DiskFull(source)
        } else if is(&[ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase]) {
            damaged(source.to_string())
        } else if is(&[ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked]) {
            StoreError::InUse
        } else {
            StoreError::Storage { doing, source }
        }
    }
}

#[cfg(test)]
mod tests;
