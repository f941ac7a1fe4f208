//! The server from outside, over real sockets.

#![expect(clippy::unwrap_used, reason = "what tests do beside their cases fails as loudly")]

mod api;
mod bad_input;
mod captcha;
mod desk;
mod feed;
mod library;
mod openapi;
mod report;
mod restart;
mod run;
