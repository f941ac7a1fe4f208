//! Enters the queue and leaves the sale.

use axum::extract::State;
use practice::Act;

use super::command::{Answer, CommandAnswer, Sender};
use crate::http::app::App;

/// Press the button
///
/// A press before the opening locks the button for a moment. In the queue and inside, a press is a refresh,
/// which costs what the style says.
#[utoipa::path(
    post,
    path = "/api/races/{id}/enter",
    tag = "races",
    params(Sender),
    responses(CommandAnswer)
)]
pub(crate) async fn enter_race(State(app): State<App>, sender: Sender) -> Answer {
    sender.act(&app, Act::Enter).await
}

/// Leave
///
/// Gives up place, pass and seats, and ends the run.
#[utoipa::path(
    post,
    path = "/api/races/{id}/leave",
    tag = "races",
    params(Sender),
    responses(CommandAnswer)
)]
pub(crate) async fn leave_race(State(app): State<App>, sender: Sender) -> Answer {
    sender.act(&app, Act::Leave).await
}
