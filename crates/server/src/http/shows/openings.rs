//! Openings: entering the sale of a performance, rehearsing it, and the seats that are left.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use futures_util::FutureExt;
use protocol::{Performance, Problem, RaceView, SeatsLeft};

use super::ids::InPerformance;
use super::tell;
use crate::client::Client;
use crate::context::Context;
use crate::gateway::MadeRace;
use crate::http::app::App;
use crate::http::extract::OptionalKey;
use crate::http::races::create::begin_once;
use crate::ids::RaceId;
use crate::keys::content_of_rehearsal;
use crate::openings;
use crate::problem::ApiError;
use crate::shows::utc_ms;
use crate::workshop::{Wanted, Work};

/// A performance as it is told, with what the server knows of its sale at this moment.
pub(super) fn live(context: &Context, performance: &catalogue::Performance) -> Performance {
    let now = context.clock.now();
    let seen = context.openings.of(performance.id).and_then(|sale| sale.seen);
    let mut told = tell::performance(performance, utc_ms(now));
    let (stage, race) = openings::stage(context, &performance.opening, now);
    told.opening.stage = stage;
    told.opening.race = race.map(|race| race.to_string());
    if let Some(seen) = seen {
        told.seats_left = Some(tell::seats_left(&seen.seats()));
    }
    told
}

/// Enter the sale of a performance
///
/// Possible from ten minutes before the opening until it closes, also when it is sold out: seats may return. The answer is
/// the sale's race, to which all further requests go. Sent again, it changes nothing.
#[utoipa::path(post, path = "/api/performances/{performance}/enter", tag = "shows",
    params(("performance" = String, Path, description = "The number of a performance")),
    responses((status = 200, body = RaceView), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn enter_opening(
    State(app): State<App>,
    client: Client,
    InPerformance(performance): InPerformance,
) -> Result<Json<RaceView>, ApiError> {
    // A sale that begins only because somebody enters is work as a race is.
    let may_begin = || app.rates.check_race(client);
    openings::enter(&app.gateway, client, performance, may_begin).await.map(Json)
}

/// Rehearse the opening of a performance
///
/// A race of one's own with the same hall, style, prices and crowd. For an opening without a crowd it has the crowd that
/// the hall would usually have.
#[utoipa::path(post, path = "/api/performances/{performance}/rehearse", tag = "shows",
    params(("performance" = String, Path, description = "The number of a performance"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same request under its key gives the same race")),
    responses((status = 201, body = RaceView), (status = 404, body = Problem), (status = 429, body = Problem),
        (status = 503, body = Problem)))]
pub(crate) async fn rehearse_opening(
    State(app): State<App>,
    client: Client,
    InPerformance(performance): InPerformance,
    OptionalKey(key): OptionalKey,
) -> Result<impl IntoResponse, ApiError> {
    let content = content_of_rehearsal(performance);
    let beginning = app.clone();
    let begin = move |id| async move { begin(&beginning, client, id, performance).await }.boxed();
    begin_once(&app, client, key, content, begin).await
}

async fn begin(
    app: &App,
    client: Client,
    id: RaceId,
    performance: catalogue::PerformanceId,
) -> Result<RaceView, ApiError> {
    app.rates.check_race(client)?;
    let course = openings::rehearsal(&app.gateway, performance).await?;
    let of = practice::PerformanceId(performance.0);
    let make = move |_: &Wanted| MadeRace::rehearsal(course()?, id, of);
    let workshop = &app.gateway.context.workshop;
    let made = workshop.run(Work::Setup, client.into(), make).await?;
    app.gateway.create(client, id, content_of_rehearsal(performance), made).await
}

/// The seats left of a performance
///
/// By section and grade, at most some seconds old while the sale is under way.
#[utoipa::path(get, path = "/api/performances/{performance}/seats-left", tag = "shows",
    params(("performance" = String, Path, description = "The number of a performance")),
    responses((status = 200, body = Option<SeatsLeft>), (status = 404, body = Problem)))]
pub(crate) async fn read_seats_left(
    State(app): State<App>,
    InPerformance(performance): InPerformance,
) -> Result<Json<Option<SeatsLeft>>, ApiError> {
    if let Some(seen) = openings::seats_left(&app.gateway, performance).await? {
        return Ok(Json(Some(tell::seats_left(&seen.seats()))));
    }
    let context = &app.gateway.context;
    let kept = context.asks.ask(context.catalogue.performance(performance)).await?;
    let kept = kept.ok_or(ApiError::NoSuchPerformance)?;
    Ok(Json(kept.seats.as_ref().map(tell::seats_left)))
}
