//! Snapshots that are damaged or of another race are refused.

use crowd::{Dist, Hall, Race, Scenario};
use sale::{Refresh, SnapshotError};

use crate::world::{SEED, Show, after, busy};

fn snapshot() -> Vec<u8> {
    let mut show = Show::of(busy(100), SEED);
    show.until(after(10.0));
    show.race.snapshot()
}

fn refusal(scenario: Scenario, seed: u64, bytes: &[u8]) -> Option<SnapshotError> {
    Race::restore(scenario, seed, bytes).err()
}

#[test]
fn c29_a_snapshot_of_another_race_is_refused() {
    let bytes = snapshot();
    assert_eq!(refusal(busy(100), SEED, &bytes), None);
    assert_eq!(refusal(busy(100), SEED + 1, &bytes), Some(SnapshotError::Foreign));
    assert_eq!(refusal(busy(101), SEED, &bytes), Some(SnapshotError::Foreign));
    let changes: [fn(&mut Scenario); 5] = [
        |scenario| scenario.rules.refresh_waiting = Refresh::Keeps,
        |scenario| scenario.crowd.personas[0].patience += 1,
        |scenario| scenario.crowd.personas[0].arrivals[1].press = Dist::Fixed(2.0),
        |scenario| scenario.crowd.map_refresh = Dist::Fixed(2.0),
        |scenario| {
            let seats = scenario.layout.seat_count() as usize;
            let (quality, adjacent) = (vec![0.5; seats], vec![true; seats]);
            scenario.hall = Hall::new(&scenario.layout, quality, adjacent).unwrap();
        },
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut other = busy(100);
        change(&mut other);
        assert_eq!(refusal(other, SEED, &bytes), Some(SnapshotError::Foreign), "change {at}");
    }
    let mut unplayable = busy(100);
    unplayable.crowd.personas.clear();
    assert_eq!(refusal(unplayable, SEED, &bytes), Some(SnapshotError::Foreign));
}

#[test]
fn c29_a_damaged_snapshot_is_refused() {
    let bytes = snapshot();
    for at in (0..bytes.len()).step_by(97) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x10;
        assert_eq!(refusal(busy(100), SEED, &damaged), Some(SnapshotError::Damaged), "at {at}");
    }
    for length in [0, 1, 17, bytes.len() - 1] {
        let cut = &bytes[..length];
        assert_eq!(refusal(busy(100), SEED, cut), Some(SnapshotError::Damaged));
    }
}

#[test]
fn c29_a_snapshot_of_another_form_is_refused() {
    let here = crowd::SNAPSHOT_FORM;
    let found = here + 1;
    let bytes = sale::snapshot::encode(found, &0_u8);
    assert_eq!(refusal(busy(100), SEED, &bytes), Some(SnapshotError::Version { found, here }));
}
