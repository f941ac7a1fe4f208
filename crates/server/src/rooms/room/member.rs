//! Somebody in a room.

use protocol::RunStand;

use crate::ids::GuestId;

/// Somebody in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) guest: GuestId,
    pub(crate) name: String,
    pub(crate) is_ready: bool,
    /// Live connections. After a restart nobody has one.
    pub(crate) connections: u16,
    /// Those of them that look at the watching screen.
    pub(crate) watching: u16,
    pub(crate) run: RunStand,
}

impl Member {
    pub(crate) fn new(guest: GuestId, name: String) -> Self {
        Self { guest, name, is_ready: false, connections: 0, watching: 0, run: RunStand::Away }
    }
}
