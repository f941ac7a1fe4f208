//! A race and the people in it.
//!
//! ```text
//!  sale ◀── crowd ◀── practice ──▶ protocol        pure: no clock, no file, no thread, no executor
//!                        ▲
//!      server · tingting · gauntlet                shells: they read the clock and own the journal
//! ```
//!
//! - A [`Practice`] is one race with its members.
//! - A [`Member`] is a person who joined the race. To the sale, a member is one more visitor.
//! - A [`Run`] is one member's way through the race: the steps with their times, and the ending.
//! - An [`Act`] is something that a member does; an [`Objection`] says why it does not reach the
//!   sale.
//! - A [`Note`] is something that a journal keeps of a practice besides the sale's commands: that a
//!   person joined, the [`Mark`]s that a member's client sent, that a request was turned down, or how old the seats were that a
//!   member chose from. A [`Shift`] of race time is such a note too.
//! - [`Fair`] is what makes a race of several people fair: a seed and a secret that nobody knows before
//!   the race is over, and a [`Commitment`] to both.
//! - A [`Viewer`] is one live connection of a member, such as a browser tab. It says which message
//!   is due next. [`Feed`] encodes the seats for all viewers.
//! - A [`Watcher`] follows the events of a practice, live or in a replay. [`Watched`] is a practice
//!   with a watcher.
//! - An [`Exercise`] is a race that begins at one step; a [`prelude`] does the steps before it.
//! - A [`what_if`] runs a race again with another time for one step or two of a member's run.
//! - A [`report`] tells a member after the run what cost the seat, and each step beside the rivals of
//!   the same race.
//!
//! A *shell* is a program around this crate. It gives the time with every call, keeps accepted
//! commands and notes in a journal, and feeds them in again to rebuild a practice. Rule numbers
//! (*F1*, *C32* …) refer to `docs/RULES.md`.

#![no_std]

extern crate alloc;

mod act;
mod ahead;
mod conflict;
mod exercise;
mod fair;
mod feed;
mod free_clock;
mod header;
pub mod limits;
mod member;
mod names;
mod note;
mod people;
mod practice;
pub mod report;
mod run;
mod shared_limit;
mod shift;
mod step;
mod view;
mod viewer;
mod walk;
mod watch;
mod watched;
pub mod what_if;
pub mod wire;

pub use act::{Act, Objection};
pub use ahead::{Awaited, GivenUp};
pub use conflict::Conflict;
pub use exercise::{Exercise, Ground, Scene, Unready, prelude};
pub use fair::{Commitment, Fair, NoCommitment};
pub use feed::{Cursor, Feed};
pub use header::{About, Begun, Header, HeaderError, Origin, Title, Versions};
pub use member::{Became, Member};
pub use names::{MemberId, PerformanceId, PersonId};
pub use note::{Mark, Note, NoteError};
pub use practice::{Practice, SNAPSHOT_VERSION};
pub use report::{result_row, results};
pub use run::{Ended, Ending, Run};
pub use shift::{Shift, ShiftCause, last_outage_end, start_after};
pub use view::RaceClock;
pub use viewer::{Reader, Viewer};
pub use watch::watch;
pub use watched::{Watched, Watcher};
