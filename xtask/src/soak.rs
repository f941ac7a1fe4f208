//! `cargo xtask soak`: searches that take long and find what no test of a few seconds finds.

use std::process::ExitCode;

use crate::misuse::misuse;
use crate::process::{cargo, hand_over, step};

pub(crate) mod api;
mod fuzz;

/// `cargo xtask soak api|coach|fuzz|money|people [ARGS]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    match args {
        ["api", rest @ ..] => api::api_soak(rest),
        ["coach", rest @ ..] => coach(rest),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["money", rest @ ..] => money(rest),
        ["people", rest @ ..] => people(rest),
        [] => Err(misuse(
            "`soak` needs to know what to search".to_owned(),
            "say `api`, `coach`, `fuzz`, `money` or `people`",
        )),
        [what, ..] => Err(misuse(
            format!("`soak` cannot search `{what}`"),
            "say `api`, `coach`, `fuzz`, `money` or `people`",
        )),
    }
}

/// `cargo xtask soak coach [--runs N] [--from SEED]`: verdicts on the runs of clumsy people.
fn coach(args: &[&str]) -> anyhow::Result<ExitCode> {
    let program = ["--package", "gauntlet", "--bin", "coach", "--"];
    hand_over(cargo(&["run", "--release"]).args(program).args(args))
}

/// `cargo xtask soak people [PEOPLE [KILLS]]`: people in one race while the server is killed.
fn people(args: &[&str]) -> anyhow::Result<ExitCode> {
    // The soak starts the program itself and kills it.
    step(&mut cargo(&["build", "--release", "--package", "tingting"]))?;
    let example = ["--package", "server", "--example", "soak-people", "--"];
    hand_over(cargo(&["run", "--release"]).args(example).args(args))
}

/// `cargo xtask soak money [PEOPLE [BOOKINGS [KILLS]]]`: people book and cancel with points while the program is killed.
fn money(args: &[&str]) -> anyhow::Result<ExitCode> {
    let is_number = |arg: &&str| arg.parse::<u32>().is_ok_and(|number| number > 0);
    if args.len() > 3 || !args.iter().all(is_number) {
        let what = "`soak money` takes up to three numbers above nothing".to_owned();
        return Err(misuse(what, "say `soak money [PEOPLE [BOOKINGS [KILLS]]]`"));
    }
    let mut test = cargo(&["test", "--release", "--package", "tingting", "--test", "it", "--"]);
    test.args(["m14_", "--nocapture"]);
    let scale = [("PEOPLE", "50"), ("BOOKINGS", "1000"), ("KILLS", "10")];
    for (place, (name, usual)) in scale.into_iter().enumerate() {
        test.env(format!("TINGTING_MONEY_{name}"), args.get(place).unwrap_or(&usual));
    }
    hand_over(&mut test)
}
