//! The static stages: checks that do not run our code.
//!
//! They deny warnings with arguments after `--`. With `RUSTFLAGS`, Cargo would build every library again for each stage.

use std::process::ExitCode;

use anyhow::Context as _;

use crate::{
    dependencies,
    misuse::misuse,
    process::{cargo, step},
    stage::{Finish, Stage, run_all},
    tidy, tools,
};

pub(crate) const FMT: Stage = Stage { name: "fmt", run: fmt };
pub(crate) const TIDY: Stage = Stage { name: "tidy", run: tidy };
pub(crate) const CLIPPY: Stage = Stage { name: "clippy", run: clippy };
pub(crate) const DOC: Stage = Stage { name: "doc", run: doc };

/// All of them, in the order in which they run.
pub(crate) const STAGES: [&Stage; 6] =
    [&FMT, &TIDY, &dependencies::UNUSED, &dependencies::DENY, &CLIPPY, &DOC];

/// `cargo xtask ci [STAGE]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    let stages = chosen(args)?;
    tools::ensure_for_checks()?;
    run_all("ci", &stages)?;
    Ok(ExitCode::SUCCESS)
}

fn chosen(args: &[&str]) -> anyhow::Result<Vec<&'static Stage>> {
    let named = |name: &str| STAGES.into_iter().find(|stage| stage.name == name);
    match args {
        [] => Ok(STAGES.to_vec()),
        [name] if let Some(stage) = named(name) => Ok(vec![stage]),
        other => Err(misuse(
            format!("`ci` has no stage `{}`", other.join(" ")),
            "the stages are fmt, tidy, unused, deny, clippy and doc; none given runs them all",
        )),
    }
}

fn fmt() -> anyhow::Result<Finish> {
    step(&mut cargo(&["fmt", "--all", "--check"])).context("`cargo fmt` corrects this")?;
    Ok(Finish::Passed)
}

fn clippy() -> anyhow::Result<Finish> {
    step(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    Ok(Finish::Passed)
}

fn doc() -> anyhow::Result<Finish> {
    let args = ["doc", "--workspace", "--no-deps", "--document-private-items"];
    step(cargo(&args).env("RUSTDOCFLAGS", "-D warnings"))?;
    Ok(Finish::Passed)
}

fn tidy() -> anyhow::Result<Finish> {
    tidy::check_project()?;
    Ok(Finish::Passed)
}
