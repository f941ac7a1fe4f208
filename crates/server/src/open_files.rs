//! How many files the system lets this process open. Each connection is one.

/// Raises the limit of open files as far as the system allows, and returns it. `None` if the system has none, or
/// does not tell.
#[cfg(unix)]
pub(crate) fn raise_limit() -> Option<usize> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    // Where the system refuses, the lower limit stays.
    let raised = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok();
    let limit = if raised { maximum } else { current };
    usize::try_from(limit?).ok()
}

/// Raises the limit of open files as far as the system allows, and returns it.
#[cfg(not(unix))]
pub(crate) fn raise_limit() -> Option<usize> {
    None
}
