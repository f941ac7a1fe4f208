//! Counts: what was done in a trial, so that one sees that what should go wrong did.

use std::fmt;
use std::ops::AddAssign;

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident: $label:literal, $kind:ident;)+) => {
        /// How often each thing happened.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct Counts {
            $($(#[$doc])* pub $name: u64,)+
        }

        impl AddAssign for Counts {
            fn add_assign(&mut self, other: Self) {
                $(self.$name += other.$name;)+
            }
        }

        impl Counts {
            /// Every count with its label and what kind of thing is counted.
            pub fn all(&self) -> Vec<(&'static str, Kind, u64)> {
                vec![$(($label, Kind::$kind, self.$name),)+]
            }
        }
    };
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something that is always done.
    Work,
    /// Something that goes wrong, or that only follows from something that did.
    Fault,
}

counts! {
    /// Trials.
    seeds: "seeds", Work;
    /// Sales in them.
    sales: "sales", Work;
    /// Commands that people and hosts sent.
    commands: "commands", Work;
    /// Holds among them.
    holds: "holds", Work;
    /// Payments.
    payments: "payments", Work;
    /// Tries for a seat that somebody else had.
    conflicts: "conflicts", Work;
    /// Everything else that was accepted.
    accepted: "otherwise accepted", Work;
    /// Commands turned down.
    refused: "refused", Work;
    /// Notes that were kept: people who joined, and marks of their clients.
    notes: "notes", Work;
    /// Answers that came back.
    answers: "answers", Work;
    /// Events that observers saw, rivals' included.
    events: "events", Work;
    /// Batches that the store took.
    batches: "batches", Work;
    /// Transactions with batches of several sales.
    shared_appends: "shared transactions", Work;
    /// Snapshots that the store took.
    snapshots: "snapshots", Work;
    /// Times the whole was stopped in order and started again.
    restarts: "clean restarts", Work;
    /// Replays of a log that were compared with what is known.
    recoveries: "recoveries", Work;
    /// Frames that viewers folded.
    frames: "frames folded", Work;
    /// Frames that never arrived.
    lost_frames: "lost frames", Fault;
    /// Frames that others overtook, counted once for each that did.
    late_frames: "late frames", Fault;
    /// Frames that arrived twice.
    doubled_frames: "doubled frames", Fault;
    /// Frames that were cut short or had a bit turned over.
    damaged_frames: "damaged frames", Fault;
    /// Frames upon which a viewer asked for a snapshot.
    resyncs: "resyncs", Fault;
    /// Viewers so far behind that a snapshot replaced what waited for them.
    slow_readers: "slow readers", Fault;
    /// Viewers that connected again of themselves.
    reconnects: "reconnects", Fault;
    /// Commands sent once more though the first was accepted.
    double_submits: "double submits", Fault;
    /// Power losses that took everything not synced.
    unsynced_losses: "power losses", Fault;
    /// Power losses after a certain byte.
    byte_losses: "power losses at a byte", Fault;
    /// Power losses that left some of each write.
    scattered_losses: "power losses that scatter", Fault;
    /// Kills that left what was written.
    kills: "kills", Fault;
    /// Crashes of which one struck while the one before was recovered from.
    recovery_crashes: "crashes in recovery", Fault;
    /// Syncs that failed and were told.
    failed_syncs: "failed syncs", Fault;
    /// Syncs at which everything stopped.
    stopped_syncs: "stops at a sync", Fault;
    /// Batches of a stale owner that were refused.
    fenced_batches: "fenced batches", Fault;
    /// Snapshots of a stale owner that were refused.
    fenced_snapshots: "fenced snapshots", Fault;
    /// Changes of owner while the old one goes on.
    failovers: "fail-overs", Fault;
    /// Commands whose outcome nobody was told, and that were gone after a crash.
    lost_commands: "unacknowledged commands lost", Fault;
    /// The same, but there after the crash.
    kept_commands: "unacknowledged commands kept", Fault;
    /// Answers that said that nothing is known.
    unknown_answers: "unknown answers", Fault;
}

impl Counts {
    /// Crashes of all kinds.
    pub fn crashes(&self) -> u64 {
        self.unsynced_losses + self.byte_losses + self.scattered_losses + self.kills
    }

    /// What should have happened over many seeds and never did.
    pub fn missing(&self) -> Vec<&'static str> {
        self.all().into_iter().filter(|(.., count)| *count == 0).map(|(label, ..)| label).collect()
    }
}

/// One line: all of it but the seeds.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} commands, {} crashes", self.commands, self.crashes())?;
        for (label, _, count) in self.all().into_iter().skip(1) {
            if label != "commands" {
                write!(f, ", {count} {label}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g8_what_never_happened_is_named() {
        let missing = Counts { kills: 1, commands: 5, ..Counts::default() }.missing();
        assert!(missing.contains(&"failed syncs") && !missing.contains(&"kills"));
        let mut sum = Counts { kills: 1, ..Counts::default() };
        sum += Counts { kills: 2, byte_losses: 3, ..Counts::default() };
        assert_eq!((sum.kills, sum.crashes()), (3, 6));
    }
}
