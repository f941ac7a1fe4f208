//! The server's clock.

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use protocol::Clock;

use super::app::App;

/// The server's time
///
/// Ask a few times and use the answer with the shortest round trip. It was made about the middle of the round
/// trip, with an error of at most half of it.
#[utoipa::path(get, path = "/api/clock", tag = "clock", responses((status = 200, body = Clock)))]
pub(crate) async fn read_clock(State(app): State<App>) -> impl IntoResponse {
    let now_ms = app.gateway.now().as_millis_f64();
    ([(CACHE_CONTROL, "no-store")], Json(Clock { now_ms }))
}
