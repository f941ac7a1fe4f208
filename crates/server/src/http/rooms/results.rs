//! The results of a room's race.

use axum::Json;
use axum::extract::State;
use protocol::{Problem, Results};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::InRoom;
use crate::http::races::results::results;
use crate::problem::ApiError;

/// The results of the room's race
///
/// Those of the present race, or of the last one, for everybody who has the room's link. A row for each member; whoever still
/// races sees the own row alone.
#[utoipa::path(get, path = "/api/rooms/{code}/results", tag = "rooms",
    params(("code" = String, Path, description = "The code in the room's link")),
    responses((status = 200, body = Results), (status = 404, body = Problem)))]
pub(crate) async fn read_room_results(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
) -> Result<Json<Results>, ApiError> {
    let race = app.rooms.ask(move |town, _| town.latest_race(code)).await?;
    results(&app, client, race.ok_or(ApiError::NoSuchRace)?).await.map(Json)
}
