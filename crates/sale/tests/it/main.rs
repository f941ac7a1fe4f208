//! Black-box tests of the sale, each named after the rule it proves (`docs/RULES.md`).

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]
#![expect(clippy::wildcard_enum_match_arm, reason = "a test matches only the variants it is about")]
#![expect(clippy::unnecessary_wraps, reason = "expected answers have the type of an answer")]

mod admission;
mod agreement;
mod bookings;
mod captcha;
mod chance;
mod golden;
mod holds;
mod hosting;
mod lottery;
mod model;
mod observer;
mod payments;
mod queue;
mod refusals;
mod rules;
mod script;
mod seats;
mod snapshots;
mod story;
mod time;
