//! A race as one of its members sees it: what never changes ([`Race`]) and what changes
//! ([`RaceState`]).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::captcha::CaptchaState;
use crate::exercise::Exercise;
use crate::style::Style;
use crate::title::Title;

/// What stays the same from the first moment of a race to the last. Times ending in `_ms` are race
/// time: milliseconds since the race began.
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
    /// Where the plan is found as this race has it: `GET /api/plans/{plan_address}`. The address is
    /// made of the plan's content, so it never names another plan.
    pub plan_address: String,
    /// The demand tier's name.
    pub demand: String,
    /// The style of the sale.
    pub style: Style,
    /// Rivals in all.
    pub rivals: u32,
    /// Seats in all.
    pub seats: u32,
    /// When the sale opens by its rules.
    pub opens_at_ms: f64,
    /// When the race ends at the latest.
    pub ends_at_ms: f64,
    /// Whether more people than the host may enter.
    pub shared: bool,
    /// The hash of seed and secret of a shared race, as 64 hexadecimal digits; `null` in a race for one person alone.
    #[schema(required = true)]
    pub commitment: Option<String>,
    /// Whether somebody chose the seed. Such a race counts for no record.
    pub seed_chosen: bool,
    /// The exercise that the race is; `null` if it is a whole race.
    #[schema(required = true)]
    pub exercise: Option<Exercise>,
    /// The performance of which the race is the sale, by its id in the catalogue: then a person whose visit has ended may
    /// come in again until the sale closes. `null` if it is no opening.
    #[schema(required = true)]
    pub performance: Option<String>,
    /// From when until when an exercise runs, 20 s in all; `null` if the race is none.
    #[schema(required = true)]
    pub goal_ms: Option<[f64; 2]>,
}

/// What changes in a race, as one of its members sees it. It tells nothing that only another member
/// may know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RaceState {
    /// When race time began, in Unix milliseconds by the server's clock. A shift moves it: later for an outage, earlier
    /// for a jump ahead.
    pub started_at_ms: f64,
    /// The race time at which this was true.
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
    /// When race time was moved against the clock, in order. At most 256.
    pub shifts: Vec<Shift>,
    /// Where no seat is free: when the first of the live holds ends, unless its visitor pays before. Then seats may
    /// come back. `null` if a seat is free or nobody holds one.
    #[schema(required = true)]
    pub returns_at_ms: Option<f64>,
}

/// A moment at which race time was moved against the clock. All deadlines of the race moved with it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Shift {
    /// The race time at which it began.
    pub at_ms: f64,
    /// How long race time stood still, or how far it jumped ahead.
    pub by_ms: f64,
    /// Why.
    pub cause: ShiftCause,
}

/// Why race time was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShiftCause {
    /// The server was away: race time stood still.
    Outage,
    /// A person who is alone in the race asked for it: race time jumped ahead.
    Forward,
}

/// A race as one of its members sees it.
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
    /// How many places the sale has given, which is also the number of the newest one. 0 before the opening:
    /// in a lottery, visitors have no place yet.
    pub given: u32,
    /// The last place that was let in; 0 before the first. It stands still before the opening, while the sale
    /// is paused and while there is no room inside. It passes over places that were given up, so it may
    /// rise by more than the number of visitors let in. A member with `place` is next when it is
    /// `place - 1`.
    pub served: u32,
    /// Visitors who have a place and were not let in. Those in the pool of a lottery do not count.
    pub waiting: u32,
    /// Visitors inside.
    pub inside: u32,
    /// Free seats.
    pub free: u32,
    /// Paid seats.
    pub sold: u32,
}

/// Where the member stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum You {
    /// Not in the sale.
    Away {
        /// When the lock of the button ends. In the past if the button is not locked.
        locked_until_ms: f64,
    },
    /// In the pool before a lottery.
    Pooled,
    /// In the queue.
    Waiting {
        /// The member's place.
        place: u32,
        /// How many visitors with an earlier place still wait, plus one. It falls by one with each of them who
        /// is let in or gives up, and so never rises.
        position: u32,
        /// How many visitors with a later place wait. It rises while others come and falls when they give up.
        behind: u32,
    },
    /// Inside.
    Inside {
        /// The place with which the member came in.
        place: u32,
        /// When the member came in.
        admitted_at_ms: f64,
        /// When the pass ends.
        until_ms: f64,
        /// The text that commands inside carry in their `Pass` header.
        pass: String,
        /// How far the member is with the captcha.
        captcha: CaptchaState,
        /// The number of the captcha image to be answered.
        challenge: u16,
        /// The section that the member opened last; `null` if none.
        #[schema(required = true)]
        viewed: Option<Viewed>,
        /// The member's hold; `null` without one.
        #[schema(required = true)]
        hold: Option<Hold>,
    },
    /// The member has paid: the run is over.
    Booked {
        /// What the member paid for.
        booking: Booking,
        /// The place with which the member came in.
        #[schema(required = true)]
        place: Option<u32>,
    },
    /// The run is over without a booking.
    Gone {
        /// Why it ended.
        cause: GoneCause,
        /// When it ended.
        at_ms: f64,
        /// The last place that the member had; `null` if none.
        #[schema(required = true)]
        place: Option<u32>,
    },
}

/// How a run ended: with a booking, or as [`GoneCause`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// With a booking.
    Paid,
    /// The person left.
    Left,
    /// The person's connection was lost for too long.
    Lost,
    /// The pass ended while the person held no seats.
    PassEnded,
    /// The hold ended before the person paid.
    HoldEnded,
    /// The sale closed before the race's time was up.
    Closed,
    /// The race's time was up.
    TimeOver,
    /// Other visitors paid for every seat.
    SoldOut,
    /// The goal of the exercise was reached.
    Done,
}

/// A section that the member opened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Viewed {
    /// The index of the section in the plan.
    pub section: u16,
    /// When the member opened it.
    pub at_ms: f64,
}

/// The seats that a member holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Hold {
    /// The indices of the seats in the plan, in the order in which they were chosen.
    pub seats: Vec<u32>,
    /// The discount of each seat, in the same order. 0 is the regular price.
    pub discounts: Vec<u8>,
    /// When the hold began.
    pub since_ms: f64,
    /// When the hold ends; `null` where seats become the visitor's only by paying.
    #[schema(required = true)]
    pub until_ms: Option<f64>,
    /// When the payment that is under way ends by itself; `null` if none is. The hold does not end and cannot be changed
    /// before it does.
    #[schema(required = true)]
    pub paying_until_ms: Option<f64>,
    /// What the seats cost, fees included.
    pub total_won: u64,
    /// The fees that the total includes.
    pub fee_won: u64,
}

/// The seats that a member paid for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Booking {
    /// The number of the booking in the sale.
    pub id: u32,
    /// The indices of the seats in the plan.
    pub seats: Vec<u32>,
    /// The sum that was paid, fees included.
    pub total_won: u64,
    /// When the member paid.
    pub paid_at_ms: f64,
}

/// Why a run ended without a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GoneCause {
    /// The person left.
    Left,
    /// The person's connection was lost for too long.
    Lost,
    /// The pass ended while the person held no seats.
    PassEnded,
    /// The hold ended before the person paid.
    HoldEnded,
    /// The sale closed before the race's time was up.
    Closed,
    /// The race's time was up.
    TimeOver,
    /// Other visitors paid for every seat.
    SoldOut,
    /// The goal of the exercise was reached.
    Done,
}
