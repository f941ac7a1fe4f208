//! What the host of a room does.

use axum::Json;
use axum::extract::State;
use protocol::{Problem, Room, RoomDoor, RoomSettings};

use super::create::{check, draw};
use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{InRoom, Json as Body, OptionalKey};
use crate::keys::content_of_room;
use crate::problem::ApiError;
use crate::rooms::Town;

/// Change how the race is played and when it starts
///
/// The host may, until the race starts.
#[utoipa::path(put, path = "/api/rooms/{code}/settings", tag = "rooms", request_body = RoomSettings,
    params(("code" = String, Path, description = "The code in the room's link")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn set_settings(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    Body(settings): Body<RoomSettings>,
) -> Result<Json<Room>, ApiError> {
    app.rates.check_change(client)?;
    let guest = client.guest;
    // Asked first, since reading the library is work.
    app.rooms.ask(move |town, _| town.check_settings(code, guest)).await?;
    check(app.rooms.now(), &settings)?;
    let drawn = draw(&app, client, &settings).await?;
    let errand = move |town: &mut Town, now| {
        town.change(now, code, guest, |room| room.set_settings(now, guest, settings, drawn))
    };
    app.rooms.ask(errand).await.map(Json)
}

/// Open or close the door
///
/// The host may. Opening a closed door forgives everybody whom the host removed.
#[utoipa::path(put, path = "/api/rooms/{code}/door", tag = "rooms", request_body = RoomDoor,
    params(("code" = String, Path, description = "The code in the room's link")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn set_door(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    Body(RoomDoor { door }): Body<RoomDoor>,
) -> Result<Json<Room>, ApiError> {
    app.rates.check_change(client)?;
    let guest = client.guest;
    let errand = move |town: &mut Town, now| {
        town.change(now, code, guest, |room| room.set_door(now, guest, door))
    };
    app.rooms.ask(errand).await.map(Json)
}

/// Start the race
///
/// The host may. Race time begins with the answer, and the sale opens `countdown_s` later. While the race is under way,
/// the request changes nothing.
#[utoipa::path(post, path = "/api/rooms/{code}/start", tag = "rooms",
    params(("code" = String, Path, description = "The code in the room's link"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same request under its key is done once")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn start_room(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    OptionalKey(key): OptionalKey,
) -> Result<Json<Room>, ApiError> {
    app.rates.check_race(client)?;
    let guest = client.guest;
    let key = key.map(|key| (key.get(), content_of_room(&"start")));
    let started = app.rooms.ask(move |town, now| town.start(now, code, client, key)).await?;
    if let Some(begun) = started {
        // The sender is dropped if the room ends or the server stops.
        begun.await.unwrap_or(Err(ApiError::Stopping))?;
    }
    app.rooms.ask(move |town, now| town.show(now, code, guest)).await.map(Json)
}

/// Call a rematch
///
/// The host may, once the race is over for everybody or for the host. Everybody who is still there is back in the lobby,
/// with the same settings. In the lobby it changes nothing.
#[utoipa::path(post, path = "/api/rooms/{code}/rematch", tag = "rooms",
    params(("code" = String, Path, description = "The code in the room's link"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same request under its key is done once")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
pub(crate) async fn call_rematch(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    OptionalKey(key): OptionalKey,
) -> Result<Json<Room>, ApiError> {
    app.rates.check_change(client)?;
    let guest = client.guest;
    let key = key.map(|key| (key.get(), content_of_room(&"rematch")));
    app.rooms.ask(move |town, now| town.rematch(now, code, guest, key)).await.map(Json)
}
