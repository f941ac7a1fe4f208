//! Shares: how many rooms and members there are, of each kind and from each network, and how many there may be.
//!
//! Rooms of people and open races never take each other's places. Networks are kept in memory alone: after a restart
//! nobody knows from where a room or a member came.

use std::collections::{BTreeSet, HashMap};

use protocol::RoomKind;

use super::calendar::Calendar;
use super::code::RoomCode;
use crate::client::Network;
use crate::clock::UnixTime;
use crate::limits::{
    OPEN_MEMBERS_ALL_MAX, OPEN_MEMBERS_ALL_PER_NETWORK_MAX, OPEN_ROOMS_MAX, ROOM_IDLE_MIN,
    ROOM_MEMBERS_ALL_MAX, ROOM_MEMBERS_PER_NETWORK_MAX, ROOMS_MAX, ROOMS_PER_NETWORK_MAX,
};

/// From where the members of one room came, as far as they came since the start.
#[derive(Debug, Default)]
pub(super) struct Origins {
    members: HashMap<u32, Network>,
    counts: HashMap<Network, usize>,
}

impl Origins {
    pub(super) fn add(&mut self, number: u32, network: Network) {
        self.members.insert(number, network);
        *self.counts.entry(network).or_default() += 1;
    }

    pub(super) fn remove(&mut self, number: u32) -> Option<Network> {
        let network = self.members.remove(&number)?;
        lower(&mut self.counts, network, 1);
        Some(network)
    }

    /// How many members came from a network.
    pub(super) fn count(&self, network: Network) -> usize {
        self.counts.get(&network).copied().unwrap_or_default()
    }

    /// The networks, each with its count.
    pub(super) fn counts(&self) -> impl Iterator<Item = (Network, usize)> {
        self.counts.iter().map(|(network, count)| (*network, *count))
    }

    /// Forgets the members that are not kept.
    pub(super) fn keep(&mut self, is_kept: impl Fn(u32) -> bool) {
        let gone: Vec<u32> =
            self.members.keys().copied().filter(|number| !is_kept(*number)).collect();
        for number in gone {
            self.remove(number);
        }
    }
}

/// That a room may end if its place is needed, in the order in which rooms do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Idle {
    /// Whether people have met in it. A lobby with one person in it goes first.
    pub(super) is_met: bool,
    pub(super) since: UnixTime,
}

impl Idle {
    pub(super) fn is_long(self, now: UnixTime) -> bool {
        self.since.after(ROOM_IDLE_MIN) <= now
    }
}

/// What is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Full {
    /// The share of this network.
    Of(Network),
    /// What all networks share.
    All,
}

/// What the rooms of one kind take.
#[derive(Debug, Default)]
struct Share {
    rooms: usize,
    members: usize,
    /// The rooms that were opened from each network.
    opened: HashMap<Network, BTreeSet<RoomCode>>,
    members_of: HashMap<Network, usize>,
    idle: Calendar<Idle>,
}

/// What all rooms take.
#[derive(Debug, Default)]
pub(super) struct Shares {
    people: Share,
    open: Share,
}

impl Shares {
    fn of(&self, kind: RoomKind) -> &Share {
        match kind {
            RoomKind::Room => &self.people,
            RoomKind::Open => &self.open,
        }
    }

    fn of_mut(&mut self, kind: RoomKind) -> &mut Share {
        match kind {
            RoomKind::Room => &mut self.people,
            RoomKind::Open => &mut self.open,
        }
    }

    /// How many rooms of a kind there are.
    pub(super) fn rooms(&self, kind: RoomKind) -> usize {
        self.of(kind).rooms
    }

    /// The rooms that were opened from a network.
    pub(super) fn opened_from(&self, network: Network) -> impl Iterator<Item = RoomCode> {
        self.people.opened.get(&network).into_iter().flatten().copied()
    }

    /// What is full if one more room of a kind is to be opened.
    pub(super) fn full_of_rooms(&self, kind: RoomKind, from: Option<Network>) -> Option<Full> {
        let share = self.of(kind);
        let own =
            from.map(|network| (network, share.opened.get(&network).map_or(0, BTreeSet::len)));
        let rooms_max = match kind {
            RoomKind::Room => ROOMS_MAX,
            RoomKind::Open => OPEN_ROOMS_MAX,
        };
        match own {
            Some((network, own)) if own >= ROOMS_PER_NETWORK_MAX => Some(Full::Of(network)),
            Some(_) | None => (share.rooms >= rooms_max).then_some(Full::All),
        }
    }

