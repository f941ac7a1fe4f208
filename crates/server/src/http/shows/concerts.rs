//! Lists of concerts, the search, and the page of one.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use catalogue::{Card, CatalogueError, ConcertId, Listed, Page, PageQuery};
use protocol::{Concert, ConcertCard, ConcertList, ConcertPage, ConcertPlan, Performance, Problem};

use super::ids::{InConcert, InPerformance};
use super::openings::live;
use super::query::{ConcertQuery, Params, Wanted};
use super::tagged::json;
use super::tell::{self, Liked};
use crate::client::Client;
use crate::http::app::App;
use crate::limits::BANNERS;
use crate::openings;
use crate::problem::ApiError;
use crate::shows::utc_ms;

/// Concerts: a list of openings, or a search
///
/// Without a parameter it is the list of what is on sale. A search takes any mix of words, title, performer, city and
/// days; a part that is empty matches everything.
#[utoipa::path(get, path = "/api/concerts", tag = "shows", params(ConcertQuery),
    responses((status = 200, body = ConcertPage), (status = 422, body = Problem)))]
pub(crate) async fn list_concerts(
    State(app): State<App>,
    client: Client,
    Params(query): Params<ConcertQuery>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let wanted = query.wanted()?;
    let page = app.gateway.context.asks.ask(find(&app, client, wanted)).await?;
    Ok(json(&headers, &page))
}

async fn find(app: &App, client: Client, wanted: Wanted) -> Result<ConcertPage, CatalogueError> {
    let context = &app.gateway.context;
    let (catalogue, now) = (&context.catalogue, utc_ms(context.clock.now()));
    match wanted {
        Wanted::List(ConcertList::OnSale, page) => {
            listed_page(app, client, catalogue.on_sale(now, &page).await?).await
        }
        Wanted::List(ConcertList::Soon, page) => {
            listed_page(app, client, catalogue.opening_soon(now, &page).await?).await
        }
        Wanted::Search(search, page) => {
            card_page(app, client, catalogue.search(&search, &page).await?).await
        }
    }
}

/// A page of a list of openings for a viewer.
async fn listed_page(
    app: &App,
    client: Client,
    page: Page<Listed>,
) -> Result<ConcertPage, CatalogueError> {
    let liked = liked(app, client, page.rows.iter().map(|row| row.card.id)).await?;
    let concerts = page.rows.iter().map(|row| tell::listed(row, &liked)).collect();
    Ok(ConcertPage { concerts, next: page.next })
}

/// A page of concerts for a viewer.
pub(in crate::http) async fn card_page(
    app: &App,
    client: Client,
    page: Page<Card>,
) -> Result<ConcertPage, CatalogueError> {
    let liked = liked(app, client, page.rows.iter().map(|card| card.id)).await?;
    let concerts = page.rows.iter().map(|card| tell::card(card, &liked)).collect();
    Ok(ConcertPage { concerts, next: page.next })
}

/// Which of these concerts the viewer likes.
pub(super) async fn liked(
    app: &App,
    client: Client,
    concerts: impl Iterator<Item = ConcertId>,
) -> Result<Liked, CatalogueError> {
    let Some(person) = app.person(client).await? else { return Ok(Liked(None)) };
    let concerts: Vec<ConcertId> = concerts.collect();
    app.gateway.context.catalogue.liked_among(person, &concerts).await.map(Some).map(Liked)
}

/// What the first page shows large
///
/// Up to five concerts: those that open next, and those on sale where fewer open.
#[utoipa::path(get, path = "/api/banners", tag = "shows", responses((status = 200, body = Vec<ConcertCard>)))]
pub(crate) async fn list_banners(
    State(app): State<App>,
    client: Client,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let banners = app.gateway.context.asks.ask(banners(&app, client)).await?;
    Ok(json(&headers, &banners))
}

async fn banners(app: &App, client: Client) -> Result<Vec<ConcertCard>, CatalogueError> {
    let context = &app.gateway.context;
    let (catalogue, now) = (&context.catalogue, utc_ms(context.clock.now()));
    let query = PageQuery { after: None, rows: BANNERS };
    let mut found = catalogue.opening_soon(now, &query).await?.rows;
    for listed in catalogue.on_sale(now, &query).await?.rows {
        if found.len() < BANNERS as usize && found.iter().all(|one| one.card.id != listed.card.id) {
            found.push(listed);
        }
    }
    let page = Page { rows: found, next: None };
    Ok(listed_page(app, client, page).await?.concerts)
}

/// The cities that have a venue
#[utoipa::path(get, path = "/api/cities", tag = "shows", responses((status = 200, body = Vec<String>)))]
pub(crate) async fn list_cities(State(app): State<App>) -> Result<Json<Vec<String>>, ApiError> {
    let context = &app.gateway.context;
    context.asks.ask(context.catalogue.cities()).await.map(Json)
}

/// A concert
#[utoipa::path(get, path = "/api/concerts/{concert}", tag = "shows",
    params(("concert" = String, Path, description = "The number of a concert")),
    responses((status = 200, body = Concert), (status = 404, body = Problem)))]
pub(crate) async fn show_concert(
    State(app): State<App>,
    client: Client,
    InConcert(concert): InConcert,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let context = &app.gateway.context;
    let found = context.asks.ask(async {
        let page = context.catalogue.concert(concert).await?;
        Ok((page, liked(&app, client, std::iter::once(concert)).await?))
    });
    let (page, liked) = found.await?;
    let page = page.ok_or(ApiError::NoSuchConcert)?;
    let concert = Concert {
        card: tell::card(&page.card, &liked),
        description: page.description,
        venue_id: page.venue.to_string(),
        plan: ConcertPlan {
            address: app.catalogue.plan_address(&context.workshop, &page.plan).await?,
            name: page.plan,
        },
        grades: page.grades.iter().map(tell::grade).collect(),
        performers: page.performers.iter().map(tell::performer).collect(),
        performances: page.performances.iter().map(|one| live(context, one)).collect(),
    };
    Ok(json(&headers, &concert))
}

/// A performance
#[utoipa::path(get, path = "/api/performances/{performance}", tag = "shows",
    params(("performance" = String, Path, description = "The number of a performance")),
    responses((status = 200, body = Performance), (status = 404, body = Problem)))]
pub(crate) async fn show_performance(
    State(app): State<App>,
    InPerformance(performance): InPerformance,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let context = &app.gateway.context;
    let found = context.asks.ask(context.catalogue.performance(performance)).await?;
    let found = found.ok_or(ApiError::NoSuchPerformance)?;
    // Whoever looks at one performance sees how its sale stands now. If that cannot be told, it is as it was last seen.
    let _as_seen = openings::seats_left(&app.gateway, performance).await;
    Ok(json(&headers, &live(context, &found)))
}
