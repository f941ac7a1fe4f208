//! As which of the guests that an account is a request is meant. Rule L14.
//!
//! An account took part in a race or a room as the guest who was at the browser then. Handlers know one guest alone, so the
//! right one is found before they are asked.

use super::app::App;
use crate::client::Client;
use crate::ids::RaceId;
use crate::rooms::RoomCode;

/// The client as the one of its guests who is in the race or the room that a path names.
pub(super) async fn at(app: &App, client: Client, path: &str) -> Client {
    if client.account.is_none() {
        return client;
    }
    let guests = app.gateway.context.accounts.guests_of(client);
    if guests.len() < 2 {
        return client;
    }
    if let Some(race) = part_of::<RaceId>(path, "/api/races/") {
        return app.gateway.as_member(race, client).await;
    }
    let room = part_of::<RoomCode>(path, "/api/rooms/").or_else(|| part_of(path, "/room/"));
    let Some(code) = room else { return client };
    let ask = move |town: &mut crate::rooms::Town, _| Ok(town.member_among(code, &guests));
    let member = app.rooms.ask(ask).await.ok().flatten();
    Client { guest: member.unwrap_or(client.guest), ..client }
}

fn part_of<T: std::str::FromStr>(path: &str, before: &str) -> Option<T> {
    let rest = path.strip_prefix(before)?;
    rest.split('/').next()?.parse().ok()
}
