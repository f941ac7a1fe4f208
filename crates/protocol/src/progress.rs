//! Progress: what a guest's runs show together. Halls are never mixed, and races with a chosen seed do not count.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalogue::StepTook;
use crate::exercise::Exercise;
use crate::race::Ending;
use crate::step::StepKey;
use crate::title::Title;

/// What the runs show that the server keeps of a guest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Progress {
    /// One entry for each hall, demand tier, number of rivals and style, the one raced last first. Exercises do not count here.
    pub halls: Vec<HallProgress>,
    /// One entry for each exercise and style, the one practised last first.
    pub exercises: Vec<ExerciseProgress>,
}

/// The runs in one hall, at one demand tier, against so many rivals and in one style.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HallProgress {
    /// The plan's name.
    pub plan: String,
    /// The demand tier's name.
    pub demand: String,
    /// How many rivals there were.
    pub rivals: u32,
    /// The style's name.
    pub style: String,
    /// What the plan is called on screen. If the server has no such plan any more, it is what the newest race was
    /// called.
    pub title: Title,
    /// How many runs are over.
    pub runs: u32,
    /// How many of them ended with a booking.
    pub paid: u32,
    /// The steps that were taken in at least one of these runs, in their order.
    pub steps: Vec<StepProgress>,
    /// The last of these runs, newest first, at most ten.
    pub last: Vec<HallRun>,
}

/// One run in a hall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HallRun {
    /// The id of the race.
    pub race: String,
    /// When the race began, in Unix milliseconds.
    pub at_ms: f64,
    /// How the run ended.
    pub ending: Ending,
    /// The last place that the person had; `null` if none.
    #[schema(required = true)]
    pub place: Option<u32>,
    /// The steps that the person took, in their order.
    pub steps: Vec<StepTook>,
}

/// How long one step took in several runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StepProgress {
    /// The step.
    pub key: StepKey,
    /// The shortest time. That of `press` may be negative: it counts from the opening.
    pub best_ms: f64,
    /// When the race of the shortest time began, in Unix milliseconds.
    pub best_at_ms: f64,
    /// The median of all times.
    pub usual_ms: f64,
    /// The times of the last runs in which the step was taken, newest first, at most ten.
    pub last: Vec<StepRun>,
}

/// One step of one run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StepRun {
    /// The id of the race.
    pub race: String,
    /// When the race began, in Unix milliseconds.
    pub at_ms: f64,
    /// How long the step took.
    pub took_ms: f64,
}

/// The runs of one exercise in one style.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExerciseProgress {
    /// The exercise.
    pub exercise: Exercise,
    /// The style's name.
    pub style: String,
    /// How many runs are over.
    pub runs: u32,
    /// The shortest time to the goal; `null` if no run reached it.
    #[schema(required = true)]
    pub best_ms: Option<f64>,
    /// When the run of the shortest time began, in Unix milliseconds; `null` if no run reached the goal.
    #[schema(required = true)]
    pub best_at_ms: Option<f64>,
    /// The median of the times to the goal; `null` if no run reached it.
    #[schema(required = true)]
    pub usual_ms: Option<f64>,
    /// The last runs, newest first, at most ten.
    pub last: Vec<ExerciseRun>,
}

/// One run of an exercise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ExerciseRun {
    /// The id of the race.
    pub race: String,
    /// When the exercise began, in Unix milliseconds.
    pub at_ms: f64,
    /// The time to the goal: from where the exercise began, in the exercise `press` from the opening. `null` if the
    /// goal was not reached.
    #[schema(required = true)]
    pub took_ms: Option<f64>,
    /// What the time of the exercise `press` is made of; `null` in the other exercises.
    #[schema(required = true)]
    pub press: Option<PressParts>,
}

/// What the time from the opening to the place is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PressParts {
    /// From the opening to the press, by the client's mark; `null` without a mark.
    #[schema(required = true)]
    pub reaction_ms: Option<f64>,
    /// From the press to the place; `null` without a mark.
    #[schema(required = true)]
    pub network_ms: Option<f64>,
    /// By how much the client's clock may have been wrong; `null` if the client did not say.
    #[schema(required = true)]
    pub error_ms: Option<f64>,
}
