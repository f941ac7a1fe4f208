//! The live connection: messages in both directions until one side closes it or the client is silent for
//! too long. Only messages of the client end its silence; what the server sends does not.

use std::pin::pin;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use governor::DefaultDirectRateLimiter;
use protocol::{FromClient, Problem};
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::accounts::Presence;
use crate::client::Client;
use crate::gateway::Gateway;
use crate::http::app::App;
use crate::http::extract::InRace;
use crate::http::socket::{LOGGED_OUT, Upgrade, Words, budget, close, until_not_serving};
use crate::ids::RaceId;
use crate::limits::VIEWER_MESSAGES_MAX;
use crate::problem::ApiError;
use crate::shard::{Ask, MemberAsk, Outgoing, ViewerId};

/// Watch a race live
///
/// A WebSocket. Text messages are JSON (`FromServer`, `FromClient`), binary ones are seat frames.
#[utoipa::path(get, path = "/api/races/{id}/live", tag = "races",
    params(("id" = String, Path, description = "A race of this guest")),
    responses((status = 101, description = "The connection is a WebSocket from here on"),
        (status = 404, body = Problem), (status = 426, body = Problem)))]
pub(crate) async fn watch_race(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    presence: Presence,
    upgrade: Option<Upgrade>,
) -> Result<Response, ApiError> {
    let Some(Upgrade(upgrade)) = upgrade else { return Err(ApiError::NotWebSocket) };
    let (tx, rx) = mpsc::channel(VIEWER_MESSAGES_MAX);
    let viewer = app.gateway.ask(client, race, |reply| MemberAsk::Watch { tx, reply }).await?;
    Ok(go_on(&app, race, viewer, presence, upgrade, rx))
}

/// Watch the hall of a race
///
/// A WebSocket with the whole hall and the step at which everybody is, for those who have no run in the race that goes on. Once
/// a second a message tells of the people, twice a second a seat frame of the seats.
#[utoipa::path(get, path = "/api/races/{id}/watch", tag = "races",
    params(("id" = String, Path, description = "A race that this guest may enter, or one of a room whose link the guest has")),
    responses((status = 101, description = "The connection is a WebSocket from here on"),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 426, body = Problem)))]
pub(crate) async fn watch_hall(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    presence: Presence,
    upgrade: Option<Upgrade>,
) -> Result<Response, ApiError> {
    let Some(Upgrade(upgrade)) = upgrade else { return Err(ApiError::NotWebSocket) };
    let (tx, rx) = mpsc::channel(VIEWER_MESSAGES_MAX);
    let viewer = app.gateway.watch(client, race, tx).await?;
    Ok(go_on(&app, race, viewer, presence, upgrade, rx))
}

/// Answers with the upgrade, and passes messages on from then on.
fn go_on(
    app: &App,
    race: RaceId,
    viewer: ViewerId,
    presence: Presence,
    upgrade: WebSocketUpgrade,
    rx: mpsc::Receiver<Outgoing>,
) -> Response {
    let visit = Visit { gateway: Arc::clone(&app.gateway), race, viewer };
    upgrade.on_upgrade(move |socket| visit.go_on(socket, presence, rx))
}

/// One live connection. Dropping it tells the race that the viewer has gone.
struct Visit {
    gateway: Arc<Gateway>,
    race: RaceId,
    viewer: ViewerId,
}

impl Drop for Visit {
    fn drop(&mut self) {
        // If too many asks wait, this one is lost; the race then notices the closed channel by itself.
        self.gateway.tell(self.race, None, Ask::Unwatch { viewer: self.viewer });
    }
}

impl Visit {
    async fn go_on(self, mut socket: WebSocket, presence: Presence, rx: mpsc::Receiver<Outgoing>) {
        metrics::gauge!("tingting_viewers").increment(1.0);
        if let Some(words) = self.serve(&mut socket, presence, rx).await {
            close(socket, words).await;
        }
        metrics::gauge!("tingting_viewers").decrement(1.0);
    }

    /// Passes messages on in both directions until one side ends that. Returns the words with which to
    /// close the connection; `None` if the other side is gone.
    async fn serve(
        &self,
        socket: &mut WebSocket,
        mut presence: Presence,
        mut rx: mpsc::Receiver<Outgoing>,
    ) -> Option<Words> {
        let context = &self.gateway.context;
        let mut health = context.health.subscribe();
        let budget = budget();
        // Only what the client says starts this time anew, so that a connection to which the server goes
        // on sending ends as well once nobody is at its other end.
        let mut silence = pin!(sleep(context.patience.silent_after));
        loop {
            tokio::select! {
                // A message that came in time is heard, even if the server finds it only afterwards,
                // because it was sending.
                biased;
                () = until_not_serving(&mut health) => return Some((close_code::RESTART, "stopping")),
                () = presence.ended() => return Some(LOGGED_OUT),
                message = socket.recv() => match self.hear(message?.ok()?, &budget) {
                    Heard::TooMuch => return Some((close_code::POLICY, "too many messages")),
                    Heard::Fine => silence.set(sleep(context.patience.silent_after)),
                    Heard::Bye => return None,
                    Heard::Nonsense => return Some((close_code::POLICY, "not understood")),
                },
                () = &mut silence => return Some((close_code::AWAY, "silent for too long")),
                outgoing = rx.recv() => {
                    let Some(outgoing) = outgoing else {
                        return Some((close_code::AGAIN, "connect again"));
                    };
                    // A client that takes no message says none either: the server cannot wait longer
                    // for it than for a silent one.
                    tokio::select! {
                        sent = socket.send(message_of(outgoing)) => sent.ok()?,
                        () = &mut silence => return None,
                    }
                }
            }
        }
    }

    /// Passes a message on to the race. Counts it first, whatever it is: reading a ping costs as much as reading
    /// anything else.
    fn hear(&self, message: Message, budget: &DefaultDirectRateLimiter) -> Heard {
        if budget.check().is_err() {
            return Heard::TooMuch;
        }
        let text = match message {
            Message::Text(text) => text,
            Message::Close(_) => return Heard::Bye,
            Message::Ping(_) | Message::Pong(_) => return Heard::Fine,
            Message::Binary(_) => return Heard::Nonsense,
        };
        let Ok(said) = serde_json::from_str::<FromClient>(&text) else { return Heard::Nonsense };
        // If too many asks wait, this one is lost; the client will send its message again.
        self.gateway.tell(self.race, None, Ask::Hear { viewer: self.viewer, said });
        Heard::Fine
    }
}

/// The result of handling a message.
enum Heard {
    Fine,
    Bye,
    Nonsense,
    TooMuch,
}

fn message_of(outgoing: Outgoing) -> Message {
    match outgoing {
        Outgoing::Text(text) => Message::Text(text.into()),
        // It is JSON, so it is UTF-8.
        Outgoing::Shared(text) => {
            Utf8Bytes::try_from(text).map_or(Message::Ping(Bytes::new()), Message::Text)
        }
        Outgoing::Seats(bytes) => Message::Binary(Bytes::from(bytes)),
    }
}
