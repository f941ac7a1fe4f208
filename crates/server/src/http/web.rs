//! The web client, built into the program, and the page that describes the API.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::State;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::{Embed, EmbeddedFile};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::app::App;
use super::client_files::bytes_of;
use super::packed::Packed;
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
pub(super) const ASK_AGAIN_YOURSELF: &str = "private, no-cache";

/// Marks an answer as the client's page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page;

/// The routes of `/openapi.json` and of the page that shows it.
pub(super) fn documentation(description: OpenApi) -> Router<App> {
    let packed = LazyLock::new(move || {
        let json = serde_json::to_vec(&description).expect("a description becomes JSON");
        Packed::new("application/json", ASK_AGAIN, json.into())
    });
    let packed = Arc::new(packed);
    let describe = get(async move |headers: HeaderMap| packed.answer(&headers));
    // The other layout has a field for descriptions elsewhere, which the policy allows none of, and a logo with a style inside.
    let page = SwaggerUi::new("/docs").config(Config::from("/openapi.json").use_base_layout());
    Router::from(page).route("/openapi.json", describe)
}

/// Answers with a file of the client, or with the client's page for an address that the client routes itself.
pub(super) async fn serve(
    State(app): State<App>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
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
        return send(&app, path, &file, &headers).await;
    }
    let looks_like_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if looks_like_file && path != "index.html" {
        return ApiError::NotFound.into_response();
    }
    let mut page = match Client::get("index.html") {
        Some(page) => send(&app, "index.html", &page, &headers).await,
        None => not_built(),
    };
    page.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN_YOURSELF));
    page.extensions_mut().insert(Page);
    page
}

/// The page of a build without a client.
pub(super) fn not_built() -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT).into_response()
}

/// The client's page as it is built; `None` if this build has no client.
pub(super) fn page() -> Option<String> {
    let page = Client::get("index.html")?;
    Some(String::from_utf8_lossy(&page.data).into_owned())
}

async fn send(app: &App, path: &str, file: &EmbeddedFile, headers: &HeaderMap) -> Response {
    // The names of assets contain a hash of the content, so the content of a name never changes.
    let caching = if path.starts_with("assets/") { FOREVER } else { ASK_AGAIN };
    let (workshop, media) = (&app.gateway.context.workshop, media_type(path));
    match app.files.packed(workshop, path, media.clone(), caching, file).await {
        Some(packed) => packed.answer(headers),
        None => ([(CONTENT_TYPE, media)], bytes_of(file)).into_response(),
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
