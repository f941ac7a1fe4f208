//! `cargo xtask gauntlet`: runs the trials of many seeds until one fails or all have passed.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use gauntlet::counts::{Counts, Kind};
use gauntlet::trial;

/// Runs the sale, its crowd and its journal through faults chosen by seeds.
#[derive(Debug, Parser)]
#[command(name = "gauntlet")]
struct Options {
    /// How many seeds to run
    #[arg(long, default_value_t = 1000)]
    seeds: u64,
    /// The first seed
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// Run only this seed, and print everything about it
    #[arg(long, conflicts_with_all = ["seeds", "from"])]
    seed: Option<u64>,
    /// Print the counts of every seed, and where a check failed
    #[arg(long)]
    verbose: bool,
}

/// From this many seeds on, every kind of fault must have happened (rule G8).
const SEEDS_FOR_ALL_FAULTS: u64 = 200;

/// How many seeds lie between two lines of progress.
const PROGRESS_EVERY: u64 = 100;

fn main() -> ExitCode {
    let options = Options::parse();
    let is_verbose = options.verbose || options.seed.is_some();
    if !is_verbose {
        // Without `--verbose`, one line reports a failed check and the command that shows it again.
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

/// Prints a line. Ignores a closed output, such as that of `head`.
fn line(text: &str) {
    let _closed = writeln!(std::io::stdout().lock(), "{text}");
}
