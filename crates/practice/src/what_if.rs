//! What-if: a member's race run again with another time for a step, or two.
//!
//! A scripted self plays the member's *intent*: when to press, how long to type, to choose and to pay, and how good
//! a seat to pick among those that are free. The letters and the seats of the log are not used again, because they
//! depend on the place and on what others did. Nothing here reads a report, so a report can use it.
//!
//! ```text
//!  Tape ─▶ Original: outcome, intent, a fork before each step
//!             └─ fork + changes ─▶ Player ─▶ outcome of the what-if
//! ```

mod change;
mod intent;
mod observer;
mod original;
mod outcome;
mod plan;
mod player;
mod reel;
mod seen;
mod tape;
mod tracer;

pub use change::{Change, Lever};
pub use intent::{Known, UsualTimes};
pub use original::{Chance, Original, Own, PAGE_QUICK, Stopped};
pub use outcome::{compare, gain};
pub use tape::{Input, Tape};
