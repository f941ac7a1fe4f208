//! Text messages of the live connection. Seats travel beside them as binary frames.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::race::RaceState;

/// What the server says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromServer {
    /// The race's state: first of all, and again when something in it changed for this member.
    State(Box<RaceState>),
    /// Numbers, now and then.
    Counts {
        /// When this was said, in race time.
        now_ms: f64,
        /// Places given.
        given: u32,
        /// The place served last.
        served: u32,
        /// Visitors in the queue.
        waiting: u32,
        /// Visitors inside.
        inside: u32,
        /// Free seats.
        free: u32,
        /// Paid seats.
        sold: u32,
        /// The person's position in the queue, while waiting.
        position: Option<u32>,
        /// How many wait behind the person, while waiting.
        behind: Option<u32>,
    },
    /// The answer to a ping.
    Pong {
        /// Race time.
        now_ms: f64,
        /// What the ping carried.
        #[schema(value_type = Object)]
        echo: Value,
    },
}

/// What the client says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromClient {
    /// Are you there?
    Ping {
        /// Comes back in the pong.
        #[serde(default)]
        #[schema(value_type = Object)]
        echo: Value,
    },
    /// Asks for the state and, if seats are shown, a snapshot.
    Resync,
}
