//! Black-box tests of the files, each named after the rule it proves (`docs/rules-crowd.md`).

#![expect(clippy::unwrap_used, reason = "in a test a panic is the message")]

mod golden;
