//! Logging in: the way to a provider and back. Rules L6 to L10, L30 and L34.
//!
//! What the server has to remember meanwhile is in a cookie of the browser that began, signed and good for ten minutes. It names
//! who was at the browser then. So nobody can end a log-in in another browser, also by planting that cookie there.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use catalogue::GuestKey;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::app::App;
use super::cookies::{AtBrowser, IsSecure, LOG_IN, SESSION};
use super::guard::Become;
use super::own_path::is_own_path;
use crate::accounts::TakenIn;
use crate::client::Client;
use crate::clock::UnixTime;
use crate::ids::GuestId;
use crate::limits::LOG_IN_WITHIN;
use crate::problem::ApiError;
use crate::providers::{Asked, Begun, Person};

/// Where people see what they have, and why a log-in came to nothing.
const ME: &str = "/me";

/// The longest values that a provider sends back.
const VALUE_BYTES_MAX: usize = 4096;

/// A log-in under way, as the browser keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct UnderWay {
    provider: String,
    /// The browser, by what its cookies make it.
    browser: String,
    state: String,
    nonce: String,
    verifier: Option<String>,
    to: String,
    until_ms: u64,
}

#[derive(Debug, Deserialize)]
struct Wanted {
    to: Option<String>,
}

/// What comes back from a provider.
#[derive(Debug, Deserialize)]
struct Back {
    code: Option<String>,
    state: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

/// Why nobody was logged in, as the page is told.
#[derive(Clone, Copy, Debug)]
enum Failure {
    /// The person said no.
    Denied,
    /// It took too long, or began in another browser.
    Expired,
    /// The guest may make concerts, and the account may not.
    Administrator,
    /// The provider or what it sent is not good.
    Failed,
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        tracing::warn!(code = error.code().as_str(), "an account could not be kept");
        Self::Failed
    }
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/login/{provider}", get(begin))
        .route("/login/{provider}/callback", get(finish))
}

/// Sends a browser to a provider.
async fn begin(
    State(app): State<App>,
    client: Client,
    present: AtBrowser,
    secure: IsSecure,
    Path(provider): Path<String>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let asked = app.providers.get(&provider).ok_or(ApiError::NotFound)?;
    if is_of_another_site(&headers) {
        return Ok(see_other(ME));
    }
    app.rates.check_log_in(client.network)?;
    let _place = app.providers.places.try_acquire().map_err(|_| ApiError::Overloaded)?;
    let now = app.gateway.now();
    let redirect = callback(&headers, secure, &provider).ok_or(ApiError::HostInvalid)?;
    let to = wanted.ok().and_then(|Query(wanted)| wanted.to).filter(|to| is_own_path(to));
    let begun = match asked.begin(now, &redirect).await {
        Ok(begun) => begun,
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::warn!(provider, error, "a log-in could not begin");
            return Ok(failed(Failure::Failed));
        }
    };
    let Begun { url, state, nonce, verifier } = begun;
    let to = to.unwrap_or_else(|| ME.to_owned());
    let until_ms = now.after(LOG_IN_WITHIN).as_millis();
    let browser = browser(client, present);
    let under_way = UnderWay { provider, browser, state, nonce, verifier, to, until_ms };
    let mut response = see_other(&url);
    LOG_IN.set(&app.sealed(&under_way), secure, response.headers_mut());
    if client.account.is_none() {
        // A browser that had no guest has the one of this log-in when it comes back.
        response.extensions_mut().insert(Become(client.guest));
    }
    Ok(response)
}

/// Takes a browser that comes back from a provider.
async fn finish(
    State(app): State<App>,
    client: Client,
    present: AtBrowser,
    secure: IsSecure,
    Path(provider): Path<String>,
    back: Result<Query<Back>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let asked = app.providers.get(&provider).ok_or(ApiError::NotFound)?;
    app.rates.check_log_in(client.network)?;
    let _place = app.providers.places.try_acquire().map_err(|_| ApiError::Overloaded)?;
    let under_way = LOG_IN.of(secure, &headers).and_then(|sealed| app.unsealed(sealed));
    // Whoever planted the cookie of a log-in began it at another browser (rule L30).
    let under_way = under_way.filter(|one| one.browser == browser(client, present));
    let redirect = callback(&headers, secure, &provider).ok_or(ApiError::HostInvalid)?;
    let came = match (under_way, back) {
        (Some(under_way), Ok(Query(back))) => {
            let to = under_way.to.clone();
            let person = person(&app, asked, under_way, back, &redirect).await;
            match person {
                Ok(person) => {
                    log_in(&app, client, present, person).await.map(|cookie| (cookie, to))
                }
                Err(failure) => Err(failure),
            }
        }
        (None, _) => Err(Failure::Expired),
        (Some(_), Err(_)) => Err(Failure::Failed),
    };
    let mut response = match came {
        Ok((cookie, to)) => {
            let mut response = see_other(&to);
            SESSION.set(&cookie, secure, response.headers_mut());
            response
        }
        Err(failure) => failed(failure),
    };
    LOG_IN.clear(secure, response.headers_mut());
    Ok(response)
}

