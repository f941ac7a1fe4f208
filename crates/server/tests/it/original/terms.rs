//! What a sale allows, checked by the server.

use std::time::Duration;

use protocol::OpeningStage;
use reqwest::StatusCode;
use serde_json::json;

use super::{hold, pay};
use crate::openings::{HOUR_MS, Sale, add_one, bookings, enter, go_in, sale, show};
use crate::test_server::TestServer;

#[tokio::test(flavor = "multi_thread")]
async fn o12_nobody_books_a_performance_that_was_played() {
    let mut server = TestServer::open().await;
    // It could be booked until it begins.
    let until_it_begins = Sale { open_ms: 20 * 24 * HOUR_MS, ..sale() };
    let performance = add_one(&server, until_it_begins).await;
    let (fan, late) = (server.fan(), server.fan());
    let race = go_in(&fan, performance).await;
    fan.done(&race, "hold", json!({"seats": [1]})).await;
    server.be_away_for(Duration::from_hours(21 * 24)).await;
    let (fan, late) = (fan.moved(&server), late.moved(&server));
    assert_eq!(enter(&late, performance).await.code(), "opening-closed");
    assert_eq!(show(&late, performance).await.opening.stage, OpeningStage::Closed);
    // Race time stood still meanwhile, so the sale itself would go on.
    for answer in [hold(&fan, &race, &[2]).await, pay(&fan, &race, 1).await] {
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::CONFLICT, "opening-closed")
        );
    }
    assert_eq!(bookings(&fan).await.bookings, []);
}
