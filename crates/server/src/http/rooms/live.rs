//! The live connection of a room: the room at each change, until one side closes it or the client is silent for too long.

use std::pin::pin;
use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket, close_code};
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::Response;
use governor::DefaultDirectRateLimiter;
use protocol::{FromClient, FromRoom, Problem};
use tokio::time::sleep;

use crate::accounts::Presence;
use crate::context::Context;
use crate::http::app::App;
use crate::http::extract::{Guest, InRoom};
use crate::http::socket::{LOGGED_OUT, Upgrade, Words, budget, close, until_not_serving};
use crate::problem::ApiError;
use crate::rooms::{RoomCode, Rooms, Watching};

/// What a live connection may say of itself in its address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Manner {
    /// Whether it is for the watching screen.
    is_watching: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Manner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let mut pairs = parts.uri.query().unwrap_or_default().split('&');
        Ok(Self { is_watching: pairs.any(|pair| pair == "watching=true") })
    }
}

/// Watch a room live
///
/// A WebSocket. The server sends the room (`FromRoom`) first and at each change, at most five times a second. The client
/// pings (`FromClient`).
#[utoipa::path(get, path = "/api/rooms/{code}/live", tag = "rooms",
    params(("code" = String, Path, description = "The code in the room's link"),
        ("watching" = Option<bool>, Query, description = "Whether it is for the watching screen")),
    responses((status = 101, description = "The connection is a WebSocket from here on"),
        (status = 404, body = Problem), (status = 426, body = Problem), (status = 429, body = Problem)))]
pub(crate) async fn watch_room(
    State(app): State<App>,
    Guest(guest): Guest,
    InRoom(code): InRoom,
    Manner { is_watching }: Manner,
    presence: Presence,
    upgrade: Option<Upgrade>,
) -> Result<Response, ApiError> {
    let Some(Upgrade(upgrade)) = upgrade else { return Err(ApiError::NotWebSocket) };
    let (rooms, context) = (Arc::clone(&app.rooms), Arc::clone(&app.gateway.context));
    // The visit is made where the viewer is added, so that the viewer goes too if nobody waits for the answer any more.
    let errand = move |town: &mut crate::rooms::Town, _| {
        let watching = town.watch(code, guest, is_watching)?;
        Ok(Visit { rooms, context, code, watching })
    };
    let visit = app.rooms.ask(errand).await?;
    Ok(upgrade.on_upgrade(move |socket| visit.go_on(socket, presence)))
}

/// One live connection. Dropping it tells the room that the viewer has gone.
struct Visit {
    rooms: Arc<Rooms>,
    context: Arc<Context>,
    code: RoomCode,
    watching: Watching,
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.rooms.unwatch(self.code, self.watching.viewer);
    }
}

impl Visit {
    async fn go_on(mut self, mut socket: WebSocket, presence: Presence) {
        metrics::gauge!("tingting_room_viewers").increment(1.0);
        if let Some(words) = self.serve(&mut socket, presence).await {
            close(socket, words).await;
        }
        metrics::gauge!("tingting_room_viewers").decrement(1.0);
    }

    /// Tells the room and hears the client until one side ends that. Returns the words with which to close the
    /// connection; `None` if the other side is gone.
    async fn serve(&mut self, socket: &mut WebSocket, mut presence: Presence) -> Option<Words> {
        let mut health = self.context.health.subscribe();
        let budget = budget();
        let silent_after = self.context.patience.silent_after;
        let mut silence = pin!(sleep(silent_after));
        // What was told before this connection came is news to it.
        self.watching.told.mark_changed();
        loop {
            let outgoing = tokio::select! {
                biased;
                () = until_not_serving(&mut health) => return Some((close_code::RESTART, "stopping")),
                () = presence.ended() => return Some(LOGGED_OUT),
                message = socket.recv() => match self.hear(&message?.ok()?, &budget) {
                    Heard::Fine(pong) => {
                        silence.set(sleep(silent_after));
                        pong
                    }
                    Heard::Bye => return None,
                    Heard::Refused(words) => return Some((close_code::POLICY, words)),
                },
                () = &mut silence => return Some((close_code::AWAY, "silent for too long")),
                changed = self.watching.told.changed() => {
                    if changed.is_err() {
                        return Some((close_code::AWAY, "the room has ended"));
                    }
                    // A slow reader finds only the newest here.
                    let told = self.watching.told.borrow_and_update().clone();
                    told.map(|told| told.text(&self.watching.seat))
                }
            };
            let Some(text) = outgoing else { continue };
            // A client that takes no message says none either.
            tokio::select! {
                sent = socket.send(Message::Text(text.into())) => sent.ok()?,
                () = &mut silence => return None,
            }
        }
    }

    /// Hears a message, which counts whatever it is. Returns what to answer.
    fn hear(&self, message: &Message, budget: &DefaultDirectRateLimiter) -> Heard {
        if budget.check().is_err() {
            return Heard::Refused("too many messages");
        }
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Heard::Bye,
            Message::Ping(_) | Message::Pong(_) => return Heard::Fine(None),
            Message::Binary(_) => return Heard::Refused("not understood"),
        };
        match serde_json::from_str(text) {
            Ok(FromClient::Ping { echo }) => {
                let now_ms = self.rooms.now().as_millis_f64();
                let pong = serde_json::to_string(&FromRoom::Pong { now_ms, echo });
                Heard::Fine(pong.ok())
            }
            Ok(FromClient::Resync) => {
                let told = self.watching.told.borrow().clone();
                Heard::Fine(told.map(|told| told.text(&self.watching.seat)))
            }
            Err(_) => Heard::Refused("not understood"),
        }
    }
}

/// The result of handling a message.
enum Heard {
    /// The message was understood; what to answer.
    Fine(Option<String>),
    Bye,
    Refused(&'static str),
}