    /// What is full if one more member from a network is to come into a room of a kind.
    pub(super) fn full_of_members(&self, kind: RoomKind, from: Network) -> Option<Full> {
        let share = self.of(kind);
        let (all_max, own_max) = match kind {
            RoomKind::Room => (ROOM_MEMBERS_ALL_MAX, ROOM_MEMBERS_PER_NETWORK_MAX),
            RoomKind::Open => (OPEN_MEMBERS_ALL_MAX, OPEN_MEMBERS_ALL_PER_NETWORK_MAX),
        };
        if share.members_of.get(&from).copied().unwrap_or_default() >= own_max {
            return Some(Full::Of(from));
        }
        (share.members >= all_max).then_some(Full::All)
    }

    /// Counts a room with its members.
    pub(super) fn add_room(&mut self, kind: RoomKind, members: usize) {
        let share = self.of_mut(kind);
        share.rooms += 1;
        share.members += members;
    }

    /// Counts a room no longer.
    pub(super) fn remove_room(&mut self, kind: RoomKind, code: RoomCode, members: usize) {
        let share = self.of_mut(kind);
        share.rooms -= 1;
        share.members -= members;
        share.idle.remove(code);
    }

    /// Notes whether a room is idle.
    pub(super) fn note_idle(&mut self, kind: RoomKind, code: RoomCode, idle: Option<Idle>) {
        let all = &mut self.of_mut(kind).idle;
        match idle {
            Some(idle) => all.put(code, idle),
            None => all.remove(code),
        }
    }

    /// The room of a kind that is needed least, but for the spared one; `None` if none has been idle for long enough.
    pub(super) fn idlest(
        &self,
        now: UnixTime,
        kind: RoomKind,
        spared: Option<RoomCode>,
    ) -> Option<(RoomCode, Idle)> {
        let first = |is_met| {
            let mut all = self.of(kind).idle.from(Idle { is_met, since: UnixTime::default() });
            let first = all.find(|(code, _)| Some(*code) != spared);
            first.filter(|(_, idle)| idle.is_met == is_met && idle.is_long(now))
        };
        first(false).or_else(|| first(true))
    }

    /// Notes from which network a room was opened.
    pub(super) fn add_opened(&mut self, network: Network, code: RoomCode) {
        self.people.opened.entry(network).or_default().insert(code);
    }

    pub(super) fn remove_opened(&mut self, network: Network, code: RoomCode) {
        if let Some(rooms) = self.people.opened.get_mut(&network) {
            rooms.remove(&code);
            if rooms.is_empty() {
                self.people.opened.remove(&network);
            }
        }
    }

    /// Counts a member who came.
    pub(super) fn add_member(&mut self, kind: RoomKind, network: Network) {
        self.of_mut(kind).members += 1;
        self.add_origins(kind, network, 1);
    }

    /// Counts a member no longer who left.
    pub(super) fn remove_member(&mut self, kind: RoomKind, network: Option<Network>) {
        self.of_mut(kind).members -= 1;
        if let Some(network) = network {
            self.remove_origins(kind, network, 1);
        }
    }

    /// Counts members for their network.
    pub(super) fn add_origins(&mut self, kind: RoomKind, network: Network, count: usize) {
        *self.of_mut(kind).members_of.entry(network).or_default() += count;
    }

    /// Counts members for their network no longer.
    pub(super) fn remove_origins(&mut self, kind: RoomKind, network: Network, count: usize) {
        lower(&mut self.of_mut(kind).members_of, network, count);
    }

    /// Whether nothing is counted.
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        [&self.people, &self.open].into_iter().all(|share| {
            share.rooms + share.members == 0
                && share.opened.is_empty()
                && share.members_of.is_empty()
        })
    }

    /// Members of rooms of a kind, and how many networks they came from.
    #[cfg(test)]
    pub(super) fn members(&self, kind: RoomKind) -> (usize, usize) {
        (self.of(kind).members, self.of(kind).members_of.len())
    }
}

/// Lowers a count, and forgets it when it is zero.
fn lower(counts: &mut HashMap<Network, usize>, network: Network, by: usize) {
    if let Some(count) = counts.get_mut(&network) {
        *count -= by;
        if *count == 0 {
            counts.remove(&network);
        }
    }
}
