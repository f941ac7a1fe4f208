//! Snapshots of the small race.

use ::practice::Practice;
use ::sale::snapshot::SnapshotError;
use ::sale::{Machine, Sale};
use crowd::Race;

use crate::scene::{self, SEED};
use crate::seal;

/// The snapshot of a sale.
pub(crate) fn sale(bytes: &[u8]) {
    check(bytes, Sale::snapshot, |bytes| {
        let scenario = scene::course().scenario.clone();
        Sale::restore(scenario.rules, scenario.layout, Race::chance_of_sale(SEED), bytes)
    });
}

/// The snapshot of a race.
pub(crate) fn race(bytes: &[u8]) {
    check(bytes, Race::snapshot, |bytes| {
        Race::restore(scene::course().scenario.clone(), SEED, bytes)
    });
}

/// The snapshot of a practice.
pub(crate) fn practice(bytes: &[u8]) {
    check(bytes, Machine::snapshot, |bytes| {
        let course = scene::course();
        Practice::restore(course.scenario.clone(), SEED, course.ends_at, bytes)
    });
}

/// What is restored from the bytes as they are has these bytes as its snapshot. Bytes behind a checksum that fits them are
/// restored or refused.
fn check<T>(
    bytes: &[u8],
    snapshot: impl Fn(&T) -> Vec<u8>,
    restore: impl Fn(&[u8]) -> Result<T, SnapshotError>,
) {
    if let Ok(restored) = restore(bytes) {
        assert!(snapshot(&restored) == bytes, "another snapshot than the one restored");
    }
    let _restored: Option<T> = restore(&seal::snapshot(bytes)).ok();
}
