//! The catalogue of everything that can be raced.

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use protocol::Catalogue;

use super::app::App;
use crate::problem::ApiError;

/// What can be raced
///
/// Scenarios are whole races; plans, demands and styles can be put together freely.
#[utoipa::path(get, path = "/api/catalogue", tag = "catalogue",
    responses((status = 200, body = Catalogue)))]
pub(crate) async fn read_catalogue(State(app): State<App>) -> Result<impl IntoResponse, ApiError> {
    let catalogue = app.catalogue.catalogue().await?;
    Ok(([(CACHE_CONTROL, "no-cache")], Json(catalogue)))
}
