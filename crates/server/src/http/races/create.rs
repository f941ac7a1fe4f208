//! Begins races.

use std::num::NonZeroU64;

use axum::Json;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use futures_util::FutureExt;
use practice::Fair;
use protocol::{NewRace, Problem, RaceView};

use crate::choice::course;
use crate::client::Client;
use crate::gateway::MadeRace;
use crate::http::app::{App, Beginning};
use crate::http::extract::{Json as Body, OptionalKey};
use crate::ids::{RaceId, random_seed};
use crate::keys::content_of_race;
use crate::limits::{RIVALS_ASKED_MAX, SEED_MAX};
use crate::problem::ApiError;
use crate::workshop::{Wanted, Work};

/// The answer to a request that begins a race.
pub(in crate::http) type Begun = (StatusCode, [(HeaderName, String); 1], Json<RaceView>);

/// Begin a race
///
/// Name a scenario, or a plan, a demand tier and a style. Race time begins with the answer.
#[utoipa::path(post, path = "/api/races", tag = "races", request_body = NewRace,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request under its key gives the same race")),
    responses((status = 201, body = RaceView), (status = 404, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn create_race(
    State(app): State<App>,
    client: Client,
    OptionalKey(key): OptionalKey,
    Body(new): Body<NewRace>,
) -> Result<impl IntoResponse, ApiError> {
    let content = content_of_race(&new);
    let beginning = app.clone();
    let begin = move |id| async move { begin(&beginning, client, id, content, new).await }.boxed();
    begin_once(&app, client, key, content, begin).await
}

/// Answers with the race that a request begins, or with the one that the same request began before. `begin` makes the
/// race with the id that it is given.
pub(in crate::http) async fn begin_once(
    app: &App,
    client: Client,
    key: Option<NonZeroU64>,
    content: u64,
    begin: impl FnOnce(RaceId) -> Beginning,
) -> Result<Begun, ApiError> {
    // The key makes the race's id, so that a repeated request finds the race that it began before.
    let id = key.map_or_else(RaceId::random, |key| RaceId(key.get()));
    let begun_before = app.gateway.begun_before(client, id, content).await?;
    let view = if let Some(view) = begun_before {
        view
    } else {
        // Equal requests at once wait for the same beginning (rule A30).
        let start = || Ok(begin(id));
        app.beginnings.join((id, client.guest, content), start).await?
    };
    let location = format!("/api/races/{}", view.race.id);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(view)))
}

async fn begin(
    app: &App,
    client: Client,
    id: RaceId,
    content: u64,
    new: NewRace,
) -> Result<RaceView, ApiError> {
    if new.rivals.is_some_and(|rivals| rivals > RIVALS_ASKED_MAX) {
        return Err(ApiError::TooManyRivals);
    }
    if new.seed.is_some_and(|seed| seed > SEED_MAX) {
        return Err(ApiError::SeedTooLarge);
    }
    let fair = new.seed.map_or_else(|| Fair::drawn(random_seed()), Fair::chosen);
    app.rates.check_race(client)?;
    let library = app.gateway.library.clone();
    let make = move |_: &Wanted| MadeRace::on(course(&library, new)?, id, fair);
    let workshop = &app.gateway.context.workshop;
    let made = workshop.run(Work::Setup, client.into(), make).await?;
    app.gateway.create(client, id, content, made).await
}
