//! Rooms: people who meet by a link to be in one sale together, and open races.
//!
//! ```text
//!   handlers ──errands──▶ keeper ──rows──▶ rooms.sqlite3
//!      ▲                    │
//!      └─ told after the ───┴── wishes to begin a race ──▶ begin ──▶ gateway
//!         rows are on disk
//! ```
//!
//! [`Room`](room::Room) is pure: the caller gives the time. One thread, the keeper, owns all rooms and their file.
//! Names are kept here and never enter the journal.

mod access;
pub(crate) mod begin;
mod calendar;
mod code;
pub(crate) mod handover;
mod keeper;
mod name;
mod room;
mod row;
mod shares;
mod store;
mod timetable;
mod told;
mod town;
mod wish;

pub(crate) use code::RoomCode;
pub(crate) use keeper::Rooms;
pub(crate) use name::name_of;
pub(crate) use room::Drawn;
pub(crate) use store::RoomStore;
pub use store::StoreError;
pub(crate) use timetable::Slot;
pub use timetable::{OpenTurn, Timetable};
pub(crate) use town::{OpenRoom, Opening, Town, Watching};
