//! One person in all rooms: where a person is, and how a person leaves everything.

use protocol::MyRoom;

use super::super::code::RoomCode;
use super::Town;
use crate::clock::UnixTime;
use crate::ids::GuestId;

impl Town {
    /// The first of some guests who is in a room.
    pub(crate) fn member_among(&self, code: RoomCode, guests: &[GuestId]) -> Option<GuestId> {
        let room = &self.rooms.get(&code)?.room;
        guests.iter().copied().find(|guest| room.name_of(*guest).is_some())
    }

    /// The rooms that some guests are in, the one that changed last first.
    pub(crate) fn all_of(&self, guests: &[GuestId]) -> Vec<MyRoom> {
        let own = |entry: &super::Entry| guests.iter().find_map(|guest| entry.room.card_of(*guest));
        let mut rooms: Vec<MyRoom> = self.rooms.values().filter_map(own).collect();
        rooms.sort_by(|a, b| b.changed_ms.total_cmp(&a.changed_ms));
        rooms
    }

    /// Whether a guest is in a room.
    pub(crate) fn is_in_any(&self, guest: GuestId) -> bool {
        self.rooms.values().any(|entry| entry.room.name_of(guest).is_some())
    }

    /// Takes guests out of all rooms, as if they left, and forgets their names: no result tells them any more.
    pub(crate) fn leave_all(&mut self, now: UnixTime, guests: &[GuestId]) {
        let mut members = Vec::new();
        for (code, entry) in &self.rooms {
            for guest in guests.iter().filter(|guest| entry.room.name_of(**guest).is_some()) {
                members.extend(entry.room.number_of(*guest).map(|number| (*code, *guest, number)));
            }
        }
        for (code, guest, number) in members {
            // Nobody is refused to leave.
            let _left = self.remove(now, code, guest, number);
        }
        let codes: Vec<RoomCode> = self.rooms.keys().copied().collect();
        for code in codes {
            let Some(entry) = self.rooms.get_mut(&code) else { continue };
            if entry.room.forget(now, guests) {
                self.touched.insert(code);
            }
        }
    }
}
