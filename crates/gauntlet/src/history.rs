//! The history of one sale: who asked what, what was told to whom, what stood in the log and what was
//! published, kept outside the system under trial and never lost.

use journal::{Answer, Caller, Epoch, Record, Seq};
use sale::{Command, Moment, Outcome, Refusal, Stamped};

/// A command that an owner decided.
#[derive(Clone, Copy, Debug)]
pub struct Submission {
    /// When it was decided, in the sale's time.
    pub at: Moment,
    /// What was asked.
    pub command: Command,
    /// What was decided. The one who asked knows only when the answer comes.
    pub decided: Result<Outcome, Refusal>,
    /// Records before it in the log that the owner believed in.
    pub position: usize,
    /// When it was asked, in the order of all that is asked and answered.
    pub asked: u64,
    /// When its outcome was told; `None` if it never was.
    pub told: Option<u64>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// As far as is known it stands, if accepted, in the log.
    Stands,
    /// It was gone after a crash.
    Lost,
    /// Its owner had lost the sale to another one.
    Stale,
}

/// Everything known of one sale from outside.
#[derive(Clone, Debug)]
pub struct History {
    /// Every command, in the order in which they were asked.
    pub submissions: Vec<Submission>,
    /// What stands in the log or is on its way there.
    pub records: Vec<Record>,
    /// How many records each sealed batch ends with.
    ends: Vec<usize>,
    /// The last batch the store said is safe.
    safe: Seq,
    /// Events that left, as all they tell of was safe.
    pub published: Vec<Stamped>,
    /// The newest claim.
    pub epoch: Epoch,
}

/// What a crash did to the commands whose outcome was not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Aftermath {
    /// They are gone.
    pub lost: u64,
    /// They are there.
    pub kept: u64,
}

impl History {
    /// Of a sale just created.
    pub fn new(epoch: Epoch) -> Self {
        let (submissions, records, ends, published) = Default::default();
        Self { submissions, records, ends, safe: Seq::NONE, published, epoch }
    }

    /// Notes a command; gives the caller to ask under.
    pub fn caller(&self) -> Caller {
        Caller(self.submissions.len() as u64)
    }

    /// Notes what the owner decided.
    pub fn submitted(&mut self, submission: Submission) {
        if submission.fate == Fate::Stands && submission.decided.is_ok() {
            assert_eq!(submission.position, self.records.len(), "records have one order");
            let Submission { at, command, .. } = submission;
            self.records.push(Record { at, tag: None, command });
        }
        self.submissions.push(submission);
    }

    /// Notes that the owner sealed a batch of everything so far.
    pub fn sealed(&mut self, seq: Seq) {
        self.ends.push(self.records.len());
        assert_eq!(seq.0, self.ends.len() as u64, "batches are numbered without gaps");
    }

    /// Notes that the store said a batch is safe.
    pub fn saved(&mut self, seq: Seq) {
        assert_eq!(seq, self.safe.next(), "batches become safe in order");
        self.safe = seq;
    }

    /// How many records are safe.
    pub fn safe_records(&self) -> usize {
        self.records_through(self.safe)
    }

    fn records_through(&self, seq: Seq) -> usize {
        let batches = usize::try_from(seq.0).expect("a few");
        batches.checked_sub(1).map_or(0, |last| self.ends[last])
    }

    /// Notes an answer, at `told` in the order of all that is asked and answered.
    ///
    /// # Panics
    ///
    /// If it may not be given.
    pub fn answered(&mut self, caller: Caller, answer: Answer, told: u64) {
        let safe = self.safe_records();
        let submission = &mut self.submissions[usize::try_from(caller.0).expect("an index")];
        assert_eq!(submission.told, None, "everybody is answered once: {submission:?}");
        let Answer::Decided(decided) = answer else { return };
        submission.told = Some(told);
        assert_eq!(decided, submission.decided, "what was decided is told: {submission:?}");
        let known = submission.position + usize::from(decided.is_ok());
        assert!(known <= safe, "told before it was safe ({safe} records are): {submission:?}");
        match submission.fate {
            Fate::Stands => {}
            Fate::Lost => panic!("what was lost is told as if it stood: {submission:?}"),
            Fate::Stale => assert!(decided.is_err(), "a stale owner accepts: {submission:?}"),
        }
    }

    /// Compares a log that was found with what was submitted, and forgets what it does not have.
    ///
    /// # Panics
    ///
    /// If something safe is missing, or something is there that was never sealed.
    pub fn found(&mut self, log: &[Vec<Record>]) -> Aftermath {
        let safe = usize::try_from(self.safe.0).expect("a few");
        assert!(log.len() >= safe, "{safe} batches were safe, {} are there", log.len());
        assert!(log.len() <= self.ends.len(), "there are batches that nobody sealed");
        let safe = self.safe_records();
        let mut from = 0;
        for (batch, &end) in log.iter().zip(&self.ends) {
            assert_eq!(batch, &self.records[from..end], "a batch is whole and as it was sealed");
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
                // Nobody was told of it, and it is there all the same.
                aftermath.kept += u64::from(known > safe);
            } else {
                assert_eq!(
                    submission.told, None,
                    "an acknowledged command is lost: {submission:?}"
                );
                submission.fate = Fate::Lost;
                aftermath.lost += 1;
            }
        }
        aftermath
    }

    /// The submissions that the log or an answer vouches for, in the order they must have had.
    pub fn witnessed(&self) -> impl Iterator<Item = &Submission> {
        self.submissions.iter().filter(|submission| {
            submission.fate == Fate::Stands
                && (submission.decided.is_ok() || submission.told.is_some())
        })
    }

    /// Refusals that an owner told after it had lost the sale: what it knew was true once.
    pub fn stale_refusals(&self) -> impl Iterator<Item = &Submission> {
        self.submissions
            .iter()
            .filter(|submission| submission.fate == Fate::Stale && submission.told.is_some())
    }
}

#[cfg(test)]
mod tests;
