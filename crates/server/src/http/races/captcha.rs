//! The captcha.

use axum::Json;
use axum::extract::State;
use protocol::{CaptchaAnswer, Commanded, Problem};
use sale::Letters;

use super::Answer;
use crate::http::App;
use crate::http::extract::{Guest, InRace, Json as Body, Pass, Tag};
use crate::shard::Act;

/// Answer the captcha
///
/// Wrong letters are an outcome, not a problem: the same image stays.
#[utoipa::path(post, path = "/api/races/{id}/captcha", tag = "races", request_body = CaptchaAnswer,
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry"),
        ("Pass" = String, Header, description = "`you.pass` of the current state")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn answer_captcha(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
    Pass(pass): Pass,
    Body(CaptchaAnswer { challenge, letters }): Body<CaptchaAnswer>,
) -> Answer {
    let letters = Letters::parse(&letters)?;
    app.house.act(guest, race, Act::AnswerCaptcha { challenge, letters }, tag, pass).await.map(Json)
}

/// Ask for another captcha
#[utoipa::path(post, path = "/api/races/{id}/captcha/renew", tag = "races",
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry"),
        ("Pass" = String, Header, description = "`you.pass` of the current state")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn renew_captcha(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
    Pass(pass): Pass,
) -> Answer {
    app.house.act(guest, race, Act::RenewCaptcha, tag, pass).await.map(Json)
}

/// Look at the seats first
///
/// Once, and only where the style lets it be.
#[utoipa::path(post, path = "/api/races/{id}/captcha/put-off", tag = "races",
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry"),
        ("Pass" = String, Header, description = "`you.pass` of the current state")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn put_off_captcha(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
    Pass(pass): Pass,
) -> Answer {
    app.house.act(guest, race, Act::PutOffCaptcha, tag, pass).await.map(Json)
}
