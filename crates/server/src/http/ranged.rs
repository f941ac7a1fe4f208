//! Contents of which a client may ask for a part. Players of sound on phones play nothing without that.

use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use http_range_header::{EndPosition, StartPosition};

use super::etag::Etag;
use crate::problem::ApiError;

/// Answers with a content whose SHA-256 is `hash`, or with the part of it that the request asks for (rule A25). No cache keeps it.
///
/// A request for several parts at once gets the whole, as RFC 9110 allows.
pub(super) fn answer(
    method: &Method,
    headers: &HeaderMap,
    media: &'static str,
    content: &Bytes,
    hash: &[u8; 32],
) -> Result<Response, ApiError> {
    let tag = Etag::of_hash(hash);
    let size = content.len() as u64;
    let mut about = HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static(media)),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (ETAG, header(tag.as_str())),
    ]);
    let Some((first, last)) = part(method, headers, &tag, size)? else {
        return Ok((about, content.clone()).into_response());
    };
    about.insert(CONTENT_RANGE, header(&format!("bytes {first}-{last}/{size}")));
    let part = content.slice(index(first)..=index(last));
    Ok((StatusCode::PARTIAL_CONTENT, about, part).into_response())
}

/// The first and the last byte of the part that a request asks for; `None` if it asks for the whole.
fn part(
    method: &Method,
    headers: &HeaderMap,
    tag: &Etag,
    size: u64,
) -> Result<Option<(u64, u64)>, ApiError> {
    let asked = headers.get(RANGE).filter(|_| method == Method::GET);
    let Some(asked) = asked.and_then(|asked| asked.to_str().ok()) else { return Ok(None) };
    // The client keeps a part of another content, so it needs the whole of this one.
    if headers.get(IF_RANGE).is_some_and(|kept| kept != tag.as_str()) {
        return Ok(None);
    }
    // A field that is not understood is ignored, as RFC 9110 allows.
    let Ok(asked) = http_range_header::parse_range_header(asked) else { return Ok(None) };
    let [range] = asked.ranges.as_slice() else { return Ok(None) };
    let first = match range.start {
        StartPosition::Index(first) => first,
        // The end of a content that is longer than the content is the whole of it.
        StartPosition::FromLast(count) => size.saturating_sub(count),
    };
    let end = size.saturating_sub(1);
    let last = match range.end {
        EndPosition::Index(last) => last.min(end),
        EndPosition::LastByte => end,
    };
    if first > last {
        return Err(ApiError::RangeOutside { size });
    }
    Ok(Some((first, last)))
}

/// The value of a header that the server itself writes.
fn header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("digits and signs of ASCII")
}

/// A byte within a content that is in memory.
fn index(byte: u64) -> usize {
    usize::try_from(byte).expect("the content is in memory")
}
