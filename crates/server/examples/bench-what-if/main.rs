//! The second part of `cargo xtask bench whatif`: what people whose races are under way notice while others ask what-ifs without
//! a pause. Writes its section of `docs/BENCHMARKS.md`.
//!
//! The server has the first core for itself, people and askers share the second one. The same people are watched in turns: with
//! nobody who asks, and with several guests who do.

#[path = "../shared/answer.rs"]
mod answer;
mod asker;
#[path = "../shared/innocent.rs"]
mod innocent;
#[path = "../shared/library.rs"]
mod library;
#[path = "../shared/program.rs"]
mod program;
#[path = "../shared/wire.rs"]
mod wire;

use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use asker::{Alone, Asker, Asking, Took};
use gauntlet::bench::document::{Row, section, write};
use gauntlet::bench::{Figure, machine};
use innocent::Experience;
use program::Program;

type Anything = Box<dyn std::error::Error + Send + Sync>;

/// The people whose races are under way.
const PEOPLE: u8 = 8;
/// The guests who ask.
const ASKERS: u8 = 4;
/// What-ifs of each guest while nothing else happens.
const ALONE: u32 = 5;
/// How long people are watched without questions, and then with them, in each turn.
const WATCHED: Duration = Duration::from_secs(10);
/// How often both take turns.
const TURNS: usize = 6;
/// The same for a run that only shows whether the bench works.
const WATCHED_QUICK: Duration = Duration::from_secs(4);
const TURNS_QUICK: usize = 1;

/// Promised: a what-if comes within so many seconds, a report with its verdict within so many, and 99 of 100 answers of
/// races under way take at most so many times what they take without questions.
const WHAT_IF_S_MAX: f64 = 2.0;
const REPORT_S_MAX: f64 = 5.0;
const RATIO_MAX: f64 = 1.5;

const TITLE: &str = "What-if beside races";
const METHOD: &str = "Eight people play on one connection each, from addresses of their own: every 50 ms each asks for the \
state, holds or releases a seat or pings, and every five seconds begins another race and asks for the report of the last. A time runs \
from the moment at which a request was due to the end of its answer. Four guests have left a race with 150,000 rivals; in every \
second turn of ten seconds each of them asks what-ifs about it without a pause, always about another time. *Alone* is one such guest \
at a time while nothing else happens; its seconds of a core are those of the whole server. The server has one core, everybody \
else the other. Promised: a what-if takes at most 2 s, a report at most 5 s, and while what-ifs are made, 99 of 100 answers take at \
most 1.5 times as long as without.";

/// What one turn showed.
struct Turn {
    without: Experience,
    with: Experience,
}

fn main() -> Result<(), Anything> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_quick = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["--quick"] => true,
        _ => return Err("the only argument is `--quick`".into()),
    };
    stay_on_the_second_core()?;
    let rows = measure(is_quick)?;
    let section = section(TITLE, METHOD, &machine::describe(), &rows);
    writeln!(std::io::stdout().lock(), "{section}")?;
    if !is_quick {
        write(TITLE, &section)?;
    }
    Ok(())
}

/// Leaves the first core to the server.
fn stay_on_the_second_core() -> Result<(), Anything> {
    let own = std::process::id().to_string();
    let mut taskset = Command::new("taskset");
    taskset.args(["--cpu-list", "--pid", program::SECOND_CORE, &own]);
    if taskset.output()?.status.success() {
        Ok(())
    } else {
        Err("this bench needs a machine of two cores, and `taskset`".into())
    }
}

fn measure(is_quick: bool) -> Result<Vec<Row>, Anything> {
    let beside: PathBuf = std::env::current_exe()?;
    let programs = beside.parent().and_then(Path::parent).ok_or("this program has a folder")?;
    let folder = tempfile::tempdir()?;
    let mut server = Program::start(&programs.join("tingting"), folder.path())?;
    let address = server.address();
    let mut askers = asker::get_ready(address, ASKERS)?;
    let mut alone = Alone::default();
    for asker in &mut askers {
        asker.ask_alone(address, ALONE, &mut alone, || core_s(&server))?;
    }
    let (turns, watched) = if is_quick { (TURNS_QUICK, WATCHED_QUICK) } else { (TURNS, WATCHED) };
    let (mut shown, mut asking) = (Vec::new(), Asking::default());
    for _ in 0..turns {
        let without = innocent::play(PEOPLE, address, watched, || Ok(()))?;
        let with = play_beside(address, watched, &mut askers, &mut asking)?;
        shown.push(Turn { without, with });
    }
    server.stop()?;
    let mut rows = rows_alone(&alone);
    rows.extend(rows_beside(shown, &asking));
    Ok(rows)
}

