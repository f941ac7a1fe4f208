//! The `tingting` command: parse, compose, print. What it does lives in the library crates.

use std::process::ExitCode;

mod chart;
mod cli;
mod clock;
mod commands;
mod dots;
mod drive;
mod error;
mod folder;
mod highlight;
mod memory;
mod narrated;
mod output;
mod recording;
mod setup;
mod text;
mod watch;

fn main() -> ExitCode {
    cli::run()
}
