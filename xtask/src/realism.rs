//! `cargo xtask realism`: compares the crowd with what people saw at real on-sales, and writes `docs/REALISM.md`.

use std::process::ExitCode;

use crate::{
    process::{cargo, hand_over},
    tools,
};

/// `cargo xtask realism [ARGS]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    tools::ensure_for_builds()?;
    hand_over(
        cargo(&["run", "--release", "--package", "gauntlet", "--bin", "realism", "--"]).args(args),
    )
}
