//! A race with members, seen from outside: what each member is told, and that a log gives the race
//! again.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test matches only the events it is about")]

mod ahead;
mod exercises;
mod fair;
mod feed;
mod header;
mod many;
mod notes;
mod openings;
mod reports;
mod requests;
mod results;
mod scene;
mod script;
mod viewer;
mod watch;
mod what_if;
