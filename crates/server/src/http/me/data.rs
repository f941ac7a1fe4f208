//! All that the server keeps of a person, to take along.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use catalogue::PersonId;
use protocol::{ConcertCard, MyData, MyLogin, MySession, PointsEntry, Problem, ShowBooking};

use super::super::app::App;
use super::pages::Pages;
use super::told;
use crate::client::Client;
use crate::http::shows::{bookings, concerts, points, tell::millis};
use crate::index::Listed;
use crate::openings;
use crate::problem::ApiError;

/// Download all that the server keeps of me
#[utoipa::path(get, path = "/api/me/data", tag = "me",
    responses((status = 200, body = MyData), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn read_data(
    State(app): State<App>,
    client: Client,
) -> Result<Response, ApiError> {
    // It reads more than any other request.
    app.rates.check_search(client)?;
    let context = &app.gateway.context;
    let _later = openings::settle(&app.gateway).await;
    let account = client.account.and_then(|account| context.accounts.get(account));
    let person = context.asks.ask(app.person(client)).await?;
    let (likes, bookings) = match person {
        Some(person) => {
            (likes(&app, client, person).await?, all_bookings(&app, client, person).await?)
        }
        None => (Vec::new(), Vec::new()),
    };
    let points = match client.account {
        Some(account) => all_points(&app, account).await?,
        None => Vec::new(),
    };
    let guests = context.accounts.guests_of(client);
    let rooms = app.rooms.ask(move |town, _| Ok(town.all_of(&guests))).await?;
    let is_administrator = match person {
        Some(person) => context.asks.ask(context.catalogue.is_administrator(person)).await?,
        None => false,
    };
    let sessions =
        client.account.map_or_else(Vec::new, |account| context.accounts.sessions_of(account));
    let sessions = sessions.into_iter().map(|session| MySession {
        made_at_ms: millis(session.made_at),
        seen_at_ms: millis(session.seen_at),
    });
    let sessions = sessions.collect();
    let logins = account.iter().flat_map(|account| &account.logins);
    let login = |login: &catalogue::Login| MyLogin {
        issuer: login.issuer.clone(),
        subject: login.subject.clone(),
    };
    let data = MyData {
        logins: logins.map(login).collect(),
        account: account.as_deref().map(|account| told(&app, account)),
        likes,
        bookings,
        points,
        races: app.gateway.all_cards(client, Listed::Races).await,
        exercises: app.gateway.all_cards(client, Listed::Exercises).await,
        rooms,
        sessions,
        is_administrator,
    };
    let json = serde_json::to_vec_pretty(&data).map_err(|_| ApiError::Internal)?;
    let about = [
        (CONTENT_TYPE, "application/json"),
        (CONTENT_DISPOSITION, "attachment; filename=\"tingting.json\""),
    ];
    Ok((about, json).into_response())
}

async fn likes(app: &App, client: Client, person: PersonId) -> Result<Vec<ConcertCard>, ApiError> {
    let context = &app.gateway.context;
    let (mut all, mut pages) = (Vec::new(), Pages::default());
    while let Some(query) = pages.turn() {
        let page = async {
            let page = context.catalogue.favourites(person, &query).await?;
            concerts::card_page(app, client, page).await
        };
        let page = context.asks.ask(page).await?;
        all.extend(page.concerts);
        pages.go_on_after(page.next);
    }
    Ok(all)
}

async fn all_bookings(
    app: &App,
    client: Client,
    person: PersonId,
) -> Result<Vec<ShowBooking>, ApiError> {
    let context = &app.gateway.context;
    let (mut all, mut pages) = (Vec::new(), Pages::default());
    while let Some(query) = pages.turn() {
        let page = async {
            let page = context.catalogue.bookings(person, &query).await?;
            bookings::told(app, client, person, page).await
        };
        let page = context.asks.ask(page).await?;
        all.extend(page.bookings);
        pages.go_on_after(page.next);
    }
    Ok(all)
}

async fn all_points(app: &App, person: PersonId) -> Result<Vec<PointsEntry>, ApiError> {
    let context = &app.gateway.context;
    let (mut all, mut pages) = (Vec::new(), Pages::default());
    while let Some(query) = pages.turn() {
        let page = context.asks.ask(context.catalogue.points(person, &query)).await?;
        all.extend(page.rows.into_iter().map(points::entry));
        pages.go_on_after(page.next);
    }
    Ok(all)
}
