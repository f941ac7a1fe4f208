//! Lists a guest's races.

use axum::Json;
use axum::extract::State;
use protocol::RaceCards;

use crate::client::Client;
use crate::http::app::App;

/// This guest's last races
///
/// At most ten, newest first.
#[utoipa::path(get, path = "/api/races", tag = "races", responses((status = 200, body = RaceCards)))]
pub(crate) async fn list_races(State(app): State<App>, client: Client) -> Json<RaceCards> {
    Json(RaceCards { races: app.gateway.latest(client).await })
}
