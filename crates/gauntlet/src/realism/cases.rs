//! Plays the races that are compared, on two threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use scenario::ScenarioError;

use crate::realism::play::play;
use crate::realism::watch::Watch;

/// How many seeds a scenario is played with. A figure is the median over them. Chosen.
const SEEDS: u64 = 5;
/// How many seeds a scenario is played with if a chance is compared, which varies more than a time.
/// Chosen.
const SEEDS_OF_CHANCE: u64 = 30;
/// How many threads play races.
const THREADS: usize = 2;

/// The style to which the rates in the notes belong.
pub(crate) const N_STYLE: Option<&str> = Some("n-style");
/// The style that has more conflicts.
pub(crate) const M_STYLE: Option<&str> = Some("m-style");

/// The races that were played, in order of scenario, style and seed.
#[derive(Debug)]
pub struct Cases(Vec<(Case, Watch)>);

/// One race to play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Case {
    scenario: &'static str,
    style: Option<&'static str>,
    seed: u64,
}

/// How many seeds the largest scenario is played with: one race has enough rivals.
const SEEDS_OF_MANY: u64 = 1;

/// Each scenario, the style to use instead of its own, and the number of seeds. The longest races
/// come first.
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
/// [`ScenarioError`] if the files of a scenario cannot be used.
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
    // Sorting makes the result independent of the order in which the threads finish.
    done.sort_by_key(|(case, _)| (case.scenario, case.style, case.seed));
    let played = done.into_iter().map(|(case, watch)| Ok((case, watch?)));
    Ok(Cases(played.collect::<Result<_, ScenarioError>>()?))
}

impl Cases {
    /// The races of a scenario that were played in its own style.
    pub(crate) fn of(&self, scenario: &str) -> Vec<&Watch> {
        self.in_style(scenario, None)
    }

    /// The races of a scenario that were played in this style.
    pub(crate) fn in_style(&self, scenario: &str, style: Option<&str>) -> Vec<&Watch> {
        let fits = |case: &Case| case.scenario == scenario && case.style == style;
        self.0.iter().filter(|(case, _)| fits(case)).map(|(_, watch)| watch).collect()
    }
}

/// The median of some figures, with the least and the greatest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) low: f64,
    pub(crate) median: f64,
    pub(crate) high: f64,
}

impl Spread {
    /// The spread of one figure over some races; `None` if no race has the figure.
    pub(crate) fn of(races: &[&Watch], figure: impl Fn(&Watch) -> Option<f64>) -> Option<Self> {
        let mut figures: Vec<f64> = races.iter().filter_map(|race| figure(race)).collect();
        figures.sort_by(f64::total_cmp);
        let (&low, &high) = (figures.first()?, figures.last()?);
        let (lower, upper) = (figures[(figures.len() - 1) / 2], figures[figures.len() / 2]);
        Some(Self { low, median: f64::midpoint(lower, upper), high })
    }
}
