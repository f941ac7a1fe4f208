//! How much a race in memory is needed there.

/// How much somebody would miss a race that left the memory, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// Nobody is in it and nobody watches it.
    Nobody,
    /// Somebody is in it, and nobody watches it.
    Away,
    /// Somebody watches it.
    Watched,
}
