//! Black-box tests of crowd and race, each named after the rule it proves (`docs/RULES.md`).

#![expect(clippy::unwrap_used, reason = "in a test a panic is the message")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test picks out what it is about")]

mod arrivals;
mod behaviour;
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
