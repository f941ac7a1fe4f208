//! The whole system in one thread, with faults, and the checkers of what came of it. For development
//! only: nothing that ships depends on this.
//!
//! A [`trial`] is one seed: [`world`] chooses its sales, [`actor`] what people do, `faults` what goes
//! wrong, `screen` who looks on from afar; [`observer`] and [`checks`] look at what came of it, [`history`] remembers what was said.

pub mod actor;
pub mod bench;
pub mod checks;
pub mod counts;
pub mod dice;
pub mod disk;
mod faults;
pub mod history;
pub mod observer;
mod owner;
pub mod realism;
mod screen;
pub mod trial;
pub mod witness;
pub mod world;
