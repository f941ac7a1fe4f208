//! The button and the queue.

use axum::Json;
use axum::extract::State;
use protocol::{Commanded, Problem};

use super::Answer;
use crate::http::App;
use crate::http::extract::{Guest, InRace, Tag};
use crate::shard::Act;

/// Press the button
///
/// Before the opening the button is locked for a moment. In the queue and inside it is a refresh,
/// which costs what the style says.
#[utoipa::path(post, path = "/api/races/{id}/enter", tag = "races",
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn enter_race(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
) -> Answer {
    app.house.act(guest, race, Act::Enter, tag, None).await.map(Json)
}

/// Leave
///
/// Place, pass and seats are given up, and the run is over.
#[utoipa::path(post, path = "/api/races/{id}/leave", tag = "races",
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn leave_race(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
) -> Answer {
    app.house.act(guest, race, Act::Leave, tag, None).await.map(Json)
}
