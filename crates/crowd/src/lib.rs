//! The crowd: rivals that behave like people, and the [`Race`]: a sale and its crowd advanced
//! together in time order.
//!
//! Rivals enter by the same [`Command`](sale::Command) door as people and see what a person would
//! see: a map as old as their last look. That somebody else was faster (이선좌) comes from that and
//! from nothing else. What a rival is, is computed from the seed and the rival's number, so those
//! who have not come yet or only wait cost nothing here.
//!
//! Time is an argument, random numbers are functions of a counter, transcendental functions come
//! from `libm`: a seed is a race, on every machine, for ever.

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
pub mod report;
mod scenario;
mod tally;

pub use dist::{Delay, Dist, DistError};
pub use fan::Fan;
pub use hall::{Hall, HallError};
pub use persona::{Arrival, Care, CrowdRules, Groups, Persona, PersonaError, RIVALS_MAX};
pub use race::{FORM as SNAPSHOT_FORM, Race, RaceError};
pub use scenario::Scenario;
pub use tally::{Band, Sample, Tally};

/// The version of everything in this crate that a replay depends on, beside
/// [`sale::RULES_VERSION`].
pub const CROWD_VERSION: u16 = 1;
