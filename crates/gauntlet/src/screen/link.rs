//! The way of frames to one viewer, and what may happen to them on it.

use std::collections::VecDeque;
use std::rc::Rc;

use protocol::{Frame, SeatState};

use crate::counts::Counts;
use crate::dice::Dice;

/// A frame, and the seats as they were published when it was sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) bytes: Vec<u8>,
    pub(super) truth: Rc<[SeatState]>,
}

/// What comes out at the far end.
#[derive(Debug)]
pub(super) enum Arrival {
    Nothing,
    /// As it was sent.
    Whole(Sent),
    /// Damaged so that it is no frame any more.
    Refused(Vec<u8>),
    /// Damaged, and a frame nevertheless: frames carry no checksum of their own.
    Unrecognisable,
}

/// Frames on the way.
#[derive(Debug, Default)]
pub(super) struct Link {
    frames: VecDeque<Sent>,
}

impl Link {
    pub(super) fn len(&self) -> usize {
        self.frames.len()
    }

    pub(super) fn send(&mut self, sent: Sent) {
        self.frames.push_back(sent);
    }

    /// The next one, and nothing happens to it.
    pub(super) fn receive(&mut self) -> Option<Sent> {
        self.frames.pop_front()
    }

    /// Carries a frame to the far end, if there is one and nothing happens to it.
    pub(super) fn carry(&mut self, dice: &mut Dice, counts: &mut Counts) -> Arrival {
        if self.frames.is_empty() {
            return Arrival::Nothing;
        }
        let fate = dice.below(100);
        let at = if (5..12).contains(&fate) { dice.index(self.frames.len()) } else { 0 };
        let mut sent = self.frames.remove(at).expect("an index");
        counts.late_frames += u64::from(at > 0);
        match fate {
            0..5 => {
                counts.lost_frames += 1;
                Arrival::Nothing
            }
            12..17 => {
                counts.doubled_frames += 1;
                self.frames.push_back(sent.clone());
                Arrival::Whole(sent)
            }
            17..20 => {
                counts.damaged_frames += 1;
                sent.bytes.truncate(dice.index(sent.bytes.len()));
                Arrival::Refused(sent.bytes)
            }
            20..23 => {
                counts.damaged_frames += 1;
                let byte = dice.index(sent.bytes.len());
                sent.bytes[byte] ^= 1 << dice.below(8);
                // The kind, the version and what must be zero.
                let is_seen = byte < 4 || Frame::decode(&sent.bytes).is_err();
                if is_seen { Arrival::Refused(sent.bytes) } else { Arrival::Unrecognisable }
            }
            _ => Arrival::Whole(sent),
        }
    }
}
