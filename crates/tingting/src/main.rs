//! The `tingting` command. It parses arguments, puts the libraries together and prints; the libraries do the
//! work.

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
mod setup;
mod text;
mod watch;

fn main() -> ExitCode {
    cli::run()
}
