//! Commands about the captcha.

use axum::extract::State;
use practice::Act;
use protocol::CaptchaAnswer;
use sale::Letters;

use super::command::{Answer, CommandAnswer, Insider};
use crate::http::app::App;
use crate::http::extract::Json as Body;

/// Answer the captcha
///
/// Wrong letters are an outcome, not a problem: the same image stays.
#[utoipa::path(post, path = "/api/races/{id}/captcha", tag = "races", request_body = CaptchaAnswer,
    params(Insider), responses(CommandAnswer))]
pub(crate) async fn answer_captcha(
    State(app): State<App>,
    insider: Insider,
    Body(CaptchaAnswer { challenge, letters }): Body<CaptchaAnswer>,
) -> Answer {
    let letters = Letters::parse(&letters)?;
    insider.act(&app, Act::AnswerCaptcha { challenge, letters }).await
}

/// Ask for another captcha
#[utoipa::path(
    post,
    path = "/api/races/{id}/captcha/renew",
    tag = "races",
    params(Insider),
    responses(CommandAnswer)
)]
pub(crate) async fn renew_captcha(State(app): State<App>, insider: Insider) -> Answer {
    insider.act(&app, Act::RenewCaptcha).await
}

/// Look at the seats first
///
/// Possible once, and only where the style allows it.
#[utoipa::path(
    post,
    path = "/api/races/{id}/captcha/put-off",
    tag = "races",
    params(Insider),
    responses(CommandAnswer)
)]
pub(crate) async fn put_off_captcha(State(app): State<App>, insider: Insider) -> Answer {
    insider.act(&app, Act::PutOffCaptcha).await
}
