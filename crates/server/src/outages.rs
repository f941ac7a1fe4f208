//! When the server was away: the outages of before, and the sign of life that tells the next start of the newest one.
//!
//! ```text
//! alive     time u64  checksum u64                        written over about once a second
//! outages   count × (from u64, until u64)  checksum u64   written whole at a start
//! ```
//!
//! Numbers are little-endian, times are Unix nanoseconds. A race takes from the list the outages that fell into its time
//! when it is loaded, which may be many starts later. Without the files no race is lost: its time then goes on as if the
//! server had been there.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::clock::UnixTime;
use crate::limits::{OUTAGE_KEPT_FOR, OUTAGE_MIN, OUTAGES_KEPT_MAX};

/// The name of the file with the list of outages.
pub(crate) const OUTAGES_FILE: &str = "outages";
/// The name of the file with the sign of life.
pub(crate) const ALIVE_FILE: &str = "alive";

/// A time in which the server was away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Outage {
    /// The last sign of life before it.
    pub(crate) from: UnixTime,
    /// When the server was there again.
    pub(crate) until: UnixTime,
}

/// The outages of before, in order. It does not change while the server runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outages {
    list: Vec<Outage>,
}

impl Outages {
    /// Reads the list in a data folder, and adds to it the time since the last sign of life if that is longer than
    /// [`OUTAGE_MIN`]. `used_at` is another sign of life: when the journal was last written to.
    ///
    /// # Errors
    ///
    /// An error of the disk. A list that is damaged is none: it counts as empty, and the log says so.
    pub(crate) fn open(data: &Path, now: UnixTime, used_at: Option<UnixTime>) -> io::Result<Self> {
        let path = data.join(OUTAGES_FILE);
        let mut outages = Self::decode(&read(&path)?).unwrap_or_else(|| {
            tracing::warn!(path = %path.display(), "the list of outages is damaged");
            Self::default()
        });
        let alive = decode_alive(&read(&data.join(ALIVE_FILE))?);
        if outages.add(now, alive.max(used_at)) {
            journal::write_whole(&path, &outages.encode())?;
        }
        Ok(outages)
    }

    /// Adds an outage that began at the last sign of life and has just ended. Returns whether the list changed.
    fn add(&mut self, now: UnixTime, alive_at: Option<UnixTime>) -> bool {
        let before = self.list.len();
        // A clock that was set back would have outages that are still to come.
        self.list.retain(|outage| outage.until <= now);
        let is_set_back = self.list.len() < before;
        // A server that failed before its first sign of life was away all the time since the outage before.
        let alive_at = alive_at.max(self.list.last().map(|outage| outage.until));
        let Some(from) = alive_at.filter(|from| from.after(OUTAGE_MIN) < now) else {
            return is_set_back;
        };
        tracing::info!(
            seconds = now.since(from) / 1_000_000_000,
            "the server was away: race time stood still"
        );
        self.list.push(Outage { from, until: now });
        let oldest = now.before(OUTAGE_KEPT_FOR);
        self.list.retain(|outage| outage.until >= oldest);
        let surplus = self.list.len().saturating_sub(OUTAGES_KEPT_MAX);
        self.list.drain(..surplus);
        true
    }

    /// The outages that ended after `then`, in order.
    pub(crate) fn since(&self, then: UnixTime) -> impl Iterator<Item = Outage> {
        let first = self.list.partition_point(|outage| outage.until <= then);
        self.list[first..].iter().copied()
    }

    /// When the server last came back after `then`; `None` if it has not been away since.
    pub(crate) fn back_since(&self, then: UnixTime) -> Option<UnixTime> {
        self.since(then).map(|outage| outage.until).max()
    }

    fn encode(&self) -> Vec<u8> {
        let times = self.list.iter().flat_map(|outage| [outage.from, outage.until]);
        sealed(times.flat_map(|time| time.as_nanos().to_le_bytes()).collect())
    }

    /// `None` if the bytes are damaged. No bytes are an empty list.
    fn decode(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() {
            return Some(Self::default());
        }
        let (pairs, rest) = unsealed(bytes)?.as_chunks::<16>();
        let outage = |pair: &[u8; 16]| {
            let (from, until) = (time(&pair[..8])?, time(&pair[8..])?);
            (from < until).then_some(Outage { from, until })
        };
        let list: Vec<_> = pairs.iter().map(outage).collect::<Option<_>>()?;
        let is_in_order = list.is_sorted_by_key(|outage| outage.until);
        (rest.is_empty() && is_in_order && list.len() <= OUTAGES_KEPT_MAX).then_some(Self { list })
    }
}

/// Writes the sign of life.
#[derive(Debug)]
pub(crate) struct Pulse {
    path: PathBuf,
    file: Option<File>,
}

impl Pulse {
    /// Of a server with this data folder.
    pub(crate) fn of(data: &Path) -> Self {
        Self { path: data.join(ALIVE_FILE), file: None }
    }

    /// Writes that the server is alive at `now`. It does not sync: the end of the process does not take back what was
    /// written, and after a loss of power the next start takes the time of the journal's mark if that is later. A disk that
    /// takes nothing makes the next outage seem a little longer and does no other harm.
    pub(crate) fn beat(&mut self, now: UnixTime) {
        if let Err(error) = self.write(&sealed(now.as_nanos().to_le_bytes().to_vec())) {
            tracing::debug!(%error, "the sign of life is not written");
            self.file = None;
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        use std::io::{Seek, Write};
        let mut file = match self.file.take() {
            Some(file) => file,
            None => private().open(&self.path)?,
        };
        file.rewind()?;
        file.write_all(bytes)?;
        self.file = Some(file);
        Ok(())
    }
}

/// How to open a file that only its owner can read, for writing over it.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The bytes of a file, at most as many as a list can have; none if there is no file.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    match File::open(path) {
        Ok(file) => {
            let mut bytes = Vec::new();
            let most = 16 * OUTAGES_KEPT_MAX as u64 + SUM_BYTES as u64 + 1;
            io::Read::read_to_end(&mut io::Read::take(file, most), &mut bytes)?;
            Ok(bytes)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

fn decode_alive(bytes: &[u8]) -> Option<UnixTime> {
    time(unsealed(bytes)?)
}

fn time(bytes: &[u8]) -> Option<UnixTime> {
    Some(UnixTime::from_nanos(u64::from_le_bytes(bytes.try_into().ok()?)))
}

/// The bytes of a checksum: the first of a SHA-256.
const SUM_BYTES: usize = 8;

fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = Sha256::digest(&bytes);
    bytes.extend(&sum[..SUM_BYTES]);
    bytes
}

/// The bytes before the checksum; `None` if it does not fit.
fn unsealed(bytes: &[u8]) -> Option<&[u8]> {
    let (body, sum) = bytes.split_last_chunk::<SUM_BYTES>()?;
    (Sha256::digest(body)[..SUM_BYTES] == *sum).then_some(body)
}

#[cfg(test)]
mod tests;
