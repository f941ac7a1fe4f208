//! What a run took: wall time, time on a core, memory. The only place of the benches that asks the
//! system for them.

use std::fs;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// What a piece of work took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Took {
    /// On the clock on the wall.
    pub wall: Duration,
    /// On a core, for this thread alone: what others on the machine do hardly shows.
    pub core: Duration,
}

/// Does some work and says what it took.
pub fn time<T>(work: impl FnOnce() -> T) -> (T, Took) {
    let (wall, core) = (now(), core_time());
    let value = work();
    (value, Took { wall: wall.elapsed(), core: core_time().saturating_sub(core) })
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn now() -> Instant {
    Instant::now()
}

/// Time that this thread has been on a core.
///
/// # Panics
///
/// Never: a thread's time begins at zero.
pub fn core_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("a thread's time begins at zero")
}

/// Time that all threads of this process have been on cores.
///
/// # Panics
///
/// Never: a process's time begins at zero.
pub fn process_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).expect("a process's time begins at zero")
}

/// Memory of this process in KiB, as the line of this name in its status says.
pub fn memory_kib(line: &str) -> u64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = text.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(':'));
    let value = value.and_then(|rest| rest.split_whitespace().next());
    value.and_then(|word| word.parse().ok()).unwrap_or(0)
}

/// Lets the peak of memory begin anew at what is in use.
pub fn forget_peak() {
    // Where that is not allowed the peak of the preparation counts too: the figure is too high then.
    fs::write("/proc/self/clear_refs", "5").unwrap_or_default();
}
