//! The report of a run.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use journal::{Log, Start};
use protocol::{Problem, Report};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::problem::ApiError;
use crate::report::report;
use crate::shard::MemberAsk;

/// The report of a run
///
/// Made from the race's events, once the person's run is over.
#[utoipa::path(get, path = "/api/races/{id}/report", tag = "races",
    params(("id" = String, Path, description = "A race of this guest")),
    responses((status = 200, body = Report), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
pub(crate) async fn read_report(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
) -> Result<Json<Report>, ApiError> {
    // The shard answers only when everything up to here is on disk, so the log holds the whole run.
    let is_over = app.gateway.ask(client, race, |reply| MemberAsk::IsOver { reply }).await?;
    if !is_over {
        return Err(ApiError::RunNotOver);
    }
    let _place = app.reports.acquire().await.map_err(|_| ApiError::Internal)?;
    let sale = race.sale();
    let log = app.gateway.call(move |store| Log::read(store, sale, Start::Beginning)).await?;
    let log = log.map_err(|error| {
        if error.is_fatal() {
            app.gateway.context.fail_for(&Arc::new(error));
            return ApiError::JournalFailed;
        }
        tracing::error!(race.id = %race, %error, "a race cannot be read back");
        ApiError::RaceDamaged
    })?;
    let folded =
        tokio::task::spawn_blocking(move || report(race, client.guest.person(), &log)).await;
    let folded = folded.map_err(|_| ApiError::Internal)?;
    folded.map(Json).map_err(|error| {
        tracing::error!(race.id = %race, error = &*error, "a race cannot be replayed");
        ApiError::RaceDamaged
    })
}
