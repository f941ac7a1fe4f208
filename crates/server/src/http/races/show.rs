//! Shows a race.

use axum::Json;
use axum::extract::State;
use protocol::{Problem, RaceView};

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::problem::ApiError;
use crate::shard::MemberAsk;

/// The state of a race
#[utoipa::path(get, path = "/api/races/{id}", tag = "races",
    params(("id" = String, Path, description = "A race of this guest")),
    responses((status = 200, body = RaceView), (status = 404, body = Problem)))]
pub(crate) async fn show_race(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
) -> Result<Json<RaceView>, ApiError> {
    app.gateway.ask(client, race, |reply| MemberAsk::Show { reply }).await.map(Json)
}
