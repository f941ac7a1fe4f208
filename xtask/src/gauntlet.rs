//! `cargo xtask gauntlet`: runs the whole system under faults that seeds choose.

use std::process::{Command, ExitCode};

use crate::{
    process::{built_with_tests, cargo, hand_over},
    tools,
};

/// `cargo xtask gauntlet [--seed N | --seeds N]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    tools::ensure_for_builds()?;
    hand_over(
        cargo(&["run", "--release", "--package", "gauntlet", "--bin", "gauntlet", "--"]).args(args),
    )
}

/// The gauntlet with checks of overflow, as the tests build it.
pub(crate) fn with_checks(args: &[&str]) -> anyhow::Result<Command> {
    let mut command = Command::new(built_with_tests("gauntlet")?);
    command.args(args);
    Ok(command)
}
