//! The geometry of plans, by addresses that are made of their content.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::{PlanView, Problem};

use super::app::App;
use crate::client::Client;
use crate::plan_address::PlanAddress;
use crate::problem::ApiError;

/// A hall's geometry
///
/// Seats are numbered from 0 by section, row and position. Lengths are centimetres. An address always
/// gives the same geometry, so it can be kept for ever.
#[utoipa::path(get, path = "/api/plans/{address}", tag = "catalogue",
    params(("address" = String, Path, description = "`plan_address` of a race, or `address` in the catalogue")),
    responses((status = 200, body = PlanView), (status = 404, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn read_plan(
    State(app): State<App>,
    client: Client,
    Path(address): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let address = address.parse().map_err(|_| ApiError::NoSuchPlan)?;
    if let Some(plan) = app.plans.get(address) {
        return Ok(plan.answer(&headers));
    }
    let (workshop, spec) = (&app.gateway.context.workshop, spec(&app, address).await?);
    Ok(app.plans.make(workshop, client.into(), address, spec).await?.answer(&headers))
}

/// The spec of a plan: of a race that is kept, whose files may have changed since, or else of the
/// library.
async fn spec(app: &App, address: PlanAddress) -> Result<String, ApiError> {
    match app.gateway.plan_of_race(address).await? {
        Some(spec) => Ok(spec),
        None => app
            .catalogue
            .spec(&app.gateway.context.workshop, address)
            .await?
            .ok_or(ApiError::NoSuchPlan),
    }
}
