//! What all live connections have in common: their limits, their budget of messages, and how they end.

use std::num::NonZeroU32;

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use governor::{DefaultDirectRateLimiter, Quota};
use tokio::sync::watch;
use tokio::time::timeout;

use super::app::App;
use super::cookies::AtBrowser;
use crate::accounts::Presence;
use crate::client::Client;
use crate::context::Health;
use crate::limits::{
    CLOSING_MAX, MESSAGE_BYTES_MAX, MESSAGES_BURST, MESSAGES_PER_S, SOCKET_READ_BYTES,
    SOCKET_WRITE_BYTES_MAX,
};
use crate::problem::ApiError;

/// The upgrade to a WebSocket with the limits of all, where one was asked for.
pub(super) struct Upgrade(pub(super) WebSocketUpgrade);

/// The code and the reason with which a connection is closed.
pub(super) type Words = (u16, &'static str);

impl FromRequestParts<App> for Presence {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let client = Client::from_request_parts(parts, app).await?;
        let AtBrowser(present) = AtBrowser::from_request_parts(parts, app).await?;
        let accounts = &app.gateway.context.accounts;
        let presence = match present {
            None => accounts.presence_of_guest(client.guest),
            Some(present) => accounts.presence_of(present.session),
        };
        // Whoever was at the browser when the request came has left it meanwhile, or has come.
        presence.ok_or(ApiError::Overloaded)
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Upgrade {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, ApiError> {
        let upgrade = WebSocketUpgrade::from_request_parts(parts, state).await.ok();
        Ok(upgrade.map(|upgrade| {
            Self(
                upgrade
                    .read_buffer_size(SOCKET_READ_BYTES)
                    .write_buffer_size(0)
                    .max_write_buffer_size(SOCKET_WRITE_BYTES_MAX)
                    .max_message_size(MESSAGE_BYTES_MAX)
                    .max_frame_size(MESSAGE_BYTES_MAX),
            )
        }))
    }
}

/// How a connection ends whose person is logged out or deleted. The codes from 4000 on are free for such use (RFC 6455, 7.4.2).
pub(super) const LOGGED_OUT: Words = (4001, "logged out");

/// The messages that one connection may send.
pub(super) fn budget() -> DefaultDirectRateLimiter {
    let above_nothing = |count| NonZeroU32::new(count).expect("a budget is above nothing");
    let quota = Quota::per_second(above_nothing(MESSAGES_PER_S));
    DefaultDirectRateLimiter::direct(quota.allow_burst(above_nothing(MESSAGES_BURST)))
}

/// Waits until the server stops or fails.
pub(super) async fn until_not_serving(health: &mut watch::Receiver<Health>) {
    // The other end lives as long as the server.
    let _dropped = health.wait_for(|health| *health != Health::Serving).await.is_ok();
}

/// Tells the other side why the connection closes.
pub(super) async fn close(mut socket: WebSocket, (code, reason): Words) {
    let frame = CloseFrame { code, reason: Utf8Bytes::from_static(reason) };
    let farewell = socket.send(Message::Close(Some(frame)));
    // The other side may be gone already, or may take no message any more.
    let _gone = timeout(CLOSING_MAX, farewell).await;
    if code == close_code::POLICY || code == LOGGED_OUT.0 {
        // Closing while messages are unread would take the words back that were just sent.
        let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
        let _goes_on = timeout(CLOSING_MAX, rest).await;
    }
}
