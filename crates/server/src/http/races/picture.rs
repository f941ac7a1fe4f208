//! The captcha as an image and as sound.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use protocol::Problem;

use crate::http::app::App;
use crate::http::extract::{Guest, InRace};
use crate::problem::ApiError;
use crate::shard::MemberAsk;

/// The captcha as an image or as spoken letters
///
/// `<challenge>.png` is an image; `<challenge>.wav` speaks the letters one by one, in English.
#[utoipa::path(get, path = "/api/races/{id}/captcha/{file}", tag = "races",
    params(("id" = String, Path, description = "A race of this guest"),
        ("file" = String, Path, description = "`<challenge>.png` or `<challenge>.wav`")),
    responses((status = 200, content_type = "image/png", body = Vec<u8>),
        (status = 404, body = Problem)))]
pub(crate) async fn read_captcha(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    path: Path<(String, String)>,
) -> Result<impl IntoResponse, ApiError> {
    let Path((_, file)) = path;
    let (challenge, kind) = file.split_once('.').ok_or(ApiError::NoSuchCaptcha)?;
    let challenge = challenge.parse().map_err(|_| ApiError::NoSuchCaptcha)?;
    let media = match kind {
        "png" => "image/png",
        "wav" => "audio/wav",
        _ => return Err(ApiError::NoSuchCaptcha),
    };
    let letters =
        app.gateway.ask(guest, race, |reply| MemberAsk::Letters { challenge, reply }).await?;
    let made = match kind {
        "png" => app.artist.draw(letters).await,
        _ => app.artist.speak(letters).await,
    };
    let made = made.ok_or(ApiError::Overloaded)?;
    Ok(([(CONTENT_TYPE, media), (CACHE_CONTROL, "no-store")], made))
}
