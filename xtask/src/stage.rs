//! Stages: named parts of a check, run in order until one fails, each with its time.

use std::time::{Duration, Instant};

use anyhow::Context as _;

use crate::output;

/// A named part of a check.
pub(crate) struct Stage {
    /// What a person calls it on the command line.
    pub(crate) name: &'static str,
    /// Does the work; its output goes to the terminal.
    pub(crate) run: fn() -> anyhow::Result<Finish>,
}

/// How a stage ended, if it did not fail.
pub(crate) enum Finish {
    /// Everything it looks at is right.
    Passed,
    /// It could not look, for a reason that is no fault of the change.
    Skipped(String),
}

/// Runs stages until one fails, and says how long each took.
pub(crate) fn run_all(title: &str, stages: &[Stage]) -> anyhow::Result<()> {
    let begin = now();
    let mut skipped = Vec::new();
    for stage in stages {
        output::heading(stage.name);
        let stage_begin = now();
        let finish = (stage.run)().with_context(|| format!("stage `{}` failed", stage.name))?;
        let elapsed = seconds(stage_begin.elapsed());
        match finish {
            Finish::Passed => output::line(&format!("{}: passed in {elapsed}", stage.name)),
            Finish::Skipped(reason) => {
                output::line(&format!("{}: skipped, {reason}", stage.name));
                skipped.push(stage.name);
            }
        }
    }
    let elapsed = seconds(begin.elapsed());
    output::line(&match skipped.as_slice() {
        [] => format!("\n{title}: all stages passed in {elapsed}"),
        names => {
            format!("\n{title}: all stages passed in {elapsed}, skipped: {}", names.join(", "))
        }
    });
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "how long a stage took is told to a person")]
fn now() -> Instant {
    Instant::now()
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
