//! Handing a guest over from a browser inside a chat app to the real one.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use protocol::{HandoverClaim, HandoverCode, HandoverOffer, HandoverTo, Problem};

use super::app::App;
use super::extract::Json as Body;
use super::guard::Become;
use super::own_path::is_own_path;
use crate::client::Client;
use crate::limits::HANDOVER_GOOD_FOR;
use crate::problem::ApiError;

/// Ask for a hand-over code
///
/// Whoever sends it from another browser becomes this guest there. A guest has one code at a time.
#[utoipa::path(post, path = "/api/handover", tag = "rooms", request_body = HandoverOffer,
    responses((status = 200, body = HandoverCode), (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn offer_handover(
    State(app): State<App>,
    client: Client,
    Body(HandoverOffer { to }): Body<HandoverOffer>,
) -> Result<Json<HandoverCode>, ApiError> {
    if !is_own_path(&to) {
        let reason = "`to` must be a path of this site, of at most 200 characters".to_owned();
        return Err(ApiError::JsonInvalid { reason });
    }
    // Codes are few, so one network may have as many as it may open rooms.
    app.rates.check_room(client)?;
    let code = app.handovers.offer(app.rooms.now(), client.guest, to)?;
    let good_for_s = u32::try_from(HANDOVER_GOOD_FOR.as_secs()).unwrap_or(u32::MAX);
    Ok(Json(HandoverCode { code, good_for_s }))
}

/// Go on as the guest of another browser
///
/// The answer sets that guest's cookie. A code is good for one use, and a network may try only a few.
#[utoipa::path(post, path = "/api/handover/claim", tag = "rooms", request_body = HandoverClaim,
    responses((status = 200, body = HandoverTo), (status = 404, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn claim_handover(
    State(app): State<App>,
    client: Client,
    Body(HandoverClaim { code }): Body<HandoverClaim>,
) -> Result<Response, ApiError> {
    app.rates.check_handover(client.network)?;
    let (guest, to) = app.handovers.claim(app.rooms.now(), &code)?;
    let mut response = Json(HandoverTo { to }).into_response();
    // An account is handed over by logging in: a code of eight digits is not worth a session.
    if !app.gateway.context.accounts.is_spent(guest) {
        response.extensions_mut().insert(Become(guest));
    }
    Ok(response)
}
