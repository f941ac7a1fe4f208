//! As which of the guests that an account is a request is meant. Rule L14.
//!
//! An account took part in a race or a room as the guest who was at the browser then. Handlers know one guest alone, so the
//! right one is found before they are asked. Race and room are read from the path as handlers read them: a path has many spellings.

use axum::extract::{FromRequestParts, MatchedPath};
use axum::http::request::Parts;

use super::app::App;
use super::extract::{InRace, InRoom};
use crate::client::Client;

/// The routes below which a request is about a race.
const RACE: &str = "/api/races/{id}";
/// The routes below which it is about a room.
const ROOMS: [&str; 2] = ["/api/rooms/{code}", "/room/{code}"];

/// The client as the one of its guests who is in the race or the room that a request is about.
pub(super) async fn at(app: &App, client: Client, parts: &mut Parts) -> Client {
    if client.account.is_none() {
        return client;
    }
    let guests = app.gateway.context.accounts.guests_of(client);
    let Some(route) = parts.extensions.get::<MatchedPath>().cloned() else { return client };
    let is_below = |path: &str| route.as_str().starts_with(path);
    if guests.len() < 2 {
        return client;
    }
    if is_below(RACE) {
        let race = InRace::from_request_parts(parts, &()).await;
        let Ok(InRace(race)) = race else { return client };
        return app.gateway.as_member(race, client).await;
    }
    if !ROOMS.into_iter().any(is_below) {
        return client;
    }
    let Ok(InRoom(code)) = InRoom::from_request_parts(parts, &()).await else { return client };
    let ask = move |town: &mut crate::rooms::Town, _| Ok(town.member_among(code, &guests));
    let member = app.rooms.ask(ask).await.ok().flatten();
    Client { guest: member.unwrap_or(client.guest), ..client }
}
