//! What the server uses.

use std::fs;
use std::path::Path;

use crate::Anything;
use crate::program::Program;

/// What a server uses at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    pub(crate) memory_mib: f64,
    pub(crate) threads: usize,
    pub(crate) files: usize,
    pub(crate) disk_mib: f64,
}

impl Usage {
    /// What the server uses at this moment. Its files are in `data`.
    pub(crate) fn of(server: &Program, data: &Path) -> Result<Self, Anything> {
        let folder = server.process();
        let status = fs::read_to_string(folder.join("status"))?;
        let number = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
            let word = line.and_then(|line| line.split_whitespace().next());
            word.and_then(|word| word.parse::<u32>().ok()).ok_or("the system tells no such number")
        };
        let files = fs::read_dir(folder.join("fd"))?.count();
        let sizes = fs::read_dir(data)?.map(|file| Ok(file?.metadata()?.len()));
        let bytes: u64 = sizes.sum::<std::io::Result<u64>>()?;
        let kib = u32::try_from(bytes / 1024)?;
        Ok(Self {
            memory_mib: f64::from(number("VmRSS")?) / 1024.0,
            threads: number("Threads")? as usize,
            files,
            disk_mib: f64::from(kib) / 1024.0,
        })
    }

    /// The greater of each number.
    pub(crate) fn most(self, other: Self) -> Self {
        Self {
            memory_mib: self.memory_mib.max(other.memory_mib),
            threads: self.threads.max(other.threads),
            files: self.files.max(other.files),
            disk_mib: self.disk_mib.max(other.disk_mib),
        }
    }
}
