//! `cargo xtask soak`: searches that take long and find what no test of a few seconds finds.

use std::process::ExitCode;

use crate::misuse::misuse;

pub(crate) mod api;
mod fuzz;

/// `cargo xtask soak api|fuzz [ARGS]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    match args {
        ["api", rest @ ..] => api::api_soak(rest),
        ["fuzz", rest @ ..] => fuzz::run(rest),
        [] => Err(misuse("`soak` needs to know what to search".to_owned(), "say `api` or `fuzz`")),
        [what, ..] => Err(misuse(format!("`soak` cannot search `{what}`"), "say `api` or `fuzz`")),
    }
}
