//! Notes: what a journal keeps of a practice besides the commands.
//!
//! In the journal a note is a kind and bytes. The number and the form of a kind never change: a
//! note of another form gets a kind of its own.

use alloc::string::String;
use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use sale::{BookingId, Moment, PaymentId, Seat, Span, Won};

use crate::names::{MemberId, PersonId};
use crate::shift::ShiftCause;

/// The kind of [`Note::Joined`].
const JOINED: u8 = 1;
/// The kind of [`Note::Marked`].
const MARKED: u8 = 2;
/// The kind of [`Note::Shown`].
const SHOWN: u8 = 3;
/// The kind of [`Note::TurnedDown`].
const TURNED_DOWN: u8 = 4;
/// The kind of [`Note::Told`].
const TOLD: u8 = 5;
/// The kind of [`Note::Shifted`].
const SHIFTED: u8 = 6;
/// The kind of [`Note::GoalReached`].
const GOAL_REACHED: u8 = 7;
/// The kind of [`Note::Booked`] without a payment.
const BOOKED: u8 = 8;
/// The kind of [`Note::Cancelled`].
const CANCELLED: u8 = 9;
/// The kind of [`Note::Booked`] with a payment.
const BOOKED_BY_PAYMENT: u8 = 10;

/// Something that happened in a practice and that the sale does not know of.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// A person became the next member.
    Joined {
        /// The person who joined.
        person: PersonId,
    },
    /// A member's client sent marks.
    Marked {
        /// The member whose client sent them.
        member: MemberId,
        /// The marks, at most [`MARKS_MAX`](crate::limits::MARKS_MAX).
        marks: Vec<Mark>,
    },
    /// Which seats a member had before them when choosing. The shell notes it before a command that asks
    /// for seats, so that a conflict can say how old they were.
    Shown {
        /// The member who was shown them.
        member: MemberId,
        /// The moment of race time at which the seats were as shown.
        at: Moment,
    },
    /// A request of a member was turned down and changed nothing. Its key, which is in the note's
    /// tag, belongs to it all the same (rule J14).
    TurnedDown {
        /// The member who sent the request.
        member: MemberId,
    },
    /// The shell is about to tell a member what time alone has brought by the note's moment, such as an
    /// admission or the end of a hold. A replay then reaches that moment too, even if the clock was set
    /// back in the meantime.
    Told,
    /// Race time was moved against the clock at the note's moment. It changes nothing in the sale, whose deadlines are in
    /// race time and so move with it.
    Shifted {
        /// How long race time stood still, or how far it jumped ahead.
        by: Span,
        /// Why.
        cause: ShiftCause,
    },
    /// A member reached the goal of the exercise that the race is, which ends the member's run.
    GoalReached {
        /// The member.
        member: MemberId,
    },
    /// What came of a payment. With it the bookings of a sale can be told from its log under any version of the rules.
    Booked {
        /// Who paid.
        person: PersonId,
        /// The booking's number.
        booking: BookingId,
        /// When it was paid, in Unix milliseconds by the server's clock.
        at_unix_ms: i64,
        /// What was paid, fees included.
        total: Won,
        /// The seats.
        seats: Vec<Seat>,
        /// The payment that was confirmed; `None` if the person paid in one step.
        payment: Option<PaymentId>,
    },
    /// What came of a cancel.
    Cancelled {
        /// The booking's number.
        booking: BookingId,
        /// When it was cancelled, in Unix milliseconds by the server's clock.
        at_unix_ms: i64,
        /// What was given back.
        refunded: Won,
    },
}

/// Something that a client says it saw or did. Only reports read it; it decides nothing.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Mark {
    /// What the client saw or did, such as `press`. At most
    /// [`MARK_NAME_BYTES_MAX`](crate::limits::MARK_NAME_BYTES_MAX) bytes.
    pub name: String,
    /// When that was, in Unix milliseconds, by the client's estimate of the server's clock.
    pub at_ms: f64,
    /// By how many milliseconds that estimate may be wrong; `None` if the client does not know.
    pub error_ms: Option<f64>,
}

impl Mark {
    /// Marks as bytes that are equal only for equal marks. The digest of these bytes is the
    /// [content](sale::Tag::content) of the request that brings the marks.
    pub fn content(marks: &[Self]) -> Vec<u8> {
        borsh::to_vec(marks).expect("memory takes every write")
    }
}

