//! Stages: named parts of a check, run in order until one fails, each with its time.

use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::output;

/// A named part of a check.
pub(crate) struct Stage {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// Does the work. Its output goes to the terminal.
    pub(crate) run: fn() -> anyhow::Result<Finish>,
}

/// How a stage ended that did not fail.
pub(crate) enum Finish {
    /// Everything it looks at is right.
    Passed,
    /// Everything it could look at is right. It had to leave out what the text names, as in `the advisories, because …`.
    PassedWithout(String),
    /// It could not look at anything. The text says why, as in `because …`.
    Skipped(String),
}

/// Runs stages until one fails. Says how long each took when it ends, and again at the end of all.
pub(crate) fn run_all(title: &str, stages: &[&Stage]) -> anyhow::Result<()> {
    let begin = now();
    let mut results = Vec::new();
    for stage in stages {
        output::heading(stage.name);
        let stage_begin = now();
        let finish = (stage.run)().with_context(|| format!("stage `{}` failed", stage.name))?;
        let result = result(stage.name, &finish, stage_begin.elapsed());
        output::line(&result);
        results.push(result);
    }
    output::heading(title);
    output::line(&results.join("\n"));
    output::line(&format!("{title}: all stages passed in {}", seconds(begin.elapsed())));
    Ok(())
}

/// One line about a stage that did not fail.
pub(crate) fn result(name: &str, finish: &Finish, elapsed: Duration) -> String {
    let elapsed = seconds(elapsed);
    match finish {
        Finish::Passed => format!("{name}: passed in {elapsed}"),
        Finish::PassedWithout(what) => format!("{name}: passed in {elapsed}, without {what}"),
        Finish::Skipped(reason) => format!("{name}: skipped, {reason}"),
    }
}

#[expect(clippy::disallowed_methods, reason = "a person reads how long a stage took")]
fn now() -> Instant {
    Instant::now()
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
