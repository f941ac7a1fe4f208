//! All that the server keeps of a person, to take along.

use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use catalogue::{PageQuery, PersonId};
use protocol::{ConcertCard, MyData, MyLogin, PointsEntry, Problem, ShowBooking};

use super::super::app::App;
use super::told;
use crate::client::Client;
use crate::http::shows::{bookings, concerts, points};
use crate::openings;
use crate::problem::ApiError;

/// Rows of a list that are read at once.
const PAGE: u32 = 100;

/// Pages of one list in the file. A person has far fewer; the file ends somewhere whatever happens.
const PAGES_MAX: usize = 200;

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
        races: app.gateway.latest(client).await,
        rooms,
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
            bookings::told(app, client, page).await
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

/// Asks for the pages of a list one after the other.
struct Pages {
    next: Option<PageQuery>,
    left: usize,
}

impl Default for Pages {
    fn default() -> Self {
        Self { next: Some(PageQuery { after: None, rows: PAGE }), left: PAGES_MAX }
    }
}

impl Pages {
    /// What asks for the next page; `None` after the last one.
    fn turn(&mut self) -> Option<PageQuery> {
        self.left = self.left.checked_sub(1)?;
        self.next.take()
    }

    fn go_on_after(&mut self, after: Option<String>) {
        self.next = after.map(|after| PageQuery { after: Some(after), rows: PAGE });
    }
}
