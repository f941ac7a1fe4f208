//! Tests: Whose turn it is.

use super::Turns;
use crate::client::Network;
use crate::ids::RaceId;

#[test]
fn a48_networks_take_turns_however_many_races_one_has() {
    let network = |last: u8| Some(Network::of([10, 0, 0, last].into()));
    let mut turns = Turns::default();
    for race in 0..50 {
        turns.put(network(1), RaceId(race));
    }
    turns.put(network(2), RaceId(100));
    turns.put(network(2), RaceId(100));
    turns.put(network(3), RaceId(200));
    let order: Vec<u64> = (0..5).filter_map(|_| turns.pop()).map(|race| race.0).collect();
    assert_eq!(order, [0, 100, 200, 1, 2], "each waits once");
    turns.remove(RaceId(3));
    assert_eq!(turns.pop(), Some(RaceId(4)));
    while turns.pop().is_some() {}
    assert!(turns.is_empty() && !turns.has(RaceId(49)));
}
