//! The trait that a journal requires of a state machine: its state depends on nothing but its
//! inputs.

use alloc::vec::Vec;

use crate::command::{Command, Outcome};
use crate::digest::Hash;
use crate::moment::Moment;
use crate::refusal::Refusal;

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
}
