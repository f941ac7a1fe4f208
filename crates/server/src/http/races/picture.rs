//! The captcha as an image and as sound.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use protocol::Problem;

use crate::captcha::Medium;
use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::http::ranged;
use crate::problem::ApiError;
use crate::shard::MemberAsk;

/// The captcha as an image or as spoken letters
///
/// `<challenge>.png` is an image; `<challenge>.wav` speaks the letters one by one, in English. Both are the
/// same at every request, so that a player can ask for the sound in parts (`Range`).
#[utoipa::path(get, path = "/api/races/{id}/captcha/{file}", tag = "races",
    params(("id" = String, Path, description = "A race of this guest"),
        ("file" = String, Path, description = "`<challenge>.png` or `<challenge>.wav`")),
    responses((status = 200, description = "The whole file", content((Vec<u8> = "image/png"), (Vec<u8> = "audio/wav"))),
        (status = 206, description = "A part of the file", content((Vec<u8> = "image/png"), (Vec<u8> = "audio/wav"))),
        (status = 404, body = Problem), (status = 416, body = Problem)))]
pub(crate) async fn read_captcha(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    path: Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Path((_, file)) = path;
    let (challenge, kind) = file.split_once('.').ok_or(ApiError::NoSuchCaptcha)?;
    let challenge = challenge.parse().map_err(|_| ApiError::NoSuchCaptcha)?;
    let (media, medium) = match kind {
        "png" => ("image/png", Medium::Image),
        "wav" => ("audio/wav", Medium::Sound),
        _ => return Err(ApiError::NoSuchCaptcha),
    };
    let prompt =
        app.gateway.ask(client, race, |reply| MemberAsk::Prompt { challenge, reply }).await?;
    let workshop = &app.gateway.context.workshop;
    let made = app.artist.make(workshop, client.into(), prompt, medium).await?;
    ranged::answer(&method, &headers, media, &made.bytes, &made.hash)
}
