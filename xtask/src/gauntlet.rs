//! `cargo xtask gauntlet`: runs the whole system under faults that seeds choose.

use std::process::{Command, ExitCode};

use crate::{
    process::{cargo, hand_over},
    tools,
};

/// `cargo xtask gauntlet [--seed N | --seeds N]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    tools::ensure_for_builds()?;
    hand_over(
        cargo(&["run", "--release", "--package", "gauntlet", "--bin", "gauntlet", "--"]).args(args),
    )
}

/// The gauntlet as the tests run it: the profile of the tests, so that nothing is built twice and overflow is checked.
///
/// No package is named: Cargo then chooses features for the whole workspace, as it did for the tests, and finds every
/// library built.
pub(crate) fn checked_build(args: &[&str]) -> Command {
    let mut command = cargo(&["run", "--bin", "gauntlet", "--"]);
    command.args(args);
    command
}
