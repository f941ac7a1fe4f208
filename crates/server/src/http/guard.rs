//! The layer in front of all handlers: the guest's cookie, rates, foreign origins and the time-out.

use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::{HOST, ORIGIN, UPGRADE};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use protocol::WIRE_VERSION;

use super::app::App;
use super::connections::Peer;
use super::cookies::{AtBrowser, GUEST, IsSecure, SESSION};
use super::front::Origin;
use super::identity;
use super::web::Page;
use crate::accounts::Present;
use crate::client::{Client, Network};
use crate::context::Context;
use crate::ids::GuestId;
use crate::problem::ApiError;

/// Names the version of the wire for which a client was made.
const WIRE_VERSION_HEADER: &str = "wire-version";

/// Marks an answer after which the browser is another guest (rule A77).
#[derive(Clone, Copy, Debug)]
pub(super) struct Become(pub(super) GuestId);

/// Finds the guest of a request and passes the request on, or answers it with a problem.
pub(crate) async fn guard(
    State(app): State<App>,
    ConnectInfo(Peer(address)): ConnectInfo<Peer>,
    request: Request,
    next: Next,
) -> Response {
    let context = &app.gateway.context;
    let origin = app.front.origin(address.ip(), request.headers());
    let network = Network::of(origin.ip);
    let is_secure = IsSecure(origin.is_secure);
    let present = present(context, is_secure, request.headers());
    let guest = guest_of(context, is_secure, request.headers());
    let known = present.map(|present| present.main).or_else(|| guest.map(|found| found.guest));
    // Whoever is at the browser keeps the cookie if there is one and its name is right.
    let needs_cookie =
        present.is_none() && guest.is_none_or(|found| found.has_plain_name_behind_https);
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
    let under_way = if is_change(&request) {
        let begun = context.leaving.begin(guest);
        if begun.is_none() {
            // What the answer will be a moment later.
            return ApiError::NotFound.into_response();
        }
        begun
    } else {
        None
    };
    let client = Client {
        account: present.map(|present| present.account),
        ..Client::without_account(guest, network)
    };
    let (mut parts, body) = request.into_parts();
    let client = identity::at(&app, client, &mut parts).await;
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(client);
    request.extensions_mut().insert(AtBrowser(present));
    request.extensions_mut().insert(is_secure);
    let is_api = request.uri().path().starts_with("/api/");
    let is_plan = request.uri().path().starts_with("/api/plans/");
    let is_picture = matches!(request.uri().path().rsplit_once('.'), Some((_, "svg")));
    // The time-out is over when the answer begins, so it does not limit live connections.
    let answer = tokio::time::timeout(app.answer_within, next.run(request)).await;
    drop(under_way);
    let mut response = answer.unwrap_or_else(|_| ApiError::TimedOut.into_response());
    // Pages and the API set the cookie. Answers for caches (plans, pictures, files) and for programs (health) do not.
    if let Some(Become(other)) = response.extensions_mut().remove() {
        GUEST.set(&context.keys.guest_cookie(other), is_secure, response.headers_mut());
    } else if needs_cookie && (is_page(&response) || is_api && !is_plan && !is_picture) {
        GUEST.set(&context.keys.guest_cookie(guest), is_secure, response.headers_mut());
    }
    response
}

/// Whether somebody who is being deleted must not send this request (rule L27). The deletion itself ends all others.
fn is_change(request: &Request) -> bool {
    let is_deletion = request.method() == Method::DELETE && request.uri().path() == "/api/me";
    !request.method().is_safe() && !is_deletion
}

/// Who is at the browser, if it is logged in. Writes down now and then that it was seen.
fn present(context: &Arc<Context>, secure: IsSecure, headers: &HeaderMap) -> Option<Present> {
    let now = context.clock.now();
    let cookie = SESSION.of(secure, headers)?;
    let present = context.accounts.at(cookie, now)?;
    if present.is_due && context.accounts.is_first_to_see(present.session, now) {
        let context = Arc::clone(context);
        tokio::spawn(async move {
            context.accounts.see(&context.catalogue, present.session, now).await;
        });
    }
    Some(present)
}

/// The guest at a browser, as the cookie says it.
#[derive(Clone, Copy)]
struct Found {
    guest: GuestId,
    /// Whether the cookie is from before the server was behind https.
    has_plain_name_behind_https: bool,
}

/// The guest at the browser. The cookie of a guest who is one of an account is worth nothing: whoever planted it, or found it in a
/// browser from which somebody has logged out, would be that account (rule L12). Nor is that of one who was deleted (rule L26).
fn guest_of(context: &Context, secure: IsSecure, headers: &HeaderMap) -> Option<Found> {
    let cookie = GUEST.of(secure, headers);
    let has_plain_name_behind_https = cookie.is_none();
    let cookie = cookie.or_else(|| GUEST.of_before_https(secure, headers))?;
    let guest = context.keys.guest_of(cookie)?;
    (!context.accounts.is_spent(guest)).then_some(Found { guest, has_plain_name_behind_https })
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
