//! The data folder: who may read it.

use std::io;
use std::path::Path;

use crate::accounts::ENDED_SESSIONS_FILE;
use crate::outages::{ALIVE_FILE, OUTAGES_FILE};

/// The file of the catalogue.
pub const CATALOGUE_FILE: &str = "catalogue.sqlite3";

/// The files that only their owner may read.
const FILES: [&str; 11] = [
    CATALOGUE_FILE,
    "catalogue.sqlite3-wal",
    "journal.sqlite",
    "journal.sqlite-wal",
    "journal.sqlite-mark",
    "rooms.sqlite3",
    "rooms.sqlite3-wal",
    "secret.key",
    OUTAGES_FILE,
    ALIVE_FILE,
    ENDED_SESSIONS_FILE,
];

/// Makes the folder if there is none, readable by its owner only.
pub(crate) fn make(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Takes from everybody but the owner the right to read journal and key (rule A46).
pub(crate) fn close_to_others(folder: &Path) -> io::Result<()> {
    for name in FILES {
        let path = folder.join(name);
        if path.exists() {
            restrict(&path, 0o600)?;
        }
    }
    Ok(())
}

/// Makes a file if there is none, readable by its owner only.
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(unix)]
fn restrict(path: &Path, most: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = std::fs::metadata(path)?.permissions();
    let mode = permissions.mode() & 0o777;
    if mode & !most == 0 {
        return Ok(());
    }
    tracing::warn!(
        path = %path.display(), was = %format_args!("{mode:o}"), is = %format_args!("{:o}", mode & most),
        "others could read this: only its owner can from now on"
    );
    permissions.set_mode(mode & most);
    std::fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
fn restrict(_path: &Path, _most: u32) -> io::Result<()> {
    Ok(())
}
