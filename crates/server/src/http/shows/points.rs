//! The points of an account.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use catalogue::Cause;
use protocol::{PointsCause, PointsEntry, PointsPage, Problem};

use super::query::{PageParams, Params};
use super::tagged::json;
use super::tell::millis;
use crate::client::Client;
use crate::http::app::App;
use crate::ids::RaceId;
use crate::openings;
use crate::problem::ApiError;

/// The viewer's points
///
/// What the account has, and what changed it, the newest first. Guests have none.
#[utoipa::path(get, path = "/api/points", tag = "shows", params(PageParams),
    responses((status = 200, body = PointsPage), (status = 403, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn list_points(
    State(app): State<App>,
    client: Client,
    Params(query): Params<PageParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let query = query.query()?;
    let person = client.account.ok_or(ApiError::LoginNeeded)?;
    // Whoever has just cancelled sees what came back. If it cannot be told now, it will be a second later.
    let _later = openings::settle(&app.gateway).await;
    let catalogue = &app.gateway.context.catalogue;
    let page = app.gateway.context.asks.ask(async {
        // In this order, the balance is never older than the entries.
        let page = catalogue.points(person, &query).await?;
        let balance_won = catalogue.balance(person).await?;
        let entries = page.rows.into_iter().map(entry).collect();
        Ok(PointsPage { balance_won, entries, next: page.next })
    });
    Ok(json(&headers, &page.await?))
}

/// A change of a balance, as its account is told of it.
pub(in crate::http) fn entry(entry: catalogue::PointsEntry) -> PointsEntry {
    PointsEntry {
        at_ms: millis(entry.at),
        amount_won: entry.amount_won,
        balance_won: entry.balance_won,
        cause: match entry.cause {
            Cause::Welcome => PointsCause::Welcome,
            Cause::Payment => PointsCause::Payment,
            Cause::PaymentReturned => PointsCause::PaymentReturned,
            Cause::Cancelled => PointsCause::Cancelled,
        },
        concert: entry.concert,
        sale: entry.sale.map(|sale| RaceId(sale.0).to_string()),
        booking: entry.booking.map(|booking| booking.0),
    }
}
