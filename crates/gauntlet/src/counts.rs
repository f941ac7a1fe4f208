//! Counts: how often each thing happened in a trial. They show whether every kind of fault
//! happened.

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
            /// Every count with its label and its kind.
            pub fn all(&self) -> Vec<(&'static str, Kind, u64)> {
                vec![$(($label, Kind::$kind, self.$name),)+]
            }
        }
    };
}

/// The kind of a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something that happens in every long run.
    Work,
    /// A fault, or something that happens only after a fault.
    Fault,
}

counts! {
    /// Trials.
    seeds: "seeds", Work;
    /// Sales in these trials.
    sales: "sales", Work;
    /// Commands that people and hosts sent.
    commands: "commands", Work;
    /// Accepted commands that took seats into a hold.
    holds: "holds", Work;
    /// Accepted payments.
    payments: "payments", Work;
    /// Payments that were begun.
    begun_payments: "payments begun", Work;
    /// Payments that were begun and confirmed.
    confirmed_payments: "payments confirmed", Work;
    /// Payments that people ended.
    ended_payments: "payments ended", Work;
    /// Payments that were still under way when their time was over, or when the sale closed by itself.
    lapsed_payments: "payments lapsed", Work;
    /// Commands that met a conflict.
    conflicts: "conflicts", Work;
    /// People who joined.
    joins: "people who joined", Work;
    /// Accepted commands with which people left.
    leaves: "people who left", Work;
    /// Reports that were made from a log.
    reports: "reports", Work;
    /// All other accepted commands.
    accepted: "otherwise accepted", Work;
    /// Refused commands.
    refused: "refused", Work;
    /// Notes that were kept: people who joined, and marks of their clients.
    notes: "notes", Work;
    /// Requests under a key that belongs to another request.
    reused_keys: "reused keys", Work;
    /// Answers that were given.
    answers: "answers", Work;
    /// Events that observers saw, those of rivals included.
    events: "events", Work;
    /// Batches that the store wrote.
    batches: "batches", Work;
    /// Transactions with batches of several sales.
    shared_appends: "shared transactions", Work;
    /// Snapshots that the store wrote.
    snapshots: "snapshots", Work;
    /// How often the process stopped in good order and started again.
    restarts: "clean restarts", Work;
    /// Replays of a log that were compared with the history.
    recoveries: "recoveries", Work;
    /// Frames that viewers folded.
    frames: "frames folded", Work;
    /// Frames that never arrived.
    lost_frames: "lost frames", Fault;
    /// Frames that arrived before an earlier one.
    late_frames: "late frames", Fault;
    /// Frames that arrived twice.
    doubled_frames: "doubled frames", Fault;
    /// Frames that were cut short or had one wrong bit.
    damaged_frames: "damaged frames", Fault;
    /// Frames after which a viewer asked for a snapshot.
    resyncs: "resyncs", Fault;
    /// How often a viewer was so far behind that a snapshot replaced the waiting frames.
    slow_readers: "slow readers", Fault;
    /// How often a viewer connected again although its connection worked.
    reconnects: "reconnects", Fault;
    /// Commands that were sent and accepted twice in a row.
    double_submits: "double submits", Fault;
    /// Losses of power that took all unsynced changes.
    unsynced_losses: "power losses", Fault;
    /// Losses of power that kept the first bytes of the unsynced changes.
    byte_losses: "power losses at a byte", Fault;
    /// Losses of power that kept some part of each unsynced change.
    scattered_losses: "power losses that scatter", Fault;
    /// Kills of the process, after which all that was written can be read.
    kills: "kills", Fault;
    /// Crashes during the recovery from another crash.
    recovery_crashes: "crashes in recovery", Fault;
    /// Syncs that failed with an error.
    failed_syncs: "failed syncs", Fault;
    /// Syncs at which the disk stopped.
    stopped_syncs: "stops at a sync", Fault;
    /// Batches of a stale owner that the store refused.
    fenced_batches: "fenced batches", Fault;
    /// Snapshots of a stale owner that the store refused.
    fenced_snapshots: "fenced snapshots", Fault;
    /// Changes of owner after which the old owner goes on without knowing.
    failovers: "fail-overs", Fault;
    /// Commands without an answer that were gone after a crash.
    lost_commands: "unacknowledged commands lost", Fault;
    /// Commands without an answer that were in the log after a crash.
    kept_commands: "unacknowledged commands kept", Fault;
    /// Answers that said that the outcome is unknown.
    unknown_answers: "unknown answers", Fault;
}

impl Counts {
    /// Crashes of all kinds.
    pub fn crashes(&self) -> u64 {
        self.unsynced_losses + self.byte_losses + self.scattered_losses + self.kills
    }

    /// The labels of the faults that never happened.
    pub fn missing(&self) -> Vec<&'static str> {
        self.all().into_iter().filter(|(.., count)| *count == 0).map(|(label, ..)| label).collect()
    }
}

/// All counts except the seeds, in one line.
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
    fn g8_a_fault_that_never_happened_is_named() {
        let missing = Counts { kills: 1, commands: 5, ..Counts::default() }.missing();
        assert!(missing.contains(&"failed syncs") && !missing.contains(&"kills"));
        let mut sum = Counts { kills: 1, ..Counts::default() };
        sum += Counts { kills: 2, byte_losses: 3, ..Counts::default() };
        assert_eq!((sum.kills, sum.crashes()), (3, 6));
    }
}
