//! A practice with a watcher: what reports, the command line and the gauntlet replay. The server keeps
//! a practice without one.
//!
//! A watcher sees every event right after it happened and changes nothing. So a watched practice
//! decides exactly as one without a watcher does.

use alloc::vec::Vec;

use crowd::{Race, ignore};
use sale::{Answered, Command, Hash, Machine, Moment, NoteRefused, Outcome, Refusal, Stamped, Tag};

use crate::member::Member;
use crate::note::{Note, NoteError};
use crate::practice::Practice;
use crate::what_if::Input;

/// Follows what happens in a practice, such as a [`Chronicle`](crate::report::Chronicle).
pub trait Watcher {
    /// Is called with each event, right after it happened and after the members' runs have counted
    /// it.
    fn see(&mut self, race: &Race, stamped: &Stamped);

    /// Is called with the decision about each command.
    fn hear_decision(&mut self, _decided: Result<Outcome, Refusal>) {}

    /// Is called with each command that was accepted and each note that was kept.
    fn take_in(&mut self, _input: Input) {}

    /// Is called with each member: at the beginning with all who are there, then with each who
    /// joins.
    fn meet(&mut self, _member: &Member) {}
}

/// A practice and its watcher.
#[derive(Clone, Debug)]
pub struct Watched<W> {
    practice: Practice,
    watcher: W,
}

impl<W: Watcher> Watched<W> {
    /// Has `watcher` watch a practice from now on.
    pub fn new(practice: Practice, mut watcher: W) -> Self {
        practice.members().iter().for_each(|member| watcher.meet(member));
        Self { practice, watcher }
    }

    /// The practice.
    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    /// The practice, for changes without an event: who was heard from, and stopping the race. The
    /// watcher sees nothing of what is done here.
    pub fn practice_mut(&mut self) -> &mut Practice {
        &mut self.practice
    }

    /// The race of the practice.
    pub fn race(&self) -> &Race {
        self.practice.race()
    }

    /// The watcher.
    pub fn watcher(&self) -> &W {
        &self.watcher
    }

    /// The watcher, for taking what it has collected.
    pub fn watcher_mut(&mut self) -> &mut W {
        &mut self.watcher
    }

    /// Decides a command; see [`Practice::handle`]. Calls `see` with every event, after the
    /// watcher.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if the sale's rules do not allow the command.
    pub fn handle(
        &mut self,
        now: Moment,
        command: Command,
        mut see: impl FnMut(&Race, &Stamped),
    ) -> Result<Outcome, Refusal> {
        let Self { practice, watcher } = self;
        let decided = practice.handle(now, command, |race, stamped| {
            watcher.see(race, stamped);
            see(race, stamped);
        });
        watcher.hear_decision(decided);
        if decided.is_ok() {
            watcher.take_in(Input::Command(now, command));
        }
        decided
    }

    /// Lets the race go on until `now`; see [`Practice::advance`]. Calls `see` with every event,
    /// after the watcher.
    pub fn advance(&mut self, now: Moment, mut see: impl FnMut(&Race, &Stamped)) {
        let Self { practice, watcher } = self;
        practice.advance(now, |race, stamped| {
            watcher.see(race, stamped);
            see(race, stamped);
        });
    }

    /// Takes in a note; see [`Practice::keep`].
    ///
    /// # Errors
    ///
    /// As [`Practice::keep`].
    pub fn keep(&mut self, at: Moment, tag: Option<Tag>, note: Note) -> Result<(), NoteError> {
        let before = self.practice.members().len();
        self.practice.keep(at, tag, note.clone())?;
        self.watcher.take_in(Input::Note(at, note));
        for joined in &self.practice.members()[before..] {
            self.watcher.meet(joined);
        }
        Ok(())
    }
}

impl<W: Watcher> Machine for Watched<W> {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        self.handle(now, command, ignore)
    }

    fn advance(&mut self, now: Moment) {
        self.advance(now, ignore);
    }

    fn now(&self) -> Moment {
        self.practice.now()
    }

    fn hash(&self) -> Hash {
        self.practice.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        self.practice.snapshot()
    }

    fn keep_answer(&mut self, answered: Answered) {
        self.practice.keep_answer(answered);
    }

    fn keep_note(
        &mut self,
        at: Moment,
        tag: Option<Tag>,
        kind: u8,
        bytes: &[u8],
    ) -> Result<(), NoteRefused> {
        Ok(self.keep(at, tag, Note::decode(kind, bytes)?)?)
    }
}
