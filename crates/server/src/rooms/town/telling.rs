//! Live connections of rooms: who looks, and when they are told.

use std::sync::Arc;

use super::entry::Viewer;
use super::{Town, Watching};
use crate::clock::UnixTime;
use crate::ids::GuestId;
use crate::limits::{ROOM_VIEWERS_MAX, ROOM_VIEWERS_PER_GUEST_MAX};
use crate::problem::ApiError;
use crate::rooms::code::RoomCode;
use crate::rooms::told::Told;

impl Town {
    /// Adds a live connection of a guest, who need not be a member.
    pub(crate) fn watch(
        &mut self,
        code: RoomCode,
        guest: GuestId,
        is_watching: bool,
    ) -> Result<Watching, ApiError> {
        let viewer = self.next_viewer;
        let entry = self.touch(code)?;
        let own = entry.viewers.values().filter(|viewer| viewer.guest == guest).count();
        if own >= ROOM_VIEWERS_PER_GUEST_MAX || entry.viewers.len() >= ROOM_VIEWERS_MAX {
            return Err(ApiError::TooManyViewers);
        }
        entry.viewers.insert(viewer, Viewer { guest, is_watching });
        entry.room.came(guest, is_watching);
        let seat = Arc::clone(entry.seats.entry(guest).or_default());
        entry.to_seat.insert(guest);
        let told = entry.told.subscribe();
        self.next_viewer += 1;
        Ok(Watching { viewer, seat, told })
    }

    /// Takes a live connection out that has ended.
    pub(crate) fn unwatch(&mut self, now: UnixTime, code: RoomCode, viewer: u64) {
        let Ok(entry) = self.touch(code) else { return };
        let Some(Viewer { guest, is_watching }) = entry.viewers.remove(&viewer) else { return };
        entry.room.went(now, guest, is_watching);
        if entry.viewers.values().all(|viewer| viewer.guest != guest) {
            entry.seats.remove(&guest);
        }
        if entry.viewers.is_empty() {
            entry.left_at = now;
        }
    }

    /// Tells what is written: viewers who they are, those who wait for a race, and the live connections that are due.
    pub(in crate::rooms) fn tell(&mut self, now: UnixTime) {
        self.ended.clear();
        for code in std::mem::take(&mut self.touched) {
            let Some(entry) = self.rooms.get_mut(&code) else { continue };
            entry.seat_them();
            if let Some(settled) = entry.settled.take() {
                for waiting in entry.waiting.drain(..) {
                    // Whoever waited may have hung up.
                    let _gone = waiting.send(settled.clone());
                }
            }
            if entry.is_to_be_told() && entry.telling_at() <= now {
                let told = Arc::new(Told::of(entry.room.view(now)));
                entry.told.send_replace(Some(told));
                (entry.told_at, entry.is_urgent) = (now, false);
            }
            self.plan(now, code);
        }
    }
}
