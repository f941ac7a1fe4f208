//! What a person sees and does about themselves: who is logged in, logging out, taking all data along, and being forgotten.

pub(super) mod data;
mod forget;
mod pages;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalogue::Account;
use protocol::{Me, MyAccount, MyProvider, Problem};

use super::app::App;
use super::cookies::{AtBrowser, IsSecure, SESSION};
use super::guard::Become;
use crate::client::Client;
use crate::ids::GuestId;
use crate::problem::ApiError;

/// Who is at this browser
#[utoipa::path(get, path = "/api/me", tag = "me", responses((status = 200, body = Me)))]
pub(crate) async fn read_me(State(app): State<App>, client: Client) -> Json<Me> {
    let context = &app.gateway.context;
    let account = client.account.and_then(|account| context.accounts.get(account));
    let is_administrator = async {
        match app.person(client).await? {
            Some(person) => context.catalogue.is_administrator(person).await,
            None => Ok(false),
        }
    };
    let points_won = async {
        match client.account {
            Some(person) => context.catalogue.balance(person).await.map(Some),
            None => Ok(None),
        }
    };
    let provider =
        |(id, name): (&str, &str)| MyProvider { id: id.to_owned(), name: name.to_owned() };
    Json(Me {
        person: context.keys.name_of(client),
        account: account.map(|account| told(&app, &account)),
        // Unknown while the database is away.
        points_won: context.asks.ask(points_won).await.unwrap_or(None),
        providers: app.providers.names().map(provider).collect(),
        // Nobody is one while the database is away.
        is_administrator: context.asks.ask(is_administrator).await.unwrap_or(false),
    })
}

fn told(app: &App, account: &Account) -> MyAccount {
    let issuer = account.logins.first().map_or("", |login| login.issuer.as_str());
    let provider = app.providers.of_issuer(issuer).unwrap_or(issuer);
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of this century are exact")]
    let since_ms = account.made_at.0 as f64;
    MyAccount { name: account.name.clone(), provider: provider.to_owned(), since_ms }
}

/// Log this browser out
///
/// The browser is a new guest then, also while the catalogue's database is away. For whoever is not logged in it changes nothing.
#[utoipa::path(post, path = "/api/me/log-out", tag = "me",
    responses((status = 204)))]
pub(crate) async fn log_out(
    State(app): State<App>,
    secure: IsSecure,
    AtBrowser(present): AtBrowser,
) -> Response {
    let context = &app.gateway.context;
    let Some(present) = present else { return StatusCode::NO_CONTENT.into_response() };
    context.accounts.end_session(context, present.session).await;
    left(secure)
}

/// Log all browsers of the account out
///
/// Also while the catalogue's database is away. For whoever is not logged in it changes nothing.
#[utoipa::path(post, path = "/api/me/log-out-everywhere", tag = "me",
    responses((status = 204)))]
pub(crate) async fn log_out_everywhere(
    State(app): State<App>,
    client: Client,
    secure: IsSecure,
) -> Response {
    let context = &app.gateway.context;
    let Some(account) = client.account else { return StatusCode::NO_CONTENT.into_response() };
    context.accounts.end_sessions(context, account).await;
    left(secure)
}

/// Delete me
///
/// The account, or the guest of a browser without one. Live bookings are cancelled and refunded first; if one cannot be, nothing
/// is deleted. Names leave rooms and results; favourites, log-ins and own races go; what the journal keeps names nobody.
#[utoipa::path(delete, path = "/api/me", tag = "me",
    responses((status = 204), (status = 409, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn delete_me(
    State(app): State<App>,
    client: Client,
    secure: IsSecure,
) -> Result<Response, ApiError> {
    app.rates.check_change(client)?;
    forget::forget(&app, client).await?;
    Ok(left(secure))
}

/// The answer to a browser at which nobody is any more: it is a new guest.
fn left(secure: IsSecure) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    SESSION.clear(secure, response.headers_mut());
    response.extensions_mut().insert(Become(GuestId::random()));
    response
}
