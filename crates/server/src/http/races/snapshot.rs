//! The state of every seat.

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use protocol::Problem;

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::problem::ApiError;
use crate::shard::MemberAsk;

/// Every seat, as a snapshot frame
///
/// For styles whose map the person refreshes by hand. The frame belongs to no sequence: its `seq` is 0.
#[utoipa::path(get, path = "/api/races/{id}/seats", tag = "races",
    params(("id" = String, Path, description = "A race of this guest")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
pub(crate) async fn read_seats(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
) -> Result<impl IntoResponse, ApiError> {
    let seats = app.gateway.ask(client, race, |reply| MemberAsk::Seats { reply }).await?;
    Ok(([(CONTENT_TYPE, "application/octet-stream"), (CACHE_CONTROL, "no-store")], seats))
}
