//! Lets race time jump ahead.

use axum::Json;
use axum::extract::State;
use protocol::{Forward, ForwardTo, Problem, RaceView};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{InRace, Json as Body};
use crate::problem::ApiError;
use crate::shard::MemberAsk;

/// Do not wait for the opening
///
/// Race time jumps ahead, so that the opening is ten seconds away. Possible before the opening of a race that nobody else
/// may enter. Where ten seconds remain or fewer, nothing changes.
#[utoipa::path(post, path = "/api/races/{id}/forward", tag = "races", request_body = Forward,
    params(("id" = String, Path, description = "A race of this guest")),
    responses((status = 200, body = RaceView), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn forward_race(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    Body(Forward { to }): Body<Forward>,
) -> Result<Json<RaceView>, ApiError> {
    match to {
        ForwardTo::Opening => {}
        ForwardTo::Turn | ForwardTo::Returns => return Err(ApiError::CannotForward),
    }
    app.gateway.ask(client, race, |reply| MemberAsk::Forward { reply }).await.map(Json)
}
