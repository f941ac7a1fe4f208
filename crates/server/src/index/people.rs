//! What the room of a race says of its people: names, and who shows the report to the others.

use super::{InRoom, Index, Sharing};
use crate::ids::{GuestId, RaceId};

impl Index {
    /// Notes what the room calls one of its people.
    pub(crate) fn set_name(&self, id: RaceId, guest: GuestId, name: String) {
        if let Some(entry) = self.lock().races.get_mut(&id) {
            entry.names.insert(guest, name);
        }
    }

    /// Notes after a start what the room called somebody who has left it, or had in an earlier race. If the log of the race
    /// knows a run of that guest, it will stand in the guest's list.
    pub(crate) fn recall(&self, id: RaceId, guest: GuestId, name: String) {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return };
        entry.names.insert(guest, name);
        inner.list(guest, id);
    }

    /// What the room of a race has said of each of these guests, in their order.
    pub(crate) fn known_of(&self, id: RaceId, guests: &[GuestId]) -> Vec<InRoom> {
        let inner = self.lock();
        let entry = inner.races.get(&id);
        let known = |guest| {
            entry.map_or_else(InRoom::default, |entry| InRoom {
                name: entry.names.get(guest).cloned(),
                shares_report: entry.sharers.contains(guest),
            })
        };
        guests.iter().map(known).collect()
    }

    /// Notes whether a member shares the report of a race with the others. The room keeps this and says so again after a start.
    pub(crate) fn share_report(&self, id: RaceId, guest: GuestId, sharing: Sharing) {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return };
        match sharing {
            Sharing::Everybody => entry.sharers.insert(guest),
            Sharing::Nobody => entry.sharers.remove(&guest),
        };
    }

    /// Whether a member shares the report of a race with the others.
    pub(crate) fn shares_report(&self, id: RaceId, guest: GuestId) -> bool {
        self.lock().races.get(&id).is_some_and(|entry| entry.sharers.contains(&guest))
    }
}
