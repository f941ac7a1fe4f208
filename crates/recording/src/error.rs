//! The errors of reading a recording.

use journal::Damage;
use practice::HeaderError;

/// Where a recording is damaged, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {fault}")]
pub struct RecordingError {
    /// The first byte that is known to be wrong. An earlier one may be wrong too.
    pub offset: usize,
    /// What is wrong there.
    pub fault: Fault,
}

/// What can be wrong with the bytes of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// There is no byte.
    #[error("the file is empty")]
    Empty,
    /// The file does not begin as a recording does.
    #[error("this is not a recorded race: it does not begin as one does")]
    Foreign,
    /// There are fewer bytes than were written.
    #[error("the file is cut short: more was written than is here")]
    CutShort,
    /// A chunk says that it is longer than any is.
    #[error("a part says it is {found} bytes long, longer than any is")]
    Length {
        /// The length found, in bytes.
        found: usize,
    },
    /// The checksum of a chunk does not fit its bytes.
    #[error("the checksum does not fit the bytes from here to byte {until}")]
    Checksum {
        /// The byte after the chunk.
        until: usize,
    },
    /// A chunk has a letter that this program does not know.
    #[error("a part of an unknown kind ({found:#04x})")]
    Kind {
        /// The letter found.
        found: u8,
    },
    /// The first chunk is not the header.
    #[error("the header does not come first")]
    HeaderFirst,
    /// A header stands where none may be.
    #[error("a second header")]
    HeaderTwice,
    /// The header cannot be used.
    #[error(transparent)]
    Header(HeaderError),
    /// The end does not have its form, or is later than any race ends.
    #[error("the end is not of the form it should have")]
    EndForm,
    /// A batch is damaged.
    #[error(transparent)]
    Batch(Damage),
    /// A command or note is earlier than the one before, or later than the end.
    #[error("the time of a command is not between the one before and the end")]
    Time,
    /// Bytes follow the end.
    #[error("{bytes} bytes follow the end of the recording")]
    Surplus {
        /// How many.
        bytes: usize,
    },
}
