//! Doors for the fuzz targets to decoders that are private otherwise. Each checks what must hold whatever the bytes are, and
//! panics if it does not.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use axum::body::Bytes;
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_RANGE, COOKIE, IF_NONE_MATCH, IF_RANGE, RANGE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use sale::{BookingId, Moment, Visitor};
use sha2::{Digest, Sha256};

use super::etag::Etag;
use super::{cookies, extract, ranged};
use crate::ids::{GuestId, RaceId};
use crate::keys::{Keys, SignedTicket, key_of};
use crate::language::Language;
use crate::limits::KEY_BYTES_MAX;
use crate::plan_address::PlanAddress;

/// The guest whose cookie is right, the race and the visitor whose pass is right.
const GUEST: GuestId = GuestId(0x1234_5678_9abc_def0);
const RACE: RaceId = RaceId(77);
const VISITOR: Visitor = Visitor(300);
const UNTIL: Moment = Moment::from_millis(600_000);

/// A header of a guest's cookie that is right.
pub fn right_cookie() -> String {
    format!("a=b; tingting_guest={}; c=d", keys().guest_cookie(GUEST))
}

/// A pass that is right.
pub fn right_pass() -> String {
    keys().pass(RACE, VISITOR, UNTIL)
}

/// A header `Cookie` names a guest only if the server signed that guest's id.
pub fn cookie(bytes: &[u8]) {
    let headers = headers_of(COOKIE, bytes);
    let keys = keys();
    for secure in [false, true].map(cookies::IsSecure) {
        let found =
            [cookies::GUEST.of(secure, &headers), cookies::GUEST.of_before_https(secure, &headers)];
        assert!(found.iter().flatten().count() <= 1, "the older name counts alone");
        let Some(cookie) = found.into_iter().flatten().next() else { continue };
        if let Some(guest) = keys.guest_of(cookie) {
            assert!(keys.guest_cookie(guest).eq_ignore_ascii_case(cookie), "a forged cookie");
        }
    }
}

/// A pass is right only if the server signed it for the same race, visitor and moment.
pub fn pass(bytes: &[u8]) {
    let Ok(pass) = str::from_utf8(bytes) else { return };
    let keys = keys();
    let is_right = right_pass().eq_ignore_ascii_case(pass);
    assert_eq!(keys.is_pass(pass, RACE, VISITOR, UNTIL), is_right);
    assert!(!keys.is_pass(pass, RaceId(78), VISITOR, UNTIL), "a pass of another race");
    assert!(!keys.is_pass(pass, RACE, Visitor(301), UNTIL), "a pass of another visitor");
    assert!(!keys.is_pass(pass, RACE, VISITOR, UNTIL.next()), "a pass until another moment");
}

/// The codes of a ticket that is real and of one that is practice.
pub fn right_tickets() -> [String; 2] {
    [false, true].map(|is_practice| {
        let booking = BookingId(3);
        keys().ticket_code(SignedTicket { sale: RACE, booking, index: 1, is_practice })
    })
}

/// A text is a ticket only if it is, to the letter, the code that the server makes for what it says.
///
/// # Panics
///
/// If it is not.
pub fn ticket(bytes: &[u8]) {
    let Ok(code) = str::from_utf8(bytes) else { return };
    let keys = keys();
    match keys.ticket_of(code) {
        Some(ticket) => assert_eq!(keys.ticket_code(ticket), code, "a forged ticket"),
        None => assert!(right_tickets().iter().all(|right| right != code)),
    }
}

/// An accepted idempotency key is visible ASCII of a bounded length, and gives a guest the same number each time.
pub fn request_key(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let Ok(key) = extract::key_text(&value) else { return };
    assert_eq!(key.as_bytes(), bytes);
    assert!((1..=KEY_BYTES_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()));
    assert_eq!(key_of(GUEST, key), key_of(GUEST, key));
    assert_ne!(key_of(GUEST, key), key_of(GuestId(1), key), "two guests meet under one key");
}

/// A text is read as an id only if it is the one form of that id.
pub fn id(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(id) = text.parse::<RaceId>() {
        assert_eq!(id.to_string(), text);
    }
    if let Ok(id) = text.parse::<GuestId>() {
        assert_eq!(id.to_string(), text);
    }
    if let Ok(address) = text.parse::<PlanAddress>() {
        assert_eq!(address.to_string(), text);
    }
}

/// Any header that a visitor chooses is read without a panic.
pub fn header(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        let _language: Language = Language::of(text);
    }
    for name in [ACCEPT_LANGUAGE, IF_NONE_MATCH] {
        let headers = headers_of(name, bytes);
        let _is_known: bool = etag(b"content").is_known(&headers);
    }
}

/// The part of a content that is sent is the part that the answer's headers name, and lies within the content.
///
/// # Panics
///
/// If it is not.
pub fn range(bytes: &[u8]) {
    let Some((&size, asked)) = bytes.split_first() else { return };
    let content: Vec<u8> = (0..size).collect();
    let mut headers = headers_of(RANGE, asked);
    check_range(&headers, &content);
    let same = etag(&content).as_str().parse().expect("a tag is plain");
    headers.insert(IF_RANGE, same);
    check_range(&headers, &content);
    headers.insert(IF_RANGE, HeaderValue::from_static("\"another\""));
    let whole = answer(&headers, &content);
    assert_eq!((whole.status(), body(whole)), (StatusCode::OK, content));
}

fn check_range(headers: &HeaderMap, content: &[u8]) {
    let answer = answer(headers, content);
    match answer.status() {
        StatusCode::OK => assert_eq!(body(answer), content),
        StatusCode::RANGE_NOT_SATISFIABLE => {}
        StatusCode::PARTIAL_CONTENT => {
            let named = answer.headers()[CONTENT_RANGE].to_str().expect("plain text").to_owned();
            let (place, size) = named.split_once('/').expect("a size");
            let (first, last) = place.trim_start_matches("bytes ").split_once('-').expect("two");
            let number = |text: &str| text.parse::<usize>().expect("a number");
            assert_eq!(number(size), content.len());
            assert_eq!(body(answer), content[number(first)..=number(last)]);
        }
        other => panic!("status {other}"),
    }
}

fn answer(headers: &HeaderMap, content: &[u8]) -> Response {
    let (bytes, hash) = (Bytes::copy_from_slice(content), [0; 32]);
    ranged::answer(&Method::GET, headers, "audio/wav", &bytes, &hash).into_response()
}

/// The bytes of a body that is in memory.
fn body(answer: Response) -> Vec<u8> {
    let mut collecting = pin!(answer.into_body().collect());
    match collecting.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(bytes) => bytes.expect("memory can be read").to_bytes().to_vec(),
        Poll::Pending => panic!("the body is in memory"),
    }
}

fn etag(content: &[u8]) -> Etag {
    Etag::of_hash(&Sha256::digest(content).into())
}

fn headers_of(name: HeaderName, bytes: &[u8]) -> HeaderMap {
    HeaderValue::from_bytes(bytes).map(|value| (name, value)).into_iter().collect()
}

fn keys() -> Keys {
    Keys::of(b"a key that everybody may know")
}
