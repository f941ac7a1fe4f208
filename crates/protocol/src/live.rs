//! The text messages of the live connection. Seats travel on the same connection as binary frames.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::race::RaceState;

/// A message of the server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromServer {
    /// The race's state: first of all, and again when something in it changed for this member.
    State(Box<RaceState>),
    /// Numbers, now and then. Those of the sale mean the same as in [`Counts`](crate::Counts), and those of the
    /// member the same as in [`You::Waiting`](crate::You::Waiting).
    Counts {
        /// The race time at which this was true.
        now_ms: f64,
        /// How many places the sale has given.
        given: u32,
        /// The last place that was let in; 0 before the first.
        served: u32,
        /// Visitors who have a place and were not let in.
        waiting: u32,
        /// Visitors inside.
        inside: u32,
        /// Free seats.
        free: u32,
        /// Paid seats.
        sold: u32,
        /// The member's position in the queue; `null` if the member does not wait.
        position: Option<u32>,
        /// How many visitors wait behind the member; `null` if the member does not wait.
        behind: Option<u32>,
        /// Where no seat is free: when the first of the live holds ends; see
        /// [`RaceState::returns_at_ms`](crate::RaceState::returns_at_ms).
        returns_at_ms: Option<f64>,
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

/// A message of the client.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FromClient {
    /// Asks the server for a pong.
    Ping {
        /// Any value. The pong carries it back.
        #[serde(default)]
        #[schema(value_type = Object)]
        echo: Value,
    },
    /// Asks for the state and, if seats are shown, a snapshot.
    Resync,
}
