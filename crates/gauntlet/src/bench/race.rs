//! Measures how fast a race without people runs, and how much memory it takes. The probe is a heap
//! that keeps a million moments in order.
//!
//! The probe does the least that such a race must do for each rival: one draw, and one pass through
//! a queue of what comes next. So it depends on the processor and its memory as a race does. Each
//! race runs in a process of its own, so that the peak of memory is that of the race.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::black_box;
use std::io;
use std::process::Command;

use crowd::Race;
use sale::random::Stream;
use sale::{Moment, Span};
use scenario::{Course, Library, Overrides, Recipe, ScenarioError};

use crate::bench::Figure;
use crate::bench::clock::{Took, forget_peak, memory_kib, time};
use crate::bench::document::Row;

/// How many entries the probe's heap has.
const ENTRIES: u64 = 1_000_000;
/// The purpose of the probe's draws.
const PROBE: u64 = 0x7072_6f62_6521;
/// How far each step lets the race go on. It does not change the race (rule C10).
const STEP: Span = Span::from_millis(100);

/// A race to measure.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The name of the scenario.
    pub scenario: &'static str,
    /// The number of rivals.
    pub rivals: u32,
}

/// The races that are measured. The project promises a speed for the first.
pub const CASES: [Case; 3] = [
    Case { scenario: "arena-hot", rivals: 1_000_000 },
    Case { scenario: "arena-hot", rivals: 100_000 },
    Case { scenario: "stadium-mega", rivals: 500_000 },
];

/// What one run of a race took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// The time on a core, in seconds.
    pub core_s: f64,
    /// The real time, in seconds.
    pub wall_s: f64,
    /// The memory beyond that of the scenario, in MiB.
    pub memory_mib: f64,
    /// The number of events.
    pub events: f64,
}

/// Runs a race to its end in this process, and returns a line with the figures for [`measure`].
///
/// # Errors
///
/// [`ScenarioError`] if the files of the scenario cannot be used.
pub fn run(scenario: &str, rivals: u32) -> Result<String, ScenarioError> {
    let overrides = Overrides { rivals: Some(rivals), ..Overrides::default() };
    let course = Course::new(Recipe::load(&Library::built_in(), scenario, &overrides)?)?;
    let ends_at = course.ends_at;
    let scenario = course.scenario.clone();
    forget_peak();
    let before = memory_kib("VmRSS");
    let (events, Took { wall, core }) = time(|| {
        let mut race = Race::new(scenario, 1).expect("a course can be raced");
        let mut now = Moment::START;
        while !race.is_over() && now < ends_at {
            now = now + STEP;
            race.advance(now, |_, event| {
                black_box(event);
            });
        }
        race.sale().event_count()
    });
    let memory = memory_kib("VmHWM").saturating_sub(before);
    Ok(format!("{} {} {memory} {events}", core.as_secs_f64(), wall.as_secs_f64()))
}

/// Runs a race in a process of its own.
///
/// # Errors
///
/// If the process does not start or does not say what it measured.
pub fn measure(case: Case) -> io::Result<Run> {
    let this = std::env::current_exe()?;
    let rivals = case.rivals.to_string();
    let output = Command::new(this).args(["run-race", case.scenario, &rivals]).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [core_s, wall_s, kib, events] = figures[..] else {
        return Err(io::Error::other(format!("a race ended without figures: {text}")));
    };
    Ok(Run { core_s, wall_s, memory_mib: kib / 1024.0, events })
}

/// The time of the probe on a core, in seconds.
pub fn probe() -> f64 {
    let stream = Stream::new(1, PROBE, 0);
    let (sum, took) = time(|| {
        let mut heap = BinaryHeap::with_capacity(1_000_000);
        heap.extend((0..ENTRIES).map(|entry| Reverse((stream.at(entry), entry))));
        let mut sum = 0u64;
        while let Some(Reverse((at, _))) = heap.pop() {
            sum = sum.wrapping_mul(31).wrapping_add(at);
        }
        sum
    });
    black_box(sum);
    took.core.as_secs_f64()
}

/// Measures every case beside the probe, in turns.
///
/// # Errors
///
/// As [`measure`].
pub fn rows(runs: usize) -> io::Result<Vec<Row>> {
    let mut probes = Vec::new();
    let mut rows = Vec::new();
    for case in CASES {
        let mut found = Vec::new();
        for _ in 0..runs {
            probes.push(probe());
            found.push(measure(case)?);
        }
        let Case { scenario, rivals } = case;
        let what = |figure: &str| format!("`{scenario}`, {rivals} rivals: {figure}");
        let figure = |of: fn(&Run) -> f64, digits| Figure::of(found.iter().map(of)).show(digits);
        rows.push(Row(what("seconds of a core"), figure(|run| run.core_s, 3)));
        rows.push(Row(what("seconds on the clock"), figure(|run| run.wall_s, 3)));
        rows.push(Row(
            what("million events a second"),
            figure(|run| run.events / run.core_s / 1e6, 2),
        ));
        rows.push(Row(what("MiB beyond the scenario, at most"), figure(|run| run.memory_mib, 1)));
        let last = &probes[probes.len() - runs..];
        let ratios = found.iter().zip(last).map(|(run, probe)| run.core_s / probe);
        rows.push(Row(what("times the probe"), Figure::of(ratios).show(2)));
    }
    rows.push(Row("probe: seconds of a core".to_owned(), Figure::of(probes).show(3)));
    Ok(rows)
}
