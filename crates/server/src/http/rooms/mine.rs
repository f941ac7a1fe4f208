//! The rooms that somebody is in.

use axum::Json;
use axum::extract::State;
use protocol::{MyRooms, Problem};

use crate::client::Client;
use crate::http::app::App;
use crate::problem::ApiError;

/// The rooms that I am in
///
/// An account sees those of all its browsers, wherever it logs in.
#[utoipa::path(get, path = "/api/rooms", tag = "rooms",
    responses((status = 200, body = MyRooms), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn list_my_rooms(
    State(app): State<App>,
    client: Client,
) -> Result<Json<MyRooms>, ApiError> {
    app.rates.check_search(client)?;
    let guests = app.gateway.context.accounts.guests_of(client);
    let rooms = app.rooms.ask(move |town, _| Ok(town.all_of(&guests))).await?;
    Ok(Json(MyRooms { rooms }))
}
