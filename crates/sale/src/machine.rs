//! The trait that a journal requires of a state machine: its state depends on nothing but its
//! inputs.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error;

use borsh::{BorshDeserialize, BorshSerialize};

use crate::command::{Command, Outcome};
use crate::digest::Hash;
use crate::moment::Moment;
use crate::names::Tag;
use crate::refusal::Refusal;

/// An accepted command and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Answered {
    /// When it was decided.
    pub at: Moment,
    /// How the request is recognised if it comes again.
    pub tag: Option<Tag>,
    /// What was asked for.
    pub command: Command,
    /// What came of it.
    pub outcome: Outcome,
}

/// Why a machine cannot keep a note.
pub type NoteRefused = Box<dyn Error + Send + Sync>;

/// A deterministic state machine over [`Command`]s: a sale by itself, or a race around one.
///
/// From the same beginning, the same commands at the same moments must give the same answers and
/// the same [`hash`](Self::hash), however often [`advance`](Self::advance) is called between them.
pub trait Machine {
    /// Decides a command at `now`, which is later than that of every command before and no earlier
    /// than [`now`](Self::now).
    ///
    /// # Errors
    ///
    /// A refusal. Then nothing but the time has changed.
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal>;

    /// Performs everything that is due by `now`.
    fn advance(&mut self, now: Moment);

    /// How far time has gone on.
    fn now(&self) -> Moment;

    /// The digest of all events so far.
    fn hash(&self) -> Hash;

    /// The whole state, for [restoring](crate::Sale::restore).
    fn snapshot(&self) -> Vec<u8>;

    /// Hears that a request was accepted and what came of it, also in a replay, so that the same request
    /// can be answered again. It must not change what is decided. A sale by itself keeps nothing.
    fn keep_answer(&mut self, _answered: Answered) {}

    /// Hears of a note that came at `at`, which is now. The journal keeps it between the commands and tells
    /// it again in a replay. It must not change what is decided. A sale by itself keeps nothing.
    ///
    /// # Errors
    ///
    /// Why the note cannot be kept. In a replay the log is then not usable.
    fn keep_note(
        &mut self,
        _at: Moment,
        _tag: Option<Tag>,
        _kind: u8,
        _bytes: &[u8],
    ) -> Result<(), NoteRefused> {
        Ok(())
    }
}
