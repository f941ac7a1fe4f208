//! Paying.

use axum::Json;
use axum::extract::State;
use protocol::{Commanded, Payment, Problem};

use super::Answer;
use crate::http::App;
use crate::http::extract::{Guest, InRace, Json as Body, Pass, Tag};
use crate::shard::Act;

/// Pay for the hold
///
/// The sum is told, so that nobody pays another one unseen.
#[utoipa::path(post, path = "/api/races/{id}/pay", tag = "races", request_body = Payment,
    params(("id" = String, Path, description = "A race of this guest"),
        ("Idempotency-Key" = String, Header, description = "New with each command, the same with a retry"),
        ("Pass" = String, Header, description = "`you.pass` of the current state")),
    responses((status = 200, body = Commanded), (status = 400, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
pub(crate) async fn pay_hold(
    State(app): State<App>,
    Guest(guest): Guest,
    InRace(race): InRace,
    Tag(tag): Tag,
    Pass(pass): Pass,
    Body(Payment { expected_won }): Body<Payment>,
) -> Answer {
    app.house.act(guest, race, Act::Pay { expected_won }, tag, pass).await.map(Json)
}
