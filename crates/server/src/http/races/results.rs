//! The results of a race for everybody in it, and its record.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use practice::PersonId;
use protocol::{Ending, Problem, ResultRow, Results};

use super::report::not_replayed;
use crate::client::Client;
use crate::gateway::Gateway;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::ids::{GuestId, RaceId};
use crate::problem::ApiError;
use crate::report::{Outcome, outcome};
use crate::shard::{Look, Rows, Standings};
use crate::workshop::{Wanted, Work};

/// The results of a race
///
/// A row for each member, and of very many members for the first 200 of them and the person who asks. Whoever still races sees
/// the own row alone. What cost each member most, the seed and the secret of the captchas are told once the race is over for
/// everybody.
#[utoipa::path(get, path = "/api/races/{id}/results", tag = "races",
    params(("id" = String, Path, description = "A race that this guest may enter, or one of a room whose link the guest has")),
    responses((status = 200, body = Results), (status = 404, body = Problem)))]
pub(crate) async fn read_results(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
) -> Result<Json<Results>, ApiError> {
    results(&app, client, race).await.map(Json)
}

/// The results of a race as a guest may see them, with the names that its room gave.
///
/// # Errors
///
/// [`ApiError::NoSuchRace`] and those of the shard and the workshop.
pub(crate) async fn results(app: &App, client: Client, race: RaceId) -> Result<Results, ApiError> {
    let person = client.guest.person();
    let ask = app.gateway.look(client, race, |reply| Look::Results { person, reply });
    let Standings { is_over, board, own, origin } = ask.await?;
    let mut table = Table::of(board.as_deref(), own, client.guest);
    if is_over {
        // A race that this version cannot replay shows what is known without a replay.
        if let Ok(outcome) = whole(app, client, race).await {
            add_costs(&mut table.rows, &outcome.rows);
        }
    }
    let known = app.gateway.context.index.known_of(race, &table.guests);
    for (row, known) in table.rows.iter_mut().zip(known) {
        (row.name, row.report_shared) = (known.name, known.shares_report);
    }
    let fair = origin.fair;
    Ok(Results {
        race: race.to_string(),
        over: is_over,
        more: table.more(),
        paid: table.paid(),
        rows: table.rows,
        commitment: origin.shared.then(|| fair.commitment().to_string()),
        seed: is_over.then(|| fair.seed_hex()),
        captcha_secret: fair.secret_hex().filter(|_| is_over),
    })
}

/// The rows that one person is shown.
struct Table {
    rows: Vec<ResultRow>,
    /// Who each row is about.
    guests: Vec<GuestId>,
    /// How many members the race has, as far as the person may know.
    members: u32,
    /// How many of them had paid when the rows were made.
    paid: u32,
}

impl Table {
    /// The rows of the board with the own one as it is at this moment. Whoever is shown no board sees the own row alone.
    fn of(board: Option<&Rows>, own: Option<ResultRow>, you: GuestId) -> Self {
        let empty = Rows::default();
        let Rows { list, people, members, paid } = board.unwrap_or(&empty);
        let (mut rows, members, paid) = (list.clone(), *members, *paid);
        let mut guests: Vec<_> = people.iter().map(|PersonId(person)| GuestId(*person)).collect();
        let Some(own) = own else { return Self { rows, guests, members, paid } };
        // Whoever has just come is not counted yet.
        let members = if board.is_some() { members.max(own.member + 1) } else { 1 };
        match rows.binary_search_by_key(&own.member, |row| row.member) {
            Ok(at) => rows[at] = own,
            Err(at) => {
                rows.insert(at, own);
                guests.insert(at, you);
            }
        }
        Self { rows, guests, members, paid }
    }

    fn more(&self) -> u32 {
        let shown = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        self.members.saturating_sub(shown)
    }

    /// How many have paid. Where every member has a row, it is what the rows say.
    fn paid(&self) -> u32 {
        let paid = self.rows.iter().filter(|row| row.ending == Some(Ending::Paid)).count();
        let paid = u32::try_from(paid).unwrap_or(u32::MAX);
        if self.more() == 0 { paid } else { self.paid.max(paid) }
    }
}

/// Adds what cost most. `whole` has a row for each member, in the order of their numbers.
fn add_costs(rows: &mut [ResultRow], whole: &[ResultRow]) {
    for row in rows {
        row.cost = whole.get(row.member as usize).and_then(|known| known.cost);
    }
}

/// The record of a race
///
/// The file with which anybody can run the race again (`tingting replay`), once it is over for everybody. Nobody is named in
/// it.
#[utoipa::path(get, path = "/api/races/{id}/record", tag = "races",
    params(("id" = String, Path, description = "A race that this guest may enter, or one of a room whose link the guest has")),
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
    let log = gateway.read_log_and_wait(race)?;
    let made = outcome(&log, || wanted.is_wanted());
    let made = made.map_err(|error| not_replayed(race, &*error))?;
    // Without one, nobody is there to hear why.
    made.ok_or(ApiError::Stopping)
}

#[cfg(test)]
mod tests;
