//! `cargo xtask soak fuzz`: lets libFuzzer look for bytes that a decoder does not survive.
//!
//! What it finds new goes to `fuzz/found/`, and what makes a target fail to `fuzz/artifacts/`; git ignores both. A person copies
//! what is worth keeping to `fuzz/corpus/`, which the tests run.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use anyhow::Context as _;

use crate::{
    misuse::misuse,
    output,
    process::{capture, cargo, root, step},
    tools::{self, CargoTool},
};

const CARGO_FUZZ: CargoTool = CargoTool {
    name: "cargo-fuzz",
    version: "0.13.2",
    purpose: "which builds and runs fuzz targets",
};

/// Sanitizers need a nightly compiler, and our code is free of `unsafe`. The profile for tests checks overflow and assertions, and
/// builds in a fifth of the time.
const HOW: [&str; 5] = ["--dev", "--sanitizer", "none", "--features", "libfuzzer"];

const MINUTES: u64 = 60;

/// The longest that one input may take. The slowest real one takes a tenth of a second.
const INPUT_SECONDS_MAX: u32 = 10;

/// The most memory of a target's process, most of which is what the fuzzer itself keeps.
const MEMORY_MIB_MAX: u32 = 2048;

/// What the command line asks for.
struct Asked<'a> {
    minutes: u64,
    target: Option<&'a str>,
}

/// What a search with one target came to.
struct Search {
    executions: u64,
    added: u64,
    /// Where libFuzzer wrote the input that made the target fail.
    failed_with: Option<String>,
}

/// `cargo xtask soak fuzz [--minutes N] [TARGET]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    let asked = parse(args)?;
    let program = tools::ensure_cargo_tool(&CARGO_FUZZ)?;
    let cargo_fuzz = |command: &str| {
        let mut cargo_fuzz = Command::new(&program);
        cargo_fuzz.arg(command).current_dir(root());
        cargo_fuzz
    };
    let list = capture(&mut cargo_fuzz("list"))?;
    let targets: Vec<&str> =
        list.lines().filter(|target| asked.target.is_none_or(|wanted| wanted == *target)).collect();
    if targets.is_empty() {
        return Err(misuse(
            "there is no such fuzz target".to_owned(),
            "`cargo fuzz list` names them",
        ));
    }
    step(&mut cargo(&["run", "--package", "fuzz", "--example", "seeds", "--", "fuzz/found"]))?;
    step(cargo_fuzz("build").args(HOW))?;
    let programs = programs()?;
    let seconds = (asked.minutes * 60 / targets.len() as u64).max(1);
    let mut failures = 0;
    for target in targets {
        let program = programs.join(target);
        let search = search(&program, target, seconds)?;
        let Search { executions, added, failed_with } = search;
        output::line(&format!(
            "{target}: {executions} inputs in {seconds} s, {added} added to its corpus"
        ));
        if let Some(input) = failed_with {
            failures += 1;
            let again = format!("{} {input}", program.display());
            output::error(&format!("{target} fails"));
            output::detail("again", &again);
        }
    }
    Ok(if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn parse<'a>(args: &[&'a str]) -> anyhow::Result<Asked<'a>> {
    let mut asked = Asked { minutes: MINUTES, target: None };
    let mut args = args.iter();
    while let Some(&arg) = args.next() {
        match arg {
            "--minutes" => {
                let minutes = args.next().and_then(|number| number.parse().ok());
                asked.minutes = minutes.filter(|&minutes| minutes > 0).ok_or_else(|| {
                    misuse(
                        "`--minutes` needs a number".to_owned(),
                        "`--minutes 10` searches for ten minutes",
                    )
                })?;
            }
            option if option.starts_with('-') => {
                let told = format!("`soak fuzz` does not know `{option}`");
                return Err(misuse(told, "it takes --minutes N and the name of a target"));
            }
            target => asked.target = Some(target),
        }
    }
    Ok(asked)
}

/// The folder in which cargo-fuzz puts the programs. `cargo fuzz run` would ask Cargo again for each whether it is up to date.
fn programs() -> anyhow::Result<PathBuf> {
    let about = capture(Command::new("rustc").arg("-vV").current_dir(root()))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let ours = env::current_exe().context("the path of xtask is unknown")?;
    let target = ours.ancestors().nth(2).context("xtask lies in a target folder")?;
    Ok(target.join(host.context("rustc does not tell its host")?).join("debug"))
}

/// Searches with one target. New inputs are kept in the first of the two folders.
fn search(program: &Path, target: &str, seconds: u64) -> anyhow::Result<Search> {
    let [found, corpus, failing] =
        ["found", "corpus", "artifacts"].map(|kind| format!("fuzz/{kind}/{target}"));
    for folder in [&found, &corpus, &failing] {
        fs::create_dir_all(root().join(folder)).context("cannot make a folder for inputs")?;
    }
    let mut command = Command::new(program);
    command.current_dir(root()).args([&found, &corpus]).arg("-print_final_stats=1");
    command.arg(format!("-artifact_prefix={failing}/"));
    command.arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-timeout={INPUT_SECONDS_MAX}"));
    command.arg(format!("-rss_limit_mb={MEMORY_MIB_MAX}"));
    let ended = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let told = String::from_utf8_lossy(&ended.stderr);
    let number = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(&format!("stat::{name}:")));
        line.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    let written = told.lines().find_map(|line| line.split_once("Test unit written to "));
    let failed_with = written.map(|(_, path)| path.to_owned());
    let is_failed = !ended.status.success();
    if is_failed {
        told.lines()
            .rev()
            .take(TOLD_LINES)
            .collect::<Vec<_>>()
            .iter()
            .rev()
            .for_each(|line| output::line(line));
    }
    Ok(Search {
        executions: number("number_of_executed_units"),
        added: number("new_units_added"),
        failed_with: failed_with.or_else(|| is_failed.then(|| "(no input was written)".to_owned())),
    })
}

/// How many of the last lines of a failed search are shown.
const TOLD_LINES: usize = 40;
