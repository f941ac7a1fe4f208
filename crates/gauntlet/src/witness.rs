//! The witness: a practice as the journal's machine. Its watcher remembers the last decision and
//! all events that nobody has taken yet.

use crowd::Race;
use journal::{BoxError, Snapshot};
use practice::{Practice, Watched, Watcher};
use sale::{Outcome, Refusal, Stamped};

use crate::world::Show;

/// What the watcher of a practice remembers.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The decision about the last command; `None` before the first.
    pub decided: Option<Result<Outcome, Refusal>>,
    /// The events that nobody has taken yet, in order.
    pub events: Vec<Stamped>,
}

/// A practice with a watcher that remembers what happened in it.
pub type Witness = Watched<Memory>;

impl Watcher for Memory {
    fn see(&mut self, _: &Race, stamped: &Stamped) {
        self.events.push(*stamped);
    }

    fn hear_decision(&mut self, decided: Result<Outcome, Refusal>) {
        self.decided = Some(decided);
    }
}

/// A witness of `practice` from now on.
pub fn witness(practice: Practice) -> Witness {
    Witness::new(practice, Memory::default())
}

/// The `revive` of [`journal::replay`]: makes a practice from its header, or restores it from a
/// snapshot.
///
/// # Errors
///
/// If the snapshot is damaged or of another practice.
pub fn revive(header: &[u8], snapshot: Option<&Snapshot>) -> Result<Witness, BoxError> {
    let show = Show::of(header);
    Ok(witness(match snapshot {
        None => show.practice(),
        Some(snapshot) => show.restore(&snapshot.state)?,
    }))
}
