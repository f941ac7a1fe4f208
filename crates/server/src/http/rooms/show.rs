//! Shows a room.

use axum::Json;
use axum::extract::State;
use protocol::{Problem, Room};

use crate::http::app::App;
use crate::http::extract::{Guest, InRoom};
use crate::problem::ApiError;

/// A room
///
/// Whoever has the code sees it, member or not. `you` is `null` for those who are not in it.
#[utoipa::path(get, path = "/api/rooms/{code}", tag = "rooms",
    params(("code" = String, Path, description = "The code in the room's link")),
    responses((status = 200, body = Room), (status = 404, body = Problem)))]
pub(crate) async fn show_room(
    State(app): State<App>,
    Guest(guest): Guest,
    InRoom(code): InRoom,
) -> Result<Json<Room>, ApiError> {
    app.rooms.ask(move |town, now| town.show(now, code, guest)).await.map(Json)
}
