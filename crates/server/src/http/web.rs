//! The web client, built into the program, and the page that describes the API.

use std::borrow::Cow;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::SwaggerUi;

use super::App;
use crate::problem::ApiError;

/// The client as it was built; nothing if it was not.
#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Client;

/// Shown where there is no client.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>TingTing</title>\
    <h1>TingTing (팅팅)</h1><p>The server runs, and this build holds no web client. Build one with \
    <code>cargo xtask run</code>, or <code>npm run build</code> in <code>web/</code> and build the server \
    again.</p><p><a href=\"/docs/\">API</a></p></html>";

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";
/// A cache that many share would keep newcomers from being met.
const ASK_AGAIN_YOURSELF: &str = "private, no-cache";

/// Marks an answer that is the client's page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page;

/// `/openapi.json` and the page that shows it.
pub(super) fn documentation(description: OpenApi) -> Router<App> {
    SwaggerUi::new("/docs").url("/openapi.json", description).into()
}

/// A file of the client, or its page for every address that is the client's own.
pub(super) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return ApiError::NotFound.into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return ApiError::MethodNotAllowed.into_response();
    }
    if let Some(file) = Client::get(path).filter(|_| path != "index.html") {
        return send(path, file, &headers);
    }
    let looks_like_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if looks_like_file && path != "index.html" {
        return ApiError::NotFound.into_response();
    }
    let mut page = match Client::get("index.html") {
        Some(page) => send("index.html", page, &headers),
        None => ([(CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT).into_response(),
    };
    page.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN_YOURSELF));
    page.extensions_mut().insert(Page);
    page
}

fn send(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    use std::fmt::Write as _;
    let mut etag = String::from("\"");
    for byte in &file.metadata.sha256_hash()[..8] {
        write!(etag, "{byte:02x}").expect("memory takes every write");
    }
    etag.push('"');
    // A name with the content's hash in it is never another content.
    let caching = if path.starts_with("assets/") { FOREVER } else { ASK_AGAIN };
    let media = media_type(path);
    let is_known = headers
        .get_all(IF_NONE_MATCH)
        .iter()
        .any(|tags| tags.to_str().is_ok_and(|tags| tags.contains(&etag)));
    let about = [(ETAG, etag.as_str()), (CACHE_CONTROL, caching), (CONTENT_TYPE, media)];
    if is_known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    match file.data {
        Cow::Borrowed(bytes) => (about, bytes).into_response(),
        Cow::Owned(bytes) => (about, bytes).into_response(),
    }
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}
