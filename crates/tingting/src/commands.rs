//! The commands, each in a file. A command turns its arguments into calls of the libraries.

pub(crate) mod admin;
pub(crate) mod check_plan;
pub(crate) mod doctor;
pub(crate) mod generate;
pub(crate) mod rebuild;
pub(crate) mod replay;
pub(crate) mod serve;
pub(crate) mod simulate;

mod configuration;
mod database;
mod errand;
mod file;
mod provider;
