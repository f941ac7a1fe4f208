//! The calendar: one mark for each room, in order. The keeper finds the room first that it must look at first.

use std::collections::{BTreeSet, HashMap};

use super::code::RoomCode;
use crate::clock::UnixTime;

/// One mark for each room.
#[derive(Debug)]
pub(super) struct Calendar<M> {
    marks: HashMap<RoomCode, M>,
    order: BTreeSet<(M, RoomCode)>,
}

impl<M> Default for Calendar<M> {
    fn default() -> Self {
        Self { marks: HashMap::new(), order: BTreeSet::new() }
    }
}

impl<M: Copy + Ord> Calendar<M> {
    /// Sets the mark of a room, in place of an earlier one.
    pub(super) fn put(&mut self, room: RoomCode, mark: M) {
        self.remove(room);
        self.marks.insert(room, mark);
        self.order.insert((mark, room));
    }

    pub(super) fn remove(&mut self, room: RoomCode) {
        if let Some(mark) = self.marks.remove(&room) {
            self.order.remove(&(mark, room));
        }
    }

    /// The rooms whose marks are not before `mark`, in order.
    pub(super) fn from(&self, mark: M) -> impl Iterator<Item = (RoomCode, M)> {
        self.order.range((mark, RoomCode::FIRST)..).map(|&(mark, room)| (room, mark))
    }
}

impl Calendar<UnixTime> {
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
