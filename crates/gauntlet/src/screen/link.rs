//! The link that carries frames to one viewer, and what goes wrong on it.

use std::collections::VecDeque;
use std::rc::Rc;

use protocol::{Frame, SeatState};

use crate::counts::Counts;
use crate::dice::Dice;

/// A frame, with the seats by the events that were published when it was sent.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) bytes: Vec<u8>,
    pub(super) truth: Rc<[SeatState]>,
}

/// What arrives at the viewer.
#[derive(Debug)]
pub(super) enum Arrival {
    Nothing,
    /// A frame as it was sent.
    Whole(Sent),
    /// Damaged bytes that are not a frame any more.
    Refused(Vec<u8>),
    /// A damaged frame that still decodes, because frames have no checksum.
    Unrecognisable,
}

/// The frames on the way to one viewer.
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

    /// Takes the next frame out, without any fault.
    pub(super) fn receive(&mut self) -> Option<Sent> {
        self.frames.pop_front()
    }

    /// Takes a frame out. By the dice it is lost, late, doubled, cut or gets a wrong bit, or
    /// arrives whole.
    pub(super) fn carry(&mut self, dice: &mut Dice, counts: &mut Counts) -> Arrival {
        if self.frames.is_empty() {
            return Arrival::Nothing;
        }
        let fate = dice.below(100);
        let at = if (5..12).contains(&fate) { dice.index(self.frames.len()) } else { 0 };
        let mut sent = self.frames.remove(at).expect("the index exists");
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
                // The first four bytes are the kind, the version and zeros: damage there is always
                // noticed.
                let is_seen = byte < 4 || Frame::decode(&sent.bytes).is_err();
                if is_seen { Arrival::Refused(sent.bytes) } else { Arrival::Unrecognisable }
            }
            _ => Arrival::Whole(sent),
        }
    }
}
