//! The files beside the database that the store reads and writes by itself, without SQLite: SQLite's
//! log before SQLite has read it, and the mark.

use std::fmt::Debug;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::limits::CUT_BYTES_MAX;

/// What a store does with the files beside its database.
pub trait Beside: Debug + Send {
    /// Reads SQLite's log. `None` if there is none.
    ///
    /// # Errors
    ///
    /// An error of the disk.
    fn read_log(&self) -> io::Result<Option<Vec<u8>>>;

    /// Writes the bytes of SQLite's log over themselves and syncs them. Does nothing if there is no
    /// log.
    ///
    /// # Errors
    ///
    /// An error of the disk.
    fn rewrite_log(&self) -> io::Result<()>;

    /// Reads the mark. `None` if there is none.
    ///
    /// # Errors
    ///
    /// An error of the disk.
    fn read_mark(&self) -> io::Result<Option<Vec<u8>>>;

    /// Replaces the mark, whole or not at all, and syncs it.
    ///
    /// # Errors
    ///
    /// An error of the disk.
    fn write_mark(&self, bytes: &[u8]) -> io::Result<()>;

    /// Makes the file of the database, empty and readable by its owner only, if there is none. If the
    /// database is shorter than its first page says, makes it that long with zeros,
    /// unless a log has the rest. SQLite refuses a database that was cut; with this it only refuses the pages that are gone. Returns
    /// how many bytes were missing.
    ///
    /// # Errors
    ///
    /// An error of the disk.
    fn make_ready(&self) -> io::Result<u64>;

    /// Makes the first page of the database say that no page is free, and syncs it. Pages that were
    /// free are not used again. Only for a database that is closed and has no log.
    ///
    /// # Errors
    ///
    /// An error of the disk.
    fn forget_free_pages(&self) -> io::Result<()>;

    /// How many bytes the database has, 0 if there is none. A file system that cannot say so gives the
    /// largest number.
    ///
    /// # Errors
    ///
    /// An error of the disk.
    fn database_len(&self) -> io::Result<u64> {
        Ok(u64::MAX)
    }

    /// The disk's own reason why it takes no more bytes, if it does not.
    fn complaint(&self) -> Option<io::Error>;
}

/// The files beside a database in a folder of the operating system.
#[derive(Clone, Debug)]
pub(crate) struct InFolder {
    database: PathBuf,
}

/// The bytes that are written to learn why the disk takes no more. Chosen: more than a few pages,
/// which a full disk may still have.
const PROBE_BYTES: usize = 64 * 1024;

/// The bytes of a log of SQLite without any page.
const LOG_HEADER: u64 = 32;

/// Where the first page of a database has the first free page and the number of free pages.
const FREE_PAGES_AT: u64 = 32;

impl InFolder {
    pub(crate) fn of(database: &Path) -> Self {
        Self { database: database.to_owned() }
    }

    fn with_ending(&self, ending: &str) -> PathBuf {
        let mut path = self.database.as_os_str().to_owned();
        path.push(ending);
        path.into()
    }
}

impl Beside for InFolder {
    fn read_log(&self) -> io::Result<Option<Vec<u8>>> {
        if_there(read_file(&self.with_ending("-wal")))
    }

    fn rewrite_log(&self) -> io::Result<()> {
        let path = self.with_ending("-wal");
        let Some(mut file) = if_there(File::options().read(true).write(true).open(path))? else {
            return Ok(());
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        file.seek(io::SeekFrom::Start(0))?;
        file.write_all(&bytes)?;
        file.sync_all()
    }

    fn read_mark(&self) -> io::Result<Option<Vec<u8>>> {
        if_there(read_file(&self.with_ending("-mark")))
    }

    fn write_mark(&self, bytes: &[u8]) -> io::Result<()> {
        write_whole(&self.with_ending("-mark"), bytes)
    }

    fn make_ready(&self) -> io::Result<u64> {
        let opened = File::options().read(true).write(true).open(&self.database);
        let Some(mut file) = if_there(opened)? else {
            // SQLite would let everybody read the file that it makes.
            return private().create_new(true).open(&self.database).map(|_| 0);
        };
        let mut head = Vec::new();
        Read::by_ref(&mut file).take(100).read_to_end(&mut head)?;
        // After a crash between two pages of a checkpoint the file is short as well. The log then has
        // the other pages.
        let has_log =
            fs::metadata(self.with_ending("-wal")).is_ok_and(|log| log.len() > LOG_HEADER);
        let missing = if has_log { 0 } else { promised_len(&head) };
        let missing = missing.saturating_sub(file.metadata()?.len());
        if missing > 0 && missing <= CUT_BYTES_MAX {
            file.set_len(promised_len(&head))?;
            file.sync_all()?;
        }
        Ok(missing)
    }

    fn forget_free_pages(&self) -> io::Result<()> {
        let mut file = File::options().write(true).open(&self.database)?;
        file.seek(io::SeekFrom::Start(FREE_PAGES_AT))?;
        file.write_all(&[0; 8])?;
        file.sync_all()
    }

    fn database_len(&self) -> io::Result<u64> {
        Ok(if_there(fs::metadata(&self.database))?.map_or(0, |about| about.len()))
    }

    fn complaint(&self) -> Option<io::Error> {
        let path = self.with_ending("-probe");
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(&vec![0; PROBE_BYTES]).and_then(|()| file.sync_all())
        });
        // If the file cannot be removed, the next probe writes over it.
        let _left = fs::remove_file(&path);
        written.err()
    }
}

/// The length in bytes that the header of a database says the database has; 0 if it says nothing.
fn promised_len(head: &[u8]) -> u64 {
    let be = |at: usize, len: usize| {
        head.get(at..at + len)
            .map(|bytes| bytes.iter().fold(0, |n, &byte| n << 8 | u64::from(byte)))
    };
    let is_database = head.starts_with(b"SQLite format 3\0");
    match (is_database, be(16, 2), be(24, 4), be(28, 4), be(92, 4)) {
        // SQLite trusts the number of pages only if it was written together with the counter of
        // changes.
        (true, Some(page), Some(change), Some(pages), Some(valid_for)) if change == valid_for => {
            if page == 1 {
                65_536 * pages
            } else {
                page * pages
            }
        }
        _ => 0,
    }
}

fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// How to make a file that only its owner can read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The bytes of a file. Anything else, such as a pipe, is refused: reading it might never end.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    fs::read(path)
}

/// Writes a file whole or not at all: a crash or a full disk leaves the old file, or none if there
/// was none. Only its owner can read the file.
///
/// # Errors
///
/// An error of the disk. Then no part of the new file is left.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut next = path.as_os_str().to_owned();
    next.push(".new");
    let next = PathBuf::from(next);
    let written = private().create(true).truncate(true).open(&next).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&next, path)).inspect_err(|_| {
        // The reason of the first failure matters; a file that stays is written over the next time.
        let _left = fs::remove_file(&next);
    })?;
    sync_folder(path)
}

/// Makes the names in a file's folder durable, where the system can.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
