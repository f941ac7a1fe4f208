//! Tests: what a shard is told of a race that it waits for.

use std::sync::mpsc::channel;

use super::{Arrival, Event, LoadError};
use crate::ids::RaceId;

#[test]
fn a40_a_shard_is_told_of_a_load_that_was_dropped() {
    let (tx, rx) = channel();
    drop(Arrival { id: RaceId(7), tx, is_told: false });
    let event = rx.recv().expect("an event");
    assert!(matches!(event, Event::Loaded(RaceId(7), Err(LoadError::GivenUp))));
    assert!(rx.recv().is_err(), "it is told once");
}
