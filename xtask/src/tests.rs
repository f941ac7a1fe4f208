//! Tests of the command line itself; nothing here starts a program.

use super::{HELP, Misuse, dispatch};

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
}

#[test]
fn help_names_every_command() {
    for command in ["run", "test", "ci", "tidy", "gauntlet", "realism", "bench", "help"] {
        assert!(HELP.contains(&format!("\n  {command} ")), "{command}");
    }
}
