//! One race of a scenario, played to its end.

use scenario::{Course, Library, Overrides, Recipe, ScenarioError};

use crate::realism::watch::Watch;

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
