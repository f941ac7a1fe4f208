//! HTTP: the routes, and the layers around all of them.

mod app;
mod catalogue;
mod catalogue_cache;
mod client_files;
mod clock;
mod connection_limits;
mod connections;
mod cookies;
mod describe;
mod etag;
mod exercises;
mod extract;
mod front;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod guard;
mod handover;
mod health;
mod identity;
mod log_in;
mod me;
mod metrics_page;
mod open_cards;
mod own_path;
mod packed;
mod plan_cache;
mod plan_file;
mod plans;
mod progress;
mod questions;
mod races;
mod ranged;
mod rates;
mod reruns;
mod rooms;
mod searches;
mod shows;
mod socket;
mod speak;
mod unfold;
mod web;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use app::App;
pub use connection_limits::ConnectionLimits;
pub(crate) use connections::Connections;
pub use front::{Front, HostName, HostNameInvalid, TrustedProxy};
pub use metrics_page::MetricsAt;
pub(crate) use metrics_page::serve_metrics;
pub use rates::RequestRates;

/// The head of the API's description.
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
        protocol::FromRoom,
        protocol::ToWatcher,
    ))
)]
struct Api;

fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Api::openapi()).merge(practising()).merge(shopping())
}

/// Races and rooms, and all that they need.
fn practising() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(clock::read_clock))
        .routes(routes!(catalogue::read_catalogue))
        .routes(routes!(plans::read_plan))
        .routes(routes!(races::create::create_race, races::list::list_races))
        .routes(routes!(exercises::create_exercise))
        .routes(routes!(progress::read_progress))
        .routes(routes!(races::show::show_race))
        .routes(routes!(races::forward::forward_race))
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
        .routes(routes!(races::what_if::read_what_if))
        .routes(routes!(races::results::read_results))
        .routes(routes!(races::results::read_record))
        .routes(routes!(races::live::watch_race))
        .routes(routes!(races::live::watch_hall))
        .routes(routes!(rooms::create::open_room, rooms::mine::list_my_rooms))
        .routes(routes!(rooms::show::show_room))
        .routes(routes!(rooms::results::read_room_results))
        .routes(routes!(rooms::members::join_room))
        .routes(routes!(rooms::members::leave_room))
        .routes(routes!(rooms::members::set_ready))
        .routes(routes!(rooms::members::share_report))
        .routes(routes!(rooms::host::set_settings))
        .routes(routes!(rooms::host::set_door))
        .routes(routes!(rooms::host::start_room))
        .routes(routes!(rooms::host::call_rematch))
        .routes(routes!(rooms::live::watch_room))
        .routes(routes!(rooms::open::list_open_races))
        .routes(routes!(rooms::open::enter_open_race))
        .routes(routes!(handover::offer_handover))
        .routes(routes!(handover::claim_handover))
}

/// Shows, openings and bookings, and the people themselves.
fn shopping() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(shows::concerts::list_concerts))
        .routes(routes!(shows::concerts::show_concert))
        .routes(routes!(shows::concerts::show_performance))
        .routes(routes!(shows::concerts::list_banners))
        .routes(routes!(shows::concerts::list_cities))
        .routes(routes!(shows::likes::like_concert, shows::likes::unlike_concert))
        .routes(routes!(shows::likes::list_likes))
        .routes(routes!(shows::openings::enter_opening))
        .routes(routes!(shows::openings::rehearse_opening))
        .routes(routes!(shows::openings::read_seats_left))
        .routes(routes!(shows::bookings::list_bookings))
        .routes(routes!(shows::points::list_points))
        .routes(routes!(shows::tickets::read_booking, shows::bookings::cancel_booking))
        .routes(routes!(shows::tickets::read_ticket))
        .routes(routes!(shows::tickets::take_ticket))
        .routes(routes!(shows::calendar::read_calendar))
        .routes(routes!(shows::files::read_opening_file))
        .routes(routes!(shows::files::read_liked_file))
        .routes(routes!(shows::admin::make_venue))
        .routes(routes!(shows::admin::make_performer))
        .routes(routes!(shows::admin::make_concert))
        .routes(routes!(shows::admin::replace_concert, shows::admin::remove_concert))
        .routes(routes!(shows::pictures::read_poster))
        .routes(routes!(shows::pictures::read_portrait))
        .routes(routes!(me::read_me, me::delete_me))
        .routes(routes!(me::log_out))
        .routes(routes!(me::log_out_everywhere))
        .routes(routes!(me::data::read_data))
}

/// The API's description.
pub(crate) fn description() -> utoipa::openapi::OpenApi {
    describe::complete(&api().split_for_parts().1)
}

/// Everything that is served.
pub(crate) fn router(app: App) -> Router {
    let (api, description) = api().split_for_parts();
    let compressible = packed::Compressible
        .and(NotForContentType::const_new("application/octet-stream"))
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("audio/"));
    Router::new()
        .merge(api)
        .merge(health::routes())
        .merge(unfold::routes())
        .merge(log_in::routes())
        .merge(web::documentation(describe::complete(&description)))
        .fallback(web::serve)
        .method_not_allowed_fallback(speak::method_not_allowed)
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .layer(CatchPanicLayer::custom(speak::panicked))
        .layer(from_fn(speak::speak))
        .layer(CompressionLayer::new().compress_when(compressible))
        .with_state(app)
}
