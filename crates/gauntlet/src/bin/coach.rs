//! `cargo xtask soak coach`: tries verdicts on the runs of many clumsy people until one is wrong or all are right.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::Context as _;
use clap::Parser;
use gauntlet::coach;

/// Checks the verdicts of runs with bad steps.
#[derive(Debug, Parser)]
#[command(name = "coach")]
struct Options {
    /// How many runs to judge
    #[arg(long, default_value_t = 300)]
    runs: u64,
    /// The first seed
    #[arg(long, default_value_t = 0)]
    from: u64,
}

fn main() -> anyhow::Result<()> {
    let Options { runs, from } = Options::parse();
    let (mut kinds, mut compared) = (BTreeMap::<String, u32>::new(), 0);
    for seed in from..from.saturating_add(runs) {
        let judged = coach::check(seed);
        *kinds.entry(format!("{:?}", judged.kind)).or_default() += 1;
        compared += judged.compared;
    }
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    let text =
        format!("coach: {runs} verdicts hold, {compared} what-ifs compared ({})", kinds.join(", "));
    writeln!(std::io::stdout().lock(), "{text}").context("cannot write to standard output")
}
