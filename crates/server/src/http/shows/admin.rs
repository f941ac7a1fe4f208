//! What administrators may do: make venues, performers and concerts. For everybody else these addresses do not exist.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use catalogue::{CatalogueError, Grade, NewOpening, Origin, PerformerId, UtcMs, VenueId};
use protocol::{CancelledSeats, Kept, KeptConcert, NewConcert, NewPerformer, NewVenue, Problem};
use scenario::{Kind, Library};

use super::ids::{InConcert, Number};
use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{self, ConcertJson};
use crate::ids::random_seed;
use crate::problem::ApiError;
use crate::shows::offer;
use crate::workshop::Work;

/// Shows that the guest of a request may make concerts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Administrator(Client);

impl FromRequestParts<App> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let client = Client::from_request_parts(parts, app).await?;
        let context = &app.gateway.context;
        let ask = async {
            match app.person(client).await? {
                Some(person) => context.catalogue.is_administrator(person).await,
                None => Ok(false),
            }
        };
        if context.asks.ask(ask).await? { Ok(Self(client)) } else { Err(ApiError::NotFound) }
    }
}

/// Make a venue
///
/// For administrators.
#[utoipa::path(post, path = "/api/admin/venues", tag = "shows", request_body = NewVenue,
    responses((status = 201, body = Kept), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn make_venue(
    State(app): State<App>,
    administrator: Administrator,
    extract::Json(new): extract::Json<NewVenue>,
) -> Result<(StatusCode, Json<Kept>), ApiError> {
    let plan = new.plan.clone();
    checked(&app, administrator, move |library| {
        offer(library, plan).map(drop).ok_or_else(|| unfit("the library has no such plan"))
    })
    .await?;
    let context = &app.gateway.context;
    let NewVenue { name, city, zone, plan } = new;
    let new = catalogue::NewVenue { name, city, zone, plan };
    let ids = context.asks.ask(context.catalogue.add_venues(&[new])).await?;
    kept(ids.first().map(ToString::to_string))
}

/// Make a performer
///
/// For administrators. The picture is drawn by the server.
#[utoipa::path(post, path = "/api/admin/performers", tag = "shows", request_body = NewPerformer,
    responses((status = 201, body = Kept), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn make_performer(
    State(app): State<App>,
    _: Administrator,
    extract::Json(new): extract::Json<NewPerformer>,
) -> Result<(StatusCode, Json<Kept>), ApiError> {
    let context = &app.gateway.context;
    let new = catalogue::NewPerformer { name: new.name, picture_seed: random_seed() };
    let ids = context.asks.ask(context.catalogue.add_performers(&[new])).await?;
    kept(ids.first().map(ToString::to_string))
}

/// Make a concert
///
/// For administrators. Its grades are those of the venue's plan.
#[utoipa::path(post, path = "/api/admin/concerts", tag = "shows", request_body = NewConcert,
    responses((status = 201, body = KeptConcert), (status = 422, body = Problem)))]
pub(crate) async fn make_concert(
    State(app): State<App>,
    administrator: Administrator,
    ConcertJson(new): ConcertJson<NewConcert>,
) -> Result<(StatusCode, Json<KeptConcert>), ApiError> {
    let new = concert(&app, administrator, new).await?;
    let context = &app.gateway.context;
    let kept = context.asks.ask(context.catalogue.add_concerts(&[new])).await?;
    let kept = kept.into_iter().next().ok_or(ApiError::Internal)?;
    Ok((StatusCode::CREATED, Json(told(&kept))))
}

