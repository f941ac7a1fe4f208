//! Runs the whole system in one thread under faults, and checks the results. For development only:
//! nothing that ships depends on this crate.
//!
//! A [`trial`] is what happens under one seed. From the seed, [`world`] chooses the sales,
//! [`actor`] what people do, and `faults` what goes wrong. `screen` is the viewers of a sale.
//! [`history`] remembers all that was asked and answered; [`observer`] and [`checks`] check it
//! against the rules. [`coach`] tries verdicts on the runs of clumsy people. [`mod@bench`] and [`realism`] measure the system instead.

pub mod actor;
pub mod bench;
pub mod checks;
pub mod coach;
pub mod counts;
pub mod dice;
pub mod disk;
mod faults;
pub mod history;
pub mod observer;
mod owner;
pub mod realism;
mod screen;
// The person of the tests of `practice`, for whom the gauntlet has more races.
#[path = "../../practice/tests/it/script.rs"]
mod script;
pub mod trial;
pub mod witness;
pub mod world;
