//! Keeps the client's own marks.

use std::num::NonZeroU64;

use axum::Json;
use axum::extract::State;
use practice::Mark;
use practice::limits::{MARK_NAME_BYTES_MAX, MARKS_MAX};
use protocol::{Marks, MarksKept, Problem};
use sale::Tag;

use crate::client::Client;
use crate::http::app::App;
use crate::http::extract::{InRace, Json as Body, OptionalKey};
use crate::ids::random_bytes;
use crate::keys::content_of_marks;
use crate::problem::ApiError;
use crate::shard::MemberAsk;

/// The names that a mark may have.
pub(crate) const MARK_NAMES: [&str; 10] = [
    "lobby-seen",
    "press",
    "queue-seen",
    "captcha-seen",
    "captcha-typed",
    "sections-seen",
    "map-seen",
    "seat-click",
    "done-click",
    "pay-click",
];

/// Keep the client's own marks, for the report
///
/// Marks decide nothing. A race keeps at most 200, and those alone that come until a minute after the end of the run. Names: `lobby-seen`, `press`,
/// `queue-seen`, `captcha-seen`, `captcha-typed`, `sections-seen`, `map-seen`, `seat-click`, `done-click`,
/// `pay-click`.
#[utoipa::path(post, path = "/api/races/{id}/marks", tag = "races", request_body = Marks,
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same request under its key is kept once")),
    responses((status = 200, body = MarksKept), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
pub(crate) async fn keep_marks(
    State(app): State<App>,
    client: Client,
    InRace(race): InRace,
    OptionalKey(key): OptionalKey,
    Body(Marks { marks }): Body<Marks>,
) -> Result<Json<MarksKept>, ApiError> {
    if marks.len() > MARKS_MAX {
        return Err(ApiError::TooManyMarks);
    }
    let is_sound = |mark: &protocol::Mark| {
        let is_time = mark.at_ms.is_finite() && mark.error_ms.is_none_or(f64::is_finite);
        is_time
            && mark.name.len() <= MARK_NAME_BYTES_MAX
            && MARK_NAMES.contains(&mark.name.as_str())
    };
    if !marks.iter().all(is_sound) {
        return Err(ApiError::MarkInvalid);
    }
    let marks = marks.into_iter().map(|protocol::Mark { name, at_ms, error_ms }| Mark {
        name,
        at_ms,
        error_ms,
    });
    let marks: Vec<Mark> = marks.collect();
    let any = || NonZeroU64::new(u64::from_le_bytes(random_bytes())).unwrap_or(NonZeroU64::MIN);
    let tag = Tag { key: key.unwrap_or_else(any), content: content_of_marks(&marks) };
    let kept = app.gateway.ask(client, race, |reply| MemberAsk::Mark { tag, marks, reply }).await?;
    Ok(Json(MarksKept { kept }))
}
