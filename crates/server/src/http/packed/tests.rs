//! What a client gets for what it says that it reads and has.

use super::*;

fn answer(packed: &Packed, headers: &[(axum::http::HeaderName, &'static str)]) -> Response {
    let headers =
        headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
    packed.answer(&headers.collect())
}

#[test]
fn a43_a_packed_content_is_sent_as_the_client_reads_it() {
    let packed = Packed::new("text/plain", "no-cache", Bytes::from("letters ".repeat(1000)));
    for (accepted, is_gzip) in [
        ("gzip", true),
        ("br, GZIP;q=0.5", true),
        ("x-gzip", true),
        ("gzip;q=0", false),
        ("gzip; q=0.0, identity", false),
        ("br", false),
        ("", false),
    ] {
        let answer = answer(&packed, &[(ACCEPT_ENCODING, accepted)]);
        let encoding = answer.headers().get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
        assert_eq!(encoding, is_gzip.then_some(&b"gzip"[..]), "{accepted}");
        assert_eq!(answer.headers()[VARY], "accept-encoding");
        assert!(!Compressible.should_compress(&answer), "no layer compresses it again");
    }
}

#[test]
fn a43_a_client_that_has_a_packed_content_is_told_so() {
    use axum::http::header::IF_NONE_MATCH;
    let packed = Packed::new("text/plain", "no-cache", Bytes::from("letters ".repeat(1000)));
    for accepted in ["gzip", "br"] {
        let first = answer(&packed, &[(ACCEPT_ENCODING, accepted)]);
        let tag = first.headers()[ETAG].to_str().unwrap().to_owned();
        let headers = HeaderMap::from_iter([(IF_NONE_MATCH, tag.parse().unwrap())]);
        assert_eq!(packed.answer(&headers).status(), StatusCode::NOT_MODIFIED, "{tag}");
    }
}

#[test]
fn a43_only_middling_answers_are_compressed_each_time() {
    for (size, is_compressed) in [(1023, false), (1024, true), (131_072, true), (131_073, false)] {
        let answer = vec![0u8; size].into_response();
        assert_eq!(Compressible.should_compress(&answer), is_compressed, "{size}");
    }
}
