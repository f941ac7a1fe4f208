//! Opening a journal: checks that it is one, that nothing of it was lost, and that its tables can be
//! used, before it writes anything.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::failure::{opening, storage};
use super::notice::Notice;
use super::tables;
use crate::beside::{Beside, InFolder};
use crate::error::JournalError;
use crate::mark::{Mark, is_before};
use crate::wal::newest_commit;

/// The first SQLite without a bug that could corrupt a write-ahead log when SQLite restarts the
/// log.
const SQLITE_MIN: i32 = 3_051_003;

const CREATING: OpenFlags = READING.union(OpenFlags::SQLITE_OPEN_CREATE);
const READING: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX);

/// Where a journal is, and how its files are reached.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) path: PathBuf,
    /// The virtual file system of SQLite; `None` for that of the operating system.
    pub(super) vfs: Option<String>,
    pub(super) beside: Box<dyn Beside>,
}

/// What is to be done with a journal that lost commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Losses {
    Refuse,
    Accept,
}

/// A journal that was opened.
pub(super) struct Opened {
    pub(super) connection: Connection,
    pub(super) mark: Mark,
    /// The number of the last commit.
    pub(super) commits: u32,
    pub(super) notices: Vec<Notice>,
    /// A later commit that is known to have been made.
    pub(super) known: Option<u32>,
}

impl Place {
    /// A file in a folder of the operating system.
    pub(super) fn in_folder(path: &Path) -> Self {
        // SQLite keeps its log beside the file itself, not beside a link to it.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        Self { vfs: None, beside: Box::new(InFolder::of(&path)), path }
    }

    /// The path of SQLite's log.
    pub(super) fn log(&self) -> PathBuf {
        let mut log = self.path.as_os_str().to_owned();
        log.push("-wal");
        log.into()
    }

    /// Opens the journal to read and write it. Makes it if there is none.
    pub(super) fn open(&self, losses: Losses) -> Result<Opened, JournalError> {
        let mut opened = self.connect(CREATING, losses)?;
        let Opened { connection, commits, notices, .. } = &mut opened;
        set(connection, "journal_mode", "WAL")?;
        set(connection, "synchronous", "FULL")?;
        set(connection, "wal_autocheckpoint", "0")?;
        // After a failed sync the log may be readable but not on disk, and the system may take it
        // for written and not write it again. So write it again here, while the lock keeps others
        // out, and only then move it into the main file (rule J6).
        self.beside.rewrite_log().map_err(disk("write the log again"))?;
        match checkpoint(connection) {
            Ok(()) if tables::has_damaged_free_pages(connection) => {
                return self.mend(opened, losses);
            }
            // A full disk does not take the log into the main file. It stays where it is.
            Ok(()) | Err(JournalError::DiskFull { .. }) => {}
            Err(error) => return Err(error),
        }
        if tables::prepare(connection, commits)? {
            notices.extend(tables::set_aside(connection)?);
        }
        keep_log_on_close(connection, false)?;
        Ok(opened)
    }

    /// Empties the list of free pages, from which every sale takes pages, and opens the file again.
    fn mend(&self, opened: Opened, losses: Losses) -> Result<Opened, JournalError> {
        let Opened { connection, mut notices, .. } = opened;
        let doing = "empty the list of free pages";
        // The log must be gone, because its first page would take the place of that in the file.
        let emptied = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        emptied.map_err(storage(doing))?;
        connection.close().map_err(|(_, error)| storage(doing)(error))?;
        self.beside.forget_free_pages().map_err(disk(doing))?;
        let mut opened = self.open(losses)?;
        notices.push(Notice::FreePages);
        notices.append(&mut opened.notices);
        Ok(Opened { notices, ..opened })
    }

    /// Opens a journal to read it only. Writes nothing.
    pub(super) fn open_to_read(&self) -> Result<Opened, JournalError> {
        let opened = self.connect(READING, Losses::Accept)?;
        set(&opened.connection, "query_only", "ON")?;
        Ok(opened)
    }

