//! The catalogue from outside: one contract for both databases, on a file and on a PostgreSQL that the tests start.
#![expect(
    clippy::unwrap_used,
    reason = "the cases are tests, which the macro of the contract calls"
)]

mod accounts;
mod contract;
mod crashes;
mod entries;
mod faults;
mod generated;
mod given;
mod lists;
mod openings;
mod people;
mod plans;
mod points;
mod postgres;
mod projection;
mod rules;
mod search;
