//! The server from outside, over real sockets.

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
