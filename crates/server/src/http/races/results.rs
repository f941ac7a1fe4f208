//! The results of a race for everybody in it, and its record.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use journal::{Log, Start};
use practice::PersonId;
use protocol::{Problem, ResultRow, Results};

use crate::client::Client;
use crate::gateway::Gateway;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::ids::{GuestId, RaceId};
use crate::problem::ApiError;
use crate::report::{Outcome, outcome};
use crate::shard::{Look, Standings};
use crate::workshop::{Wanted, Work};

/// The results of a race
///
/// A row for each member. Whoever still races sees the own row alone. What cost each member most, the seed and the secret
/// of the captchas are told once the race is over for everybody.
#[utoipa::path(get, path = "/api/races/{id}/results", tag = "races",
    params(("id" = String, Path, description = "A race that this guest may enter")),
    responses((status = 200, body = Results), (status = 404, body = Problem)))]
pub(crate) async fn read_results(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
) -> Result<Json<Results>, ApiError> {
    app.gateway.check_entry(race, client).await?;
    results(&app, client, race).await.map(Json)
}

/// The results of a race as a guest may see them who may enter it or has the link of its room, with the names that the
/// room gave.
///
/// # Errors
///
/// Those of the shard and the workshop.
pub(crate) async fn results(app: &App, client: Client, race: RaceId) -> Result<Results, ApiError> {
    let person = client.guest.person();
    let ask = app.gateway.look_by_link(client, race, |reply| Look::Results { person, reply });
    let Standings { is_over, mut rows, people, origin } = ask.await?;
    if is_over {
        // A race that this version cannot replay shows what is known without a replay.
        if let Ok(outcome) = whole(app, client, race).await {
            add_costs(&mut rows, &outcome.rows);
        }
    }
    let index = &app.gateway.context.index;
    for row in &mut rows {
        let Some(PersonId(person)) = people.get(row.member as usize) else { continue };
        let guest = GuestId(*person);
        row.name = index.name_of(race, guest);
        row.report_shared = index.shares_report(race, guest);
    }
    let fair = origin.fair;
    Ok(Results {
        race: race.to_string(),
        over: is_over,
        rows,
        commitment: origin.shared.then(|| fair.commitment().to_string()),
        seed: is_over.then(|| fair.seed_hex()),
        captcha_secret: fair.secret_hex().filter(|_| is_over),
    })
}

fn add_costs(rows: &mut [ResultRow], whole: &[ResultRow]) {
    for row in rows {
        let known = whole.iter().find(|known| known.member == row.member);
        row.cost = known.and_then(|known| known.cost);
    }
}

/// The record of a race
///
/// The file with which anybody can run the race again (`tingting replay`), once it is over for everybody. Nobody is named in
/// it.
#[utoipa::path(get, path = "/api/races/{id}/record", tag = "races",
    params(("id" = String, Path, description = "A race that this guest may enter")),
    responses((status = 200, description = "The record", body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn read_record(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
) -> Result<impl IntoResponse, ApiError> {
    let person = client.guest.person();
    let ask = app.gateway.look(client, race, |reply| Look::Results { person, reply });
    if !ask.await?.is_over {
        return Err(ApiError::NotOver);
    }
    let record = whole(&app, client, race).await?.record.clone();
    Ok(([(CONTENT_TYPE, "application/octet-stream")], Bytes::from(record)))
}

/// Has the workshop replay a race that is over for everybody. Whoever asks meanwhile waits for the same job, and the newest
/// few are kept.
async fn whole(app: &App, client: Client, race: RaceId) -> Result<Arc<Outcome>, ApiError> {
    if let Some(outcome) = app.outcomes.get(&race) {
        return Ok(outcome);
    }
    let start = || {
        let (gateway, kept) = (Arc::clone(&app.gateway), Arc::clone(&app.outcomes));
        let replay = move |wanted: &Wanted| {
            let made = Arc::new(replay(&gateway, race, wanted)?);
            kept.keep(race, Arc::clone(&made), made.bytes());
            Ok(made)
        };
        app.gateway.context.workshop.submit(Work::Report, client.into(), replay)
    };
    app.outcomes_under_way.join(race, start).await
}

fn replay(gateway: &Gateway, race: RaceId, wanted: &Wanted) -> Result<Outcome, ApiError> {
    let log =
        gateway.call_and_wait(move |store| Log::read(store, race.sale(), Start::Beginning))?;
    let log = log.map_err(|error| gateway.context.judge(race, &Arc::new(error)))?;
    let made = outcome(&log, || wanted.is_wanted()).map_err(|error| {
        tracing::error!(race.id = %race, error = &*error, "a race cannot be replayed");
        ApiError::RaceDamaged
    })?;
    // Without one, nobody is there to hear why.
    made.ok_or(ApiError::Stopping)
}
