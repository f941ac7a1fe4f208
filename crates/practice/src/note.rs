//! Notes: what a journal keeps of a practice beside the commands.
//!
//! A note has a kind and bytes. A kind's number and form never change; another form is another kind.

use alloc::string::String;
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::names::{MemberId, PersonId};

/// The kind of [`Note::Joined`].
const JOINED: u8 = 1;
/// The kind of [`Note::Marked`].
const MARKED: u8 = 2;

/// Something that happened beside the sale.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A person became the next member.
    Joined {
        /// Who.
        person: PersonId,
    },
    /// A member's client said what it saw or did.
    Marked {
        /// Whose client.
        member: MemberId,
        /// What it said.
        marks: Vec<Mark>,
    },
}

/// Something a client says it saw or did. It decides nothing.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Mark {
    /// What, such as `press`.
    pub name: String,
    /// When, in Unix milliseconds by the client's estimate of the server's clock.
    pub at_ms: f64,
    /// By how many milliseconds the estimate may be wrong.
    pub error_ms: Option<f64>,
}

/// Why the bytes of a note cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A kind that a newer program wrote.
    #[error("a note has kind {kind}, which this program does not know")]
    Kind {
        /// The kind found.
        kind: u8,
    },
    /// Bytes that are not a note of their kind.
    #[error("the bytes are not a note of kind {kind}")]
    Form {
        /// The kind found.
        kind: u8,
    },
    /// Marks of a member who never joined.
    #[error("a note names member {}, who never joined", member.0)]
    Member {
        /// The member named.
        member: MemberId,
    },
}

impl Note {
    /// The number of its kind.
    pub fn kind(&self) -> u8 {
        match self {
            Self::Joined { .. } => JOINED,
            Self::Marked { .. } => MARKED,
        }
    }

    /// Its bytes without the kind, at most [`NOTE_BYTES_MAX`](crate::limits::NOTE_BYTES_MAX).
    pub fn encode(&self) -> Vec<u8> {
        let bytes = match self {
            Self::Joined { person } => borsh::to_vec(person),
            Self::Marked { member, marks } => borsh::to_vec(&(member, marks)),
        };
        bytes.expect("memory takes every write")
    }

    /// The note of a kind and bytes.
    ///
    /// # Errors
    ///
    /// [`NoteError`] if the kind is not known or the bytes are not one note of it.
    pub fn decode(kind: u8, bytes: &[u8]) -> Result<Self, NoteError> {
        let note = match kind {
            JOINED => borsh::from_slice(bytes).map(|person| Self::Joined { person }),
            MARKED => {
                borsh::from_slice(bytes).map(|(member, marks)| Self::Marked { member, marks })
            }
            _ => return Err(NoteError::Kind { kind }),
        };
        note.map_err(|_| NoteError::Form { kind })
    }
}
