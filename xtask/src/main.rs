//! The project's own commands, which build, check and measure it.
//!
//! This program uses none of our crates, so that it compiles when they do not, and within seconds on a new machine.

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
mod soak;
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
  test [--quick]         everything that a change can break, the quickest stages first;
                         --quick leaves out the dependencies, the documentation, the builds
                         without std, the browser and most of the gauntlet's seeds
  ci [STAGE]             the static stages, or one of them: fmt, tidy, unused, deny, clippy, doc
  tidy                   the house rules that no compiler checks
  gauntlet [ARGS]        the whole system under faults: --seed N replays one history,
                         --seeds N tries N seeds
  realism [ARGS]         compare the crowd with what people saw at real on-sales
  bench race|sale|journal|http|hostile|catalogue|web|whatif
                         measure, as ratios to a probe of the same run; `hostile` attacks the
                         server beside an innocent person: [--quick] [ATTACK]; `web` plays in
                         a browser: [--quick] [race] [map] [lighthouse]; `catalogue` makes
                         302,400 concerts in both databases and searches them, for twenty
                         minutes: [--quick] [FILE|URL [CONCERTS]]
  soak fuzz [--minutes N] [TARGET]
                         look for bytes that a decoder does not survive, for an hour or N
                         minutes, divided over all fuzz targets or with one of them
  soak api [--minutes N] [--seed N]
                         let schemathesis compare the server's answers with its description, for
                         half an hour or N minutes
  soak coach [--runs N] [--from SEED]
                         verdicts on the runs of people who do something badly, 300 or N of them
  soak money [PEOPLE [BOOKINGS [KILLS]]]
                         fifty people book and cancel with points while the program is killed
                         ten times; ledger, seats and bookings are compared at the end
  soak people [PEOPLE [KILLS]]
                         a thousand people in one race while the server is killed three times
  help                   this text

The exit status is 0 if all is well, 1 if something failed and 2 if the command line is wrong.
A command that starts another program ends with the status of that program.
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
        "soak" => soak::run(rest),
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
