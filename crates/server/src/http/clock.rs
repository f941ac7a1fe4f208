//! The server's clock.

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use protocol::Clock;

use super::app::App;

/// The server's time
///
/// Ask a few times and take the answer that came back fastest: its middle is the offset, half of the
/// round trip the error.
#[utoipa::path(get, path = "/api/clock", tag = "clock", responses((status = 200, body = Clock)))]
pub(crate) async fn read_clock(State(app): State<App>) -> impl IntoResponse {
    let now_ms = app.house.now().as_millis_f64();
    ([(CACHE_CONTROL, "no-store")], Json(Clock { now_ms }))
}
