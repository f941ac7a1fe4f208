//! Begins exercises.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use protocol::{NewExercise, Problem, RaceView};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{Json as Body, OptionalKey};
use crate::problem::ApiError;

/// Begin an exercise
///
/// A race that stands at one step, with the steps before it done. It runs for twenty seconds and ends when its goal is
/// reached.
#[utoipa::path(post, path = "/api/exercises", tag = "races", request_body = NewExercise,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request under its key gives the same race")),
    responses((status = 201, body = RaceView), (status = 404, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn create_exercise(
    State(_app): State<App>,
    _client: Client,
    OptionalKey(_key): OptionalKey,
    Body(_new): Body<NewExercise>,
) -> Result<impl IntoResponse, ApiError> {
    let begun: Result<RaceView, ApiError> =
        Err(ApiError::Unplayable { reason: "exercises cannot be begun yet".to_owned() });
    let view = begun?;
    let location = format!("/api/races/{}", view.race.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(view)))
}
