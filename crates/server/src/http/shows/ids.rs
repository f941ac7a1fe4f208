//! The numbers in the paths of shows.

use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use catalogue::{ConcertId, PerformanceId, PerformerId};

use crate::http::extract::parameter;
use crate::ids::NotAnId;
use crate::problem::ApiError;

/// The concert in the path. It may not exist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InConcert(pub(crate) ConcertId);

/// The performance in the path. It may not exist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InPerformance(pub(crate) PerformanceId);

/// The performer in the path. The performer may not exist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OfPerformer(pub(crate) PerformerId);

/// A number of the catalogue in its one form: decimal digits without a sign and without zeros in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(pub(crate) i64);

impl FromStr for Number {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
        if is_plain { text.parse().map(Self).map_err(|_| NotAnId) } else { Err(NotAnId) }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InConcert {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let number: Option<Number> = parameter(parts, state, "concert").await;
        number.map(|number| Self(ConcertId(number.0))).ok_or(ApiError::NoSuchConcert)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InPerformance {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let number: Option<Number> = parameter(parts, state, "performance").await;
        number.map(|number| Self(PerformanceId(number.0))).ok_or(ApiError::NoSuchPerformance)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OfPerformer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let number: Option<Number> = parameter(parts, state, "performer").await;
        number.map(|number| Self(PerformerId(number.0))).ok_or(ApiError::NotFound)
    }
}

#[cfg(test)]
mod tests;