/// Lets people play while the guests ask.
fn play_beside(
    address: SocketAddr,
    watched: Duration,
    askers: &mut [Asker],
    asking: &mut Asking,
) -> Result<Experience, Anything> {
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let asks = scope.spawn(|| asker::ask_on(address, askers, &is_over));
        let experience = innocent::play(PEOPLE, address, watched, || Ok(()));
        is_over.store(true, Ordering::Relaxed);
        asking.add(asks.join().map_err(|_| "a guest who asks panicked")??);
        experience
    })
}

/// How many seconds all threads of the server have been on a core.
fn core_s(server: &Program) -> Result<f64, Anything> {
    let mut ns = 0;
    for thread in fs::read_dir(server.process().join("task"))? {
        let text = fs::read_to_string(thread?.path().join("schedstat"))?;
        ns += text.split(' ').next().ok_or("a number")?.parse::<u64>()?;
    }
    Ok(Duration::from_nanos(ns).as_secs_f64())
}

fn rows_alone(alone: &Alone) -> Vec<Row> {
    let row = |what: &str, took: &[Took], figure: fn(&Took) -> f64, most: f64| {
        let figure = Figure::of(took.iter().map(figure));
        let text =
            format!("{}; at most {most}: {}", figure.show(2), verdict(figure.median <= most));
        Row(what.to_owned(), text)
    };
    let Alone { reports, what_ifs } = alone;
    let (clock, core) = (|took: &Took| took.clock_s, |took: &Took| took.core_s);
    vec![
        row("a report with its verdict, alone: seconds on the clock", reports, clock, REPORT_S_MAX),
        row("the same: seconds of a core", reports, core, REPORT_S_MAX),
        row("a what-if, alone: seconds on the clock", what_ifs, clock, WHAT_IF_S_MAX),
        row("the same: seconds of a core", what_ifs, core, WHAT_IF_S_MAX),
    ]
}

fn rows_beside(turns: Vec<Turn>, asking: &Asking) -> Vec<Row> {
    let ratios = turns.iter().map(|turn| turn.with.most_ms() / turn.without.most_ms());
    let of_turns = Figure::of(ratios);
    let (mut without, mut with) = (Experience::default(), Experience::default());
    for turn in turns {
        without.add(turn.without);
        with.add(turn.with);
    }
    let ratio = with.most_ms() / without.most_ms();
    let row = |what: &str, figure| Row(what.to_owned(), figure);
    vec![
        row("without what-ifs, ms: half of them / 99 of 100 / longest", without.show()),
        row("with what-ifs, ms: half of them / 99 of 100 / longest", with.show()),
        row(
            "99 of 100, times without",
            format!("{ratio:.2}; at most {RATIO_MAX}: {}", verdict(ratio <= RATIO_MAX)),
        ),
        row("the same, of each turn", of_turns.show(2)),
        row(
            "a race begun, a report read, ms: half of them / longest, without and with",
            format!("{} and {}", without.show_heavy(), with.show_heavy()),
        ),
        row("requests of people, failed: without", without.show_failures()),
        row("requests of people, failed: with", with.show_failures()),
        row(
            "what-ifs of four guests at once: seconds on the clock",
            Figure::of(asking.took_s.iter().copied()).show(2),
        ),
        row(
            "what-ifs answered, and refused to be asked again",
            format!("{} and {}", asking.took_s.len(), asking.refused),
        ),
    ]
}

const fn verdict(is_kept: bool) -> &'static str {
    if is_kept { "met" } else { "missed" }
}
