//! What something is called on screen.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A title in the languages of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Title {
    /// 한국어.
    pub ko: String,
    /// English.
    pub en: String,
    /// 日本語.
    pub ja: String,
}
