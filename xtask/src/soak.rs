//! `cargo xtask soak`: searches that take an hour or more and find what no test of a few seconds finds.

use std::process::ExitCode;

use crate::misuse::misuse;

mod fuzz;

/// `cargo xtask soak fuzz [ARGS]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    match args {
        ["fuzz", rest @ ..] => fuzz::run(rest),
        [] => Err(misuse("`soak` needs to know what to search".to_owned(), "say `fuzz`")),
        [what, ..] => Err(misuse(format!("`soak` cannot search `{what}`"), "say `fuzz`")),
    }
}
