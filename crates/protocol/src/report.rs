//! A report: what a run says, step by step.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::race::{Booking, Ending};
use crate::title::Title;

/// What a run says. Everything is folded from the race's events; nothing is estimated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// How it ended.
    pub ending: Ending,
    /// Which race.
    pub race: ReportRace,
    /// The last place given.
    #[schema(required = true)]
    pub place: Option<u32>,
    /// How many rivals had an earlier place.
    #[schema(required = true)]
    pub rivals_ahead: Option<u32>,
    /// Presses before the opening.
    pub early_presses: u32,
    /// Places given up by refreshing.
    pub refreshes: u32,
    /// Free seats on admission.
    #[schema(required = true)]
    pub free_on_admission: Option<u32>,
    /// Share of seats paid on admission.
    #[schema(required = true)]
    pub sold_on_admission_share: Option<f64>,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// How the captcha went.
    pub captcha: CaptchaTally,
    /// Seats that somebody else had.
    pub conflicts: Vec<Conflict>,
    /// The seats taken, beside what was free then.
    pub seats: Vec<SeatWorth>,
    /// How well the client knew the time.
    pub clock: ClockFit,
    /// The step that cost most.
    pub loss: Loss,
    /// What was paid.
    #[schema(required = true)]
    pub booking: Option<Booking>,
    /// Free and sold seats by the second.
    pub curve: Vec<CurvePoint>,
    /// What the rivals' figures are taken from.
    pub basis: Basis,
}

/// What the rivals' figures are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Basis {
    /// Rivals of this race who took the same step before the run ended.
    RivalsOfThisRace {
        /// Rivals in all, of whom `steps` count those who took each.
        rivals: u32,
        /// When the run ended, since the opening; 0 if it ended before.
        until_ms: f64,
    },
}

/// Which race a report is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportRace {
    /// Its id.
    pub id: String,
    /// The scenario's name.
    pub scenario: String,
    /// What it is called on screen.
    pub title: Title,
    /// The plan's name.
    pub plan: String,
    /// The demand tier's name.
    pub demand: String,
    /// The style's name.
    pub style: String,
    /// Rivals in all.
    pub rivals: u32,
    /// Seats in all.
    pub seats: u32,
    /// The same seed is the same crowd.
    pub seed: u64,
}

/// A step of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepKey {
    /// The first press that counted.
    Press,
    /// A place was given.
    Placed,
    /// Let in.
    Admitted,
    /// The captcha was passed.
    Captcha,
    /// The first seat was asked for.
    FirstSeat,
    /// Seats were held.
    Held,
    /// Paid.
    Paid,
}

/// When a step was taken and how long it took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// Which.
    pub key: StepKey,
    /// When, since the opening.
    #[schema(required = true)]
    pub at_ms: Option<f64>,
    /// How long after the step before.
    #[schema(required = true)]
    pub took_ms: Option<f64>,
    /// The rivals' times for the same step.
    #[schema(required = true)]
    pub rivals: Option<RivalTimes>,
}

/// How long rivals took for a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RivalTimes {
    /// How many took it.
    pub count: u32,
    /// A tenth was faster.
    pub p10_ms: f64,
    /// Half was faster.
    pub p50_ms: f64,
    /// Nine tenths were faster.
    pub p90_ms: f64,
    /// Share of rivals faster than the person.
    pub ahead_share: f64,
    /// Share of rivals slower than the person; who took just as long is neither.
    pub behind_share: f64,
    /// How they spread.
    pub histogram: Vec<Bar>,
}

/// One bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Bar {
    /// From here.
    pub from_ms: f64,
    /// To here.
    pub to_ms: f64,
    /// How many.
    pub count: u32,
}

/// How the captcha went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaptchaTally {
    /// Images shown.
    pub asked: u32,
    /// Wrong answers.
    pub missed: u32,
}

/// A seat that somebody else had.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Conflict {
    /// Which.
    pub seat: u32,
    /// When it was asked for, since the opening.
    pub at_ms: f64,
    /// How long before it had gone.
    pub late_ms: f64,
    /// How old the map was.
    #[schema(required = true)]
    pub view_age_ms: Option<f64>,
    /// In which section.
    pub section: u16,
}

/// A seat taken, beside what was free then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SeatWorth {
    /// Which.
    pub seat: u32,
    /// Its rank by quality among the free seats, from 1.
    pub quality_rank_then: u32,
    /// How many were free.
    pub free_then: u32,
    /// What it cost.
    pub price_won: u64,
}

/// How well the client knew the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ClockFit {
    /// How far off it may have been.
    #[schema(required = true)]
    pub error_ms: Option<f64>,
    /// From the press to the server.
    #[schema(required = true)]
    pub network_ms: Option<f64>,
}

/// The step that cost most.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Loss {
    /// At which step.
    #[schema(required = true)]
    pub step: Option<StepKey>,
    /// How much.
    pub lost_ms: f64,
    /// By what.
    pub kind: LossKind,
}

/// What cost time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LossKind {
    /// Pressed late.
    LatePress,
    /// The page was slow.
    SlowPage,
    /// The captcha took long.
    SlowCaptcha,
    /// The captcha was missed.
    MissedCaptcha,
    /// Choosing took long.
    SlowChoice,
    /// Others were faster.
    Conflicts,
    /// Paying took long.
    SlowPay,
    /// Pressed early.
    EarlyPress,
    /// Refreshed.
    Refresh,
    /// Nothing.
    None,
}

/// Free and sold seats at a second after the opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CurvePoint {
    /// Seconds since the opening.
    pub s: u32,
    /// Free seats.
    pub free: u32,
    /// Paid seats.
    pub sold: u32,
}
