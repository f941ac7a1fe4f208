//! Answers that are made anew for each request, with a tag by which a client sees whether its copy is current.

use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::http::etag::Etag;

/// For how long a copy is good.
#[derive(Clone, Copy, Debug)]
pub(super) enum Caching {
    /// The viewer's own, and asked for again each time.
    Own,
    /// Everybody's, and asked for again each time.
    Shared,
    /// Everybody's, for ever: another content has another address.
    Forever,
}

/// Answers with a value as JSON, which only the viewer may keep.
pub(super) fn json(headers: &HeaderMap, value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).expect("texts and numbers become JSON");
    content(headers, "application/json", Caching::Own, body)
}

/// Answers with a content, or says that the client has it.
pub(super) fn content(
    headers: &HeaderMap,
    media: &'static str,
    caching: Caching,
    body: Vec<u8>,
) -> Response {
    let tag = Etag::of_hash(&Sha256::digest(&body).into());
    let caching = match caching {
        Caching::Own => "private, no-cache",
        Caching::Shared => "no-cache",
        Caching::Forever => "public, max-age=31536000, immutable",
    };
    // A layer may compress it, so its bytes may differ: the tag is a weak one.
    let about = HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static(media)),
        (CACHE_CONTROL, HeaderValue::from_static(caching)),
        (ETAG, HeaderValue::from_str(&tag.weak()).expect("hex is plain")),
    ]);
    if tag.is_known(headers) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, Bytes::from(body)).into_response()
}
