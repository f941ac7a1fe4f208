//! How far a race in memory has come, and the questions that wait until it has come to them.

use super::ask::Letter;
use crate::clock::UnixTime;

/// Whether a race has reached the present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    UpToDate,
    /// It has more time to make up, in its next slice.
    Behind,
}

/// A question that came and is not decided yet.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) at: UnixTime,
    pub(crate) letter: Letter,
}
