//! Who may enter a race: its host alone, or those whom its room lets in.

use std::collections::HashSet;

use practice::Header;
use protocol::RunStand;

use super::{Access, Entry, Index, Inner, Progress};
use crate::ids::{GuestId, RaceId};
use crate::limits::{ASKS_PER_RACE_MAX, ASKS_PER_SHARED_RACE_MAX, THINNED_AT_ONCE};
use crate::shard::Line;

impl Index {
    /// As which of some guests, who are one person, a race is entered: the first who has a run in it, or else who opened it, or
    /// else who may enter it.
    pub(crate) fn member_among(&self, id: RaceId, guests: &[GuestId]) -> Option<GuestId> {
        let inner = self.lock();
        let entry = inner.races.get(&id)?;
        let first = |is: &dyn Fn(&GuestId) -> bool| guests.iter().copied().find(is);
        first(&|guest| entry.runs.contains_key(guest))
            .or_else(|| first(&|guest| entry.host == Some(*guest)))
            .or_else(|| first(&|guest| entry.is_let_in(*guest)))
    }

    /// Whether some race is in a guest's list.
    pub(crate) fn has_races_of(&self, guest: GuestId) -> bool {
        self.lock().guests.contains_key(&guest)
    }

    /// Forgets what a room called guests (rule L22). Returns the races that they opened for nobody else.
    pub(crate) fn forget(&self, guests: &[GuestId]) -> Vec<RaceId> {
        let mut inner = self.lock();
        let mut own = Vec::new();
        for (id, entry) in &mut inner.races {
            for guest in guests {
                entry.names.remove(guest);
                entry.sharers.remove(guest);
            }
            let is_own = entry.host.is_some_and(|host| guests.contains(&host));
            own.extend((is_own && !entry.access.is_shared()).then_some(*id));
        }
        own
    }

    /// Whether the guest may enter the race (rule A54).
    pub(crate) fn may_enter(&self, id: RaceId, guest: GuestId) -> bool {
        self.lock().races.get(&id).is_some_and(|entry| entry.admits(guest))
    }

    /// Whether the race is shared and the index knows no run in it, as after a start. A race that is known to be over without
    /// a run has none.
    pub(crate) fn knows_nobody(&self, id: RaceId) -> bool {
        let inner = self.lock();
        inner
            .races
            .get(&id)
            .is_some_and(|entry| entry.access.is_shared() && !entry.knows_runs && !entry.is_settled)
    }

    /// Whether more people than its host may enter the race.
    pub(crate) fn is_shared(&self, id: RaceId) -> bool {
        let inner = self.lock();
        inner.races.get(&id).is_some_and(|entry| matches!(entry.access, Access::Members(_)))
    }

    /// Whether the runs of all are over whom the room of a race lets in. Never so for a race that nobody opened: anybody may
    /// come until its end.
    pub(crate) fn is_complete(&self, id: RaceId, is_over: impl Fn(GuestId) -> bool) -> bool {
        let inner = self.lock();
        let Some(Entry { host: Some(_), access: Access::Members(people), .. }) =
            inner.races.get(&id)
        else {
            return false;
        };
        people.iter().all(|guest| is_over(*guest))
    }

