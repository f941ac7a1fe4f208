//! The witness: a practice as the journal's machine, which also remembers its last decision and all
//! events that nobody has taken yet.
//!
//! It decides nothing itself and changes nothing.

use journal::{BoxError, Snapshot};
use practice::Practice;
use sale::{Answered, Command, Hash, Machine, Moment, NoteRefused, Outcome, Refusal, Stamped, Tag};

use crate::world::Show;

/// A practice that remembers its last decision and its events.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The practice.
    pub practice: Practice,
    /// The decision about the last command; `None` before the first.
    pub decided: Option<Result<Outcome, Refusal>>,
    /// The events that nobody has taken yet, in order.
    pub events: Vec<Stamped>,
}

impl Witness {
    /// A witness of `practice`.
    pub fn of(practice: Practice) -> Self {
        Self { practice, decided: None, events: Vec::new() }
    }

    /// The `revive` of [`journal::replay`]: makes a practice from its header, or restores it from a
    /// snapshot.
    ///
    /// # Errors
    ///
    /// If the snapshot is damaged or of another practice.
    pub fn revive(header: &[u8], snapshot: Option<&Snapshot>) -> Result<Self, BoxError> {
        let show = Show::of(header);
        Ok(Self::of(match snapshot {
            None => show.practice(),
            Some(snapshot) => show.restore(&snapshot.state)?,
        }))
    }
}

impl Machine for Witness {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        let Self { practice, events, .. } = self;
        let decided = practice.handle(now, command, |_, event| events.push(*event));
        self.decided = Some(decided);
        decided
    }

    fn advance(&mut self, now: Moment) {
        let Self { practice, events, .. } = self;
        practice.advance(now, |_, event| events.push(*event));
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
        self.practice.keep_note(at, tag, kind, bytes)
    }
}
