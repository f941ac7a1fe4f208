//! The crowd: rivals that behave like people, and the [`Race`]: a sale and its crowd advanced
//! together in time order.
//!
//! Rivals send the same [`Command`](sale::Command)s as people and see what a person would see: a
//! map as old as their last look. Conflicts (이선좌) come from that alone. A rival's persona and draws
//! are computed from the seed and the rival's number, so a rival that has not come yet or only
//! waits takes no memory here.
//!
//! Time is an argument, random numbers are functions of a counter, and transcendental functions
//! come from `libm`. So a scenario and a seed give the same race on every machine.

#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod agenda;
mod arrivals;
mod crowd;
mod dist;
mod draws;
mod fan;
mod hall;
mod persona;
mod race;
mod scenario;
mod tally;

pub use dist::{Delay, Dist, DistError};
pub use fan::Fan;
pub use hall::{Hall, HallError};
pub use persona::{Arrival, Care, CrowdRules, Groups, Persona, PersonaError, RIVALS_MAX};
pub use race::{FORM as SNAPSHOT_FORM, Race, RaceError, ignore};
pub use scenario::{Scenario, Visits};
pub use tally::{Band, Sample, Tally};

/// The version of everything in this crate that a replay depends on, beside
/// [`sale::RULES_VERSION`].
pub const CROWD_VERSION: u16 = 1;
