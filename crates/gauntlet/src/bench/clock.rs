//! Measures what a run took: real time, time on a core, and memory. The benches ask the system for
//! these only here.

use std::fs;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// What a piece of work took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Took {
    /// The real time.
    pub wall: Duration,
    /// The time of this thread on a core. Other work on the machine hardly changes it.
    pub core: Duration,
}

/// Does some work, and returns its result and what it took.
pub fn time<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (wall, core) = (now(), core_time());
    let value = work();
    (value, Took { wall: wall.elapsed(), core: core_time().saturating_sub(core) })
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

/// How long this thread has been on a core.
///
/// # Panics
///
/// Never: a thread's time begins at zero.
pub fn core_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a thread's time begins at zero")
}

/// How long all threads of this process have been on cores, added up.
///
/// # Panics
///
/// Never: a process's time begins at zero.
pub fn process_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("a process's time begins at zero")
}

/// The memory of this process in KiB, from the line of this name in `/proc/self/status`.
pub fn memory_kib(line: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = text.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(':'));
    let value = value.and_then(|rest| rest.split_whitespace().next());
    value.and_then(|word| word.parse().ok()).unwrap_or(0)
}

/// Sets the peak of memory back to what is in use now.
pub fn forget_peak() {
    // If the system does not allow it, the peak of the preparation counts too and the figure is too
    // high.
    fs::write("/proc/self/clear_refs", "5").unwrap_or_default();
}
