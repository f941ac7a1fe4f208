//! The command line and its commands.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::commands::{admin, check_plan, doctor, generate, rebuild, replay, serve, simulate};
use crate::error::CommandError;
use crate::output::Output;

/// A flight simulator for ticketing (팅팅).
#[derive(Debug, Parser)]
#[command(name = "tingting", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Simulate(simulate::Simulate),
    Replay(replay::Replay),
    CheckPlan(check_plan::CheckPlan),
    Generate(generate::Generate),
    Serve(serve::Serve),
    Admin(admin::Admin),
    Rebuild(rebuild::Rebuild),
    Doctor(doctor::Doctor),
}

/// Parses the arguments of this process and runs the command that they name.
pub(crate) fn run() -> ExitCode {
    let output = Output::new();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return output.usage(&error),
    };
    match dispatch(&cli.command, &output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => output.failure(&error),
    }
}

fn dispatch(command: &Command, output: &Output) -> Result<(), CommandError> {
    match command {
        Command::Simulate(arguments) => simulate::run(arguments, output),
        Command::Replay(arguments) => replay::run(arguments, output),
        Command::CheckPlan(arguments) => check_plan::run(arguments, output),
        Command::Generate(arguments) => generate::run(arguments, output),
        Command::Serve(arguments) => serve::run(arguments, output),
        Command::Admin(arguments) => admin::run(arguments, output),
        Command::Rebuild(arguments) => rebuild::run(arguments, output),
        Command::Doctor(arguments) => doctor::run(arguments, output),
    }
}
