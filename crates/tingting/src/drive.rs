//! Drives a race: lets its time go on, lets the scripted person act, and finds its end. With a
//! journal, the person acts on nothing that is not on disk.

use anyhow::Context;
use crowd::{Fan, Race};
use journal::{Answer, Durable, Record, SqliteStore, Ticket};
use sale::{Command, Machine, Moment, Outcome, Refusal, Span};

use crate::course::{Course, SNAPSHOT_VERSION, next_look};
use crate::error::CommandError;
use crate::highlight::Highlight;

/// How often a race in a folder is written down whole: what a restart has to do again takes a
/// fraction of a second.
const SNAPSHOT_EVERY: Span = Span::from_millis(60_000);

/// A race, whoever takes part, and where it is kept.
#[derive(Debug)]
pub(crate) struct Drive {
    keep: Keep,
    fan: Option<Fan>,
    /// When the person does something next. Reckoned once, right after the person's last move, so
    /// that a race taken up again from there goes on with the same moves.
    fan_at: Option<Moment>,
    ends_at: Moment,
    /// How far time was let go on.
    at: Moment,
    snapshot_due_at: Moment,
}

#[derive(Debug)]
enum Keep {
    Memory { course: Box<Course>, records: Vec<Record> },
    Journal(Box<Durable<Course, SqliteStore>>),
}

impl Drive {
    /// Drives a race in memory; the person's commands are collected.
    pub(crate) fn in_memory(course: Course, ends_at: Moment) -> Self {
        Self::new(Keep::Memory { course: Box::new(course), records: Vec::new() }, ends_at)
    }

    /// Drives a race that a journal keeps.
    pub(crate) fn in_journal(durable: Durable<Course, SqliteStore>, ends_at: Moment) -> Self {
        Self::new(Keep::Journal(Box::new(durable)), ends_at)
    }

    fn new(keep: Keep, ends_at: Moment) -> Self {
        let race = keep.course().race();
        let fan = keep.course().person().map(|_| Fan::new(race, 0));
        let at = race.sale().now();
        let fan_at = fan.and_then(|fan| fan.next_at(race));
        Self { fan, fan_at, ends_at, at, snapshot_due_at: at + SNAPSHOT_EVERY, keep }
    }

    pub(crate) fn course(&self) -> &Course {
        self.keep.course()
    }

    pub(crate) fn race(&self) -> &Race {
        self.course().race()
    }

    /// How far time was let go on.
    pub(crate) fn at(&self) -> Moment {
        self.at
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.course().is_ended()
    }

    /// What was notable since the last time.
    pub(crate) fn take_highlights(&mut self) -> Vec<Highlight> {
        self.keep.course_mut().lookout_mut().take()
    }

    /// The person's accepted commands, where they are not in a journal.
    pub(crate) fn records(&self) -> &[Record] {
        match &self.keep {
            Keep::Memory { records, .. } => records,
            Keep::Journal(_) => &[],
        }
    }

    /// Lets the race go on until `until`, or its end.
    ///
    /// # Errors
    ///
    /// When the journal fails.
    pub(crate) fn advance(&mut self, until: Moment) -> Result<(), CommandError> {
        while !self.is_ended() && self.at < until {
            self.step(until)?;
        }
        Ok(())
    }

    /// One step: to the next look at whether it is over, the person's next move, or `until`.
    pub(crate) fn step(&mut self, until: Moment) -> Result<(), CommandError> {
        let look_at = next_look(self.at);
        let stop = until.min(look_at).min(self.fan_at.unwrap_or(Moment::NEVER));
        self.keep.course_mut().advance(stop);
        self.at = stop.max(self.at);
        // Looked at before the person moves: a race taken up at this move has passed this look.
        if stop == look_at && self.is_over() {
            return self.end();
        }
        if self.fan_at == Some(stop) {
            self.fan_moves()?;
        } else if self.fan_at.is_none() && stop == look_at {
            self.snapshot_if_due()?;
        }
        Ok(())
    }

    fn is_over(&self) -> bool {
        let nothing_left = self.race().is_over() && self.fan_at.is_none();
        nothing_left || self.at >= self.ends_at
    }

    fn end(&mut self) -> Result<(), CommandError> {
        self.keep.course_mut().end();
        self.snapshot()
    }

    fn fan_moves(&mut self) -> Result<(), CommandError> {
        let Some(fan) = self.fan else { return Ok(()) };
        if let Some(command) = fan.command(self.race()) {
            // Rivals who came at one moment were stamped one after the other, maybe past it.
            let now = self.at.max(self.course().now());
            // The fan looks at what became of it like anybody: through the race.
            let _refused_or_not: Result<Outcome, Refusal> = self.keep.handle(now, command)?;
        }
        // Only here may a snapshot be, while the person has one: what the person does next is
        // reckoned from this moment.
        self.snapshot_if_due()?;
        self.fan_at = fan.next_at(self.race());
        Ok(())
    }

    fn snapshot_if_due(&mut self) -> Result<(), CommandError> {
        if self.at < self.snapshot_due_at {
            return Ok(());
        }
        self.snapshot_due_at = self.at + SNAPSHOT_EVERY;
        self.snapshot()
    }

    fn snapshot(&mut self) -> Result<(), CommandError> {
        match &mut self.keep {
            Keep::Memory { .. } => Ok(()),
            Keep::Journal(durable) => durable
                .checkpoint(SNAPSHOT_VERSION)
                .context("cannot keep a snapshot of the race")
                .map_err(journal_failed),
        }
    }
}

impl Keep {
    fn course(&self) -> &Course {
        match self {
            Self::Memory { course, .. } => course,
            Self::Journal(durable) => durable.ledger().machine(),
        }
    }

    fn course_mut(&mut self) -> &mut Course {
        match self {
            Self::Memory { course, .. } => course,
            Self::Journal(durable) => durable.machine_mut(),
        }
    }

    /// Decides a command and waits until what came of it cannot be lost.
    fn handle(
        &mut self,
        now: Moment,
        command: Command,
    ) -> Result<Result<Outcome, Refusal>, CommandError> {
        match self {
            Self::Memory { course, records } => {
                let decided = course.handle(now, command);
                if decided.is_ok() {
                    records.push(Record { at: now, tag: 0, command });
                }
                Ok(decided)
            }
            Self::Journal(durable) => decide_durably(durable, now, command),
        }
    }
}

fn decide_durably(
    durable: &mut Durable<Course, SqliteStore>,
    now: Moment,
    command: Command,
) -> Result<Result<Outcome, Refusal>, CommandError> {
    let submitted = durable.submit(now, command, Ticket(0));
    submitted.context("the journal takes no command").map_err(journal_failed)?;
    durable.flush().context("cannot keep a command").map_err(journal_failed)?;
    let reply = durable.poll_reply().context("a command on disk has no answer")?;
    match reply.answer {
        Answer::Decided(decided) => Ok(decided),
        Answer::Unknown => Err(journal_failed(anyhow::Error::msg("a command may be lost"))),
    }
}

fn journal_failed(error: anyhow::Error) -> CommandError {
    CommandError::input(error).hint("start again with the same arguments: the race goes on")
}

#[cfg(test)]
mod tests;
