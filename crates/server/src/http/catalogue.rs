//! The catalogue of everything that can be raced.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::Catalogue;

use super::app::App;
use crate::problem::ApiError;

/// What can be raced
///
/// Scenarios are whole races; plans, demands and styles can be put together freely.
#[utoipa::path(get, path = "/api/catalogue", tag = "catalogue",
    responses((status = 200, body = Catalogue)))]
pub(crate) async fn read_catalogue(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    app.catalogue.answer(&app.gateway.context.workshop, &headers).await
}
