//! A rehearsal: one person's own race with the hall, the style, the prices and the crowd of an opening.

use catalogue::PerformanceId;
use crowd::Visits;
use scenario::{Course, Recipe, ScenarioError};

use super::begin::terms;
use crate::choice;
use crate::gateway::Gateway;
use crate::problem::ApiError;

/// Seconds from the start of a rehearsal to its opening, and from there to its end: those of a race that somebody composes.
const LOBBY_S: f64 = 12.0;
const OPEN_S: f64 = 900.0;

/// Reads what a rehearsal of an opening is played on. The result makes the course, which is for the workshop.
///
/// # Errors
///
/// [`ApiError::NoSuchPerformance`] and those of the catalogue.
pub(crate) async fn rehearsal(
    gateway: &Gateway,
    performance: PerformanceId,
) -> Result<impl FnOnce() -> Result<Course, ApiError> + Send + use<>, ApiError> {
    let context = &gateway.context;
    let opening = context.asks.ask(context.catalogue.opening(performance)).await?;
    let opening = opening.ok_or(ApiError::NoSuchPerformance)?;
    let terms = terms(gateway, &opening, Visits::One).await?;
    let terms = scenario::Opening { lobby_s: LOBBY_S, open_s: OPEN_S, ..terms };
    let library = gateway.library.clone();
    let course = move || {
        let course = Recipe::of_opening(&library, &terms).and_then(Course::new)?;
        if terms.rivals > 0 {
            return Ok(course);
        }
        // For people alone there is no crowd to rehearse against, so the hall has the crowd that it usually has.
        let rivals = Recipe::usual_rivals(course.scenario.layout.seat_count());
        let terms = scenario::Opening { rivals, ..terms };
        Recipe::of_opening(&library, &terms).and_then(Course::new)
    };
    Ok(move || course().map_err(|error: ScenarioError| choice::problem(&error)))
}
