//! The geometry of a plan.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::{PlanView, Problem};

use super::app::App;
use crate::problem::ApiError;

/// A hall's geometry
///
/// Seats are numbered from 0 by section, row and position. Lengths are centimetres.
#[utoipa::path(get, path = "/api/plans/{name}", tag = "catalogue",
    params(("name" = String, Path, description = "A plan's name, as in the catalogue")),
    responses((status = 200, body = PlanView), (status = 404, body = Problem)))]
pub(crate) async fn read_plan(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let plan = app.catalogue.plan(name).await?;
    let about = [
        (ETAG, plan.etag.as_str()),
        (CACHE_CONTROL, "public, no-cache"),
        (CONTENT_TYPE, "application/json"),
    ];
    if plan.etag.is_known(&headers) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    Ok((about, plan.json.clone()).into_response())
}
