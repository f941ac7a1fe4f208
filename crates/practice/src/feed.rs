//! The seats as viewers see them: the state of each seat, and the number of its last change.
//!
//! The feed keeps no list of past changes. To make a frame for a viewer, it looks through all seats
//! for changes that the viewer has not seen. So a slow viewer makes nothing grow.

use alloc::vec;
use alloc::vec::Vec;

use protocol::{Change, SeatState, frame};

/// A delta of more than a quarter of a snapshot's bytes is replaced by a snapshot, which costs the
/// client no more to fold (rule F3).
const DELTA_SHARE: usize = 4;

/// The seats of one sale, for any number of viewers.
#[derive(Clone, Debug)]
pub struct Feed {
    seats: Vec<SeatState>,
    /// For each seat, the number of its last change: 0 if it never changed.
    changed: Vec<u32>,
    change_count: u32,
}

/// How far one viewer has followed the feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The number of the last frame for this viewer; 0 before the first.
    seq: u32,
    /// The number of the last change that the viewer was sent.
    seen: u32,
}

impl Feed {
    /// A feed whose seats have these states, in the order of their numbers.
    pub fn new(seats: impl IntoIterator<Item = SeatState>) -> Self {
        let seats: Vec<SeatState> = seats.into_iter().collect();
        let changed = vec![0; seats.len()];
        Self { seats, changed, change_count: 0 }
    }

    /// Sets the state of a seat.
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

    /// The states of all seats, in the order of their numbers.
    pub fn seats(&self) -> &[SeatState] {
        &self.seats
    }

    /// The bytes of a snapshot that no delta follows, for a client that asks for the map by hand.
    /// `at_ms` is race time in milliseconds.
    pub fn still(&self, at_ms: u32) -> Vec<u8> {
        frame::snapshot(0, at_ms, self.seats.iter().copied())
    }

    /// The bytes of a snapshot for the viewer of `cursor`. Later deltas build on it. `at_ms` is
    /// race time in milliseconds.
    pub fn snapshot(&self, cursor: &mut Cursor, at_ms: u32) -> Vec<u8> {
        *cursor = Cursor { seq: cursor.seq + 1, seen: self.change_count };
        frame::snapshot(cursor.seq, at_ms, self.seats.iter().copied())
    }

    /// The bytes of the next frame for the viewer of `cursor`: a delta of what changed since the
    /// frame before, or a snapshot if the delta would be too long (rule F3). `at_ms` is race time
    /// in milliseconds.
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
