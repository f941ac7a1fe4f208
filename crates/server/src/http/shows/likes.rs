//! What a person likes.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use protocol::{ConcertPage, Problem};

use super::concerts::card_page;
use super::ids::InConcert;
use super::query::{PageParams, Params};
use super::tagged::json;
use crate::client::Client;
use crate::http::app::App;
use crate::problem::ApiError;
use crate::shows::{guest_key, utc_ms};

/// Like a concert
///
/// Sent again, it changes nothing.
#[utoipa::path(put, path = "/api/concerts/{concert}/like", tag = "shows",
    params(("concert" = String, Path, description = "The number of a concert")),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn like_concert(
    State(app): State<App>,
    client: Client,
    InConcert(concert): InConcert,
) -> Result<StatusCode, ApiError> {
    app.rates.check_like(client)?;
    let context = &app.gateway.context;
    let (catalogue, now) = (&context.catalogue, utc_ms(context.clock.now()));
    let like = async {
        let person = catalogue.take_in(guest_key(client), now).await?;
        catalogue.like(person, concert, now).await
    };
    context.asks.ask(like).await.map(|()| StatusCode::NO_CONTENT)
}

/// Like a concert no more
///
/// Sent again, it changes nothing; nor does it for a concert that does not exist.
#[utoipa::path(delete, path = "/api/concerts/{concert}/like", tag = "shows",
    params(("concert" = String, Path, description = "The number of a concert")),
    responses((status = 204)))]
pub(crate) async fn unlike_concert(
    State(app): State<App>,
    client: Client,
    InConcert(concert): InConcert,
) -> Result<StatusCode, ApiError> {
    app.rates.check_like(client)?;
    let context = &app.gateway.context;
    let unlike = async {
        match app.person(client).await? {
            Some(person) => context.catalogue.unlike(person, concert).await,
            None => Ok(()),
        }
    };
    context.asks.ask(unlike).await.map(|()| StatusCode::NO_CONTENT)
}

/// The concerts that the viewer likes
///
/// The newest like first.
#[utoipa::path(get, path = "/api/likes", tag = "shows", params(PageParams),
    responses((status = 200, body = ConcertPage), (status = 422, body = Problem)))]
pub(crate) async fn list_likes(
    State(app): State<App>,
    client: Client,
    Params(query): Params<PageParams>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let query = query.query()?;
    let catalogue = &app.gateway.context.catalogue;
    let likes = async {
        match app.person(client).await? {
            Some(person) => {
                card_page(&app, client, catalogue.favourites(person, &query).await?).await
            }
            None => Ok(ConcertPage { concerts: Vec::new(), next: None }),
        }
    };
    let page = app.gateway.context.asks.ask(likes).await?;
    Ok(json(&headers, &page))
}
