//! Pays for a hold.

use axum::Json;
use axum::extract::State;
use practice::Act;
use protocol::Payment;

use super::command::{Answer, CommandAnswer, Insider};
use crate::http::app::App;
use crate::http::extract::Json as Body;
use crate::payments::Paying;

/// Pay for the hold
///
/// The client sends the sum that it shows, so that nobody pays a sum that they have not seen. In the opening of a
/// performance, whoever has logged in pays with points; all others pay from a purse that is never empty.
#[utoipa::path(post, path = "/api/races/{id}/pay", tag = "races", request_body = Payment,
    params(Insider), responses(CommandAnswer))]
pub(crate) async fn pay_hold(
    State(app): State<App>,
    insider: Insider,
    Body(Payment { expected_won }): Body<Payment>,
) -> Answer {
    let gateway = &app.gateway;
    let sender = insider.sender;
    let account = sender.client.account.filter(|_| gateway.context.index.is_opening(sender.race));
    let Some(payer) = account else {
        return insider.act(&app, Act::Pay { expected_won }).await;
    };
    let paying = Paying {
        client: sender.client,
        payer,
        race: sender.race,
        key: sender.key,
        pass: insider.pass,
        expected_won,
    };
    paying.pay(gateway.clone()).await.map(Json)
}
