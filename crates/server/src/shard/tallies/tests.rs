//! Tests: thousands of tallies reach the journal in parts.

use std::sync::Arc;

use practice::PersonId;
use serde_json::json;

use super::Tallies;
use crate::limits::TALLIES_AT_ONCE_MAX;
use crate::tally::{NewTally, Tally};

fn some(count: usize) -> Vec<NewTally> {
    let tally = json!({"ending": "left", "place": null, "steps": vec![None::<f32>; 7],
        "goal": null, "press": null});
    let tally: Arc<Tally> = Arc::new(serde_json::from_value(tally).unwrap());
    (0..count as u128).map(|number| (PersonId(number), Arc::clone(&tally))).collect()
}

#[test]
fn j31_runs_that_end_at_once_are_kept_in_parts() {
    let mut tallies = Tallies::default();
    tallies.add(some(TALLIES_AT_ONCE_MAX + 3));
    assert_eq!((tallies.take().len(), tallies.is_empty()), (TALLIES_AT_ONCE_MAX, false));
    let rest: Vec<_> = tallies.take().into_iter().map(|(PersonId(number), _)| number).collect();
    assert_eq!(rest, [256, 257, 258]);
    assert!(tallies.is_empty() && tallies.take().is_empty());
    tallies.are_kept = true;
    tallies.add(some(1));
    assert!(tallies.is_empty());
}
