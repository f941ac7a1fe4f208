//! A race as one of its members sees it: what never changes ([`Race`]) and what does ([`RaceState`]).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::captcha::CaptchaState;
use crate::style::Style;
use crate::title::Title;

/// What stays the same from the first moment of a race to the last. Times ending in `_ms` are race time:
/// milliseconds since the race began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Race {
    /// Sixteen lower-case hex digits.
    pub id: String,
    /// The scenario's name.
    pub scenario: String,
    /// What it is called on screen.
    pub title: Title,
    /// The plan's name.
    pub plan: String,
    /// The demand tier's name.
    pub demand: String,
    /// What the sale demands.
    pub style: Style,
    /// Rivals in all.
    pub rivals: u32,
    /// Seats in all.
    pub seats: u32,
    /// When the sale opens by its rules.
    pub opens_at_ms: f64,
    /// When the race is over at the latest.
    pub ends_at_ms: f64,
}

/// What changes in a race, as one of its members sees it. It holds nothing that is another member's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RaceState {
    /// When race time began, in Unix milliseconds by the server's clock.
    pub started_at_ms: f64,
    /// When this was said, in race time.
    pub now_ms: f64,
    /// How far the sale is.
    pub stage: Stage,
    /// Whether the member's run is over.
    pub over: bool,
    /// The member's number, from 0 in the order in which people joined.
    pub member: u32,
    /// Members in all.
    pub members: u32,
    /// Where the member stands.
    pub you: You,
    /// Numbers that everybody may know.
    pub counts: Counts,
}

/// A race and its state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RaceView {
    /// What stays the same.
    pub race: Race,
    /// What changes.
    pub state: RaceState,
}

/// How far a sale is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Not open yet.
    Before,
    /// Open.
    Open,
    /// Paused by the host.
    Paused,
    /// Over.
    Closed,
}

/// Numbers that everybody in a sale may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Places given.
    pub given: u32,
    /// The place served last.
    pub served: u32,
    /// Visitors in the queue.
    pub waiting: u32,
    /// Visitors inside.
    pub inside: u32,
    /// Free seats.
    pub free: u32,
    /// Paid seats.
    pub sold: u32,
}

/// Where the person stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum You {
    /// Not in the sale.
    Away {
        /// Until when the button is locked; in the past if it works.
        locked_until_ms: f64,
    },
    /// Present before a lottery.
    Pooled,
    /// In the queue.
    Waiting {
        /// The number given.
        place: u32,
        /// How many stand before and still wait, plus one.
        position: u32,
        /// How many wait behind.
        behind: u32,
    },
    /// Inside.
    Inside {
        /// The place that was served.
        place: u32,
        /// When.
        admitted_at_ms: f64,
        /// When the pass ends.
        until_ms: f64,
        /// What commands inside carry in their `Pass` header.
        pass: String,
        /// How far with the captcha.
        captcha: CaptchaState,
        /// Which image is to be answered.
        challenge: u16,
        /// The section opened last.
        #[schema(required = true)]
        viewed: Option<Viewed>,
        /// The seats held.
        #[schema(required = true)]
        hold: Option<Hold>,
    },
    /// Paid: the run is over.
    Booked {
        /// For what.
        booking: Booking,
        /// The place that was served.
        #[schema(required = true)]
        place: Option<u32>,
    },
    /// The run is over without a booking.
    Gone {
        /// Why.
        cause: GoneCause,
        /// When.
        at_ms: f64,
        /// The last place given.
        #[schema(required = true)]
        place: Option<u32>,
    },
}

/// How a run ended: paid, or as [`GoneCause`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// With a booking.
    Paid,
    /// Left.
    Left,
    /// The connection was lost for too long.
    Lost,
    /// The pass ended before seats were held.
    PassEnded,
    /// The hold ended before it was paid.
    HoldEnded,
    /// The host closed the sale.
    Closed,
    /// The race's time was up.
    TimeOver,
    /// Every seat was paid by somebody else.
    SoldOut,
}

/// A section that was opened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Viewed {
    /// Which.
    pub section: u16,
    /// When.
    pub at_ms: f64,
}

/// Seats held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Hold {
    /// Which, in the order chosen.
    pub seats: Vec<u32>,
    /// At which discount each of them will be bought, in the same order; 0 is the regular price.
    pub discounts: Vec<u8>,
    /// Since when.
    pub since_ms: f64,
    /// Until when; `null` where seats become the visitor's only by paying.
    #[schema(required = true)]
    pub until_ms: Option<f64>,
    /// What they cost, fees included.
    pub total_won: u64,
    /// The fees in it.
    pub fee_won: u64,
}

/// Seats paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Booking {
    /// Its number in the sale.
    pub id: u32,
    /// Which seats.
    pub seats: Vec<u32>,
    /// What was paid, fees included.
    pub total_won: u64,
    /// When.
    pub paid_at_ms: f64,
}

/// Why a run ended without a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GoneCause {
    /// Left.
    Left,
    /// The connection was lost for too long.
    Lost,
    /// The pass ended before seats were held.
    PassEnded,
    /// The hold ended before it was paid.
    HoldEnded,
    /// The host closed the sale.
    Closed,
    /// The race's time was up.
    TimeOver,
    /// Every seat was paid by somebody else.
    SoldOut,
}
