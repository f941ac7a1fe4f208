//! The button and the queue.

use axum::extract::State;

use super::command::{Answer, CommandAnswer, Sender};
use crate::http::app::App;
use crate::shard::Act;

/// Press the button
///
/// Before the opening the button is locked for a moment. In the queue and inside it is a refresh,
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
/// Place, pass and seats are given up, and the run is over.
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
