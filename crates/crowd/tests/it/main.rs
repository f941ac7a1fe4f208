//! Black-box tests of crowd and race, each named after the rule it proves (`docs/RULES.md`).

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test matches only the variants it is about")]

mod arrivals;
mod behaviour;
mod chance;
mod choosing;
mod conflicts;
mod determinism;
mod fan;
mod nonsense;
mod observer;
mod script;
mod snapshots;
mod styles;
mod tally;
mod waiting;
mod world;
