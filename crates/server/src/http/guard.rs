//! The layer in front of all handlers: the guest's cookie, rates, foreign origins and the time-out.

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{CACHE_CONTROL, COOKIE, HOST, ORIGIN, SET_COOKIE, UPGRADE};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use protocol::WIRE_VERSION;

use super::app::App;
use super::connections::Peer;
use super::front::Origin;
use super::web::Page;
use crate::client::{Client, Network};
use crate::ids::GuestId;
use crate::keys::Keys;
use crate::problem::ApiError;

const COOKIE_NAME: &str = "tingting_guest";
/// Names the version of the wire for which a client was made.
const WIRE_VERSION_HEADER: &str = "wire-version";
/// Four hundred days: browsers keep no cookie for longer.
const COOKIE_AGE_S: u32 = 400 * 24 * 60 * 60;

/// Marks an answer after which the browser is another guest (rule A77).
#[derive(Clone, Copy, Debug)]
pub(super) struct Become(pub(super) GuestId);

/// Whether the client came by https, as far as the server or its proxy knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct IsSecure(pub(super) bool);

/// Finds the guest of a request and passes the request on, or answers it with a problem.
pub(crate) async fn guard(
    State(app): State<App>,
    ConnectInfo(Peer(address)): ConnectInfo<Peer>,
    mut request: Request,
    next: Next,
) -> Response {
    let keys = &app.gateway.context.keys;
    let origin = app.front.origin(address.ip(), request.headers());
    let network = Network::of(origin.ip);
    let known = cookie(request.headers()).and_then(|cookie| keys.guest_of(cookie));
    if let Err(error) = app.rates.check(known, network) {
        return error.into_response();
    }
    // Programs that watch over the server ask for its health by address.
    let is_health = matches!(request.uri().path(), "/healthz" | "/readyz");
    if let Some(error) = app.front.check_host(&request).err().filter(|_| !is_health) {
        return error.into_response();
    }
    if is_foreign(&request, origin) {
        return ApiError::ForeignOrigin.into_response();
    }
    if is_outdated(&request) {
        return ApiError::ClientOutdated.into_response();
    }
    let guest = known.unwrap_or_else(GuestId::random);
    let client = Client::without_account(guest, network);
    request.extensions_mut().insert(client);
    request.extensions_mut().insert(IsSecure(origin.is_secure));
    let is_api = request.uri().path().starts_with("/api/");
    let is_plan = request.uri().path().starts_with("/api/plans/");
    let is_picture = matches!(request.uri().path().rsplit_once('.'), Some((_, "svg")));
    // The time-out is over when the answer begins, so it does not limit live connections.
    let answer = tokio::time::timeout(app.answer_within, next.run(request)).await;
    let mut response = answer.unwrap_or_else(|_| ApiError::TimedOut.into_response());
    // Pages and the API set the cookie. Answers for caches (plans, pictures, files) and for programs (health) do not.
    if let Some(Become(other)) = response.extensions_mut().remove() {
        meet(keys, other, origin, response.headers_mut());
    } else if known.is_none() && (is_page(&response) || is_api && !is_plan && !is_picture) {
        meet(keys, guest, origin, response.headers_mut());
    }
    response
}

/// Sets the cookie of a new guest. No cache may keep the answer, since the cookie is for one person.
///
/// The cookie has no prefix `__Host-` in its name: it would need https, which a phone in the same network does without,
/// and guests of a server that moves behind https would lose their races.
fn meet(keys: &Keys, guest: GuestId, origin: Origin, headers: &mut HeaderMap) {
    let cookie = keys.guest_cookie(guest);
    let secure = if origin.is_secure { "; Secure" } else { "" };
    let cookie = format!(
        "{COOKIE_NAME}={cookie}; Path=/; Max-Age={COOKIE_AGE_S}; HttpOnly; SameSite=Lax{secure}"
    );
    let cookie = HeaderValue::from_str(&cookie).expect("hex is plain");
    headers.append(SET_COOKIE, cookie);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// Whether this is the client's page. A browser loads it first, so with the cookie set here all requests of the
/// page have the same guest, even when it sends several at once.
fn is_page(response: &Response) -> bool {
    response.extensions().get::<Page>().is_some()
}

/// Whether a page of another site made a browser send this request. Looks only at requests that change
/// something and at live connections, which browsers let any page open.
fn is_foreign(request: &Request, from: Origin) -> bool {
    let headers = request.headers();
    if request.method().is_safe() && !headers.contains_key(UPGRADE) {
        return false;
    }
    let Some(origin) = headers.get(ORIGIN) else { return false };
    let theirs = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    let authority = request.uri().authority().map(Authority::as_str);
    let ours = headers.get(HOST).map_or(authority, |host| host.to_str().ok());
    let Some(((scheme, theirs), ours)) = theirs.zip(ours) else { return true };
    // Somebody on the way can change a page that comes by http, and with it what the page sends.
    let is_open = from.is_secure && !scheme.eq_ignore_ascii_case("https");
    is_open || !theirs.eq_ignore_ascii_case(ours)
}

/// Whether a request that changes something comes from a client of another version of the wire. A page must
/// name its version, since an old one cannot know that it is old; other programs may.
fn is_outdated(request: &Request) -> bool {
    let headers = request.headers();
    if request.method().is_safe() || !request.uri().path().starts_with("/api/") {
        return false;
    }
    match headers.get(WIRE_VERSION_HEADER) {
        Some(version) => version.as_bytes() != WIRE_VERSION.to_string().as_bytes(),
        // Browsers send it with every request of a page that changes something.
        None => headers.contains_key(ORIGIN),
    }
}

/// The value of the guest's cookie, if the request brings one.
pub(super) fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).map(str::trim);
    pairs.find_map(|pair| pair.strip_prefix(COOKIE_NAME)?.strip_prefix('='))
}
