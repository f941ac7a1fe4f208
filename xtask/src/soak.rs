//! `cargo xtask soak`: searches that take long and find what no test of a few seconds finds.

use std::process::ExitCode;

use crate::misuse::misuse;

pub(crate) mod api;

/// `cargo xtask soak api [ARGS]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    match args {
        ["api", rest @ ..] => api::api_soak(rest),
        [] => Err(misuse("`soak` needs to know what to search".to_owned(), "say `api`")),
        [what, ..] => Err(misuse(format!("`soak` cannot search `{what}`"), "say `api`")),
    }
}
