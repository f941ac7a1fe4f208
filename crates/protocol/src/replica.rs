//! The client's half of the seats: folds frames, notices what is missing.
//!
//! ```text
//! empty ──snapshot──▶ live ──next delta──▶ live
//!   ▲                  │
//!   └──gap, broken─────┘   a snapshot is to be asked for
//! ```

use crate::frame::{Frame, SeatState};

/// The seats as the server last told them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replica {
    told: Option<Told>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    seats: Vec<SeatState>,
    seq: u32,
    at_ms: u32,
}

/// What became of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// The replica is as the frame says.
    Applied,
    /// It tells nothing that was not known.
    Ignored,
    /// It cannot be used: nothing is known until a snapshot comes, which is to be asked for.
    Resync,
}

impl Replica {
    /// A replica that knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Folds a frame. A snapshot always counts; a delta counts if it is the next one; one that came
    /// late or twice is passed over; anything else empties the replica (rule F4).
    pub fn handle(&mut self, bytes: &[u8]) -> Folded {
        let folded = self.fold(bytes);
        if folded == Folded::Resync {
            self.told = None;
        }
        folded
    }

    fn fold(&mut self, bytes: &[u8]) -> Folded {
        let Ok(frame) = Frame::decode(bytes) else { return Folded::Resync };
        match frame {
            Frame::Snapshot { seq, at_ms, seats } => {
                self.told = Some(Told { seats, seq, at_ms });
                Folded::Applied
            }
            Frame::Delta { seq, at_ms, changes } => {
                let Some(told) = &mut self.told else { return Folded::Resync };
                if seq <= told.seq {
                    return Folded::Ignored;
                }
                let is_next = told.seq.checked_add(1) == Some(seq);
                let fits = changes.last().is_none_or(|c| (c.seat as usize) < told.seats.len());
                if !is_next || !fits {
                    return Folded::Resync;
                }
                for change in changes {
                    told.seats[change.seat as usize] = change.state;
                }
                (told.seq, told.at_ms) = (seq, at_ms);
                Folded::Applied
            }
        }
    }

    /// All seats in order; `None` until a snapshot came.
    pub fn seats(&self) -> Option<&[SeatState]> {
        self.told.as_ref().map(|told| told.seats.as_slice())
    }

    /// The number of the frame folded last, and its race time in milliseconds.
    pub fn told_at(&self) -> Option<(u32, u32)> {
        self.told.as_ref().map(|told| (told.seq, told.at_ms))
    }
}
