//! Tests of the server from outside, over real sockets.

#![expect(clippy::unwrap_used, reason = "the helpers of tests fail as loudly as the tests")]

mod abandoned;
mod api;
mod authorization;
mod bad_input;
mod captcha;
mod connections;
mod damage;
mod edited;
mod exercises;
mod feed;
mod forward;
mod heavy;
mod identity;
mod leaving;
mod library;
mod log_in;
mod logged_out;
mod odd_requests;
mod one_truth;
mod open_id;
mod open_races;
mod openapi;
mod openings;
mod original;
mod outage;
mod points;
mod progress;
mod proxy;
mod report;
mod restart;
mod retries;
mod rooms;
mod run;
mod shows;
mod test_server;
mod what_if;

use server::{ProviderOptions, Secret};
