//! Measures how long a what-if and a whole report with its verdict take. The probe replays the same race.

use std::hint::black_box;

use practice::report::{Retold, answer};
use practice::what_if::{Change, Input, Lever, Original};
use protocol::{Pace, Report};
use sale::{Machine, Moment, Span};
use scenario::Course;

use crate::bench::Figure;
use crate::bench::clock::time;
use crate::bench::document::Row;
use crate::coach::{course, original, practice, subject};
use crate::script::{GOOD, Script, play};

/// The rivals of the race that the project promises a time for.
const RIVALS: u32 = 150_000;

/// A run to measure.
struct Case {
    name: &'static str,
    script: Script,
}

/// In the first run every step is due. In the second the person comes too late, so that pairs of steps are tried too.
const CASES: [Case; 2] = [
    Case {
        name: "five bad steps",
        script: Script {
            press: 60,
            captcha: 9_000,
            first: 9_000,
            retry: 4_000,
            age: 3_400,
            unlucky: 8,
            pay: Some(200_000),
            ..GOOD
        },
    },
    Case {
        name: "came too late",
        script: Script { press: 9_000, captcha: 32_000, leaves: true, ..GOOD },
    },
];

/// What the runs of a case took, in seconds of a core.
#[derive(Default)]
struct Found {
    probe: Vec<f64>,
    what_if: Vec<f64>,
    first: Vec<f64>,
    report: Vec<f64>,
}

/// Measures every case beside the probe, in turns.
pub fn rows(runs: usize) -> Vec<Row> {
    let course = course("arena-hot", RIVALS, None);
    let mut rows = Vec::new();
    for Case { name, script } in CASES {
        let retold = play(practice(&course, 1), script);
        let (mut found, mut report) = (Found::default(), None);
        for _ in 0..runs {
            found.probe.push(seconds(|| replay(&course, &retold)));
            found.first.push(seconds(|| one(&original(&retold))));
            let kept = original(&retold);
            found.what_if.push(seconds(|| one(&kept)));
            let copy = retold.clone();
            found.report.push(seconds(|| report = Some(answer(copy, subject()))));
        }
        rows.extend(found.rows(name, &report.expect("at least one run")));
    }
    rows
}

impl Found {
    fn rows(&self, name: &str, report: &Report) -> Vec<Row> {
        let what = |figure: &str| format!("{name}: {figure}");
        let beside = |times: &[f64]| {
            Figure::of(times.iter().zip(&self.probe).map(|(time, probe)| time / probe)).show(2)
        };
        let show = |times: &[f64]| Figure::of(times.iter().copied()).show(3);
        let steps = report.what_ifs.iter().filter(|what_if| what_if.changes.len() == 1).count();
        vec![
            Row(what("a what-if with another press, seconds of a core"), show(&self.what_if)),
            Row(what("the same, times the probe"), beside(&self.what_if)),
            Row(
                what("the first what-if of a run that is not kept, seconds of a core"),
                show(&self.first),
            ),
            Row(what("the same, times the probe"), beside(&self.first)),
            Row(
                what(&format!("a verdict with {steps} what-ifs of one step, seconds of a core")),
                show(&self.report),
            ),
            Row(what("the same, times the probe"), beside(&self.report)),
            Row(what("the verdict"), format!("{:?}", report.verdict.kind)),
            Row(what("probe, seconds of a core"), show(&self.probe)),
        ]
    }
}

fn seconds<T>(work: impl FnOnce() -> T) -> f64 {
    let (value, took) = time(work);
    black_box(value);
    took.core.as_secs_f64()
}

/// The probe: the same race with the same inputs, without anything that watches it.
fn replay(course: &Course, retold: &Retold) -> Moment {
    let mut practice = practice(course, 1);
    let tape = retold.watcher().tape().expect("the race was told from its beginning");
    for input in tape.inputs() {
        match input {
            Input::Command(at, command) => {
                black_box(Machine::handle(&mut practice, *at, *command).is_ok());
            }
            Input::Note(at, note) => {
                Machine::advance(&mut practice, *at);
                black_box(practice.keep(*at, None, note.clone()).is_ok());
            }
        }
    }
    Machine::advance(&mut practice, retold.race().sale().now());
    practice.sale().now()
}

/// One what-if as a client asks for it: the race with a quicker press, from a run that is kept.
fn one(original: &Original) -> bool {
    let press = Change { lever: Lever::Press, to: Span::from_millis(100), pace: Pace::Chosen };
    let told = original.what_if(&[press], &mut || true).expect("nothing stops this");
    told.outcome.paid
}
