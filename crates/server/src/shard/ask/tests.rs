//! Tests: The line of messages to one race.

use super::Line;
use crate::limits::ASKS_PER_RACE_MAX;

#[test]
fn a48_the_line_of_one_race_is_limited_and_leaves_the_lines_of_others_free() {
    let (line, other) = (Line::with_places(ASKS_PER_RACE_MAX), Line::with_places(1));
    let mut places: Vec<_> = (0..ASKS_PER_RACE_MAX).filter_map(|_| line.join()).collect();
    assert_eq!(places.len(), ASKS_PER_RACE_MAX);
    assert!(line.join().is_none() && line.clone().join().is_none() && other.join().is_some());
    places.pop();
    places.extend(line.join());
    assert_eq!(places.len(), ASKS_PER_RACE_MAX, "a place that was given up is free again");
    assert!(line.join().is_none());
}
