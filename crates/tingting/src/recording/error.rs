//! The errors of reading a recording.

use journal::Damage;
use practice::HeaderError;

/// Where a recording is damaged, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {fault}")]
pub(crate) struct RecordingError {
    /// The first byte that is known to be wrong. An earlier one may be wrong too.
    pub(crate) offset: usize,
    /// What is wrong there.
    pub(crate) fault: Fault,
}

/// What can be wrong with the bytes of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    #[error("the file is empty")]
    Empty,
    #[error("this is not a recorded race: it does not begin as one does")]
    Foreign,
    #[error("the file is cut short: more was written than is here")]
    CutShort,
    #[error("a part says it is {found} bytes long, longer than any is")]
    Length { found: usize },
    #[error("the checksum does not fit the bytes from here to byte {until}")]
    Checksum { until: usize },
    #[error("a part of an unknown kind ({found:#04x})")]
    Kind { found: u8 },
    #[error("the header does not come first")]
    HeaderFirst,
    #[error("a second header")]
    HeaderTwice,
    #[error(transparent)]
    Header(HeaderError),
    #[error("the end is not of the form it should have")]
    EndForm,
    #[error(transparent)]
    Batch(Damage),
    #[error("the time of a command is not between the one before and the end")]
    Time,
    #[error("{bytes} bytes follow the end of the recording")]
    Surplus { bytes: usize },
}
