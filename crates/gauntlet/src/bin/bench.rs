//! `cargo xtask bench`: measures figures beside a probe and writes them into `docs/BENCHMARKS.md`.

use std::io::Write as _;

use anyhow::Context as _;
use clap::{Parser, Subcommand};
use gauntlet::bench::document::{Row, section, write};
use gauntlet::bench::{Figure, journal, machine, race, sale, what_if};

/// Measures a part of the project beside a probe and writes docs/BENCHMARKS.md.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Options {
    #[command(subcommand)]
    what: What,
    /// Make fewer and shorter runs, and write nothing
    #[arg(long, global = true)]
    quick: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A million rivals against an arena, to the last payment
    Race,
    /// Commands decided in memory on one thread
    Sale,
    /// Commands made durable, beside a bare loop that writes and syncs
    Journal,
    /// A run played again with a step changed, and the verdict of its report
    #[command(name = "whatif")]
    Coach,
    /// One race in this process, for `race` to measure
    #[command(hide = true)]
    RunRace { scenario: String, rivals: u32 },
}

/// How many runs a median is taken over. Chosen.
const RUNS: usize = 5;

fn main() -> anyhow::Result<()> {
    let Options { what, quick } = Options::parse();
    let runs = if quick { 2 } else { RUNS };
    let (title, method, rows) = match what {
        What::RunRace { scenario, rivals } => return line(&race::run(&scenario, rivals)?),
        What::Race => ("Race", RACE, race::rows(runs)?),
        What::Sale => ("Sale", SALE, sale::rows(runs)),
        What::Coach => ("What-if", WHAT_IF, what_if::rows(runs)),
        What::Journal => ("Journal", JOURNAL, journal_rows(runs, if quick { 1.0 } else { 4.0 })),
    };
    let section = section(title, method, &machine::describe(), &rows);
    line(&section)?;
    if !quick {
        write(title, &section).context("cannot write docs/BENCHMARKS.md")?;
    }
    Ok(())
}

const RACE: &str = "A race without people, from its start until nothing more can be won. Each \
run is a process of its own, and takes the events every 100 ms of the race's time. The project \
promises that a million rivals take at most 1 s on a core and 64 MiB of memory. The memory is \
the peak beyond what was in use after the scenario was read. The probe puts a million moments \
through a binary heap, with one draw for each.";

const WHAT_IF: &str = "A run among 150,000 rivals of `arena-hot`, after its log was replayed once. A \
*what-if* plays the race again with a quicker press, from the run that was kept with its report; the \
first one of a run that is not kept follows the run as it was before. A *verdict* is the whole report: \
the run as it was, and each step that was due at the pace of the quickest tenth and of the median of \
the rivals, then pairs of steps if no single one gives a seat. The project \
promises that a what-if takes at most 2 s and the verdict on five steps at most 5 s. The probe \
replays the same race without watching it.";

const SALE: &str = "Commands that one sale of 15,000 seats decides in memory, with its events \
taken. In *whole visits*, a thousand visitors at a time enter, answer a captcha, look at a \
section, click two seats, miss some, and pay. In *hold and pay*, visitors who are inside hold a \
seat and pay. The project promises 10 million commands a second. The probe is a chain of loads \
over 256 KiB, one load for each command, each after eight rounds of mixing.";

const JOURNAL: &str = "Holds, releases, payments and cancellations of one sale. At every moment \
1,024 commands wait for their answer, and each is answered after its batch is on disk. A bare \
loop, which takes turns with the journal, writes batches of the same sizes and syncs each. The \
project promises 60 % of the records of the bare loop.";

fn journal_rows(runs: usize, seconds: f64) -> Vec<Row> {
    let found: Vec<_> = (0..runs).map(|_| journal::run(seconds)).collect();
    let row = |what: &str, digits, figure: fn(&journal::JournalFigures) -> f64| {
        Row(what.to_owned(), Figure::of(found.iter().map(figure)).show(digits))
    };
    vec![
        row("durable commands a second, thousands", 0, |run| run.commands_per_s / 1e3),
        row("durable holds a second, thousands", 0, |run| run.holds_per_s / 1e3),
        row("bare loop: records a second, thousands", 0, |run| run.bare_records_per_s / 1e3),
        row("share of the bare loop", 2, |run| run.ratio),
        row("records in a batch", 0, |run| run.batch_records_mean),
        row("bytes of a batch", 0, |run| run.batch_bytes_mean),
        row("batch: ms until durable, half of them", 2, |run| run.batch_p50.as_secs_f64() * 1e3),
        row("batch: ms until durable, 99 of 100", 2, |run| run.batch_p99.as_secs_f64() * 1e3),
        row("bare loop: ms a write and sync, half of them", 2, |run| {
            run.bare_p50.as_secs_f64() * 1e3
        }),
        row("recovery: records a second, thousands", 0, |run| run.recovered_records_per_s / 1e3),
    ]
}

fn line(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}").context("cannot write to standard output")
}
