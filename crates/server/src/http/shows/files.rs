//! Files for calendars: the openings of a concert, and those of all concerts that the viewer likes.

use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use catalogue::{Card, CatalogueError, ConcertPage, Days, PerformanceId, UtcMs};
use protocol::Problem;

use super::ics::{Event, ICS, calendar};
use super::ids::InConcert;
use crate::client::Client;
use crate::http::app::App;
use crate::http::cookies::IsSecure;
use crate::language::Language;
use crate::limits::LIKED_OPENINGS_DAYS;
use crate::problem::ApiError;
use crate::shows::utc_ms;

/// The openings of a concert as a file for calendars
///
/// Times are in UTC; each has a reminder ten minutes before.
#[utoipa::path(get, path = "/api/concerts/{concert}/opening.ics", tag = "shows",
    params(("concert" = String, Path, description = "The number of a concert")),
    responses((status = 200, body = String, content_type = "text/calendar"), (status = 404, body = Problem)))]
pub(crate) async fn read_opening_file(
    State(app): State<App>,
    InConcert(concert): InConcert,
    secure: IsSecure,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let context = &app.gateway.context;
    let page = context.asks.ask(context.catalogue.concert(concert)).await?;
    let page = page.ok_or(ApiError::NoSuchConcert)?;
    let site = site(secure, &headers);
    let events = openings(&page, site.as_deref());
    Ok(file(&events, utc_ms(context.clock.now()), &headers))
}

/// The coming openings of the liked concerts as a file for calendars
///
/// Those of the next 400 days, at most 1,000.
#[utoipa::path(get, path = "/api/likes/openings.ics", tag = "shows",
    responses((status = 200, body = String, content_type = "text/calendar")))]
pub(crate) async fn read_liked_file(
    State(app): State<App>,
    client: Client,
    secure: IsSecure,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let context = &app.gateway.context;
    let now = utc_ms(context.clock.now());
    let site = site(secure, &headers);
    let events = context.asks.ask(liked(&app, client, now, site.as_deref())).await?;
    Ok(file(&events, now, &headers))
}

async fn liked(
    app: &App,
    client: Client,
    now: UtcMs,
    site: Option<&str>,
) -> Result<Vec<Event>, CatalogueError> {
    let (Some(person), Some(today)) = (app.person(client).await?, now.utc_day()) else {
        return Ok(Vec::new());
    };
    // Yesterday and tomorrow, since the day of a venue may be another than that of UTC.
    let days = Days { from: today.after(-1), to: today.after(LIKED_OPENINGS_DAYS) };
    let found = app.gateway.context.catalogue.calendar(days, Some(person)).await?;
    let coming = found.entries.iter().filter(|entry| entry.opens_at > now);
    let events = coming.map(|entry| event(&entry.card, entry.performance, entry.opens_at, site));
    Ok(events.collect())
}

/// The openings of a concert, those that open together as one.
fn openings(page: &ConcertPage, site: Option<&str>) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for performance in &page.performances {
        let opens_at = performance.opening.opens_at;
        if events.iter().all(|event| event.opens_at != opens_at) {
            events.push(event(&page.card, performance.id, opens_at, site));
        }
    }
    events
}

fn event(card: &Card, performance: PerformanceId, opens_at: UtcMs, site: Option<&str>) -> Event {
    Event {
        performance,
        title: card.title.clone(),
        place: format!("{}, {}", card.venue, card.city),
        opens_at,
        url: site.map(|site| format!("{site}/concerts/{}", card.id)),
    }
}

/// The address of this site as the client has it: `https://tingting.example`.
fn site(IsSecure(is_secure): IsSecure, headers: &HeaderMap) -> Option<String> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let is_plain = host.bytes().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
    });
    let scheme = if is_secure { "https" } else { "http" };
    is_plain.then(|| format!("{scheme}://{host}"))
}

fn file(events: &[Event], now: UtcMs, headers: &HeaderMap) -> Response {
    let accept = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = Language::of(accept.unwrap_or_default());
    let about = [
        (CONTENT_TYPE, HeaderValue::from_static(ICS)),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"tingting-openings.ics\""),
        ),
    ];
    (about, calendar(events, now, language)).into_response()
}
