//! The seats as they are shown: the state of each, and at which change it changed last.
//!
//! No list of past changes is kept. A frame for a viewer is made by looking at every seat for changes the
//! viewer has not seen, so a viewer may be as late as it likes and nothing grows because of it.

use alloc::vec;
use alloc::vec::Vec;

use protocol::{Change, SeatState, frame};

/// A delta larger than this share of a snapshot is sent as one: it would cost as much to fold.
const DELTA_SHARE: usize = 4;

/// The seats of one sale, for any number of viewers.
#[derive(Clone, Debug)]
pub struct Feed {
    seats: Vec<SeatState>,
    /// The change at which each seat was changed last.
    changed: Vec<u32>,
    change_count: u32,
}

/// How far one viewer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The number of the frame sent last; 0 before the first.
    seq: u32,
    /// Changes that are in it.
    seen: u32,
}

impl Feed {
    /// A feed of seats in these states.
    pub fn new(seats: impl IntoIterator<Item = SeatState>) -> Self {
        let seats: Vec<SeatState> = seats.into_iter().collect();
        let changed = vec![0; seats.len()];
        Self { seats, changed, change_count: 0 }
    }

    /// Tells what a seat is.
    ///
    /// # Panics
    ///
    /// If there is no such seat.
    pub fn set(&mut self, seat: u32, state: SeatState) {
        let at = seat as usize;
        if self.seats[at] != state {
            self.change_count += 1;
            self.seats[at] = state;
            self.changed[at] = self.change_count;
        }
    }

    /// All seats in order.
    pub fn seats(&self) -> &[SeatState] {
        &self.seats
    }

    /// A snapshot that stands by itself, for whoever asks by hand.
    pub fn still(&self, at_ms: u32) -> Vec<u8> {
        frame::snapshot(0, at_ms, self.seats.iter().copied())
    }

    /// A snapshot for a viewer; deltas go on from it.
    pub fn snapshot(&self, cursor: &mut Cursor, at_ms: u32) -> Vec<u8> {
        *cursor = Cursor { seq: cursor.seq + 1, seen: self.change_count };
        frame::snapshot(cursor.seq, at_ms, self.seats.iter().copied())
    }

    /// What changed since the frame before, as a delta or, where that would be long, a snapshot
    /// (rule F3).
    pub fn next(&self, cursor: &mut Cursor, at_ms: u32) -> Vec<u8> {
        let seats = (0u32..).zip(self.changed.iter().zip(&self.seats));
        let changes: Vec<Change> = seats
            .filter(|(_, (changed, _))| **changed > cursor.seen)
            .map(|(seat, (_, state))| Change { seat, state: *state })
            .collect();
        let delta = frame::delta(cursor.seq + 1, at_ms, &changes);
        if delta.len() * DELTA_SHARE > frame::snapshot_len(self.seats.len()) && !changes.is_empty()
        {
            return self.snapshot(cursor, at_ms);
        }
        *cursor = Cursor { seq: cursor.seq + 1, seen: self.change_count };
        delta
    }
}
