//! The witness: a practice as the journal's machine, watched by somebody who remembers what was decided
//! last and all that happened since the events were taken.

use crowd::Race;
use journal::{BoxError, Snapshot};
use practice::{Practice, Watched, Watcher};
use sale::{Outcome, Refusal, Stamped};

use crate::world::Show;

/// What the watcher of a practice remembers.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// What came of the last command.
    pub decided: Option<Result<Outcome, Refusal>>,
    /// What happened and was not taken yet.
    pub events: Vec<Stamped>,
}

/// A practice and the memory of what happened in it.
pub type Witness = Watched<Memory>;

impl Watcher for Memory {
    fn see(&mut self, _: &Race, stamped: &Stamped) {
        self.events.push(*stamped);
    }

    fn hear_decision(&mut self, decided: Result<Outcome, Refusal>) {
        self.decided = Some(decided);
    }
}

/// Watches a practice from here on.
pub fn witness(practice: Practice) -> Witness {
    Witness::new(practice, Memory::default())
}

/// For [`journal::replay`]: a practice from its header, or on from a snapshot.
///
/// # Errors
///
/// If the snapshot is not one of such a practice.
pub fn revive(header: &[u8], snapshot: Option<&Snapshot>) -> Result<Witness, BoxError> {
    let show = Show::of(header);
    Ok(witness(match snapshot {
        None => show.practice(),
        Some(snapshot) => show.restore(&snapshot.state)?,
    }))
}
