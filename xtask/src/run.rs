//! `cargo xtask run`: builds the product with optimisations and starts it.

use std::{env, process::ExitCode};

use crate::{
    output,
    process::{cargo, hand_over},
    tools, web,
};

/// How to start `tingting`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Start<'a> {
    pub(crate) args: Vec<&'a str>,
    /// Whether it serves browsers, for which it needs the web client.
    pub(crate) serves: bool,
}

/// Reads the arguments. If they name no command of `tingting`, the command is `serve`.
pub(crate) fn start<'a>(args: &[&'a str]) -> Start<'a> {
    let names_none = args.first().is_none_or(|first| first.starts_with('-'));
    let serve = names_none.then_some("serve");
    let args: Vec<&str> = serve.into_iter().chain(args.iter().copied()).collect();
    Start { serves: args.first() == Some(&"serve"), args }
}

/// `cargo xtask run [ARGS]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    let start = start(args);
    tools::ensure_for_builds()?;
    if start.serves {
        web::build()?;
    }
    output::line(
        "building `tingting` with optimisations, since a race in a debug build is slow; \
         the first build takes a few minutes, later ones seconds",
    );
    // Paths among the arguments are relative to the caller's folder, so the program starts there.
    hand_over(
        cargo(&["run", "--release", "--package", "tingting", "--"])
            .args(start.args)
            .current_dir(env::current_dir()?),
    )
}
