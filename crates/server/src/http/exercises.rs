//! Begins exercises.

use axum::extract::State;
use axum::response::IntoResponse;
use futures_util::FutureExt;
use practice::Exercise;
use protocol::{NewExercise, Problem, RaceView};

use crate::choice::course_of_exercise;
use crate::client::Client;
use crate::gateway::MadeRace;
use crate::http::app::App;
use crate::http::extract::{Json as Body, OptionalKey};
use crate::http::races::create::begin_once;
use crate::ids::RaceId;
use crate::keys::content_of_exercise;
use crate::problem::ApiError;
use crate::workshop::{Wanted, Work};

/// Begin an exercise
///
/// A race that stands at one step, with the steps before it done. It runs for twenty seconds and ends when its goal is
/// reached.
#[utoipa::path(post, path = "/api/exercises", tag = "races", request_body = NewExercise,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request under its key gives the same race")),
    responses((status = 201, body = RaceView), (status = 404, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn create_exercise(
    State(app): State<App>,
    client: Client,
    OptionalKey(key): OptionalKey,
    Body(new): Body<NewExercise>,
) -> Result<impl IntoResponse, ApiError> {
    let content = content_of_exercise(&new);
    let beginning = app.clone();
    let begin = move |id| async move { begin(&beginning, client, id, content, new).await }.boxed();
    begin_once(&app, client, key, content, begin).await
}

async fn begin(
    app: &App,
    client: Client,
    id: RaceId,
    content: u64,
    NewExercise { exercise, style }: NewExercise,
) -> Result<RaceView, ApiError> {
    app.rates.check_race(client)?;
    let (exercise, library) = (Exercise::from(exercise), app.gateway.library.clone());
    let person = client.guest.person();
    let make = move |_: &Wanted| {
        let course = course_of_exercise(&library, exercise, style)?;
        MadeRace::exercise(course, id, exercise, person)
    };
    let workshop = &app.gateway.context.workshop;
    let made = workshop.run(Work::Setup, client.into(), make).await?;
    app.gateway.create(client, id, content, made).await
}
