//! Openings: the sales of performances, which open by themselves at their time.
//!
//! ```text
//!   catalogue ──to begin──▶ keeper ──begin──▶ gateway ──▶ shard: the race
//!      ▲  ▲                   │ look, every 25 s              │
//!      │  └──── seats left ───┘                               │ news
//!      └────── bookings, cancels, end ◀── projection ◀────────┘
//! ```
//!
//! An opening has one sale, in which everybody stands. The race exists from [`OPENING_LOBBY`] before the opening on. What the
//! catalogue shows of it is told from the journal, so it can be told again.

mod begin;
mod board;
mod cancel;
mod examine;
mod keeper;
mod outcomes;
mod places;
mod projection;
mod rebuild;
mod rehearse;
mod stuck;
mod told;
mod turns;

pub(crate) use begin::enter;
pub(crate) use board::Openings;
pub(crate) use cancel::{Cancel, Reason, Terms, cancel, closes_at};
pub use examine::{ShowsFault, examine_folder};
pub(crate) use keeper::keep;
pub(crate) use projection::{forget, settle};
pub(crate) use rebuild::rebuild_all;
pub use rebuild::rebuild_folder;
pub(crate) use rehearse::rehearsal;
pub(crate) use told::{seats_left, stage};

#[cfg(doc)]
use crate::limits::OPENING_LOBBY;
