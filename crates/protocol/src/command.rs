//! The requests of a race, and the outcomes of its commands.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::race::RaceState;

/// What a new race is played with: the name of a scenario, or the names of a plan, a demand tier
/// and a style.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRace {
    /// The name of a scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
    /// The name of a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The name of a demand tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand: Option<String>,
    /// The name of a style. Beside a scenario it replaces the scenario's style.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// Rivals in all, instead of the scenario's or the tier's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rivals: Option<u32>,
    /// The seed of all chance: the same seed gives the same crowd. From 0 to 2^53 − 1. The server
    /// draws one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

/// An answer to a captcha.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaptchaAnswer {
    /// The number of the image that was answered.
    pub challenge: u16,
    /// The letters that were typed, in upper or lower case.
    pub letters: String,
}

/// A section to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionChoice {
    /// The index of the section in the plan.
    pub section: u16,
}

/// Seats to be held or released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatChoice {
    /// The indices of the seats in the plan.
    pub seats: Vec<u32>,
}

/// The price that is chosen for held seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceChoice {
    /// The indices of the seats in the plan. The member must hold all of them.
    pub seats: Vec<u32>,
    /// 0 for the regular price, `n` for the `n`-th discount of the style.
    pub discount: u8,
}

/// A payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// The total that the screen shows. The server refuses to take another sum.
    pub expected_won: u64,
}

/// How far race time is to jump ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Forward {
    /// To which moment.
    pub to: ForwardTo,
}

/// A moment to which race time may jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ForwardTo {
    /// Ten seconds before the opening.
    Opening,
    /// For a member in the queue: three seconds before the member is let in, or before the wait ends in another way.
    Turn,
    /// For a member inside where no seat is free: three seconds before a hold ends and seats come back, or before the
    /// run ends.
    Returns,
}

/// Marks that the client sends for the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// The marks, in any order.
    pub marks: Vec<Mark>,
}

/// Something that the client saw or did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// What the client saw or did: `press`, `map-seen` …
    pub name: String,
    /// When that was, in Unix milliseconds, by the client's estimate of the server's clock.
    pub at_ms: f64,
    /// By how much that estimate may be wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_ms: Option<f64>,
}

/// How many marks the server keeps of the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarksKept {
    /// The number of marks, those of earlier requests included.
    pub kept: usize,
}

/// The server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clock {
    /// The server's time in Unix milliseconds.
    pub now_ms: f64,
}

/// The answer to an accepted command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Commanded {
    /// What the command brought about.
    pub outcome: Outcome,
    /// The race's state after it.
    pub state: RaceState,
}

/// What an accepted command brought about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
    /// The member pressed before the opening, so the button is locked for a while.
    TooEarly {
        /// When the lock ends.
        locked_until_ms: f64,
    },
    /// The member is in the pool for the lottery.
    Pooled,
    /// The member is in the queue.
    Placed {
        /// The member's place.
        place: u32,
    },
    /// The member was inside already and stays there, because in this style a refresh costs
    /// nothing.
    Inside,
    /// The member left.
    Left,
    /// The letters were right.
    CaptchaPassed,
    /// The letters were wrong. The image stays the same.
    CaptchaMissed,
    /// There is another image.
    CaptchaRenewed {
        /// The number of the new image.
        challenge: u16,
    },
    /// The captcha is put off: the member must pass it later.
    CaptchaPutOff,
    /// The client may show the section's map.
    Viewed,
    /// The member holds the seats.
    Held {
        /// When the hold ends; `null` where seats become the visitor's only by paying.
        #[schema(required = true)]
        until_ms: Option<f64>,
    },
    /// The seats are free again.
    Released,
    /// The price is chosen.
    PriceChosen {
        /// What the whole hold costs now.
        total_won: u64,
    },
    /// The member has paid.
    Booked {
        /// The booking's number.
        booking: u32,
        /// The sum that was paid, fees included.
        total_won: u64,
    },
    /// The booking is cancelled. Its seats return at once or with the next batch.
    Cancelled,
    /// A payment is under way.
    PaymentBegun {
        /// The number of the payment in the sale.
        payment: u32,
        /// When it ends by itself.
        until_ms: f64,
        /// What is to be paid, fees included.
        total_won: u64,
    },
    /// The payment has ended without a booking.
    PaymentEnded,
}
