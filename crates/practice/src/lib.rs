//! A race and the people in it.
//!
//! ```text
//!  sale ◀── crowd ◀── practice ──▶ protocol        pure: no clock, no file, no thread, no executor
//!                        ▲
//!      server · tingting · gauntlet                shells: they read the clock and own the journal
//! ```
//!
//! A [`Practice`] is one race with its members. A member is a person who joined; to the sale a member
//! is one more visitor. Each member has a [`Run`] (the steps with their times, and the ending), the
//! answers to earlier requests, the marks of their client, and a presence of their own. [`Viewer`] says
//! what one live connection is due, [`Feed`] encodes the seats, [`report`] tells a run afterwards.
//!
//! A shell gives the time with every call, keeps accepted commands and [`Note`]s in a journal, and
//! rebuilds a practice by feeding them in again. Rule numbers (*F1*, *C32* …) refer to `docs/RULES.md`.

#![no_std]

extern crate alloc;

mod act;
mod feed;
mod header;
pub mod limits;
mod member;
mod names;
mod note;
mod people;
mod practice;
pub mod report;
mod run;
mod step;
mod view;
mod viewer;
mod walk;
mod watched;
pub mod wire;

pub use act::{Act, Objection};
pub use feed::{Cursor, Feed};
pub use header::{About, Begun, Header, HeaderError, Title, Versions};
pub use member::Member;
pub use names::{MemberId, PersonId};
pub use note::{Mark, Note, NoteError};
pub use practice::{Practice, SNAPSHOT_VERSION};
pub use run::{Ended, Ending, Run};
pub use view::Clock;
pub use viewer::{Reader, Viewer};
pub use watched::{Watched, Watcher};
