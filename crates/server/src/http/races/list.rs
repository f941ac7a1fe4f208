//! Lists a guest's races.

use axum::Json;
use axum::extract::State;
use protocol::RaceCards;

use crate::http::app::App;
use crate::http::extract::Guest;

/// This guest's last races
///
/// At most ten, newest first.
#[utoipa::path(get, path = "/api/races", tag = "races", responses((status = 200, body = RaceCards)))]
pub(crate) async fn list_races(State(app): State<App>, Guest(guest): Guest) -> Json<RaceCards> {
    Json(RaceCards { races: app.gateway.latest(guest).await })
}
