//! The witness: a race as the journal's machine, that also remembers what it was last asked and all
//! that happened in it since somebody looked.
//!
//! It decides nothing and changes nothing.

use crowd::{CROWD_VERSION, Race};
use journal::{BoxError, Snapshot};
use sale::{Command, Hash, Machine, Moment, Outcome, RULES_VERSION, Refusal, Stamped};

use crate::world::Show;

/// The version that goes with snapshots of these races.
pub const VERSION: u16 = RULES_VERSION << 8 | CROWD_VERSION;

/// A race with somebody looking on.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The race.
    pub race: Race,
    /// What came of the last command.
    pub decided: Option<Result<Outcome, Refusal>>,
    /// What happened and was not taken yet.
    pub events: Vec<Stamped>,
}

impl Witness {
    /// Looks at a race.
    pub fn of(race: Race) -> Self {
        Self { race, decided: None, events: Vec::new() }
    }

    /// For [`journal::replay`]: a race from its header, or on from a snapshot.
    ///
    /// # Errors
    ///
    /// If the snapshot is not one of such a race.
    pub fn revive(header: &[u8], snapshot: Option<&Snapshot>) -> Result<Self, BoxError> {
        let show = Show::of(header);
        Ok(Self::of(match snapshot {
            None => show.race(),
            Some(snapshot) => Race::restore(show.scenario, show.seed, &snapshot.state)?,
        }))
    }

    /// For [`journal::replay`]: takes the events.
    pub fn settle(&mut self) {
        while let Some(event) = self.race.poll_event() {
            self.events.push(event);
        }
    }
}

impl Machine for Witness {
    fn handle(&mut self, now: Moment, command: Command) -> Result<Outcome, Refusal> {
        let decided = self.race.handle(now, command);
        self.decided = Some(decided);
        self.settle();
        decided
    }

    fn advance(&mut self, now: Moment) {
        self.race.advance(now);
        self.settle();
    }

    fn now(&self) -> Moment {
        self.race.sale().now()
    }

    fn hash(&self) -> Hash {
        self.race.hash()
    }

    fn snapshot(&self) -> Vec<u8> {
        self.race.snapshot()
    }
}
