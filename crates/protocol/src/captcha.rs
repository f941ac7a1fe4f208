//! How far a visitor is with the captcha.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a visitor inside is with the captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaptchaState {
    /// The style asks for none.
    None,
    /// It is to be answered.
    Due,
    /// It was put off: seats may be looked at, not taken.
    PutOff,
    /// It was answered.
    Passed,
}
