//! Tests: What the shelf keeps and what it drops.

use super::{Kept, SnapshotShelf};
use crate::client::Network;
use crate::ids::{GuestId, RaceId};
use crate::limits::{
    SNAPSHOT_BYTES_MAX, SNAPSHOT_BYTES_PER_GUEST_MAX, SNAPSHOT_BYTES_PER_NETWORK_MAX,
};

fn kept(race: u64, bytes: u64, guest: u128, network: [u8; 4]) -> Kept {
    let (guest, network) = (Some(GuestId(guest)), Some(Network::of(network.into())));
    Kept { race: RaceId(race), bytes, guest, network }
}

#[test]
fn a50_the_oldest_snapshot_of_a_guest_gives_way_to_a_new_one_of_the_same_guest() {
    let shelf = SnapshotShelf::default();
    let half = SNAPSHOT_BYTES_PER_GUEST_MAX / 2;
    assert!(shelf.put(kept(1, half, 7, [10, 0, 0, 1])).is_empty());
    assert!(shelf.put(kept(2, half, 7, [10, 0, 0, 1])).is_empty());
    assert!(shelf.put(kept(3, half, 8, [10, 0, 0, 1])).is_empty());
    assert!(shelf.put(kept(1, half, 7, [10, 0, 0, 1])).is_empty(), "in place of the earlier one");
    assert_eq!(shelf.put(kept(4, half, 7, [10, 0, 0, 1])), [RaceId(2)]);
}

#[test]
fn a50_many_guests_of_one_network_take_no_room_from_another_network() {
    let shelf = SnapshotShelf::default();
    let (many, one) = ([10, 0, 0, 1], [10, 0, 0, 2]);
    let part = SNAPSHOT_BYTES_PER_GUEST_MAX;
    let fits = SNAPSHOT_BYTES_PER_NETWORK_MAX / part;
    assert!(shelf.put(kept(1000, part, 1000, one)).is_empty());
    for number in 0..fits {
        assert!(shelf.put(kept(number, part, u128::from(number), many)).is_empty());
    }
    for number in fits..3 * fits {
        let dropped = shelf.put(kept(number, part, u128::from(number), many));
        assert_eq!(dropped, [RaceId(number - fits)]);
    }
    assert!(shelf.remove(RaceId(1000)));
}

#[test]
fn a50_all_snapshots_together_have_a_limit() {
    let shelf = SnapshotShelf::default();
    let part = SNAPSHOT_BYTES_PER_GUEST_MAX;
    let fits = SNAPSHOT_BYTES_MAX / part;
    let each =
        |number: u64| kept(number, part, u128::from(number), [10, 0, 1, number.to_le_bytes()[0]]);
    for number in 0..fits {
        assert!(shelf.put(each(number)).is_empty());
    }
    assert_eq!(shelf.put(each(fits)), [RaceId(0)]);
    assert_eq!(shelf.take_oldest(part + 1), [RaceId(1), RaceId(2)]);
}
