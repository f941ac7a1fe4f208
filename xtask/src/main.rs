//! The project's own commands, so that one language builds, checks and measures it.
//!
//! It uses none of our crates: it must compile when they do not, and within seconds on a cold machine.

use std::{env, process::ExitCode};

use misuse::{Misuse, misuse};

mod bench;
mod ci;
mod dependencies;
mod gauntlet;
mod misuse;
mod output;
mod process;
mod realism;
mod run;
mod stage;
mod targets;
mod test;
mod tidy;
mod tools;
mod web;

const HELP: &str = "\
TingTing's own commands

usage: cargo xtask COMMAND [ARGS]

  run [OPTIONS]          build the web client and `tingting`, start it and print the address
                         to practise at; OPTIONS are those of `tingting serve`
  run COMMAND [ARGS]     build `tingting` and start another of its commands, such as
                         `run simulate arena-hot --rivals 100000 --watch`
  test [--quick]         everything a change can break, stage by stage, the cheapest first;
                         --quick leaves out the dependencies, the documentation, the builds
                         without std, the browser and most of the gauntlet's seeds
  ci [STAGE]             the static stages, or one of them: fmt, tidy, unused, deny, clippy, doc
  tidy                   the house rules that no compiler knows
  gauntlet [ARGS]        the whole system under faults: --seed N replays one history,
                         --seeds N tries as many
  realism [ARGS]         compare the crowd with what was seen at real on-sales
  bench race|sale|journal|http|web
                         measure, as ratios to a probe of the same run; `web` plays in a
                         browser: [--quick] [race] [map] [lighthouse]
  help                   this text

Ends with 0 when all is well, 1 when something failed, 2 when the command line was wrong;
a program that was started hands on its own status.
";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match dispatch(&args) {
        Ok(code) => code,
        Err(error) => report(&error),
    }
}

fn dispatch(args: &[&str]) -> anyhow::Result<ExitCode> {
    let Some((command, rest)) = args.split_first() else {
        output::print(HELP);
        return Ok(ExitCode::SUCCESS);
    };
    match *command {
        "run" => run::run(rest),
        "test" => test::run(rest),
        "ci" => ci::run(rest),
        "tidy" => tidy::run(rest),
        "gauntlet" => gauntlet::run(rest),
        "realism" => realism::run(rest),
        "bench" => bench::run(rest),
        "help" | "--help" | "-h" => {
            output::print(HELP);
            Ok(ExitCode::SUCCESS)
        }
        unknown => Err(misuse(
            format!("there is no command `{unknown}`"),
            "`cargo xtask help` lists the commands",
        )),
    }
}

fn report(error: &anyhow::Error) -> ExitCode {
    output::error(&format!("{error}"));
    for cause in error.chain().skip(1) {
        output::detail("caused by", &cause.to_string());
    }
    if let Some(misuse) = error.downcast_ref::<Misuse>() {
        output::detail("hint", misuse.hint);
        return ExitCode::from(2);
    }
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests;
