//! `cargo xtask soak coach`: tries verdicts on the runs of many clumsy people until one is wrong or all are right.

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::Context as _;
use clap::Parser;
use gauntlet::coach::{self, Clumsy};

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
    let mut faults = BTreeMap::<Clumsy, BTreeMap<String, u32>>::new();
    for seed in from..from.saturating_add(runs) {
        let judged = coach::check(seed);
        *kinds.entry(format!("{:?}", judged.kind)).or_default() += 1;
        let blamed = faults.entry(judged.clumsy).or_default();
        *blamed.entry(format!("{:?}", judged.fault)).or_default() += 1;
        compared += judged.compared;
    }
    let (kinds, mut out) = (listed(&kinds), std::io::stdout().lock());
    writeln!(out, "coach: {runs} verdicts hold, {compared} what-ifs compared ({kinds})")
        .context("cannot write to standard output")?;
    for (clumsy, blamed) in &faults {
        writeln!(out, "  {clumsy:?}: {}", listed(blamed))
            .context("cannot write to standard output")?;
    }
    Ok(())
}

fn listed(counts: &BTreeMap<String, u32>) -> String {
    let counts: Vec<String> =
        counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    counts.join(", ")
}
