//! The client's copy of the seats: takes in frames and notices when one is missing.
//!
//! ```text
//! empty ──snapshot──▶ live ──next delta──▶ live
//!   ▲                  │
//!   └─a gap, or damage─┘   the client must ask for a snapshot
//! ```

use crate::frame::{Frame, SeatState};

/// The seats as the server told them last.
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

/// What a replica did with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// The replica now shows what the frame says.
    Applied,
    /// The frame was old, so the replica did not change.
    Ignored,
    /// The replica could not use the frame and is empty now. The client must ask for a snapshot.
    Resync,
}

impl Replica {
    /// A replica that knows nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in a frame (rule F4). A snapshot is always applied. A delta is applied if it is the
    /// next one, and ignored if it came late or twice. Anything else empties the replica.
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

    /// The states of all seats, in the order of their numbers. `None` until a snapshot came.
    pub fn seats(&self) -> Option<&[SeatState]> {
        self.told.as_ref().map(|told| told.seats.as_slice())
    }

    /// The number of the last applied frame, and its race time in milliseconds. `None` until a
    /// snapshot came.
    pub fn told_at(&self) -> Option<(u32, u32)> {
        self.told.as_ref().map(|told| (told.seq, told.at_ms))
    }
}
