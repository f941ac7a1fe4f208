//! Choosing what a race is played with, from the library.

use practice::{Exercise, Ground};
use protocol::{NewRace, RoomSettings};
use scenario::{Choice, Course, Library, Overrides, Recipe, ScenarioError};

use crate::problem::ApiError;

/// The course of a new race. The largest plan takes some tens of milliseconds, so this is for the workshop.
///
/// # Errors
///
/// [`ApiError::ChoiceIncomplete`], [`ApiError::UnknownName`] or [`ApiError::Unplayable`].
pub(crate) fn course(library: &Library, new: NewRace) -> Result<Course, ApiError> {
    let recipe = recipe(library, new)?;
    Course::new(recipe).map_err(|error| problem(&error))
}

/// The course of a room's race, as [`course`] gives it. The sale opens when the countdown has passed.
pub(crate) fn course_of_room(
    library: &Library,
    settings: &RoomSettings,
) -> Result<Course, ApiError> {
    let RoomSettings { scenario, plan, demand, style, rivals, start: _, countdown_s } =
        settings.clone();
    let recipe = recipe(library, NewRace { scenario, plan, demand, style, rivals, seed: None })?;
    let recipe = recipe.opening_after(u32::from(countdown_s));
    recipe.and_then(Course::new).map_err(|error| problem(&error))
}

/// The course of an exercise, as [`course`] gives it.
pub(crate) fn course_of_exercise(
    library: &Library,
    exercise: Exercise,
    style: Option<String>,
) -> Result<Course, ApiError> {
    let Ground { plan, demand, rivals, lobby_s } = exercise.ground();
    let style = style.unwrap_or_else(|| Exercise::STYLE.to_owned());
    let choice = Choice { plan: plan.to_owned(), demand: demand.to_owned(), style };
    let recipe = Recipe::compose(library, &choice, Some(rivals));
    let recipe = recipe.and_then(|recipe| recipe.opening_after(lobby_s));
    recipe.and_then(Course::new).map_err(|error| problem(&error))
}

fn recipe(library: &Library, new: NewRace) -> Result<Recipe, ApiError> {
    let NewRace { scenario, plan, demand, style, rivals, seed: _ } = new;
    let recipe = match (scenario, plan, demand, style) {
        (Some(scenario), None, None, style) => {
            Recipe::load(library, &scenario, &Overrides { rivals, style })
        }
        (None, Some(plan), Some(demand), Some(style)) => {
            Recipe::compose(library, &Choice { plan, demand, style }, rivals)
        }
        _ => return Err(ApiError::ChoiceIncomplete),
    };
    recipe.map_err(|error| problem(&error))
}

pub(crate) fn problem(error: &ScenarioError) -> ApiError {
    let reason = error.to_string();
    match error {
        ScenarioError::Unknown { .. } | ScenarioError::Name { .. } => {
            ApiError::UnknownName { reason, hint: error.hint() }
        }
        ScenarioError::Read { .. }
        | ScenarioError::Parse { .. }
        | ScenarioError::Plan { .. }
        | ScenarioError::Unplayable { .. }
        | ScenarioError::Recorded(_) => ApiError::Unplayable { reason },
    }
}
