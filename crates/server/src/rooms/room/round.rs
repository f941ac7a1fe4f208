//! One race of a room.

use std::time::Duration;

use crate::clock::UnixTime;
use crate::ids::RaceId;
use crate::outages::Outages;

/// A race of a room.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Round {
    pub(crate) race: RaceId,
    pub(crate) starts_at: UnixTime,
    /// When the sale opens, outages included.
    pub(crate) opens_at: UnixTime,
    /// When the race ends at the latest, outages included.
    pub(crate) ends_at: UnixTime,
    pub(crate) commitment: Option<String>,
    /// Whether the race is known to be over for everybody.
    pub(crate) is_over: bool,
    /// By how much outages moved the opening and the end. The file keeps both moments without.
    pub(crate) delays: Delays,
}

/// A race that a room had before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PastRace {
    pub(crate) race: RaceId,
    /// The number of the first member who came after the race. Those before could enter it.
    pub(crate) next_number: u32,
}

/// By how much outages moved a race.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delays {
    pub(crate) opening: Duration,
    pub(crate) end: Duration,
}

impl Round {
    pub(crate) fn new(
        race: RaceId,
        starts_at: UnixTime,
        opens_at: UnixTime,
        ends_at: UnixTime,
    ) -> Self {
        let (commitment, is_over, delays) = (None, false, Delays::default());
        Self { race, starts_at, opens_at, ends_at, commitment, is_over, delays }
    }

    /// Moves the opening and the end by the outages that fell into the race, as the race itself does.
    pub(crate) fn pass_outages(&mut self, outages: &Outages) {
        for outage in outages.since(self.starts_at) {
            let span = Duration::from_nanos(outage.until.since(outage.from));
            if outage.from < self.opens_at {
                self.opens_at = self.opens_at.after(span);
                self.delays.opening += span;
            }
            if outage.from < self.ends_at {
                self.ends_at = self.ends_at.after(span);
                self.delays.end += span;
            }
        }
    }
}
