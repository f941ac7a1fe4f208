//! The races that are compared, played on both cores.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use scenario::ScenarioError;

use crate::realism::play::play;
use crate::realism::watch::Watch;

/// Seeds a figure is the median of.
const SEEDS: u64 = 5;
/// Seeds where a chance is asked for rather than a time.
const SEEDS_OF_CHANCE: u64 = 30;
/// Threads that play.
const THREADS: usize = 2;

/// The style that the notes' rates are of.
pub(crate) const N_STYLE: Option<&str> = Some("n-style");
/// The style that has more conflicts.
pub(crate) const M_STYLE: Option<&str> = Some("m-style");

/// Races by scenario and style.
#[derive(Debug)]
pub struct Cases(Vec<(Case, Watch)>);

/// One race to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Case {
    scenario: &'static str,
    style: Option<&'static str>,
    seed: u64,
}

/// Seeds where one race is large enough to be its own median.
const SEEDS_OF_MANY: u64 = 1;

/// Scenario, style in place of its own, seeds; the longest first.
const WANTED: [(&str, Option<&str>, u64); 12] = [
    ("stadium-mega", N_STYLE, SEEDS_OF_MANY),
    ("arena-hot", N_STYLE, SEEDS),
    ("arena-hot", M_STYLE, SEEDS),
    ("dome-hot", N_STYLE, SEEDS),
    ("dome-hot", M_STYLE, SEEDS),
    ("sanity-arena-15k", None, SEEDS),
    ("sanity-arena-10k", None, SEEDS),
    ("sanity-musical", None, SEEDS),
    ("sanity-hall", None, SEEDS),
    ("hall-normal", N_STYLE, SEEDS),
    ("theatre-small", N_STYLE, SEEDS),
    ("first-time", N_STYLE, SEEDS_OF_CHANCE),
];

/// Plays every case.
///
/// # Errors
///
/// What is wrong with a scenario's files.
pub fn gather() -> Result<Cases, ScenarioError> {
    let cases: Vec<Case> = WANTED
        .into_iter()
        .flat_map(|(scenario, style, seeds)| {
            (1..=seeds).map(move |seed| Case { scenario, style, seed })
        })
        .collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let watch = play(case.scenario, case.style, case.seed);
                    done.lock().expect("no panic under the lock").push((*case, watch));
                }
            });
        }
    });
    let mut done = done.into_inner().expect("no panic under the lock");
    // The order in which threads finish must not show.
    done.sort_by_key(|(case, _)| (case.scenario, case.style, case.seed));
    let played = done.into_iter().map(|(case, watch)| Ok((case, watch?)));
    Ok(Cases(played.collect::<Result<_, ScenarioError>>()?))
}

impl Cases {
    /// The races of a scenario in its own style.
    pub(crate) fn of(&self, scenario: &str) -> Vec<&Watch> {
        self.in_style(scenario, None)
    }

    /// The races of a scenario in this style.
    pub(crate) fn in_style(&self, scenario: &str, style: Option<&str>) -> Vec<&Watch> {
        let fits = |case: &Case| case.scenario == scenario && case.style == style;
        self.0.iter().filter(|(case, _)| fits(case)).map(|(_, watch)| watch).collect()
    }
}

/// The middle of some figures, and between which they lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) low: f64,
    pub(crate) median: f64,
    pub(crate) high: f64,
}

impl Spread {
    /// Of one figure of each race; `None` if there is none.
    pub(crate) fn of(races: &[&Watch], figure: impl Fn(&Watch) -> Option<f64>) -> Option<Self> {
        let mut figures: Vec<f64> = races.iter().filter_map(|race| figure(race)).collect();
        figures.sort_by(f64::total_cmp);
        let (&low, &high) = (figures.first()?, figures.last()?);
        let (lower, upper) = (figures[(figures.len() - 1) / 2], figures[figures.len() / 2]);
        Some(Self { low, median: f64::midpoint(lower, upper), high })
    }
}
