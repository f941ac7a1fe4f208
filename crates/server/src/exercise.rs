//! Sets an exercise up: plays its prelude into the ledger of its race, so that the journal keeps the earlier steps as the
//! person's own.

use journal::{Caller, Ledger, Note as Entry, NoteKind};
use practice::{Exercise, Note, PersonId, Practice, Scene, Unready, prelude};
use sale::{Command, Machine as _, Moment, Outcome};

/// Nobody waits for the answers to the scripted self. The commands of people have higher numbers.
const NOBODY: Caller = Caller(0);

/// A ledger on which a scripted self plays.
struct Stage<'a>(&'a mut Ledger<Practice>);

impl Scene for Stage<'_> {
    fn practice(&self) -> &Practice {
        self.0.machine()
    }

    fn advance(&mut self, to: Moment) {
        self.0.machine_mut().advance(to, crowd::ignore);
    }

    fn note(&mut self, at: Moment, note: &Note) -> Result<(), Unready> {
        let (kind, bytes) = (NoteKind(note.kind()), note.encode());
        let noted = self.0.note(&Entry { at, kind, tag: None, bytes: &bytes });
        noted.map_err(|_| Unready::NotKept)
    }

    fn command(&mut self, at: Moment, command: Command) -> Result<Outcome, Unready> {
        self.advance(at);
        let at = self.0.machine().sale().stamp(at);
        let decided = self.0.submit_tagged(at, command, None, NOBODY);
        decided.map_err(|_| Unready::NotKept)?.map_err(Unready::Refused)
    }
}

/// Plays the prelude of an exercise on a race that has not begun. Returns the moment of race time from which the
/// exercise runs. For the workshop: it takes some tens of milliseconds.
///
/// # Errors
///
/// [`Unready`] if the step cannot be reached.
pub(crate) fn play(
    ledger: &mut Ledger<Practice>,
    exercise: Exercise,
    person: PersonId,
) -> Result<Moment, Unready> {
    let from = prelude(&mut Stage(ledger), exercise, person)?;
    ledger.machine_mut().set_end(from + Exercise::LENGTH);
    debug_assert_eq!(ledger.machine().now(), from, "race time is where the exercise begins");
    Ok(from)
}