/// Why the bytes of a note cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The kind is unknown: a newer program wrote the note.
    #[error("a note has kind {kind}, which this program does not know")]
    Kind {
        /// The kind found.
        kind: u8,
    },
    /// The bytes do not have the form of their kind.
    #[error("the bytes are not a note of kind {kind}")]
    Form {
        /// The kind of the note.
        kind: u8,
    },
    /// The note is about a member who never joined.
    #[error("a note names member {}, who never joined", member.0)]
    Member {
        /// The member named.
        member: MemberId,
    },
}

impl Note {
    /// The number of the note's kind.
    pub fn kind(&self) -> u8 {
        match self {
            Self::Joined { .. } => JOINED,
            Self::Marked { .. } => MARKED,
            Self::Shown { .. } => SHOWN,
            Self::TurnedDown { .. } => TURNED_DOWN,
            Self::Told => TOLD,
            Self::Shifted { .. } => SHIFTED,
            Self::GoalReached { .. } => GOAL_REACHED,
            Self::Booked { payment: None, .. } => BOOKED,
            Self::Booked { payment: Some(_), .. } => BOOKED_BY_PAYMENT,
            Self::Cancelled { .. } => CANCELLED,
        }
    }

    /// The note's bytes without its kind. At most
    /// [`NOTE_BYTES_MAX`](crate::limits::NOTE_BYTES_MAX), if its marks keep their limits.
    pub fn encode(&self) -> Vec<u8> {
        let bytes = match self {
            Self::Joined { person } => borsh::to_vec(person),
            Self::Marked { member, marks } => borsh::to_vec(&(member, marks)),
            Self::Shown { member, at } => borsh::to_vec(&(member, at)),
            Self::TurnedDown { member } | Self::GoalReached { member } => borsh::to_vec(member),
            Self::Told => borsh::to_vec(&()),
            Self::Shifted { by, cause } => borsh::to_vec(&(by, cause)),
            Self::Booked { person, booking, at_unix_ms, total, seats, payment: None } => {
                borsh::to_vec(&(person, booking, at_unix_ms, total, seats))
            }
            Self::Booked { person, booking, at_unix_ms, total, seats, payment: Some(payment) } => {
                borsh::to_vec(&(person, booking, at_unix_ms, total, seats, payment))
            }
            Self::Cancelled { booking, at_unix_ms, refunded } => {
                borsh::to_vec(&(booking, at_unix_ms, refunded))
            }
        };
        bytes.expect("memory takes every write")
    }

    /// Reads a note from its kind and its bytes.
    ///
    /// # Errors
    ///
    /// [`NoteError::Kind`] if the kind is unknown, [`NoteError::Form`] if the bytes do not have the
    /// form of that kind.
    pub fn decode(kind: u8, bytes: &[u8]) -> Result<Self, NoteError> {
        let note = match kind {
            JOINED => borsh::from_slice(bytes).map(|person| Self::Joined { person }),
            MARKED => {
                borsh::from_slice(bytes).map(|(member, marks)| Self::Marked { member, marks })
            }
            SHOWN => borsh::from_slice(bytes).map(|(member, at)| Self::Shown { member, at }),
            TURNED_DOWN => borsh::from_slice(bytes).map(|member| Self::TurnedDown { member }),
            TOLD => borsh::from_slice(bytes).map(|()| Self::Told),
            SHIFTED => borsh::from_slice(bytes).map(|(by, cause)| Self::Shifted { by, cause }),
            GOAL_REACHED => borsh::from_slice(bytes).map(|member| Self::GoalReached { member }),
            BOOKED => {
                borsh::from_slice(bytes).map(|(person, booking, at_unix_ms, total, seats)| {
                    Self::Booked { person, booking, at_unix_ms, total, seats, payment: None }
                })
            }
            BOOKED_BY_PAYMENT => borsh::from_slice(bytes).map(
                |(person, booking, at_unix_ms, total, seats, payment)| {
                    let payment = Some(payment);
                    Self::Booked { person, booking, at_unix_ms, total, seats, payment }
                },
            ),
            CANCELLED => borsh::from_slice(bytes).map(|(booking, at_unix_ms, refunded)| {
                Self::Cancelled { booking, at_unix_ms, refunded }
            }),
            _ => return Err(NoteError::Kind { kind }),
        };
        note.map_err(|_| NoteError::Form { kind })
    }
}
