//! Lists: what can be raced, and the guest's earlier races.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::race::Ending;
use crate::step::StepKey;
use crate::style::Style;
use crate::title::Title;

/// Everything from which a race can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Catalogue {
    /// Scenarios: each is a whole race.
    pub scenarios: Vec<ScenarioCard>,
    /// Halls.
    pub plans: Vec<PlanCard>,
    /// Demand tiers.
    pub demands: Vec<DemandCard>,
    /// Styles.
    pub styles: Vec<Style>,
}

/// A scenario to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ScenarioCard {
    /// Its name.
    pub name: String,
    /// What it is called on screen.
    pub title: Title,
    /// Its plan's name.
    pub plan: String,
    /// Its demand tier's name.
    pub demand: String,
    /// Its style's name.
    pub style: String,
    /// Rivals in all.
    pub rivals: u32,
    /// Seats in all.
    pub seats: u32,
    /// The time from the start of the race to the opening.
    pub lobby_ms: f64,
}

/// A hall to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PlanCard {
    /// Its name.
    pub name: String,
    /// Where its geometry is found: `GET /api/plans/{address}`.
    pub address: String,
    /// What it is called on screen.
    pub title: Title,
    /// Seats in all.
    pub seats: u32,
}

/// A demand tier to choose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DemandCard {
    /// Its name.
    pub name: String,
    /// What it is called on screen.
    pub title: Title,
    /// Rivals in all.
    pub rivals: u32,
    /// Visitors let in each second.
    pub admissions_per_s: f64,
}

/// The guest's last races, newest first. Exercises are not among them: [`Progress`](crate::Progress) tells of those.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RaceCards {
    /// At most ten races.
    pub races: Vec<RaceCard>,
}

/// One of the guest's races.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RaceCard {
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
    /// When it was made, in Unix milliseconds.
    pub created_ms: f64,
    /// How the run ended; `null` while it goes on.
    #[schema(required = true)]
    pub ending: Option<Ending>,
    /// The last place that the person had; `null` if none.
    #[schema(required = true)]
    pub place: Option<u32>,
    /// Rivals in all.
    pub rivals: u32,
    /// Seats in all.
    pub seats: u32,
    /// The steps that the person took, in their order. Empty if the run goes on, or if the server does not know them.
    pub steps: Vec<StepTook>,
    /// The performance of which the race is the sale, by its id; `null` if it is no opening.
    #[schema(required = true)]
    pub performance: Option<String>,
}

/// How long a step took.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StepTook {
    /// The step.
    pub key: StepKey,
    /// How long it took. That of `press` may be negative: it counts from the opening.
    pub took_ms: f64,
}
