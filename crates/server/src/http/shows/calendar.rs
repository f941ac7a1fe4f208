//! The calendar of openings.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use catalogue::{CatalogueError, Days};
use protocol::{Calendar, CalendarEntry, Problem};

use super::concerts::liked;
use super::query::{CalendarQuery, Params};
use super::tagged::json;
use super::tell;
use crate::client::Client;
use crate::http::app::App;
use crate::problem::ApiError;

/// The openings of a range of days
///
/// A day is that of the venue. At most 1,000 entries; performances of a concert that open together are one.
#[utoipa::path(get, path = "/api/calendar", tag = "shows", params(CalendarQuery),
    responses((status = 200, body = Calendar), (status = 422, body = Problem)))]
pub(crate) async fn read_calendar(
    State(app): State<App>,
    client: Client,
    Params(query): Params<CalendarQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let days = query.days()?;
    let calendar = calendar(&app, client, days, query.liked);
    let calendar = app.gateway.context.asks.ask(calendar).await?;
    Ok(json(&headers, &calendar))
}

async fn calendar(
    app: &App,
    client: Client,
    days: Days,
    only_liked: bool,
) -> Result<Calendar, CatalogueError> {
    let catalogue = &app.gateway.context.catalogue;
    let liked_by = if only_liked {
        match app.person(client).await? {
            Some(person) => Some(person),
            None => return Ok(Calendar { entries: Vec::new(), is_cut: false }),
        }
    } else {
        None
    };
    let found = catalogue.calendar(days, liked_by).await?;
    let liked = liked(app, client, found.entries.iter().map(|entry| entry.card.id)).await?;
    let entries = found.entries.iter().map(|entry| CalendarEntry {
        concert: tell::card(&entry.card, &liked),
        opens_at_ms: tell::millis(entry.opens_at),
        performance: entry.performance.to_string(),
        performance_count: entry.performance_count,
    });
    Ok(Calendar { entries: entries.collect(), is_cut: found.is_cut })
}
