//! Posters and pictures of performers. They are drawn when they are asked for.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use catalogue::{Card, Performer, portrait, poster};
use data_encoding::HEXLOWER;
use protocol::Problem;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use super::ids::{InConcert, OfPerformer};
use super::query::Params;
use super::tagged::{Caching, content};
use crate::http::app::App;
use crate::problem::ApiError;

/// The version of all pictures. Browsers keep a picture for ever, so raise it whenever [`catalogue::poster()`] or
/// [`catalogue::portrait`] draws otherwise.
const FORM: u8 = 2;

const SVG: &str = "image/svg+xml";

/// Which version of a picture is wanted.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Version {
    /// As the path of the picture has it. Without, the copy has to be asked for again each time.
    v: Option<String>,
}

/// The poster of a concert
///
/// An SVG of 300 by 420 that refers to nothing outside of itself. With the `v` of the concert's card it can be kept for
/// ever.
#[utoipa::path(get, path = "/api/concerts/{concert}/poster.svg", tag = "shows", params(
        ("concert" = String, Path, description = "The number of a concert"), Version),
    responses((status = 200, body = String, content_type = "image/svg+xml"), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
pub(crate) async fn read_poster(
    State(app): State<App>,
    InConcert(concert): InConcert,
    Params(version): Params<Version>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let context = &app.gateway.context;
    let card = context.asks.ask(context.catalogue.card(concert)).await?;
    let card = card.ok_or(ApiError::NoSuchConcert)?;
    let caching = caching(&version, &poster_version(&card));
    let svg = poster(card.poster_seed, &card.title, &card.venue);
    Ok(content(&headers, SVG, caching, svg.into_bytes()))
}

/// The picture of a performer
///
/// An SVG of 200 by 200, as [`read_poster`].
#[utoipa::path(get, path = "/api/performers/{performer}/picture.svg", tag = "shows", params(
        ("performer" = String, Path, description = "The number of a performer"), Version),
    responses((status = 200, body = String, content_type = "image/svg+xml"), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
pub(crate) async fn read_portrait(
    State(app): State<App>,
    OfPerformer(performer): OfPerformer,
    Params(version): Params<Version>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let context = &app.gateway.context;
    let performer = context.asks.ask(context.catalogue.performer(performer)).await?;
    let performer = performer.ok_or(ApiError::NotFound)?;
    let caching = caching(&version, &portrait_version(&performer));
    let svg = portrait(performer.picture_seed, &performer.name);
    Ok(content(&headers, SVG, caching, svg.into_bytes()))
}

/// The path of a concert's poster.
pub(super) fn poster_path(card: &Card) -> String {
    format!("/api/concerts/{}/poster.svg?v={}", card.id, poster_version(card))
}

/// The path of a performer's picture.
pub(super) fn portrait_path(performer: &Performer) -> String {
    format!("/api/performers/{}/picture.svg?v={}", performer.id, portrait_version(performer))
}

fn poster_version(card: &Card) -> String {
    version(card.poster_seed, &[&card.title, &card.venue])
}

fn portrait_version(performer: &Performer) -> String {
    version(performer.picture_seed, &[&performer.name])
}

/// Names all that a picture is drawn from.
fn version(seed: u64, texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    hash.update([FORM]);
    hash.update(seed.to_le_bytes());
    for text in texts {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    }
    HEXLOWER.encode(&hash.finalize()[..8])
}

/// A copy of the present version is good for ever.
fn caching(wanted: &Version, present: &str) -> Caching {
    if wanted.v.as_deref() == Some(present) { Caching::Forever } else { Caching::Shared }
}

#[cfg(test)]
mod tests;
