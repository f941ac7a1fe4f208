//! Drives a race: advances its time, gives the commands of the scripted person, and ends it.
//!
//! With a journal, the person sees the outcome of a command only when the command is on disk.

use anyhow::Context;
use crowd::{Fan, Race, ignore};
use journal::{Answer, Caller, Durable, NoteKind, Record, SqliteStore};
use practice::{Note, PersonId, SNAPSHOT_VERSION};
use recording::Item;
use sale::{Answered, Command, Machine, Moment, Outcome, Refusal, Span};

use crate::error::CommandError;
use crate::highlight::Highlight;
use crate::narrated::{Narrated, next_look, person_of};

/// The race time between two snapshots of a race in a folder. Chosen: after a restart, the program
/// replays no more than this, which takes a fraction of a second.
const SNAPSHOT_EVERY: Span = Span::from_millis(60_000);

/// A race, its scripted person, and where its commands are kept.
#[derive(Debug)]
pub(crate) struct Drive {
    keep: Keep,
    fan: Option<Fan>,
    /// When the scripted person acts next. It is computed once, right after the person has acted. A
    /// race that goes on from a snapshot of that moment computes the same.
    fan_at: Option<Moment>,
    ends_at: Moment,
    /// The moment up to which the race was advanced.
    at: Moment,
    snapshot_due_at: Moment,
}

/// Where the commands of people are kept.
#[derive(Debug)]
enum Keep {
    Memory { narrated: Box<Narrated>, items: Vec<Item> },
    Journal(Box<Durable<Narrated, SqliteStore>>),
}

impl Drive {
    /// Begins a race in memory that this number of people join. Collects their commands.
    pub(crate) fn in_memory(
        narrated: Narrated,
        people: u32,
        ends_at: Moment,
    ) -> Result<Self, CommandError> {
        let mut keep = Keep::Memory { narrated: Box::new(narrated), items: Vec::new() };
        keep.join(people)?;
        Ok(Self::new(keep, ends_at))
    }

    /// Begins a race in a journal that this number of people join.
    ///
    /// # Errors
    ///
    /// When the journal fails.
    pub(crate) fn begin_in_journal(
        durable: Durable<Narrated, SqliteStore>,
        people: u32,
        ends_at: Moment,
    ) -> Result<Self, CommandError> {
        let mut keep = Keep::Journal(Box::new(durable));
        keep.join(people)?;
        Ok(Self::new(keep, ends_at))
    }

    /// Goes on with a race that a journal keeps.
    pub(crate) fn in_journal(durable: Durable<Narrated, SqliteStore>, ends_at: Moment) -> Self {
        Self::new(Keep::Journal(Box::new(durable)), ends_at)
    }

    fn new(keep: Keep, ends_at: Moment) -> Self {
        let race = keep.narrated().race();
        let fan = person_of(keep.narrated()).map(|_| Fan::new(race, 0));
        let at = race.sale().now();
        let fan_at = fan.and_then(|fan| fan.next_at(race));
        Self { fan, fan_at, ends_at, at, snapshot_due_at: at + SNAPSHOT_EVERY, keep }
    }

    pub(crate) fn narrated(&self) -> &Narrated {
        self.keep.narrated()
    }

    pub(crate) fn race(&self) -> &Race {
        self.narrated().race()
    }

    /// The moment up to which the race was advanced.
    pub(crate) fn at(&self) -> Moment {
        self.at
    }

    pub(crate) fn is_ended(&self) -> bool {
        self.narrated().practice().is_stopped()
    }

    /// Takes the highlights that were found since the last call.
    pub(crate) fn take_highlights(&mut self) -> Vec<Highlight> {
        self.keep.narrated_mut().watcher_mut().take()
    }

    /// The commands and notes of people, if the race is in memory. Nothing if a journal keeps them.
    pub(crate) fn items(&self) -> &[Item] {
        match &self.keep {
            Keep::Memory { items, .. } => items,
            Keep::Journal(_) => &[],
        }
    }

    /// Advances the race to `until`, or to its end if that comes first.
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

    /// Advances the race to the next check of whether it is over, to the person's next command, or
    /// to `until`, whichever comes first.
    pub(crate) fn step(&mut self, until: Moment) -> Result<(), CommandError> {
        let look_at = next_look(self.at);
        let stop = until.min(look_at).min(self.fan_at.unwrap_or(Moment::NEVER));
        Machine::advance(self.keep.narrated_mut(), stop);
        self.at = stop.max(self.at);
        // The check comes before the person's command. A race that goes on from a snapshot taken at
        // that command does not check again at this moment.
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
        self.keep.narrated_mut().practice_mut().stop();
        self.snapshot()
    }

    fn fan_moves(&mut self) -> Result<(), CommandError> {
        let Some(fan) = self.fan else { return Ok(()) };
        if let Some(command) = fan.command(self.race()) {
            // If several rivals act at one moment, the sale stamps them one after the other, and so
            // may be ahead of `at`.
            let now = self.at.max(self.narrated().now());
            // The person sees in the race whether it was accepted.
            let _refused_or_not: Result<Outcome, Refusal> = self.keep.handle(now, command)?;
        }
        // While the person has a next command, a snapshot may be taken only here: a race that goes
        // on from the snapshot computes the next command from this moment.
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
    fn narrated(&self) -> &Narrated {
        match self {
            Self::Memory { narrated, .. } => narrated,
            Self::Journal(durable) => durable.ledger().machine(),
        }
    }

    fn narrated_mut(&mut self) -> &mut Narrated {
        match self {
            Self::Memory { narrated, .. } => narrated,
            Self::Journal(durable) => durable.machine_mut(),
        }
    }

    /// Lets people join, and waits until that is on disk.
    fn join(&mut self, people: u32) -> Result<(), CommandError> {
        for number in 0..people {
            let note = Note::Joined { person: PersonId(number.into()) };
            self.note(&note)?;
        }
        match self {
            Self::Memory { .. } => Ok(()),
            Self::Journal(durable) => {
                durable.flush().context("cannot keep who joins").map_err(journal_failed)
            }
        }
    }

    fn note(&mut self, note: &Note) -> Result<(), CommandError> {
        let (at, kind, bytes) = (self.narrated().now(), note.kind(), note.encode());
        match self {
            Self::Memory { narrated, items } => {
                let kept = narrated.keep_note(at, None, kind, &bytes);
                kept.expect("a practice keeps the notes of this program");
                items.push(Item::Note { at, tag: None, kind, bytes });
                Ok(())
            }
            Self::Journal(durable) => {
                let note = journal::Note { at, kind: NoteKind(kind), tag: None, bytes: &bytes };
                let noted = durable.note(&note).context("the journal takes no note");
                noted.map_err(journal_failed)
            }
        }
    }

    /// Decides a command, and waits until it is on disk.
    fn handle(
        &mut self,
        now: Moment,
        command: Command,
    ) -> Result<Result<Outcome, Refusal>, CommandError> {
        match self {
            Self::Memory { narrated, items } => {
                let decided = narrated.handle(now, command, ignore);
                if let Ok(outcome) = decided {
                    narrated.keep_answer(Answered { at: now, tag: None, command, outcome });
                    items.push(Item::Command(Record::new(now, command)));
                }
                Ok(decided)
            }
            Self::Journal(durable) => decide_durably(durable, now, command),
        }
    }
}

fn decide_durably(
    durable: &mut Durable<Narrated, SqliteStore>,
    now: Moment,
    command: Command,
) -> Result<Result<Outcome, Refusal>, CommandError> {
    let submitted = durable.submit(now, command, Caller(0));
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
