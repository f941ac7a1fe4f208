//! What the server may use while it is attacked.

use super::Attack;
use crate::usage::Usage;

/// The bounds for one attack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    memory_mib: f64,
    threads: usize,
    files: usize,
    disk_mib: f64,
}

/// Chosen: what a machine of a gigabyte has left for the server.
const MEMORY_MIB_MAX: f64 = 512.0;
/// Chosen: the threads that own races, answer requests and do heavy work on a machine of two cores, and some for the journal.
const THREADS_MAX: usize = 24;
/// Everything beside connections, and what fifty people need.
const FILES_MAX: usize = server::limits::FILES_KEPT + 200;
/// Chosen: the snapshots and logs that one address may have on disk, and the write-ahead log.
const DISK_MIB_MAX: f64 = 256.0;

impl Attack {
    /// What the server may use during the attack. Connections are the only thing of which an attack may have many.
    pub(crate) const fn limits(self) -> Limits {
        let connections = match self {
            Self::HalfOpen => server::limits::CONNECTIONS_PER_ADDRESS_MAX,
            Self::Methods
            | Self::Abandoned
            | Self::Pings
            | Self::Filling
            | Self::ReportsDropped
            | Self::ReportsHeld
            | Self::Captchas
            | Self::Creations => 0,
        };
        Limits {
            memory_mib: MEMORY_MIB_MAX,
            threads: THREADS_MAX,
            files: FILES_MAX + connections,
            disk_mib: DISK_MIB_MAX,
        }
    }
}

impl Limits {
    pub(crate) fn memory(&self, before: &Usage, most: &Usage, after: &Usage) -> String {
        let [before, most, after] = [before, most, after].map(|usage| usage.memory_mib);
        mib(before, most, after, self.memory_mib)
    }

    pub(crate) fn disk(&self, before: &Usage, most: &Usage, after: &Usage) -> String {
        let [before, most, after] = [before, most, after].map(|usage| usage.disk_mib);
        mib(before, most, after, self.disk_mib)
    }

    pub(crate) fn threads(&self, before: &Usage, most: &Usage, after: &Usage) -> String {
        let [before, most, after] = [before, most, after].map(|usage| usage.threads);
        number(before, most, after, self.threads)
    }

    pub(crate) fn files(&self, before: &Usage, most: &Usage, after: &Usage) -> String {
        let [before, most, after] = [before, most, after].map(|usage| usage.files);
        number(before, most, after, self.files)
    }
}

fn mib(before: f64, most: f64, after: f64, limit: f64) -> String {
    let verdict = verdict(most.max(after) <= limit);
    format!("{before:.1} / {most:.1} / {after:.1}; at most {limit:.0}: {verdict}")
}

fn number(before: usize, most: usize, after: usize, limit: usize) -> String {
    let verdict = verdict(most.max(after) <= limit);
    format!("{before} / {most} / {after}; at most {limit}: {verdict}")
}

const fn verdict(is_within: bool) -> &'static str {
    if is_within { "met" } else { "missed" }
}
