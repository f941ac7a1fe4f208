//! HTTP: routes, and what stands around every one of them.

mod catalogue;
mod clock;
mod connections;
mod extract;
mod guard;
mod health;
mod plans;
mod races;
mod speak;
mod web;

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use connections::{Connections, Peer};
pub(crate) use health::Metrics;

use crate::captcha::Artist;
use crate::house::House;
use crate::limits::REPORTS_MAX;
use catalogue::Shelf;
use guard::Limits;

/// What handlers share. Routes, layers and handlers each hold it, so a clone is one count more.
#[derive(Clone)]
pub(crate) struct App(Arc<Shared>);

/// The parts of an [`App`].
pub(crate) struct Shared {
    pub(crate) house: Arc<House>,
    pub(crate) shelf: Shelf,
    pub(crate) artist: Arc<Artist>,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    /// Room for replays.
    pub(crate) reports: Semaphore,
}

impl App {
    pub(crate) fn new(house: Arc<House>, metrics: Metrics) -> Self {
        let shelf = Shelf::new(house.library.clone());
        let (artist, limits) = (Arc::new(Artist::new()), Limits::new());
        let reports = Semaphore::new(REPORTS_MAX);
        Self(Arc::new(Shared { house, shelf, artist, limits, metrics, reports }))
    }
}

impl Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// What the API says of itself.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "TingTing",
        description = "A flight simulator for ticketing. Times ending in `_ms` are milliseconds; those of a \
                       race count from its `started_at_ms`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(
        protocol::Commanded,
        protocol::Problem,
        protocol::FromServer,
        protocol::FromClient,
    ))
)]
struct Api;

fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(clock::read_clock))
        .routes(routes!(catalogue::read_catalogue))
        .routes(routes!(plans::read_plan))
        .routes(routes!(races::create::create_race, races::list::list_races))
        .routes(routes!(races::show::show_race))
        .routes(routes!(races::queue::enter_race))
        .routes(routes!(races::queue::leave_race))
        .routes(routes!(races::captcha::answer_captcha))
        .routes(routes!(races::captcha::renew_captcha))
        .routes(routes!(races::captcha::put_off_captcha))
        .routes(routes!(races::picture::read_captcha))
        .routes(routes!(races::seats::view_section))
        .routes(routes!(races::seats::hold_seats))
        .routes(routes!(races::seats::release_seats))
        .routes(routes!(races::seats::choose_price))
        .routes(routes!(races::pay::pay_hold))
        .routes(routes!(races::marks::keep_marks))
        .routes(routes!(races::snapshot::read_seats))
        .routes(routes!(races::report::read_report))
        .routes(routes!(races::live::watch_race))
}

/// The API's description.
pub(crate) fn description() -> utoipa::openapi::OpenApi {
    api().split_for_parts().1
}

/// Everything that is served.
pub(crate) fn router(app: App) -> Router {
    let (api, description) = api().split_for_parts();
    let compressible = SizeAbove::new(1024)
        .and(NotForContentType::const_new("application/octet-stream"))
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("audio/"));
    Router::new()
        .merge(api)
        .merge(health::routes())
        .merge(web::documentation(description))
        .fallback(web::serve)
        .method_not_allowed_fallback(speak::method_not_allowed)
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .layer(CatchPanicLayer::custom(speak::panicked))
        .layer(from_fn(speak::speak))
        .layer(CompressionLayer::new().compress_when(compressible))
        .with_state(app)
}
