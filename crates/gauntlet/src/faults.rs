//! Faults: draws from the dice what goes wrong.

use crate::counts::Counts;
use crate::dice::Dice;
use crate::disk::{Disk, Fault, Loss};

/// How a process ends without being told to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crash {
    /// The power fails.
    PowerLoss(Loss),
    /// The process is killed. All that it wrote can be read.
    Kill,
}

impl Crash {
    /// Draws a crash of a process that uses this disk.
    pub(crate) fn draw(dice: &mut Dice, disk: &Disk) -> Self {
        match dice.below(6) {
            0 => Self::PowerLoss(Loss::Unsynced),
            1 | 2 => {
                let kept = dice.index(disk.unsynced_len() + 1);
                Self::PowerLoss(Loss::UnsyncedAfter(kept))
            }
            3 | 4 => Self::PowerLoss(Loss::Scattered(dice.any())),
            _ => Self::Kill,
        }
    }

    /// The disk that the next process finds. Counts the crash.
    pub(crate) fn leaves(self, disk: &Disk, counts: &mut Counts) -> Disk {
        match self {
            Self::PowerLoss(loss) => {
                *match loss {
                    Loss::Unsynced => &mut counts.unsynced_losses,
                    Loss::UnsyncedAfter(_) => &mut counts.byte_losses,
                    Loss::Scattered(_) => &mut counts.scattered_losses,
                } += 1;
                disk.after_power_loss(loss)
            }
            Self::Kill => {
                counts.kills += 1;
                disk.after_kill()
            }
        }
    }
}

/// Draws a fault at one of the next few syncs.
pub(crate) fn draw(dice: &mut Dice) -> Fault {
    let at = dice.within(1, 4);
    match dice.below(4) {
        0 => Fault::FailSync { at, seed: dice.any() },
        1 => Fault::FailSyncAndFreeze { at, seed: dice.any() },
        2 => Fault::FreezeBefore { at },
        _ => Fault::FreezeAfter { at },
    }
}

/// Counts a fault that happened.
pub(crate) fn count(fault: Fault, counts: &mut Counts) {
    match fault {
        Fault::FailSync { .. } | Fault::FailSyncAndFreeze { .. } => counts.failed_syncs += 1,
        Fault::FreezeBefore { .. } | Fault::FreezeAfter { .. } => counts.stopped_syncs += 1,
    }
}
