//! `cargo xtask test`: everything that a change can break, the quickest stages first.

use std::process::ExitCode;

use crate::{
    ci, dependencies, gauntlet,
    misuse::misuse,
    output,
    process::{cargo, step},
    soak::api,
    stage::{Finish, Stage, run_all},
    targets, tools, web,
};

const TESTS: Stage = Stage { name: "tests", run: tests };
const GAUNTLET: Stage = Stage { name: "gauntlet", run: || gauntlet_seeds("1000") };
const GAUNTLET_QUICK: Stage = Stage { name: "gauntlet", run: || gauntlet_seeds("50") };

/// `cargo xtask test [--quick]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    let stages: &[&Stage] = match args {
        [] => &[
            &ci::FMT,
            &ci::TIDY,
            &dependencies::UNUSED,
            &dependencies::DENY,
            &web::CHECK,
            &web::TESTS,
            &ci::CLIPPY,
            &ci::DOC,
            &TESTS,
            &targets::WITHOUT_STD,
            &GAUNTLET,
            &api::STAGE,
            &web::END_TO_END,
        ],
        ["--quick"] => &[
            &ci::FMT,
            &ci::TIDY,
            &dependencies::UNUSED,
            &web::CHECK,
            &web::TESTS,
            &ci::CLIPPY,
            &TESTS,
            &GAUNTLET_QUICK,
        ],
        other => {
            return Err(misuse(
                format!("`test` does not know `{}`", other.join(" ")),
                "it takes --quick or nothing; `cargo nextest run NAME` runs single tests",
            ));
        }
    };
    tools::ensure_for_checks()?;
    run_all("test", stages)?;
    Ok(ExitCode::SUCCESS)
}

fn tests() -> anyhow::Result<Finish> {
    tools::ensure_for_tests()?;
    if tools::has_nextest() {
        step(&mut cargo(&["nextest", "run", "--workspace"]))?;
        // nextest does not run the examples in the documentation.
        step(&mut cargo(&["test", "--workspace", "--doc", "--quiet"]))?;
    } else {
        output::line("cargo-nextest is not installed: `cargo test` does the same, only slower");
        step(&mut cargo(&["test", "--workspace"]))?;
    }
    Ok(Finish::Passed)
}

fn gauntlet_seeds(count: &str) -> anyhow::Result<Finish> {
    step(&mut gauntlet::with_checks(&["--seeds", count])?)?;
    Ok(Finish::Passed)
}
