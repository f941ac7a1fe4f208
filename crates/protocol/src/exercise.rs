//! Exercises: races of twenty seconds that begin at one step.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A race whose earlier steps are done already, so that a person practises one step alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Exercise {
    /// Press at the opening. The goal is a place in the queue.
    Press,
    /// Copy the letters of the captcha. The goal is the captcha passed.
    Captcha,
    /// Find a section with a free seat in a hall that is nearly full. The goal is to open one.
    Section,
    /// Pick seats on the map of a section that rivals empty. The goal is a hold.
    Seats,
    /// Recover from a conflict: the first click meets a seat that another visitor takes just before. The goal is
    /// a hold after it.
    Conflict,
    /// Pay for seats that are held. The goal is the payment.
    Pay,
}

/// An exercise to begin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewExercise {
    /// Which step is practised.
    pub exercise: Exercise,
    /// The name of a style; the server chooses one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<String>,
}
