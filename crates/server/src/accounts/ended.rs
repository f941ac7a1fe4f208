//! Sessions that have ended and of which the catalogue's database has not heard yet. Rule L33.
//!
//! To the server they are no sessions any more. While the database is away they are in a file too, a hash in hexadecimal in each
//! line, so that a start in between opens none of them again.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use catalogue::SessionHash;
use data_encoding::HEXLOWER;

/// The name of the file.
pub(crate) const ENDED_SESSIONS_FILE: &str = "ended-sessions";

/// The sessions of which the database has still to hear. Each was one of the server's, and new ones need the database.
#[derive(Debug, Default)]
pub(super) struct EndedSessions {
    /// `None` in tests.
    path: Option<PathBuf>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    ids: HashSet<SessionHash>,
    /// Those in the file. There is no file without any.
    in_file: HashSet<SessionHash>,
}

impl EndedSessions {
    /// Those that the file in a data folder has from before the start.
    pub(super) fn open(data: &Path) -> io::Result<Self> {
        let path = data.join(ENDED_SESSIONS_FILE);
        let ids = match std::fs::read(&path) {
            Ok(bytes) => decode(&bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => HashSet::new(),
            Err(error) => return Err(error),
        };
        let inner = Inner { in_file: ids.clone(), ids };
        Ok(Self { path: Some(path), inner: Mutex::new(inner) })
    }

    pub(super) fn all(&self) -> Vec<SessionHash> {
        self.lock().ids.iter().copied().collect()
    }

    pub(super) fn add(&self, ids: &[SessionHash]) {
        self.lock().ids.extend(ids);
    }

    /// Forgets those of which the database has heard.
    pub(super) fn remove(&self, ids: &[SessionHash]) {
        let mut inner = self.lock();
        inner.ids.retain(|id| !ids.contains(id));
        if !inner.in_file.is_empty() {
            self.write(&mut inner);
        }
    }

    /// Keeps them over a start. The file is short and is written while the database is away alone, so nobody waits for it long.
    pub(super) fn keep(&self) {
        self.write(&mut self.lock());
    }

    fn write(&self, inner: &mut Inner) {
        let Some(path) = self.path.as_ref().filter(|_| inner.ids != inner.in_file) else { return };
        let written = if inner.ids.is_empty() {
            std::fs::remove_file(path)
        } else {
            journal::write_whole(path, encode(&inner.ids).as_bytes())
        };
        match written {
            Ok(()) => inner.in_file.clone_from(&inner.ids),
            Err(error) => {
                let error: &dyn std::error::Error = &error;
                tracing::warn!(error, "a start would open sessions again that have ended");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn encode(ids: &HashSet<SessionHash>) -> String {
    ids.iter().map(|SessionHash(id)| HEXLOWER.encode(id) + "\n").collect()
}

/// A line that is no hash is the hash of no session.
fn decode(bytes: &[u8]) -> HashSet<SessionHash> {
    let ids = bytes.split(|byte| *byte == b'\n').filter_map(|line| {
        let id: [u8; 32] = HEXLOWER.decode(line).ok()?.try_into().ok()?;
        Some(SessionHash(id))
    });
    ids.collect()
}
