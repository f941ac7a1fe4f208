//! Plays one race of a scenario to its end.

use scenario::{Course, Library, Overrides, Recipe, ScenarioError};

use crate::realism::watch::Watch;

/// Plays a scenario to its end, and returns what the comparisons need of it.
///
/// # Errors
///
/// [`ScenarioError`] if the files of the scenario cannot be used.
pub(crate) fn play(name: &str, style: Option<&str>, seed: u64) -> Result<Watch, ScenarioError> {
    let overrides = Overrides { style: style.map(str::to_owned), ..Overrides::default() };
    let recipe = Recipe::load(&Library::built_in(), name, &overrides)?;
    Ok(Watch::of(Course::new(recipe)?, seed))
}
