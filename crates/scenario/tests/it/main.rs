//! Tests of scenario files from outside the crate. Each is named after its rule in `docs/RULES.md`.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the message")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test picks out what it is about")]

mod files;
mod golden;
mod library;
mod nonsense;
mod recipes;
mod styles;
mod test_folder;