    /// Opens the file, keeps others out, and checks that it is a journal from which nothing is known
    /// to be lost.
    fn connect(&self, flags: OpenFlags, losses: Losses) -> Result<Opened, JournalError> {
        check_engine(rusqlite::version_number(), rusqlite::version())?;
        let mut notices = Vec::new();
        let mark = self.beside.read_mark().map_err(disk("read the mark"))?;
        let mark = mark.as_deref().map(Mark::decode);
        let log = self.beside.read_log().map_err(disk("read the log"))?.unwrap_or_default();
        let newest = newest_commit(&log, is_before);
        let len = self.beside.database_len().map_err(disk("look at the file"))?;
        let is_accepted = flags == CREATING && losses == Losses::Accept;
        if len < PAGE_MIN && (mark.is_some() || newest.is_some()) && !is_accepted {
            // SQLite removes the log of a file without a page, so it must not see this one.
            let source = "it has no page, although a log or a mark stands beside it";
            return Err(JournalError::Broken { source: source.into() });
        }
        if flags == CREATING {
            let bytes = self.beside.make_ready().map_err(disk("open the file"))?;
            notices.extend((bytes > 0).then_some(Notice::Cut { bytes }));
        }
        let connection = match &self.vfs {
            None => Connection::open_with_flags(&self.path, flags),
            Some(vfs) => Connection::open_with_flags_and_vfs(&self.path, flags, vfs.as_str()),
        };
        let connection = connection.map_err(opening)?;
        // A process that has the file keeps it for long, so waiting would not help.
        connection.busy_timeout(Duration::ZERO).map_err(opening)?;
        // A journal that is refused keeps its log, so that it can be looked into.
        keep_log_on_close(&connection, true)?;
        // This must come before the log is read. Then SQLite keeps the index of the log in memory,
        // and no other process can open the file.
        set(&connection, "locking_mode", "EXCLUSIVE")?;
        let commits = tables::check_identity(&connection, mark.is_some())?;
        // The last commit in the log may have been under way when the process ended.
        let surely = newest.map(|newest| newest.wrapping_sub(1));
        let marked = mark.iter().flatten().map(|mark| mark.commits);
        let known = marked.chain(surely).filter(|known| is_before(commits, *known));
        let known = known.reduce(|one, other| if is_before(one, other) { other } else { one });
        if let (Some(known), Losses::Refuse) = (known, losses) {
            return Err(JournalError::Lost { kept: commits, known });
        }
        match &mark {
            Some(None) => notices.push(Notice::MarkDamaged),
            None if commits > 1 => notices.push(Notice::MarkMissing),
            None | Some(Some(_)) => {}
        }
        let mark = mark.flatten().filter(|_| known.is_none()).unwrap_or_default();
        Ok(Opened { connection, mark, commits, notices, known })
    }
}

/// `ENFILE` and `EMFILE`, on every Unix: the system or the process has as many open files as it may have. Nothing
/// was written then, and some end later.
const NO_MORE_FILES: [i32; 2] = [23, 24];

/// The bytes of the smallest page of SQLite.
const PAGE_MIN: u64 = 512;

/// Whether closing the connection leaves the log as it is.
pub(super) fn keep_log_on_close(
    connection: &Connection,
    is_kept: bool,
) -> Result<(), JournalError> {
    let set = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, is_kept);
    set.map(|_| ()).map_err(opening)
}

pub(super) fn checkpoint(connection: &Connection) -> Result<(), JournalError> {
    let run = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    run.map_err(storage("move the log into the main file"))
}

/// Refuses a SQLite older than [`SQLITE_MIN`].
pub(super) fn check_engine(number: i32, found: &'static str) -> Result<(), JournalError> {
    if number < SQLITE_MIN { Err(JournalError::UnsafeSqlite { found }) } else { Ok(()) }
}

fn set(connection: &Connection, name: &str, value: &str) -> Result<(), JournalError> {
    connection.pragma_update(None, name, value).map_err(opening)
}

pub(super) fn disk(doing: &'static str) -> impl Fn(io::Error) -> JournalError {
    move |error| {
        let is_full = matches!(
            error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
        ) || error.raw_os_error().is_some_and(|code| NO_MORE_FILES.contains(&code));
        let source = error.into();
        if is_full {
            JournalError::DiskFull { doing, source }
        } else {
            JournalError::Storage { doing, source }
        }
    }
}
