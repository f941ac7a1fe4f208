//! The web client, built into the program, and the page that describes the API.

use std::borrow::Cow;

use axum::Router;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::{Embed, EmbeddedFile};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::SwaggerUi;

use super::app::App;
use super::etag::Etag;
use crate::problem::ApiError;

/// The built client; empty if this build has none.
#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Client;

/// The page of a build without a client.
const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>TingTing</title>\
    <h1>TingTing (팅팅)</h1><p>The server runs, and this build holds no web client. Build one with \
    <code>cargo xtask run</code>, or <code>npm run build</code> in <code>web/</code> and build the server \
    again.</p><p><a href=\"/docs/\">API</a></p></html>";

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";
/// Private: a shared cache would answer new people without setting their cookie.
const ASK_AGAIN_YOURSELF: &str = "private, no-cache";

/// Marks an answer as the client's page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page;

/// The routes of `/openapi.json` and of the page that shows it.
pub(super) fn documentation(description: OpenApi) -> Router<App> {
    SwaggerUi::new("/docs").url("/openapi.json", description).into()
}

/// Answers with a file of the client, or with the client's page for an address that the client routes itself.
pub(super) async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") || path == "api" {
        return ApiError::NotFound.into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        let mut response = ApiError::MethodNotAllowed.into_response();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
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
    let etag = Etag::of_hash(&file.metadata.sha256_hash());
    // The names of assets contain a hash of the content, so the content of a name never changes.
    let caching = if path.starts_with("assets/") { FOREVER } else { ASK_AGAIN };
    let media = media_type(path);
    let about = [(ETAG, etag.as_str()), (CACHE_CONTROL, caching), (CONTENT_TYPE, media.as_str())];
    if etag.is_known(headers) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    match file.data {
        Cow::Borrowed(bytes) => (about, bytes).into_response(),
        Cow::Owned(bytes) => (about, bytes).into_response(),
    }
}

/// The media type that the name of a file stands for. Text is always UTF-8.
fn media_type(path: &str) -> String {
    let media = mime_guess::from_path(path).first_or_octet_stream();
    let is_text = media.type_() == mime_guess::mime::TEXT;
    if is_text { format!("{media}; charset=utf-8") } else { media.to_string() }
}

#[cfg(test)]
mod tests;
