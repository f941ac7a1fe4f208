//! What those are sent who watch a race and take no part in it any more, or never did. Seats travel on the
//! same connection as binary frames.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::race::{Counts, Stage};

/// A message of the server to somebody who watches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum ToWatcher {
    /// How the race stands and where its people are.
    Watch(WatchState),
}

/// How a race stands and where its people are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WatchState {
    /// The race time at which this was true.
    pub now_ms: f64,
    /// When race time began, in Unix milliseconds by the server's clock.
    pub started_at_ms: f64,
    /// How far the sale is.
    pub stage: Stage,
    /// Numbers that everybody may know.
    pub counts: Counts,
    /// The members of the race, at most two hundred: first who is nearest to a booking, then those whose
    /// run is over, the latest first.
    pub people: Vec<WatchPerson>,
    /// How many members are not in `people`.
    pub more: u32,
}

/// Where one member is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WatchPerson {
    /// The member's number.
    pub member: u32,
    /// The member's name in the room; `null` without a room.
    #[schema(required = true)]
    pub name: Option<String>,
    /// Where the member is.
    pub step: WatchStep,
    /// The member's position in the queue; `null` outside of it.
    #[schema(required = true)]
    pub position: Option<u32>,
    /// Since when the member is there, in race time.
    pub since_ms: f64,
}

/// Where a member is on the way to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WatchStep {
    /// Has joined and not pressed, or pressed too early.
    Away,
    /// In the pool before a lottery.
    Pooled,
    /// In the queue.
    Waiting,
    /// Inside, and has to answer the captcha before the map.
    Captcha,
    /// Inside without seats, looks for some.
    Map,
    /// Holds seats and may take more.
    Holding,
    /// Holds the seats that were chosen and has to pay for them.
    Paying,
    /// Has paid: the run is over.
    Booked,
    /// The run is over without a booking.
    Gone,
}
