//! Problems: what went wrong, as RFC 9457 has it, with a code that never changes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Why a request was turned down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `/problems/<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is, in the caller's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code that a client looks at.
    pub code: String,
    /// What happened, in the caller's language.
    pub detail: String,
    /// What to do about it, in the caller's language.
    pub hint: String,
    /// When it may work, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_ms: Option<u64>,
    /// What belongs to this code only, such as `seat` and `late_ms` of `seat-taken`.
    #[serde(flatten)]
    #[schema(additional_properties = true, value_type = Object)]
    pub more: Map<String, Value>,
}
