//! Room for one more race in a shard's memory.
//!
//! A race that leaves the memory is not lost: the next question loads it again, with place, pass and seats. So the
//! race that would be missed least gives way. Nobody can use up the room of others: whoever has more races in
//! memory than the one who asks for room gives way first.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Shard;
use super::loaded_race::LoadedRace;
use super::need::Need;
use crate::client::Network;
use crate::clock::UnixTime;
use crate::ids::RaceId;
use crate::problem::ApiError;

impl Shard {
    /// Makes room for one more race, for which a client of the network `asker` asks; `None` if the server
    /// itself does.
    ///
    /// # Errors
    ///
    /// [`ApiError::Overloaded`] if too many races are coming for this network, [`ApiError::ServerFull`] if no
    /// race may give way.
    pub(super) fn make_room(
        &mut self,
        now: UnixTime,
        asker: Option<Network>,
    ) -> Result<(), ApiError> {
        if self.loads_of(asker) >= self.loads_max() {
            return Err(ApiError::Overloaded);
        }
        if self.races.len() + self.coming.len() < self.capacity {
            return Ok(());
        }
        let Some(leaver) = self.least_missed(now, asker) else {
            self.context.note_full();
            return Err(ApiError::ServerFull);
        };
        tracing::debug!(race.id = %leaver, "a race leaves the memory to make room");
        self.unload(leaver);
        Ok(())
    }

    /// How many races that a network asked for are being created or loaded.
    fn loads_of(&self, network: Option<Network>) -> usize {
        self.coming.values().filter(|coming| coming.from == network).count()
    }

    /// How many races may come for one network at once, so that it does not take all room before any has come.
    fn loads_max(&self) -> usize {
        (self.capacity / 4).max(2)
    }

    /// The race that gives way: the one that nobody needs and nobody has asked for longest; if there is none,
    /// one of the network that has the most races, if these are clearly more than the asker's.
    fn least_missed(&self, now: UnixTime, asker: Option<Network>) -> Option<RaceId> {
        let mut counts: HashMap<Option<Network>, usize> = HashMap::new();
        for race in self.races.values() {
            *counts.entry(race.network()).or_default() += 1;
        }
        for coming in self.coming.values() {
            *counts.entry(coming.from).or_default() += 1;
        }
        let own = counts.get(&asker).copied().unwrap_or(0);
        let silent_since = now.before(self.context.patience.doubtful_after());
        let may_leave = |race: &LoadedRace, count: usize| match race.need() {
            Need::Nobody => true,
            // Loading the race again gives the person back the place, the pass and the seats.
            Need::Away => race.heard_at() <= silent_since || count > own + 1,
            Need::Watched => count > own + 1,
        };
        let leavers = self.races.iter().filter(|(_, race)| race.is_quiet());
        let leavers = leavers.filter_map(|(id, race)| {
            let count = counts.get(&race.network()).copied().unwrap_or(0);
            let need = race.need();
            // Among races that nobody needs only the time since the last question counts.
            let count_first = if need == Need::Nobody { 0 } else { count };
            may_leave(race, count).then(|| (need, Reverse(count_first), race.heard_at(), *id))
        });
        leavers.min().map(|(_, _, _, id)| id)
    }
}
