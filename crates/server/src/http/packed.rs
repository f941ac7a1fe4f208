//! Contents that do not change and that many ask for: hashed and compressed once, then only sent.

use std::io::Write;

use axum::body::{Bytes, HttpBody};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tower_http::compression::predicate::Predicate;

use super::etag::Etag;

/// The smallest content that is compressed: a smaller one fits into one packet anyway.
const COMPRESSED_BYTES_MIN: u64 = 1024;

/// The largest answer that is compressed each time it is sent. That takes some 3 ms; what is larger and does not
/// change is a [`Packed`].
const COMPRESSED_BYTES_MAX: u64 = 128 * 1024;

/// A content, ready for sending.
#[derive(Debug)]
pub(super) struct Packed {
    media: HeaderValue,
    caching: HeaderValue,
    tag: Etag,
    plain: Bytes,
    /// `None` if compressing makes it no smaller.
    gzip: Option<Bytes>,
}

/// Marks an answer that is as small as it can be, so that no layer compresses it.
#[derive(Clone, Copy, Debug)]
struct IsPacked;

/// The answers that a layer may compress: small ones that nobody packed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compressible;

impl Packed {
    /// Hashes and compresses a content: some 20 ms for a megabyte, so this is for the workshop.
    pub(super) fn new(media: &str, caching: &'static str, plain: Bytes) -> Self {
        let gzip = compress(&plain).filter(|gzip| gzip.len() < plain.len());
        Self {
            media: HeaderValue::from_str(media).expect("a media type is plain"),
            caching: HeaderValue::from_static(caching),
            tag: Etag::of_hash(&Sha256::digest(&plain).into()),
            plain,
            gzip,
        }
    }

    /// The bytes that it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.plain.len() + self.gzip.as_ref().map_or(0, Bytes::len)
    }

    /// Answers a request: with the content, compressed if the client reads that, or with nothing if the client has
    /// it.
    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        let gzip = self.gzip.as_ref().filter(|_| reads_gzip(headers));
        // The compressed bytes are not those of the plain content, so they share only a weak tag.
        let tag = if gzip.is_some() { self.tag.weak() } else { self.tag.as_str().to_owned() };
        let mut about = HeaderMap::from_iter([
            (CONTENT_TYPE, self.media.clone()),
            (CACHE_CONTROL, self.caching.clone()),
            (ETAG, HeaderValue::from_str(&tag).expect("hex is plain")),
            (VARY, HeaderValue::from_static("accept-encoding")),
        ]);
        let mut response = if self.tag.is_known(headers) {
            (StatusCode::NOT_MODIFIED, about).into_response()
        } else if let Some(gzip) = gzip {
            about.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            (about, gzip.clone()).into_response()
        } else {
            (about, self.plain.clone()).into_response()
        };
        response.extensions_mut().insert(IsPacked);
        response
    }
}

fn compress(plain: &[u8]) -> Option<Bytes> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(plain).ok()?;
    gzip.finish().ok().map(Bytes::from)
}

/// Whether the client says that it reads gzip.
fn reads_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let is_gzip = ["gzip", "x-gzip"].iter().any(|gzip| name.eq_ignore_ascii_case(gzip));
        let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
        is_gzip && weight.is_none_or(|weight| weight.parse().is_ok_and(|weight: f32| weight > 0.0))
    })
}

impl Predicate for Compressible {
    fn should_compress<B: HttpBody>(&self, response: &axum::http::Response<B>) -> bool {
        let is_packed = response.extensions().get::<IsPacked>().is_some();
        let size = response.body().size_hint().upper();
        let is_middling =
            size.is_some_and(|size| (COMPRESSED_BYTES_MIN..=COMPRESSED_BYTES_MAX).contains(&size));
        is_middling && !is_packed
    }
}

#[cfg(test)]
mod tests;
