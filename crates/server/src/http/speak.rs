//! The outermost layer: it writes the bodies of problems and adds the headers that every answer has.

use std::any::Any;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::metrics_page::method_label;
use crate::ids::random_bytes;
use crate::language::Language;
use crate::problem::ApiError;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Allows nothing from other sites, and no script or style inside the page. A style that a script sets on an
/// element is allowed: it does not count as an inline style. So the page that shows the API, which comes from a library, needs
/// no other policy.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Writes the body of a problem, adds the headers, and logs the request.
pub(crate) async fn speak(request: Request, next: Next) -> Response {
    let id = request_id(request.headers());
    let accept = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = Language::of(accept.unwrap_or_default());
    let is_api = request.uri().path().starts_with("/api");
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let known = response.extensions().get::<ApiError>().cloned();
    let mut response = match known.or_else(|| unsaid(response.status()).filter(|_| is_api)) {
        Some(error) => problem(&error, language, response.headers()),
        None => response,
    };
    log(&method, route.as_ref().map_or("", MatchedPath::as_str), &response, &id);
    let headers = response.headers_mut();
    headers.insert(REQUEST_ID, id);
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), microphone=(), geolocation=()",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The reason for an answer that no handler gave. A library turns requests down by itself, such as one whose path is no
/// text, and answers in words of its own.
fn unsaid(status: StatusCode) -> Option<ApiError> {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => Some(ApiError::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(ApiError::BodyTooLarge),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(ApiError::MediaType),
        status if status.is_server_error() => Some(ApiError::Internal),
        status => status.is_client_error().then_some(ApiError::NotFound),
    }
}

fn problem(error: &ApiError, language: Language, before: &HeaderMap) -> Response {
    let problem = error.problem(language);
    let status = StatusCode::from_u16(problem.status).expect("the table holds real ones");
    let body = serde_json::to_vec(&problem).expect("a problem becomes JSON");
    let about = [
        (CONTENT_TYPE, "application/problem+json"),
        (CONTENT_LANGUAGE, language.tag()),
        (CACHE_CONTROL, "no-store"),
    ];
    let mut response = (status, about, body).into_response();
    for (name, value) in before.iter().filter(|(name, _)| [SET_COOKIE, ALLOW].contains(name)) {
        response.headers_mut().append(name, value.clone());
    }
    if let Some(seconds) = error.retry_after_s() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if let Some(range) = error.content_range() {
        let range = HeaderValue::from_str(&range).expect("digits and signs of ASCII");
        response.headers_mut().insert(CONTENT_RANGE, range);
    }
    response.extensions_mut().insert(error.clone());
    response
}

/// Logs and counts an answer. The route has no ids in it; cookies and letters are never logged.
fn log(method: &Method, route: &str, response: &Response, id: &HeaderValue) {
    let status = response.status().as_u16();
    let code = response.extensions().get::<ApiError>().map_or("", |error| error.code().as_str());
    let method = method_label(method);
    // Each label has a closed set of values: known methods, routes of the router, and statuses of ours.
    let labels = [
        ("method", method.to_owned()),
        ("route", route.to_owned()),
        ("status", status.to_string()),
    ];
    metrics::counter!("tingting_http_requests_total", &labels).increment(1);
    let id = id.to_str().unwrap_or_default();
    // Whoever sends many requests could fill the log with refusals, so only faults of ours are told there.
    // The metrics count all.
    if response.extensions().get::<ApiError>() == Some(&ApiError::Internal) {
        tracing::warn!(method, route, status, code, request.id = id, "answered");
    } else {
        tracing::debug!(method, route, status, code, request.id = id, "answered");
    }
}

/// The caller's request id if it is short visible ASCII, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let is_plain = |value: &&HeaderValue| {
        (1..=64).contains(&value.len()) && value.as_bytes().iter().all(u8::is_ascii_graphic)
    };
    headers.get(REQUEST_ID).filter(is_plain).cloned().unwrap_or_else(|| {
        let id = format!("{:016x}", next_id());
        HeaderValue::from_str(&id).expect("hex is plain")
    })
}

/// A number that no other request of this process has, and that requests of other processes hardly ever have.
/// It is not a secret, so one random number for the process is enough.
fn next_id() -> u64 {
    static FIRST: LazyLock<u64> = LazyLock::new(|| u64::from_le_bytes(random_bytes()));
    static COUNT: AtomicU64 = AtomicU64::new(0);
    FIRST.wrapping_add(COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The answer to a method that an address does not take.
pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}

/// The answer of a handler that panicked. The panic itself is on standard error already.
pub(crate) fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    ApiError::Internal.into_response()
}
