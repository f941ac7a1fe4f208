//! The results of a race of several people: one row for each of them. Times are milliseconds after the
//! opening; a time before the opening is negative.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::race::Ending;

/// What came of a race for everybody in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Results {
    /// The id of the race.
    pub race: String,
    /// Whether the race is over for everybody. Until then the rows may change.
    pub over: bool,
    /// A row for each member, in the order in which they joined. Of more than 200 members those have a row who paid first,
    /// then those with the first places, and in any case the person who asks. Whoever still races sees the own row alone.
    pub rows: Vec<ResultRow>,
    /// How many members have no row here because there are too many.
    pub more: u32,
    /// How many of all these members have paid, those without a row included.
    pub paid: u32,
    /// The hash of seed and secret that was shown before the race, as 64 hexadecimal digits; `null` in a
    /// race for one person alone.
    #[schema(required = true)]
    pub commitment: Option<String>,
    /// The seed of all chance in the race, as 32 hexadecimal digits; `null` until the race is over for
    /// everybody.
    #[schema(required = true)]
    pub seed: Option<String>,
    /// The secret of the captchas, as 32 hexadecimal digits; `null` until the race is over for everybody,
    /// and in a race without one.
    #[schema(required = true)]
    pub captcha_secret: Option<String>,
}

/// What came of a race for one member.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResultRow {
    /// The member's number, from 0 in the order in which people joined.
    pub member: u32,
    /// The member's name in the room; `null` without a room.
    #[schema(required = true)]
    pub name: Option<String>,
    /// Whether this is the row of the person who asks.
    pub you: bool,
    /// How the run ended; `null` while it goes on.
    #[schema(required = true)]
    pub ending: Option<Ending>,
    /// The press that got the place, by the client's mark, or the moment of the place without one; `null`
    /// without a place.
    #[schema(required = true)]
    pub press_ms: Option<f64>,
    /// The last place; `null` if none.
    #[schema(required = true)]
    pub place: Option<u32>,
    /// When the member came in; `null` if that did not happen.
    #[schema(required = true)]
    pub admitted_ms: Option<f64>,
    /// When the member first asked for a seat; `null` if that did not happen.
    #[schema(required = true)]
    pub first_seat_ms: Option<f64>,
    /// When the member first held a seat; `null` if that did not happen.
    #[schema(required = true)]
    pub held_ms: Option<f64>,
    /// When the member paid; `null` if that did not happen.
    #[schema(required = true)]
    pub paid_ms: Option<f64>,
    /// The indices in the plan of the seats that the member paid for, at most eight.
    pub seats: Vec<u32>,
    /// Floor and name of the section of the first of these seats: `1-A`; `null` without one.
    #[schema(required = true)]
    pub section: Option<String>,
    /// How good these seats are on average, from 0 for the worst seat of the plan to 1 for the best;
    /// `null` without one.
    #[schema(required = true)]
    pub quality: Option<f64>,
    /// What cost most time, as the member's report says; `null` if nothing did, or it is not known yet.
    #[schema(required = true)]
    pub cost: Option<Cost>,
    /// Whether the member shows everybody in the race the whole report.
    pub report_shared: bool,
}

/// The part of a run that cost most time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cost {
    /// From the opening to the place.
    Press,
    /// In the queue.
    Queue,
    /// The captcha.
    Captcha,
    /// From the map to the first held seat.
    Seat,
    /// From the first held seat to the payment.
    Pay,
}
