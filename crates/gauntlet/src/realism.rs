//! Realism: the crowd beside what is known of real on-sales, comparison by comparison, as a document.
//!
//! The reference is the project's notes on real sales: a fitted arrival mixture, a throw-away model
//! calibrated on press reports, and estimates of behaviour. Nothing here changes a number of the
//! crowd; it only says which of them come out right.

mod cases;
mod curve;
mod document;
mod parts;
mod watch;

use scenario::{Course, Library, Overrides, Recipe, ScenarioError};

use crate::realism::watch::Watch;
pub use cases::{Cases, gather};
pub use document::document;

/// One thing compared with its reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared.
    pub what: String,
    /// What it should be.
    pub reference: String,
    /// What it is.
    pub measured: String,
    /// How it lies to the reference, where that is one number.
    pub deviation: Option<f64>,
    /// Whether it is within what is allowed.
    pub is_met: bool,
}

/// Some comparisons of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its heading.
    pub title: &'static str,
    /// What is compared with what, and what is allowed.
    pub about: String,
    /// The comparisons.
    pub comparisons: Vec<Comparison>,
    /// Whether the whole fails if one of them is not met.
    pub is_required: bool,
    /// Why something in it is not met, as far as is known.
    pub reason: &'static str,
}

impl Part {
    /// Whether every comparison is met.
    pub fn is_met(&self) -> bool {
        self.comparisons.iter().all(|comparison| comparison.is_met)
    }
}

/// All parts, from what was measured.
pub fn compare(cases: &Cases) -> Vec<Part> {
    parts::all(cases)
}

/// Plays a scenario to its end and watches.
///
/// # Errors
///
/// What is wrong with the scenario's files.
pub(crate) fn play(name: &str, style: Option<&str>, seed: u64) -> Result<Watch, ScenarioError> {
    let overrides = Overrides { style: style.map(str::to_owned), ..Overrides::default() };
    let recipe = Recipe::load(&Library::built_in(), name, &overrides)?;
    Ok(Watch::of(Course::new(recipe)?, seed))
}
