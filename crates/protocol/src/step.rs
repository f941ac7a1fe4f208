//! The steps of a run.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A step of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepKey {
    /// The person pressed the button: the press that got the place.
    Press,
    /// The person got a place.
    Placed,
    /// The person was let in.
    Admitted,
    /// The person passed the captcha.
    Captcha,
    /// The person asked for the first seat.
    FirstSeat,
    /// The person held the first seat.
    Held,
    /// The person paid.
    Paid,
}