/// Who comes back, if it is the browser that went, in time and for the first time.
async fn person(
    app: &App,
    asked: Asked,
    under_way: UnderWay,
    back: Back,
    redirect: &str,
) -> Result<Person, Failure> {
    let now = app.gateway.now();
    let UnderWay { provider, state, nonce, verifier, until_ms, to: _, browser: _ } = under_way;
    let until = UnixTime::from_millis(until_ms);
    if until <= now {
        return Err(Failure::Expired);
    }
    let is_same = back.state.as_deref() == Some(state.as_str()) && asked.id() == provider;
    let is_from_there = back.iss.as_deref().is_none_or(|issuer| issuer == asked.issuer());
    if !is_same || !is_from_there {
        return Err(Failure::Failed);
    }
    if !app.gateway.context.accounts.is_first(now, Sha256::digest(&state).into(), until) {
        return Err(Failure::Expired);
    }
    if let Some(error) = back.error {
        let is_no = error == "access_denied";
        return Err(if is_no { Failure::Denied } else { Failure::Failed });
    }
    let code = back.code.filter(|code| code.len() <= VALUE_BYTES_MAX).ok_or(Failure::Failed)?;
    asked.finish(now, redirect, code, nonce, verifier).await.map_err(|error| {
        let error: &dyn std::error::Error = &error;
        tracing::warn!(provider, error, "a log-in failed");
        Failure::Failed
    })
}

/// Makes the person's account the one of this browser, and returns the cookie of the new session. The session of before ends.
async fn log_in(
    app: &App,
    client: Client,
    AtBrowser(before): AtBrowser,
    person: Person,
) -> Result<String, Failure> {
    let context = &app.gateway.context;
    let now = app.gateway.now();
    // A browser that is logged in brings no guest: what is there belongs to an account already.
    let guest = if before.is_some() { GuestId::random() } else { client.guest };
    let has_something = before.is_none() && has_something(app, guest).await;
    let accounts = &context.accounts;
    let taken = accounts.take_in(context, person, guest, has_something, now).await?;
    let TakenIn::As(account) = taken else { return Err(Failure::Administrator) };
    if let Some(before) = before {
        accounts.end_session(context, before.session).await;
    }
    accounts.begin_session(context, account, guest, now).await?.ok_or(Failure::Expired)
}

/// Whether a guest has something that an account would keep: races, a seat in a room, or what the catalogue knows.
async fn has_something(app: &App, guest: GuestId) -> bool {
    let context = &app.gateway.context;
    if context.index.has_races_of(guest) {
        return true;
    }
    let is_in_room = app.rooms.ask(move |town, _| Ok(town.is_in_any(guest))).await;
    if is_in_room.unwrap_or(true) {
        return true;
    }
    let person = context.asks.ask(context.catalogue.person(GuestKey(guest.0))).await;
    // If the database is away the log-in fails anyway.
    matches!(person, Ok(Some(_)))
}

/// The address to which the provider sends the browser back. The provider knows it, and refuses any other.
fn callback(headers: &HeaderMap, IsSecure(is_secure): IsSecure, provider: &str) -> Option<String> {
    let host = headers.get(axum::http::header::HOST)?.to_str().ok()?;
    let host: Authority = host.parse().ok()?;
    let scheme = if is_secure { "https" } else { "http" };
    Some(format!("{scheme}://{host}/login/{provider}/callback"))
}

/// What a log-in under way remembers of its browser: the session if it is logged in, or else the guest.
fn browser(client: Client, AtBrowser(present): AtBrowser) -> String {
    match present {
        Some(present) => HEXLOWER.encode(&present.session.0),
        None => client.guest.to_string(),
    }
}

/// Whether a page of another site sent the browser here, as far as the browser says so. A provider that knows the person asks
/// nothing, so that person would be logged in without having pressed anything (rule L34).
fn is_of_another_site(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    site.is_some_and(|site| site != b"same-origin" && site != b"none")
}

fn failed(failure: Failure) -> Response {
    let code = match failure {
        Failure::Administrator => "administrator",
        Failure::Denied => "denied",
        Failure::Expired => "expired",
        Failure::Failed => "failed",
    };
    see_other(&format!("{ME}?login={code}"))
}

fn see_other(to: &str) -> Response {
    let Ok(to) = HeaderValue::from_str(to) else { return ApiError::Internal.into_response() };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().insert(LOCATION, to);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl App {
    fn sealed(&self, under_way: &UnderWay) -> String {
        let json = serde_json::to_string(under_way).expect("text and numbers become JSON");
        self.gateway.context.keys.log_in_cookie(&BASE64URL_NOPAD.encode(json.as_bytes()))
    }

    fn unsealed(&self, sealed: &str) -> Option<UnderWay> {
        let text = self.gateway.context.keys.log_in_of(sealed)?;
        serde_json::from_slice(&BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()
    }
}
