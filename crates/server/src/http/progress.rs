//! What a guest's runs show together.

use axum::Json;
use axum::extract::State;
use protocol::Progress;

use crate::client::Client;
use crate::http::app::App;
use crate::progress::progress;

/// This guest's progress
///
/// Best and usual times of each step by hall, demand tier and style, and of each exercise, from the runs that the server
/// keeps of the guest. Races with a chosen seed do not count.
#[utoipa::path(get, path = "/api/progress", tag = "races", responses((status = 200, body = Progress)))]
pub(crate) async fn read_progress(State(app): State<App>, client: Client) -> Json<Progress> {
    let runs = app.gateway.past_runs(client).await;
    // Without the catalogue each hall is called what its newest race was called.
    let titles = app.catalogue.plan_titles(&app.gateway.context.workshop).await;
    let titles = titles.unwrap_or_default();
    Json(progress(&runs, |plan| titles.get(plan).cloned()))
}
