//! Opens rooms.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::IntoResponse;
use protocol::{COUNTDOWN_S_MAX, COUNTDOWN_S_MIN, NewRoom, Problem, Room, RoomSettings, RoomStart};

use crate::choice::course_of_room;
use crate::client::Client;
use crate::clock::UnixTime;
use crate::http::app::App;
use crate::http::extract::{Json as Body, OptionalKey};
use crate::ids::random_bytes;
use crate::keys::content_of_room;
use crate::limits::{RIVALS_ASKED_MAX, ROOM_AHEAD_MAX};
use crate::problem::ApiError;
use crate::rooms::{Drawn, Opening, name_of};
use crate::sheet::title;
use crate::workshop::{Wanted, Work};

/// Open a room
///
/// Whoever opens it is its host and in it at once. `Location` is the address of the room in the API.
#[utoipa::path(post, path = "/api/rooms", tag = "rooms", request_body = NewRoom,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request under its key gives the same room")),
    responses((status = 201, body = Room), (status = 404, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn open_room(
    State(app): State<App>,
    client: Client,
    OptionalKey(key): OptionalKey,
    Body(new): Body<NewRoom>,
) -> Result<impl IntoResponse, ApiError> {
    let content = content_of_room(&new);
    let key = key.map_or_else(|| u64::from_le_bytes(random_bytes()), std::num::NonZero::get);
    let guest = client.guest;
    let before =
        move |town: &mut crate::rooms::Town, now| town.opened_before(now, guest, key, content);
    let room = if let Some(room) = app.rooms.ask(before).await? {
        room
    } else {
        let NewRoom { settings, name } = new;
        name_of(&name).map_err(|_| ApiError::NameInvalid)?;
        check(app.rooms.now(), &settings)?;
        app.rates.check_room(client)?;
        let drawn = draw(&app, client, &settings).await?;
        let opening = Opening { client, key, content, name, settings, drawn };
        app.rooms.ask(move |town, now| town.open(now, opening)).await?
    };
    let location = format!("/api/rooms/{}", room.code);
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(room)))
}

/// Refuses settings that are out of bounds.
pub(super) fn check(now: UnixTime, settings: &RoomSettings) -> Result<(), ApiError> {
    let invalid = |reason: &str| Err(ApiError::JsonInvalid { reason: reason.to_owned() });
    if settings.rivals.is_some_and(|rivals| rivals > RIVALS_ASKED_MAX) {
        return Err(ApiError::TooManyRivals);
    }
    if !(COUNTDOWN_S_MIN..=COUNTDOWN_S_MAX).contains(&settings.countdown_s) {
        return invalid("`countdown_s` must be 10 to 600");
    }
    match settings.start {
        RoomStart::Button => Ok(()),
        RoomStart::At { at_ms } => {
            let at = UnixTime::from_millis(at_ms);
            let is_ahead = at > now && at <= now.after(ROOM_AHEAD_MAX);
            if is_ahead { Ok(()) } else { invalid("`at_ms` must lie in the next 24 hours") }
        }
    }
}

/// Reads from the library what settings name, which fails if they make no race.
pub(super) async fn draw(
    app: &App,
    client: Client,
    settings: &RoomSettings,
) -> Result<Drawn, ApiError> {
    let (library, settings) = (app.gateway.library.clone(), settings.clone());
    let draw = move |_: &Wanted| {
        let course = course_of_room(&library, &settings)?;
        Ok(Drawn { title: title(&course.title) })
    };
    app.gateway.context.workshop.run(Work::Pack, client.into(), draw).await
}
