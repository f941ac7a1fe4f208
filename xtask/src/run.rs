//! `cargo xtask run`: the product, built for speed and started.

use std::{env, process::ExitCode};

use crate::{
    output,
    process::{cargo, hand_over},
    tools, web,
};

/// What a newcomer sees: a hot arena on-sale, fought over in the terminal.
const SHOWCASE: [&str; 5] = ["simulate", "arena-hot", "--rivals", "100000", "--watch"];

/// `cargo xtask run [ARGS]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    tools::ensure_for_builds()?;
    // Only serving needs what a browser is given.
    if args.first() == Some(&"serve") {
        web::build()?;
    }
    output::line(
        "building `tingting` with optimisations, since a race in a debug build is slow; \
         the first build takes a few minutes, later ones seconds",
    );
    let args = if args.is_empty() { SHOWCASE.as_slice() } else { args };
    // Paths among the arguments are the caller's, so the program starts where the caller is.
    hand_over(
        cargo(&["run", "--release", "--package", "tingting", "--"])
            .args(args)
            .current_dir(env::current_dir()?),
    )
}
