//! What a journal asks of whatever it makes durable: a state made of nothing but its inputs.

use alloc::vec::Vec;

use crate::command::{Command, Outcome};
use crate::digest::Hash;
use crate::moment::Moment;
use crate::refusal::Refusal;

/// A deterministic state machine over [`Command`]s: a sale by itself, or a race around one.
///
/// The same commands at the same moments, from the same beginning, must give the same answers and
/// the same [`hash`](Self::hash), whatever calls of [`advance`](Self::advance) lie between them.
pub trait Machine {
    /// Decides a command at `now`, which is later than that of every command before and no earlier
    /// than [`now`](Self::now).
    ///
    /// # Errors
    ///
    /// A refusal, which changed nothing but that time went on.
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal>;

    /// Lets everything happen that is due by `now`.
    fn advance(&mut self, now: Moment);

    /// How far time has gone on.
    fn now(&self) -> Moment;

    /// The digest of all that happened.
    fn hash(&self) -> Hash;

    /// The whole state, for [restoring](crate::Sale::restore).
    fn snapshot(&self) -> Vec<u8>;
}
