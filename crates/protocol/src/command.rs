//! Requests of a race, and what came of them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::race::RaceState;

/// What a race is to be played with: a scenario by name, or plan, demand and style.
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
    /// The name of a style; also beside a scenario.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
    /// Rivals in all, instead of the scenario's or the tier's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rivals: Option<u32>,
    /// The same seed is the same crowd; drawn if absent. At most 2^53 − 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
}

/// What was typed for a captcha.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaptchaAnswer {
    /// Which image it is for.
    pub challenge: u16,
    /// The letters, in either case.
    pub letters: String,
}

/// A section to be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionChoice {
    /// Its index in the plan.
    pub section: u16,
}

/// Seats to be held or released.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeatChoice {
    /// Their indices in the plan.
    pub seats: Vec<u32>,
}

/// At which price held seats will be bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceChoice {
    /// Their indices in the plan; all of them held.
    pub seats: Vec<u32>,
    /// 0 for the regular price, `n` for the `n`-th discount of the style.
    pub discount: u8,
}

/// A payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    /// What the screen said it costs, so that nobody pays another sum unseen.
    pub expected_won: u64,
}

/// The client's own marks, for the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Marks {
    /// In any order.
    pub marks: Vec<Mark>,
}

/// Something the client saw or did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// What: `press`, `map-seen` …
    pub name: String,
    /// When, in server time by the client's offset.
    pub at_ms: f64,
    /// How far off that may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_ms: Option<f64>,
}

/// How many marks a race has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarksKept {
    /// Kept in all.
    pub kept: usize,
}

/// The server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Clock {
    /// Unix milliseconds.
    pub now_ms: f64,
}

/// An accepted command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Commanded {
    /// What came of it.
    pub outcome: Outcome,
    /// The race's state after it.
    pub state: RaceState,
}

/// What came of an accepted command.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
    /// Pressed before the opening; the button is locked for a moment.
    TooEarly {
        /// Until when.
        locked_until_ms: f64,
    },
    /// Present for the lottery.
    Pooled,
    /// In the queue.
    Placed {
        /// The number given.
        place: u32,
    },
    /// Inside already, and the style forgives the refresh.
    Inside,
    /// Gone.
    Left,
    /// Right letters.
    CaptchaPassed,
    /// Wrong letters; the same image stays.
    CaptchaMissed,
    /// Another image.
    CaptchaRenewed {
        /// Its number.
        challenge: u16,
    },
    /// The captcha will be asked for later.
    CaptchaPutOff,
    /// The section's map may be shown.
    Viewed,
    /// The seats are held.
    Held {
        /// Until when; `null` where seats become the visitor's only by paying.
        #[schema(required = true)]
        until_ms: Option<f64>,
    },
    /// The seats are free again.
    Released,
    /// The price is noted.
    PriceChosen {
        /// What the whole hold costs now.
        total_won: u64,
    },
    /// Paid.
    Booked {
        /// The booking's number.
        booking: u32,
        /// What was paid.
        total_won: u64,
    },
}
