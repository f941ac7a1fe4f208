//! Tests: which outages the server remembers.

use std::time::Duration;

use super::{ALIVE_FILE, OUTAGES_FILE, Outage, Outages, Pulse};
use crate::clock::UnixTime;
use crate::limits::{OUTAGE_KEPT_FOR, OUTAGES_KEPT_MAX};

const START: UnixTime = UnixTime::from_nanos(1_800_000_000_000_000_000);

fn second(count: u64) -> UnixTime {
    START.after(Duration::from_secs(count))
}

fn list(outages: &Outages) -> Vec<Outage> {
    outages.since(UnixTime::default()).collect()
}

#[test]
fn j28_a_start_knows_all_outages_of_before() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    assert!(list(&Outages::open(data, second(0), None).unwrap()).is_empty(), "a new folder");
    let mut pulse = Pulse::of(data);
    pulse.beat(second(1));
    pulse.beat(second(2));
    let short = Outages::open(data, second(4), None).unwrap();
    assert!(list(&short).is_empty(), "two seconds are no outage");
    let first = Outage { from: second(2), until: second(9) };
    assert_eq!(list(&Outages::open(data, second(9), None).unwrap()), [first]);
    Pulse::of(data).beat(second(20));
    let second_one = Outage { from: second(20), until: second(30) };
    let both = Outages::open(data, second(30), Some(second(5))).unwrap();
    assert_eq!(list(&both), [first, second_one]);
    assert_eq!(both.since(second(9)).collect::<Vec<_>>(), [second_one]);
    assert_eq!(both.since(second(8)).count(), 2);
    let marked = Outages::open(data, second(40), Some(second(39))).unwrap();
    assert_eq!(list(&marked).len(), 2, "the journal's mark is a sign of life too");
}

#[test]
fn j28_a_damaged_list_counts_as_empty_and_a_damaged_sign_of_life_as_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    Pulse::of(data).beat(second(2));
    Outages::open(data, second(60), None).unwrap();
    for file in [OUTAGES_FILE, ALIVE_FILE] {
        let path = data.join(file);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[3] ^= 1;
        std::fs::write(&path, bytes).unwrap();
    }
    assert!(list(&Outages::open(data, second(90), None).unwrap()).is_empty());
}

#[test]
fn j28_the_list_is_limited_and_a_clock_that_was_set_back_has_no_outage_to_come() {
    let mut outages = Outages::default();
    for count in 0..OUTAGES_KEPT_MAX as u64 + 5 {
        assert!(outages.add(second(10 * count + 5), Some(second(10 * count))));
    }
    assert_eq!(list(&outages).len(), OUTAGES_KEPT_MAX);
    assert_eq!(list(&outages)[0].from, second(50), "the oldest are dropped");
    assert_eq!(Outages::decode(&outages.encode()), Some(outages.clone()));
    let mut back = outages.clone();
    assert!(back.add(second(100), Some(second(99))));
    assert!(list(&back).iter().all(|outage| outage.until <= second(100)));
    let later = second(20_000).after(OUTAGE_KEPT_FOR);
    assert!(outages.add(later, Some(later.before(Duration::from_secs(3)))));
    assert_eq!(list(&outages).len(), 1, "older ones than a race can be are dropped");
}
