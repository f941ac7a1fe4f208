//! The results of a room's races.

use axum::Json;
use axum::extract::{RawQuery, State};
use protocol::{Problem, Results};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::InRoom;
use crate::http::races::results::results;
use crate::ids::RaceId;
use crate::problem::ApiError;

/// The results of a race of the room
///
/// Those of the present race, or of the last one, for everybody who has the room's link. `race` asks for an earlier one
/// instead; a room remembers its last 32 races.
/// A row for each member; whoever still races sees the own row alone.
#[utoipa::path(get, path = "/api/rooms/{code}/results", tag = "rooms",
    params(("code" = String, Path, description = "The code in the room's link"),
        ("race" = Option<String>, Query, description = "The id of an earlier race of the room")),
    responses((status = 200, body = Results), (status = 404, body = Problem)))]
pub(crate) async fn read_room_results(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    RawQuery(query): RawQuery,
) -> Result<Json<Results>, ApiError> {
    let wanted = wanted(query.as_deref().unwrap_or_default())?;
    let race = app.rooms.ask(move |town, _| town.race_of(code, wanted)).await?;
    results(&app, client, race).await.map(Json)
}

/// The race that a query names; `None` if it names none.
fn wanted(query: &str) -> Result<Option<RaceId>, ApiError> {
    let named = query.split('&').find_map(|pair| pair.strip_prefix("race="));
    named.map(|id| id.parse().map_err(|_| ApiError::NoSuchRace)).transpose()
}
