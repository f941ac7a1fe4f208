//! The selling of one performance: a waiting queue, seats, holds and bookings as one deterministic
//! state machine.
//!
//! The caller passes a command and its moment to [`Sale::handle`]. The sale answers with an
//! [`Outcome`] or a [`Refusal`], and reports what happened through [`Sale::poll_event`]. It reads
//! no clock, takes no randomness from outside and knows no file or socket, so the same commands at
//! the same moments give the same sale on every machine. This is why it is enough to log the
//! commands, why a sale can be replayed after a crash, and why tests can show that no seat is sold
//! twice.
//!
//! Rule numbers (*S1*, *H3* …) refer to `docs/RULES.md`.

#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod admission;
mod audit;
mod booking;
mod captcha;
mod chance;
mod command;
mod digest;
mod due;
mod event;
mod hold;
mod inside;
mod layout;
pub mod limits;
mod lottery;
mod machine;
mod moment;
mod names;
mod queue;
pub mod random;
mod refusal;
mod rules;
mod sale;
mod seating;
pub mod snapshot;
mod visitors;

pub use booking::Booking;
pub use captcha::{Challenge, Letters};
pub use chance::{CaptchaSecret, Chance};
pub use command::{Command, Departure, Outcome};
pub use digest::{Digest, Hash};
pub use event::{Event, Return, Stamped};
pub use hold::{Hold, Payment};
pub use layout::{Layout, LayoutError};
pub use lottery::Commitment;
pub use machine::{Answered, Machine, NoteRefused};
pub use moment::{Moment, Span};
pub use names::{BookingId, Discount, PaymentId, Place, Seat, Seats, Section, Tag, Visitor, Won};
pub use refusal::Refusal;
pub use rules::{
    AdmissionRules, AfterHold, CancelledSeats, CaptchaRules, CaptchaStep, HoldAt, Order, Refresh,
    Rules, RulesError,
};
pub use sale::{PaymentFate, Sale, SaleError, Stage, Standing};
pub use seating::SeatState;
pub use snapshot::SnapshotError;

/// The version of everything in this crate that a replay depends on. A race that was recorded under
/// another version is not replayed under this one (rule R2).
pub const RULES_VERSION: u16 = 1;
