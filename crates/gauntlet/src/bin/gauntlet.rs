//! `cargo xtask gauntlet`: trials by seed, until one fails or all have passed.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use gauntlet::counts::{Counts, Kind};
use gauntlet::trial;

/// Runs the sale, its crowd and its journal through faults chosen by seeds.
#[derive(Debug, Parser)]
#[command(name = "gauntlet")]
struct Options {
    /// How many seeds
    #[arg(long, default_value_t = 1000)]
    seeds: u64,
    /// The first of them
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// One seed only, and everything that is to say of it
    #[arg(long, conflicts_with_all = ["seeds", "from"])]
    seed: Option<u64>,
    /// Say of every seed what was done, and where a check failed
    #[arg(long)]
    verbose: bool,
}

/// Fewer seeds than this need not meet every fault.
const SEEDS_FOR_ALL_FAULTS: u64 = 200;

/// How many seeds lie between two lines that say how far it is.
const PROGRESS_EVERY: u64 = 100;

fn main() -> ExitCode {
    let options = Options::parse();
    let is_verbose = options.verbose || options.seed.is_some();
    if !is_verbose {
        // A failed check is told in one line, with the way to see it again.
        std::panic::set_hook(Box::new(|_| {}));
    }
    let (from, count) = options.seed.map_or((options.from, options.seeds), |seed| (seed, 1));
    let mut total = Counts::default();
    for seed in from..from.saturating_add(count) {
        match trial::run(seed) {
            Ok(passed) => {
                total += passed.counts;
                if is_verbose {
                    line(&format!("seed {seed}: {:016x}, {}", passed.digest, passed.counts));
                }
            }
            Err(failed) => {
                line(&failed.to_string());
                return ExitCode::FAILURE;
            }
        }
        let done = seed - from + 1;
        if done.is_multiple_of(PROGRESS_EVERY) && done < count {
            line(&format!("gauntlet: {done} of {count} seeds, {} crashes", total.crashes()));
        }
    }
    line(&format!("gauntlet: {count} seeds passed ({total})"));
    if count >= SEEDS_FOR_ALL_FAULTS && !everything_happened(&total) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn everything_happened(total: &Counts) -> bool {
    for (label, kind, _) in total.all().iter().filter(|(.., count)| *count == 0) {
        let what = if *kind == Kind::Fault { "the fault" } else { "the work" };
        line(&format!("gauntlet: {what} `{label}` never happened, so nothing is proved about it"));
    }
    total.missing().is_empty()
}

/// A reader that has gone away is no failure.
fn line(text: &str) {
    let _closed = writeln!(std::io::stdout().lock(), "{text}");
}
