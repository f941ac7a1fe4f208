//! Who is in a room: joining, leaving, being ready.

use axum::Json;
use axum::extract::State;
use protocol::{Problem, ReportShare, Room, RoomName, RoomReady};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{InRoom, Json as Body, MemberNumber};
use crate::problem::ApiError;
use crate::rooms::name_of;

/// Join a room, or take another name
///
/// Possible at any time while the door is open: who comes after the opening joins the queue. Sent again, it changes
/// the name.
#[utoipa::path(post, path = "/api/rooms/{code}/members", tag = "rooms", request_body = RoomName,
    params(("code" = String, Path, description = "The code in the room's link")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn join_room(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    Body(RoomName { name }): Body<RoomName>,
) -> Result<Json<Room>, ApiError> {
    name_of(&name).map_err(|_| ApiError::NameInvalid)?;
    app.rates.check_join(client)?;
    app.rooms.ask(move |town, now| town.join(now, code, client, &name)).await.map(Json)
}

/// Leave a room, or remove somebody
///
/// With one's own number one leaves; with another's the host removes that member. A number that nobody has changes
/// nothing.
#[utoipa::path(delete, path = "/api/rooms/{code}/members/{number}", tag = "rooms",
    params(("code" = String, Path, description = "The code in the room's link"),
        ("number" = u32, Path, description = "The number of the member")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn leave_room(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    MemberNumber(number): MemberNumber,
) -> Result<Json<Room>, ApiError> {
    app.rates.check_change(client)?;
    let guest = client.guest;
    app.rooms.ask(move |town, now| town.remove(now, code, guest, number)).await.map(Json)
}

/// Say whether one is ready
#[utoipa::path(put, path = "/api/rooms/{code}/ready", tag = "rooms", request_body = RoomReady,
    params(("code" = String, Path, description = "The code in the room's link")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn set_ready(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    Body(RoomReady { ready }): Body<RoomReady>,
) -> Result<Json<Room>, ApiError> {
    app.rates.check_change(client)?;
    let guest = client.guest;
    let errand = move |town: &mut crate::rooms::Town, now| {
        town.change(now, code, guest, |room| room.set_ready(now, guest, ready))
    };
    app.rooms.ask(errand).await.map(Json)
}

/// Share one's report with the others, or hide it again
///
/// It is the report of the room's present race, or of the last one. The others may read it once the race is over for
/// everybody.
#[utoipa::path(put, path = "/api/rooms/{code}/report", tag = "rooms", request_body = ReportShare,
    params(("code" = String, Path, description = "The code in the room's link")),
    responses((status = 200, body = Room), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
pub(crate) async fn share_report(
    State(app): State<App>,
    client: Client,
    InRoom(code): InRoom,
    Body(ReportShare { shared }): Body<ReportShare>,
) -> Result<Json<Room>, ApiError> {
    app.rates.check_change(client)?;
    let guest = client.guest;
    app.rooms.ask(move |town, now| town.share_report(now, code, guest, shared)).await.map(Json)
}
