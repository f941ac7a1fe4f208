//! `cargo xtask bench`: measures speed as ratios to a probe of the same run, and writes `docs/BENCHMARKS.md`.

use std::process::ExitCode;

use crate::{
    misuse::misuse,
    process::{cargo, hand_over, step},
    tools, web,
};

/// Runs the benches of the pure crates and the journal.
const GAUNTLET: [&str; 7] = ["run", "--release", "--package", "gauntlet", "--bin", "bench", "--"];

/// `cargo xtask bench race|sale|journal|http|hostile|catalogue|web|whatif [ARGS]`.
pub(crate) fn run(args: &[&str]) -> anyhow::Result<ExitCode> {
    if !matches!(
        args,
        ["race" | "sale" | "journal" | "http" | "hostile" | "catalogue" | "web" | "whatif", ..]
    ) {
        return Err(misuse(
            match args {
                [] => "`bench` needs to know what to measure".to_owned(),
                [what, ..] => format!("`bench` cannot measure `{what}`"),
            },
            "say `race`, `sale`, `journal`, `http`, `hostile`, `catalogue`, `web` or `whatif`",
        ));
    }
    tools::ensure_for_builds()?;
    if let ["web", rest @ ..] = args {
        return web::bench(rest);
    }
    if let ["http", rest @ ..] = args {
        let example = ["--package", "server", "--example", "bench-http", "--"];
        return hand_over(cargo(&["run", "--release"]).args(example).args(rest));
    }
    if let ["hostile", rest @ ..] = args {
        // The bench starts the program itself, as an operator does.
        step(&mut cargo(&["build", "--release", "--package", "tingting"]))?;
        let example = ["--package", "server", "--example", "bench-hostile", "--"];
        return hand_over(cargo(&["run", "--release"]).args(example).args(rest));
    }
    if let ["whatif", rest @ ..] = args {
        // First the pure part, then what races under way on the real program notice of it.
        step(cargo(&GAUNTLET).arg("whatif").args(rest))?;
        step(&mut cargo(&["build", "--release", "--package", "tingting"]))?;
        let example = ["--package", "server", "--example", "bench-what-if", "--"];
        return hand_over(cargo(&["run", "--release"]).args(example).args(rest));
    }
    if let ["catalogue", rest @ ..] = args {
        let example = ["--package", "catalogue", "--example", "bench-catalogue", "--"];
        return hand_over(cargo(&["run", "--release"]).args(example).args(rest));
    }
    hand_over(cargo(&GAUNTLET).args(args))
}