    /// Lets guests into a race: its room does this for each who comes, and for all of them after a start. A race that was
    /// its host's alone becomes a shared one. Returns false if there is no such race.
    pub(crate) fn let_in(&self, id: RaceId, guests: impl IntoIterator<Item = GuestId>) -> bool {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return false };
        let people = entry.share();
        let came: Vec<GuestId> = guests.into_iter().filter(|guest| people.insert(*guest)).collect();
        for guest in came {
            inner.list(guest, id);
        }
        true
    }

    /// No longer lets a guest into a race. A guest who is a member of the race keeps the run, and with it the way in:
    /// returns false then. Nobody waits for one of those who has not pressed (rule A110).
    pub(crate) fn put_out(&self, id: RaceId, guest: GuestId) -> bool {
        let mut inner = self.lock();
        let Some(entry) = inner.races.get_mut(&id) else { return true };
        if let Some(run) = entry.runs.get(&guest) {
            if run.stand() == RunStand::Away && entry.access.remove(guest) {
                inner.thinned.insert(id);
            }
            return false;
        }
        let was_in = entry.access.remove(guest);
        // After a start the guest may have a run of which the index does not know, and is told by name in the results.
        let has_no_run = entry.knows_runs;
        if has_no_run {
            entry.names.remove(&guest);
        }
        // The race still counts for the one who opened it.
        let is_host = entry.host == Some(guest);
        if was_in {
            inner.thinned.insert(id);
        }
        if (was_in || has_no_run) && !is_host {
            inner.unlist(guest, id);
        }
        true
    }

    /// Takes the races for which the server need wait no longer: fewer people may enter them than before, and everybody of
    /// whom the index knows has come and ended the run. Only their shards can close them (rule A80). At most
    /// [`THINNED_AT_ONCE`]; the others come the next time.
    pub(crate) fn take_thinned(&self) -> Vec<RaceId> {
        let mut inner = self.lock();
        let Inner { races, thinned, .. } = &mut *inner;
        let may_be_complete = |id: &RaceId| races.get(id).is_some_and(Entry::may_be_complete);
        let mut taken: Vec<RaceId> = thinned.drain().filter(may_be_complete).collect();
        thinned.extend(taken.split_off(taken.len().min(THINNED_AT_ONCE)));
        taken
    }

    /// Gives back a race whose shard could not be asked.
    pub(crate) fn put_back_thinned(&self, id: RaceId) {
        self.lock().thinned.insert(id);
    }
}

impl Access {
    /// Who may enter the race of a header before its room has said whom it lets in.
    pub(crate) fn of(header: &Header) -> Self {
        if header.shared { Self::Members(HashSet::new()) } else { Self::Host }
    }

    /// Whether more people than the host may enter.
    pub(crate) fn is_shared(&self) -> bool {
        match self {
            Self::Host => false,
            Self::Members(_) => true,
        }
    }

    /// Lets a guest in no longer. Returns whether the guest was one of those who are let in.
    fn remove(&mut self, guest: GuestId) -> bool {
        match self {
            Self::Members(people) => people.remove(&guest),
            Self::Host => false,
        }
    }

    /// An empty line of messages to a race that those may enter.
    pub(super) fn line(&self) -> Line {
        Line::with_places(match self {
            Self::Host => ASKS_PER_RACE_MAX,
            Self::Members(_) => ASKS_PER_SHARED_RACE_MAX,
        })
    }
}

impl Entry {
    pub(super) fn admits(&self, guest: GuestId) -> bool {
        match &self.access {
            Access::Host => self.host == Some(guest),
            // Anybody may enter the sale of a performance, at any time until it closes.
            Access::Members(_) if self.performance.is_some() => true,
            Access::Members(people) => people.contains(&guest) || self.runs.contains_key(&guest),
        }
    }

    /// Whether the guest opened the race or was let into it, which is more than that anybody may enter it.
    fn is_let_in(&self, guest: GuestId) -> bool {
        match &self.access {
            Access::Host => self.host == Some(guest),
            Access::Members(people) => people.contains(&guest),
        }
    }

    /// The guests who are let in. From here on the race is a shared one.
    fn share(&mut self) -> &mut HashSet<GuestId> {
        if matches!(self.access, Access::Host) {
            self.access = Access::Members(self.host.into_iter().collect());
            self.line = self.access.line();
        }
        match &mut self.access {
            Access::Members(people) => people,
            Access::Host => unreachable!("the race has just been shared"),
        }
    }

    /// Whether a shared race that somebody opened may have nobody left to wait for, as far as the index knows its runs. After a
    /// start it knows none.
    fn may_be_complete(&self) -> bool {
        let Self {
            host: Some(_),
            access: Access::Members(people),
            runs,
            knows_runs,
            is_settled: false,
            ..
        } = self
        else {
            return false;
        };
        let is_awaited = |(guest, run): (&GuestId, &Progress)| match run.stand() {
            RunStand::Over => false,
            RunStand::In => true,
            RunStand::Away => people.contains(guest),
        };
        !runs.iter().any(is_awaited)
            && (!knows_runs || people.iter().all(|guest| runs.contains_key(guest)))
    }
}
