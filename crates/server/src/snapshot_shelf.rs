//! Which snapshots are on disk, and how many bytes each guest and each network takes up with them.
//!
//! A snapshot only makes loading a race quicker, so the oldest ones are dropped when there are too many.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::client::Network;
use crate::ids::{GuestId, RaceId};
use crate::limits::{
    SNAPSHOT_BYTES_MAX, SNAPSHOT_BYTES_PER_GUEST_MAX, SNAPSHOT_BYTES_PER_NETWORK_MAX,
};

/// The snapshots on disk.
#[derive(Debug, Default)]
pub(crate) struct SnapshotShelf {
    /// By their age, the oldest first.
    kept: Mutex<BTreeMap<u64, Kept>>,
}

/// A snapshot on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) race: RaceId,
    pub(crate) bytes: u64,
    /// To whom the race belongs, if the server knows the race.
    pub(crate) guest: Option<GuestId>,
    /// From where the race was played last; `None` since before the server's start.
    pub(crate) network: Option<Network>,
}

impl SnapshotShelf {
    /// Notes a snapshot that is about to be written, in place of an earlier one of the race. Returns the
    /// races whose snapshots must be dropped to make room for it.
    pub(crate) fn put(&self, new: Kept) -> Vec<RaceId> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, old| old.race != new.race);
        let age = kept.last_key_value().map_or(0, |(age, _)| age + 1);
        kept.insert(age, new);
        let mut dropped = Vec::new();
        let is_guests = |old: &Kept| old.guest.is_some() && old.guest == new.guest;
        drop_oldest(&mut kept, SNAPSHOT_BYTES_PER_GUEST_MAX, is_guests, &mut dropped);
        let is_networks = |old: &Kept| old.network.is_some() && old.network == new.network;
        drop_oldest(&mut kept, SNAPSHOT_BYTES_PER_NETWORK_MAX, is_networks, &mut dropped);
        drop_oldest(&mut kept, SNAPSHOT_BYTES_MAX, |_| true, &mut dropped);
        dropped
    }

    /// Forgets the snapshot of a race. Returns whether there was one.
    pub(crate) fn remove(&self, race: RaceId) -> bool {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let before = kept.len();
        kept.retain(|_, old| old.race != race);
        kept.len() < before
    }

    /// The races that have a snapshot.
    pub(crate) fn races(&self) -> Vec<RaceId> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.values().map(|old| old.race).collect()
    }

    /// Forgets the oldest snapshots until `bytes` are freed or none is left, and returns their races.
    pub(crate) fn take_oldest(&self, bytes: u64) -> Vec<RaceId> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut freed, mut dropped) = (0, Vec::new());
        while freed < bytes
            && let Some((_, old)) = kept.pop_first()
        {
            freed += old.bytes;
            dropped.push(old.race);
        }
        dropped
    }
}

/// Drops the oldest snapshots of those that count, until they have no more than `bytes_max`.
fn drop_oldest(
    kept: &mut BTreeMap<u64, Kept>,
    bytes_max: u64,
    counts: impl Fn(&Kept) -> bool,
    dropped: &mut Vec<RaceId>,
) {
    let mut bytes: u64 = kept.values().filter(|old| counts(old)).map(|old| old.bytes).sum();
    while bytes > bytes_max {
        let oldest = kept.iter().find(|(_, old)| counts(old)).map(|(age, _)| *age);
        let Some(old) = oldest.and_then(|age| kept.remove(&age)) else { return };
        bytes -= old.bytes;
        dropped.push(old.race);
    }
}

#[cfg(test)]
mod tests;
