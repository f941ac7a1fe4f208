//! The `tingting` command: parse, compose, print. What it does lives in the library crates.

use std::process::ExitCode;

mod cli;
mod commands;
mod error;
mod output;

fn main() -> ExitCode {
    cli::run()
}
