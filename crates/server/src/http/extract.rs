//! Extractors: the parts of a request that handlers need. They fail with an [`ApiError`].

use std::num::NonZeroU64;
use std::str::FromStr;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use super::cookies::{AtBrowser, IsSecure};
use crate::client::Client;
use crate::ids::{GuestId, RaceId};
use crate::keys::key_of;
use crate::limits::{BODY_BYTES_MAX, CONCERT_BYTES_MAX, KEY_BYTES_MAX, SEED_MAX};
use crate::problem::ApiError;
use crate::rooms::RoomCode;

/// The name of the header that carries a pass.
const PASS: &str = "pass";
const KEY: &str = "idempotency-key";

/// The guest of the request, which the guard has found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guest(pub(crate) GuestId);

/// The race in the path. Nothing is known about its owner yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InRace(pub(crate) RaceId);

/// The room in the path. It may not exist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InRoom(pub(crate) RoomCode);

/// The number of a room's member in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MemberNumber(pub(crate) u32);

/// The number of a command's idempotency key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key(pub(crate) NonZeroU64);

/// The number of the idempotency key of a request that may come without one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OptionalKey(pub(crate) Option<NonZeroU64>);

/// The pass, if the request has one.
#[derive(Clone, Debug)]
pub(crate) struct Pass(pub(crate) Option<String>);

/// The body, read as JSON.
#[derive(Clone, Debug)]
pub(crate) struct Json<T>(pub(crate) T);

/// The body of a request that makes a concert, read as JSON. It may be longer than others.
#[derive(Clone, Debug)]
pub(crate) struct ConcertJson<T>(pub(crate) T);

impl<S: Send + Sync> FromRequestParts<S> for IsSecure {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let known = Extension::<Self>::from_request_parts(parts, state).await;
        known.map(|Extension(known)| known).map_err(|_| ApiError::Internal)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AtBrowser {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let known = Extension::<Self>::from_request_parts(parts, state).await;
        known.map(|Extension(known)| known).map_err(|_| ApiError::Internal)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Guest {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Client::from_request_parts(parts, state).await.map(|client| Self(client.guest))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let client = Extension::<Self>::from_request_parts(parts, state).await;
        client.map(|Extension(client)| client).map_err(|_| ApiError::Internal)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InRace {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(params) = Path::<Vec<(String, String)>>::from_request_parts(parts, state)
            .await
            .map_err(|_| ApiError::NoSuchRace)?;
        let id = params.iter().find(|(name, _)| name == "id");
        id.and_then(|(_, id)| id.parse().ok()).map(Self).ok_or(ApiError::NoSuchRace)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InRoom {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        parameter(parts, state, "code").await.map(Self).ok_or(ApiError::NoSuchRoom)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MemberNumber {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        parameter(parts, state, "number").await.map(Self).ok_or(ApiError::NotFound)
    }
}

/// The parameter of this name in the path; `None` if it cannot be read.
pub(super) async fn parameter<S: Send + Sync, T: FromStr>(
    parts: &mut Parts,
    state: &S,
    name: &str,
) -> Option<T> {
    let params = Path::<Vec<(String, String)>>::from_request_parts(parts, state).await;
    let Path(params) = params.ok()?;
    params.iter().find(|(found, _)| found == name)?.1.parse().ok()
}

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let OptionalKey(key) = OptionalKey::from_request_parts(parts, state).await?;
        key.map(Self).ok_or(ApiError::KeyMissing)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OptionalKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Guest(guest) = Guest::from_request_parts(parts, state).await?;
        let Some(key) = parts.headers.get(KEY) else { return Ok(Self(None)) };
        Ok(Self(Some(key_of(guest, key_text(key)?))))
    }
}

/// The text of an idempotency key: 1 to [`KEY_BYTES_MAX`] visible characters of ASCII.
pub(super) fn key_text(key: &HeaderValue) -> Result<&str, ApiError> {
    let key = key.to_str().map_err(|_| ApiError::KeyInvalid)?;
    let is_plain = key.bytes().all(|byte| byte.is_ascii_graphic());
    let fits = (1..=KEY_BYTES_MAX).contains(&key.len());
    if is_plain && fits { Ok(key) } else { Err(ApiError::KeyInvalid) }
}

impl<S: Send + Sync> FromRequestParts<S> for Pass {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let pass = parts.headers.get(PASS).and_then(|pass| pass.to_str().ok());
        Ok(Self(pass.map(str::to_owned)))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        from_json(request, BODY_BYTES_MAX).await.map(Self)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for ConcertJson<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        from_json(request, CONCERT_BYTES_MAX).await.map(Self)
    }
}

async fn from_json<T: DeserializeOwned>(request: Request, bytes_max: usize) -> Result<T, ApiError> {
    let media = request.headers().get(CONTENT_TYPE).and_then(|media| media.to_str().ok());
    let media = media.and_then(|media| media.split(';').next()).unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/json") {
        return Err(ApiError::MediaType);
    }
    let body = read(request, bytes_max).await?;
    parse(&body).map_err(|error| {
        let reason = error.to_string();
        match error.classify() {
            Category::Data => ApiError::JsonInvalid { reason },
            Category::Io | Category::Syntax | Category::Eof => ApiError::JsonMalformed { reason },
        }
    })
}

/// Reads JSON. A whole number may be written as `7.0`, as JSON knows one kind of number only and some programs write all
/// of them so.
fn parse<T: DeserializeOwned>(body: &[u8]) -> serde_json::Result<T> {
    let error = match serde_json::from_slice(body) {
        Err(error) if error.classify() == Category::Data => error,
        read => return read,
    };
    if !error.to_string().starts_with("invalid type: floating point") {
        return Err(error);
    }
    let Ok(mut value) = serde_json::from_slice(body) else { return Err(error) };
    make_whole(&mut value);
    serde_json::from_value(value).map_err(|_| error)
}

/// Writes the numbers that are whole without a fraction, as far as each float is one whole number.
fn make_whole(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let whole = number.as_f64().filter(|float| float.fract() == 0.0);
            let whole = whole.and_then(|float| format!("{float:.0}").parse::<u64>().ok());
            if let Some(whole) = whole.filter(|whole| number.is_f64() && *whole <= SEED_MAX) {
                *number = whole.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_whole),
        Value::Object(members) => members.values_mut().for_each(make_whole),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

async fn read(request: Request, bytes_max: usize) -> Result<Bytes, ApiError> {
    let body = Limited::new(request.into_body(), bytes_max).collect().await;
    body.map(http_body_util::Collected::to_bytes).map_err(|error| {
        if error.is::<LengthLimitError>() {
            ApiError::BodyTooLarge
        } else {
            ApiError::JsonMalformed { reason: "the body was cut short".to_owned() }
        }
    })
}
