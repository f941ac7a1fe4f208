//! What something is called on screen.

use serde::{Deserialize, Serialize};

/// A title in the languages of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// 한국어.
    pub ko: String,
    /// English.
    pub en: String,
    /// 日本語.
    pub ja: String,
}
