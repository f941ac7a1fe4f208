//! Tests of the command line. None of them starts a program.

use std::time::Duration;

use super::{
    HELP, Misuse, ci, dispatch, run,
    stage::{self, Finish},
};

fn is_misuse(args: &[&str]) -> bool {
    dispatch(args).is_err_and(|error| error.is::<Misuse>())
}

#[test]
fn a_wrong_command_line_is_misuse() {
    assert!(is_misuse(&["ru"]));
    assert!(is_misuse(&["test", "--fast"]));
    assert!(is_misuse(&["ci", "format"]));
    assert!(is_misuse(&["ci", "fmt", "doc"]));
    assert!(is_misuse(&["tidy", "README.md"]));
    assert!(is_misuse(&["bench"]));
    assert!(is_misuse(&["bench", "everything"]));
    assert!(is_misuse(&["soak"]));
    assert!(is_misuse(&["soak", "everything"]));
    assert!(is_misuse(&["soak", "fuzz", "--minutes", "none"]));
}

#[test]
fn help_names_every_command() {
    for command in ["run", "test", "ci", "tidy", "gauntlet", "realism", "bench", "soak", "help"] {
        assert!(HELP.contains(&format!("\n  {command} ")), "{command}");
    }
}

#[test]
fn help_names_every_static_stage() {
    let names: Vec<&str> = ci::STAGES.iter().map(|stage| stage.name).collect();
    assert!(HELP.contains(&names.join(", ")), "{names:?}");
}

#[test]
fn a_stage_tells_what_it_left_out() {
    let told = |finish| stage::result("deny", &finish, Duration::from_millis(1_500));
    assert_eq!(told(Finish::Passed), "deny: passed in 1.5 s");
    assert_eq!(told(Finish::PassedWithout("x".into())), "deny: passed in 1.5 s, without x");
    assert_eq!(told(Finish::Skipped("because x".into())), "deny: skipped, because x");
}

#[test]
fn run_without_a_command_serves() {
    let started = |args: &[&'static str]| run::start(args);
    let serving = |args| run::Start { args, serves: true };
    assert_eq!(started(&[]), serving(vec!["serve"]));
    assert_eq!(started(&["serve"]), serving(vec!["serve"]));
    assert_eq!(started(&["--listen", "[::1]:80"]), serving(vec!["serve", "--listen", "[::1]:80"]));
    let simulate = run::Start { args: vec!["simulate", "arena-hot"], serves: false };
    assert_eq!(started(&["simulate", "arena-hot"]), simulate);
}
