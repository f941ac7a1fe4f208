//! What rooms want of the rest of the server: races, and that guests may enter them.

use protocol::RoomSettings;

use super::code::RoomCode;
use crate::client::Client;
use crate::clock::UnixTime;
use crate::ids::{GuestId, RaceId};

/// A race to be made for a room.
#[derive(Debug)]
pub(crate) struct Wish {
    pub(crate) code: RoomCode,
    pub(crate) settings: RoomSettings,
    /// When race time is to begin. It may have passed.
    pub(crate) starts_at: UnixTime,
    /// For whom the race counts; `None` for an open race.
    pub(crate) host: Option<GuestId>,
    /// Who asked for the race. `None` if the clock did.
    pub(crate) client: Option<Client>,
}

/// What the index of races is to be told of a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entrance {
    pub(crate) race: RaceId,
    pub(crate) guest: GuestId,
    pub(crate) right: Right,
}

/// What changes for a guest in a race.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    /// The guest may enter it, under this name.
    Enter { name: String },
    /// The guest was called so before leaving the room.
    Called { name: String },
    /// The guest may enter it no longer, unless the guest is in it already.
    StayOut,
    /// The others may read the guest's report.
    Share,
    /// The others may read it no longer.
    Hide,
}
