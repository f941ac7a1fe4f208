//! The history of one sale: every command with its answer, the records of the log and the published
//! events. It is kept outside the system under trial, so no crash takes it.

use journal::{Answer, Caller, Epoch, Record, Seq};
use practice::PersonId;
use sale::{Command, Moment, Outcome, Refusal, Stamped, Tag};

/// A command that an owner decided.
#[derive(Clone, Copy, Debug)]
pub struct Submission {
    /// When the owner decided the command, in the sale's time.
    pub at: Moment,
    /// The command.
    pub command: Command,
    /// Who sent it; `None` for the host, and for a visitor whom nobody is.
    pub person: Option<PersonId>,
    /// The tag of the request.
    pub tag: Tag,
    /// The decision. The caller does not know it until the answer comes.
    pub decided: Result<Outcome, Refusal>,
    /// How many records came before it in the log, as far as its owner knew.
    pub position: usize,
    /// When the command was asked: a number that counts all questions and answers of the trial.
    pub asked: u64,
    /// When the answer was given, counted as `asked` is; `None` if it never was.
    pub told: Option<u64>,
    /// What became of the command.
    pub fate: Fate,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts. If it was accepted, it is in the log or on its way there.
    Stands,
    /// A crash took it.
    Lost,
    /// Another owner had claimed the sale before this one decided it.
    Stale,
}

/// Everything that was seen of one sale from outside.
#[derive(Clone, Debug)]
pub struct History {
    /// All commands, in the order in which they were asked.
    pub submissions: Vec<Submission>,
    /// The records that are in the log or on their way there.
    pub records: Vec<Record>,
    /// For each sealed batch, how many records there are up to its end.
    ends: Vec<usize>,
    /// The last batch of which the store said that it is on disk.
    safe: Seq,
    /// The events that were published, in order.
    pub published: Vec<Stamped>,
    /// The epoch of the newest claim.
    pub epoch: Epoch,
}

/// What a crash did to the commands that were not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aftermath {
    /// How many of them are gone.
    pub lost: u64,
    /// How many of them are in the log.
    pub kept: u64,
}

impl History {
    /// The history of a sale that was just created under `epoch`.
    pub fn new(epoch: Epoch) -> Self {
        let (submissions, records, ends, published) = Default::default();
        Self { submissions, records, ends, safe: Seq::NONE, published, epoch }
    }

    /// The caller for the next command: the index that its submission will have.
    pub fn caller(&self) -> Caller {
        Caller(self.submissions.len() as u64)
    }

    /// Notes a command that an owner decided.
    ///
    /// # Panics
    ///
    /// If the owner accepted it after other records than those of this history.
    pub fn submitted(&mut self, submission: Submission) {
        if submission.fate == Fate::Stands && submission.decided.is_ok() {
            assert_eq!(submission.position, self.records.len(), "the log has one order of records");
            let Submission { at, command, tag, .. } = submission;
            self.records.push(Record { at, tag: Some(tag), command });
        }
        self.submissions.push(submission);
    }

    /// Notes that the owner sealed batch `seq`, which holds all records that are in no earlier
    /// batch.
    ///
    /// # Panics
    ///
    /// If the batches are not numbered without gaps.
    pub fn sealed(&mut self, seq: Seq) {
        self.ends.push(self.records.len());
        assert_eq!(seq.0, self.ends.len() as u64, "batches are numbered without gaps");
    }

    /// Notes that the store said that batch `seq` is on disk.
    ///
    /// # Panics
    ///
    /// If the batch before it is not on disk.
    pub fn saved(&mut self, seq: Seq) {
        assert_eq!(seq, self.safe.next(), "batches become safe in order");
        self.safe = seq;
    }

    /// How many records are on disk, as far as the store said.
    pub fn safe_records(&self) -> usize {
        self.records_through(self.safe)
    }

    fn records_through(&self, seq: Seq) -> usize {
        let batches = usize::try_from(seq.0).expect("a small number");
        batches.checked_sub(1).map_or(0, |last| self.ends[last])
    }

    /// Notes an answer. `told` is its number among all questions and answers of the trial.
    ///
    /// # Panics
    ///
    /// If this answer may not be given (rules G3, G5).
    pub fn answered(&mut self, caller: Caller, answer: Answer, told: u64) {
        let safe = self.safe_records();
        let submission =
            &mut self.submissions[usize::try_from(caller.0).expect("the index exists")];
        assert_eq!(submission.told, None, "a command is answered twice: {submission:?}");
        let Answer::Decided(decided) = answer else { return };
        submission.told = Some(told);
        assert_eq!(decided, submission.decided, "the answer is the decision: {submission:?}");
        let known = submission.position + usize::from(decided.is_ok());
        assert!(known <= safe, "answered with only {safe} records on disk: {submission:?}");
        match submission.fate {
            Fate::Stands => {}
            Fate::Lost => panic!("a lost command is answered as if it counted: {submission:?}"),
            Fate::Stale => assert!(decided.is_err(), "a stale owner accepts: {submission:?}"),
        }
    }

    /// Compares the log that was found after a crash with this history. Then it marks the commands
    /// that the log does not have as lost.
    ///
    /// # Panics
    ///
    /// If a batch that was on disk is missing, or the log has one that was never sealed.
    pub fn found(&mut self, log: &[Vec<Record>]) -> Aftermath {
        let safe = usize::try_from(self.safe.0).expect("a small number");
        assert!(log.len() >= safe, "{safe} batches were on disk, {} are found", log.len());
        assert!(log.len() <= self.ends.len(), "the log has batches that nobody sealed");
        let safe = self.safe_records();
        let mut from = 0;
        for (batch, &end) in log.iter().zip(&self.ends) {
            assert_eq!(batch, &self.records[from..end], "a batch is found as it was sealed");
            from = end;
        }
        self.ends.truncate(log.len());
        self.records.truncate(from);
        self.safe = Seq(log.len() as u64);
        let mut aftermath = Aftermath::default();
        for submission in &mut self.submissions {
            if submission.fate != Fate::Stands {
                continue;
            }
            let known = submission.position + usize::from(submission.decided.is_ok());
            if known <= from {
                // The log has it, although the store never said that it is on disk.
                aftermath.kept += u64::from(known > safe);
            } else {
                assert_eq!(submission.told, None, "an answered command is lost: {submission:?}");
                submission.fate = Fate::Lost;
                aftermath.lost += 1;
            }
        }
        aftermath
    }

    /// The submissions that count and that the log or an answer proves, in the order in which they
    /// were decided.
    pub fn witnessed(&self) -> impl Iterator<Item = &Submission> {
        self.submissions.iter().filter(|submission| {
            submission.fate == Fate::Stands
                && (submission.decided.is_ok() || submission.told.is_some())
        })
    }

    /// The refusals with which an owner answered after it had lost the sale.
    pub fn stale_refusals(&self) -> impl Iterator<Item = &Submission> {
        self.submissions
            .iter()
            .filter(|submission| submission.fate == Fate::Stale && submission.told.is_some())
    }
}

#[cfg(test)]
mod tests;