/// Put another concert in the place of one
///
/// For administrators, as long as no sale of it has begun. The number, the poster's pattern and the likes stay;
/// performances get new numbers.
#[utoipa::path(put, path = "/api/admin/concerts/{concert}", tag = "shows", request_body = NewConcert,
    params(("concert" = String, Path, description = "The number of a concert")),
    responses((status = 200, body = KeptConcert), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub(crate) async fn replace_concert(
    State(app): State<App>,
    administrator: Administrator,
    InConcert(id): InConcert,
    ConcertJson(new): ConcertJson<NewConcert>,
) -> Result<Json<KeptConcert>, ApiError> {
    let new = concert(&app, administrator, new).await?;
    let context = &app.gateway.context;
    let kept = context.asks.ask(context.catalogue.replace_concert(id, &new)).await?;
    Ok(Json(told(&kept)))
}

/// Remove a concert
///
/// For administrators, as long as no sale of it has begun.
#[utoipa::path(delete, path = "/api/admin/concerts/{concert}", tag = "shows",
    params(("concert" = String, Path, description = "The number of a concert")),
    responses((status = 204), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub(crate) async fn remove_concert(
    State(app): State<App>,
    _: Administrator,
    InConcert(id): InConcert,
) -> Result<StatusCode, ApiError> {
    let context = &app.gateway.context;
    let removed = context.asks.ask(context.catalogue.remove_concert(id)).await;
    removed.map(|()| StatusCode::NO_CONTENT)
}

/// The concert that a request describes, checked against the library.
async fn concert(
    app: &App,
    administrator: Administrator,
    new: NewConcert,
) -> Result<catalogue::NewConcert, ApiError> {
    let new = read(new)?;
    let context = &app.gateway.context;
    let plan = context.asks.ask(context.catalogue.plan_of(new.venue)).await?;
    let plan = plan.ok_or_else(|| unfit(CatalogueError::Missing("venue").to_string()))?;
    let (grades, styles) = (new.grades.clone(), styles(&new));
    checked(app, administrator, move |library| check(library, plan, &grades, &styles)).await?;
    Ok(new)
}

fn styles(new: &catalogue::NewConcert) -> Vec<String> {
    new.performances.iter().map(|one| one.opening.style.clone()).collect()
}

/// Checks that the plan has these grades and that the library has these styles.
fn check(
    library: &Library,
    plan: String,
    grades: &[Grade],
    styles: &[String],
) -> Result<(), ApiError> {
    let plan = offer(library, plan).ok_or_else(|| unfit("the library has no such plan"))?;
    let names = |grades: &[Grade]| {
        let mut names: Vec<String> = grades.iter().map(|grade| grade.name.clone()).collect();
        names.sort_unstable();
        names
    };
    let known = names(&plan.grades);
    if names(grades) != known {
        return Err(unfit(format!("the grades of the plan are {}", known.join(", "))));
    }
    let known = library.names(Kind::Style);
    match styles.iter().find(|style| !known.contains(style)) {
        Some(_) => Err(unfit(format!("the styles are {}", known.join(", ")))),
        None => Ok(()),
    }
}

/// Reads the library in the workshop, because it reads files.
async fn checked(
    app: &App,
    Administrator(client): Administrator,
    check: impl FnOnce(&Library) -> Result<(), ApiError> + Send + 'static,
) -> Result<(), ApiError> {
    let library = app.gateway.library.clone();
    let check = move |_: &_| check(&library);
    app.gateway.context.workshop.run(Work::Pack, client.into(), check).await
}

fn read(new: NewConcert) -> Result<catalogue::NewConcert, ApiError> {
    let performers = new.performers.iter().map(|id| number(id).map(PerformerId));
    let grades = new.grades.into_iter();
    let performances = new.performances.iter().map(|one| catalogue::NewPerformance {
        starts_at: UtcMs(one.starts_at_ms),
        opening: NewOpening {
            opens_at: UtcMs(one.opens_at_ms),
            closes_at: UtcMs(one.closes_at_ms),
            style: one.style.clone(),
            rivals: one.rivals,
            seats_per_person: one.seats_per_person,
            cancelled_seats: match one.cancelled_seats {
                CancelledSeats::AtOnce => catalogue::CancelledSeats::AtOnce,
                CancelledSeats::InBatches => catalogue::CancelledSeats::InBatches,
            },
            // What people alone compete for is worth an account.
            guests_may_enter: one.guests_may_enter.unwrap_or(one.rivals > 0),
        },
    });
    Ok(catalogue::NewConcert {
        title: new.title,
        description: new.description,
        venue: VenueId(number(&new.venue)?),
        performers: performers.collect::<Result<_, _>>()?,
        poster_seed: random_seed(),
        grades: grades
            .map(|grade| Grade { name: grade.name, price_won: grade.price_won })
            .collect(),
        performances: performances.collect(),
        origin: Origin::Host,
    })
}

fn number(text: &str) -> Result<i64, ApiError> {
    let number: Result<Number, _> = text.parse();
    number.map(|number| number.0).map_err(|_| unfit("a number of a venue or a performer is none"))
}

fn unfit(reason: impl Into<String>) -> ApiError {
    ApiError::ConcertInvalid { reason: reason.into() }
}

fn kept(id: Option<String>) -> Result<(StatusCode, Json<Kept>), ApiError> {
    id.map(|id| (StatusCode::CREATED, Json(Kept { id }))).ok_or(ApiError::Internal)
}

fn told(kept: &catalogue::KeptConcert) -> KeptConcert {
    let performances = kept.performances.iter().map(ToString::to_string);
    KeptConcert { id: kept.id.to_string(), performances: performances.collect() }
}
