//! Pays for a hold.

use axum::extract::State;
use practice::Act;
use protocol::Payment;

use super::command::{Answer, CommandAnswer, Insider};
use crate::http::app::App;
use crate::http::extract::Json as Body;

/// Pay for the hold
///
/// The client sends the sum that it shows, so that nobody pays a sum that they have not seen.
#[utoipa::path(post, path = "/api/races/{id}/pay", tag = "races", request_body = Payment,
    params(Insider), responses(CommandAnswer))]
pub(crate) async fn pay_hold(
    State(app): State<App>,
    insider: Insider,
    Body(Payment { expected_won }): Body<Payment>,
) -> Answer {
    insider.act(&app, Act::Pay { expected_won }).await
}
