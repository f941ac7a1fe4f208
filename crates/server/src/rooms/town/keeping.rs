//! Which rooms are in memory, and what is counted of each.

use protocol::RoomKind;

use super::Town;
use super::entry::Entry;
use crate::clock::UnixTime;
use crate::outages::Outages;
use crate::rooms::code::RoomCode;
use crate::rooms::store::{RoomStore, StoreError};

impl Town {
    /// Goes back to what the file has, since changes could not be written.
    pub(in crate::rooms) fn go_back(
        &mut self,
        now: UnixTime,
        store: &RoomStore,
        outages: &Outages,
    ) -> Result<(), StoreError> {
        let given_up: Vec<RoomCode> = self.wishes.drain(..).map(|wish| wish.code).collect();
        self.entrances.clear();
        let mut codes = std::mem::take(&mut self.touched);
        codes.append(&mut self.ended);
        for code in codes {
            let before = self.take(code);
            let Some((mut room, opened_by)) = store.room(now, code)? else { continue };
            if let Some(round) = &mut room.round {
                round.pass_outages(outages);
            }
            let mut entry = Entry::new(room, opened_by);
            if let Some(before) = before {
                // The race has begun, and its beginning is written the next time.
                let has_begun = before.settled.is_some();
                entry.take_over(before);
                entry.room.is_beginning |= has_begun;
            }
            if given_up.contains(&code) {
                // Nobody begins the race, so whoever waits for it hears that it did not begin.
                entry.room.is_beginning = false;
                entry.room.starting.clear();
                entry.waiting.clear();
            }
            self.put(now, entry);
        }
        Ok(())
    }

    /// Ends a room: its link leads nowhere, and its live connections close.
    pub(super) fn end(&mut self, code: RoomCode) {
        if self.take(code).is_some() {
            self.ended.insert(code);
            self.touched.remove(&code);
        }
    }

    /// Adds a room.
    pub(super) fn put(&mut self, now: UnixTime, entry: Entry) {
        let (code, kind) = (entry.room.code, entry.room.kind);
        if let Some((guest, key, content)) = entry.opened_by {
            self.opened.insert((guest, key), (code, content));
        }
        self.shares.add_room(kind, entry.room.members.len());
        if let Some(network) = entry.opened_from {
            self.shares.add_opened(network, code);
        }
        for (network, count) in entry.origins.counts() {
            self.shares.add_origins(kind, network, count);
        }
        self.rooms.insert(code, entry);
        self.plan(now, code);
    }

    /// Takes a room out of memory.
    pub(super) fn take(&mut self, code: RoomCode) -> Option<Entry> {
        let entry = self.rooms.remove(&code)?;
        let kind = entry.room.kind;
        self.calendar.remove(code);
        self.open.remove(&code);
        self.shares.remove_room(kind, code, entry.room.members.len());
        if let Some(network) = entry.opened_from {
            self.shares.remove_opened(network, code);
        }
        for (network, count) in entry.origins.counts() {
            self.shares.remove_origins(kind, network, count);
        }
        if let Some((guest, key, _)) = entry.opened_by {
            self.opened.remove(&(guest, key));
        }
        Some(entry)
    }

    /// Notes when a room is due next, and how far it is needed.
    pub(super) fn plan(&mut self, now: UnixTime, code: RoomCode) {
        let Some(entry) = self.rooms.get_mut(&code) else { return };
        let kind = entry.room.kind;
        self.calendar.put(code, entry.due_at(now));
        self.shares.note_idle(kind, code, entry.idle(now));
        if entry.is_finished(now) {
            self.open.remove(&code);
            // Whoever was in it may be in the next race at once.
            for (network, count) in std::mem::take(&mut entry.origins).counts() {
                self.shares.remove_origins(kind, network, count);
            }
        } else if kind == RoomKind::Open {
            self.open.insert(code);
        }
    }

    /// How many rooms of a kind there are.
    pub(crate) fn count(&self, kind: RoomKind) -> usize {
        self.shares.rooms(kind)
    }
}
