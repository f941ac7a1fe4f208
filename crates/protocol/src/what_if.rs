//! What would have come of a run if one step of it, or two, had taken another time. Times are milliseconds.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::step::StepKey;

/// What came of a run, or would have come of it. Outcomes are compared in this order: paid, held, number
/// of seats, their quality, place, quality of the best seat that was free at the click.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RunOutcome {
    /// Whether the person paid.
    pub paid: bool,
    /// Whether the person ever held a seat.
    pub held: bool,
    /// The indices in the plan of the seats that the person paid for, or else held last.
    pub seats: Vec<u32>,
    /// The mean quality of these seats, from 0 for the worst seat of the plan to 1 for the best; `null` without
    /// seats.
    #[schema(required = true)]
    pub quality: Option<f64>,
    /// The last place in the queue; `null` without one.
    #[schema(required = true)]
    pub place: Option<u32>,
    /// How many seats were free when the person came in; `null` if that never happened.
    #[schema(required = true)]
    pub free_on_admission: Option<u32>,
    /// The index of the best seat by quality that was free at the first click for seats; `null` without a click,
    /// or if none was free.
    #[schema(required = true)]
    pub best_seat: Option<u32>,
    /// The quality of that seat.
    #[schema(required = true)]
    pub best_quality: Option<f64>,
    /// How many seats were free at the first click for seats; `null` without a click.
    #[schema(required = true)]
    pub free_then: Option<u32>,
    /// When the run ended, from the opening; 0 if that was before it. A what-if whose outcome is decided earlier ends there.
    pub ended_ms: f64,
}

/// A race run again with other times for one step or two, played by a script that otherwise keeps the person's own
/// times.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WhatIf {
    /// The steps that took other times, in their order.
    pub changes: Vec<StepChange>,
    /// What then came of the run.
    pub outcome: RunOutcome,
    /// What that is beside the run as it was.
    pub gain: Gain,
    /// The steps that the person never reached in the real run and the script did. Their times are the person's
    /// usual ones, or else the median of the rivals of this race.
    pub assumed: Vec<StepKey>,
}

/// The answer to a question of a person: what if?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WhatIfTold {
    /// What would have come of the run.
    #[serde(flatten)]
    pub what_if: WhatIf,
    /// In how many of several races with other crowds the same would have got a seat; `null` if nobody asked.
    #[schema(required = true)]
    pub chance: Option<WhatIfChance>,
}

/// In how many of several races of the same scenario, each with another crowd, the same way through it ends with a
/// payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WhatIfChance {
    /// Races in which it does.
    pub paid: u32,
    /// Races in all. Fewer than asked for if they took the server long.
    pub runs: u32,
}

/// How long a step takes the script of the what-ifs if nothing is changed. Times are counted as in [`StepChange`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct OwnTime {
    /// The step, as in [`StepChange`].
    pub step: StepKey,
    /// The time.
    pub took_ms: f64,
    /// Whether the person did not take the step in this run, so that the time is a usual one: the person's own, or else
    /// the median of the rivals. It is no less than what the person had spent on the step.
    pub assumed: bool,
    /// The shortest time that a what-if can give the step: of `press`, when the person joined the race; else 0.
    pub least_ms: f64,
    /// The time of the quickest tenth of the rivals, counted in the same way; `null` if no rival took the step, and for
    /// `placed`, because nobody knows the pages of rivals.
    #[schema(required = true)]
    pub quick_ms: Option<f64>,
    /// The median of the rivals; `null` as above.
    #[schema(required = true)]
    pub usual_ms: Option<f64>,
}

/// Another time for a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StepChange {
    /// The step: `press`, `placed`, `captcha`, `first-seat`, `held` or `paid`.
    pub step: StepKey,
    /// How long the step took the person; `null` if the person did not take it. Of `press`, the time from the
    /// opening; of `placed`, that of the page, from the press to the place, but no more than from the opening; of
    /// `first-seat`, the time with the map while any seat was free; of `held`, the mean time from a conflict to the next
    /// click for a seat, while any was free.
    #[schema(required = true)]
    pub from_ms: Option<f64>,
    /// How long it takes in the what-if, counted in the same way. Nobody presses before they join: a shorter time is
    /// told as that of the joining.
    pub to_ms: f64,
    /// Where that time comes from.
    pub pace: Pace,
}

/// Where the changed time of a step comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// The time of the quickest tenth of the rivals of this race. Of the page, that of a quick connection.
    Quick,
    /// The median of the rivals of this race.
    Usual,
    /// Somebody chose it.
    Chosen,
}

/// What a what-if is beside the run as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Gain {
    /// The person pays, and did not.
    Seat,
    /// The person holds seats, and never did.
    Hold,
    /// The seats are better, or better ones were free at the click.
    BetterSeat,
    /// The place is better, and the seats are not.
    Place,
    /// The outcome is the same.
    None,
    /// The outcome is worse.
    Worse,
}
