//! Installs, checks, tests, builds and measures the web client, all through npm.

use std::{
    fs,
    process::{Command, ExitCode},
};

use crate::{
    output,
    process::{built_with_tests, cargo, hand_over, root, step},
    stage::{Finish, Stage},
    tools,
};

/// Checks types, lint, format, messages, the build and its size.
pub(crate) const CHECK: Stage = Stage { name: "web check", run: check };
/// Runs the unit tests.
pub(crate) const TESTS: Stage = Stage { name: "web tests", run: tests };
/// Plays whole races in a real browser against the real server.
pub(crate) const END_TO_END: Stage = Stage { name: "web end to end", run: end_to_end };

/// Builds the client, which the server carries inside.
pub(crate) fn build() -> anyhow::Result<()> {
    tools::ensure_for_web()?;
    install()?;
    output::line("building the web client");
    step(&mut npm(&["run", "build", "--silent"]))
}

/// Measures the client in a browser, against the server built with optimisations.
///
/// `--quick` measures everything once and writes nothing. Other words choose files of `web/bench`.
pub(crate) fn bench(args: &[&str]) -> anyhow::Result<ExitCode> {
    tools::ensure_for_browser()?;
    build()?;
    output::line("building `tingting` with optimisations; the first build takes a few minutes");
    step(&mut cargo(&["build", "--release", "--package", "tingting"]))?;
    let (quick, files): (Vec<&str>, Vec<&str>) = args.iter().partition(|arg| **arg == "--quick");
    output::line("measuring: a quarter of an hour, or three minutes with --quick");
    let mut command = npm(&["run", "bench", "--silent", "--"]);
    command.args(files).env("TINGTING_BIN", root().join("target/release/tingting"));
    if !quick.is_empty() {
        command.env("BENCH_QUICK", "1");
    }
    hand_over(&mut command)
}

/// Looks for packages, files and exports of the client that nothing uses.
pub(crate) fn unused() -> anyhow::Result<Finish> {
    install()?;
    step(&mut npm(&["run", "unused"]))?;
    Ok(Finish::Passed)
}

fn check() -> anyhow::Result<Finish> {
    install()?;
    step(&mut npm(&["run", "check"]))?;
    Ok(Finish::Passed)
}

fn tests() -> anyhow::Result<Finish> {
    step(&mut npm(&["test"]))?;
    Ok(Finish::Passed)
}

fn end_to_end() -> anyhow::Result<Finish> {
    tools::ensure_for_browser()?;
    // The tests start the program themselves.
    let program = built_with_tests("tingting")?;
    step(npm(&["run", "e2e"]).env("TINGTING_BIN", program))?;
    Ok(Finish::Passed)
}

/// Installs the packages that the lock file names, unless they are installed already.
fn install() -> anyhow::Result<()> {
    let folder = root().join("web");
    let changed = |path: &str| fs::metadata(folder.join(path)).and_then(|about| about.modified());
    let installed = changed("node_modules/.package-lock.json");
    let is_current =
        installed.is_ok_and(|at| changed("package-lock.json").is_ok_and(|lock| lock <= at));
    if is_current {
        return Ok(());
    }
    output::line("installing the web client's packages");
    step(&mut npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
}

fn npm(args: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.args(args).current_dir(root().join("web"));
    command
}
