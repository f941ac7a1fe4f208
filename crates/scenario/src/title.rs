//! Titles: what a screen calls something, in each language.

use serde::{Deserialize, Serialize};

/// A title in the three languages of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: String,
}
