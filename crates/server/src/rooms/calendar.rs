//! The calendar: when the keeper must look at each room again.

use std::collections::{BTreeSet, HashMap};

use super::code::RoomCode;
use crate::clock::UnixTime;

/// One moment for each room.
#[derive(Debug, Default)]
pub(super) struct Calendar {
    moments: HashMap<RoomCode, UnixTime>,
    order: BTreeSet<(UnixTime, RoomCode)>,
}

impl Calendar {
    /// Sets the moment of a room, in place of an earlier one.
    pub(super) fn put(&mut self, room: RoomCode, at: UnixTime) {
        self.remove(room);
        self.moments.insert(room, at);
        self.order.insert((at, room));
    }

    pub(super) fn remove(&mut self, room: RoomCode) {
        if let Some(at) = self.moments.remove(&room) {
            self.order.remove(&(at, room));
        }
    }

    /// The moment of the room that is due first.
    pub(super) fn next_at(&self) -> Option<UnixTime> {
        self.order.first().map(|&(at, _)| at)
    }

    /// Takes out the first room whose moment is not after `now`.
    pub(super) fn pop_due(&mut self, now: UnixTime) -> Option<RoomCode> {
        let (_, room) = *self.order.first().filter(|(at, _)| *at <= now)?;
        self.remove(room);
        Some(room)
    }
}
