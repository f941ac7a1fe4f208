//! How far a visitor is with the captcha.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How far a visitor inside is with the captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaptchaState {
    /// The style has no captcha.
    None,
    /// The visitor must answer the captcha.
    Due,
    /// The visitor put the captcha off: the map may be opened, but seats cannot be held yet.
    PutOff,
    /// The visitor passed the captcha.
    Passed,
}
