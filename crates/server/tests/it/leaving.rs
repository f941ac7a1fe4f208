//! Leaving: what a deleted person leaves behind, and what can be taken along.

use std::time::Duration;

use protocol::MyData;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::openings::{HOUR_MS, Sale, add_one, book, bookings, go_in, put_in_the_way, sale};
use crate::test_server::{Answer, Fan, TestServer, until};

async fn delete(fan: &Fan) -> Answer {
    fan.send(Method::DELETE, "/api/me", &[], None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn l21_no_deadline_of_a_style_keeps_a_seat_for_a_deleted_account() {
    let mut server = TestServer::open_with_log_in().await;
    let starts_in_ms = 72 * HOUR_MS;
    let sold_to_the_end = Sale { open_ms: starts_in_ms, starts_in_ms, ..sale() };
    let performance = add_one(&server, sold_to_the_end).await;
    let fan = server.fan();
    fan.log_in("mina").await;
    book(&fan, performance, &[1]).await;
    // The last hour before the performance: the style takes no cancel any more, and the sale goes on.
    server.be_away_for(Duration::from_millis((starts_in_ms - HOUR_MS).unsigned_abs())).await;
    let (fan, other) = (fan.moved(&server), server.fan());
    assert_eq!(bookings(&fan).await.bookings[0].cancel, None);
    assert_eq!(delete(&fan).await.status, StatusCode::NO_CONTENT);
    book(&other, performance, &[1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l21_nobody_is_deleted_while_a_booking_cannot_be_seen() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let fan = server.fan();
    fan.log_in("mina").await;
    let race = go_in(&fan, performance).await;
    put_in_the_way(&server, &race.id, 7).await;
    fan.done(&race, "hold", json!({"seats": [7]})).await;
    fan.done(&race, "pay", json!({"expected_won": 78_000})).await;
    until(async || server.metrics().await.contains("tingting_openings_stuck 1").then_some(()))
        .await;
    let refused = delete(&fan).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (503, "catalogue-away".to_owned()));
    let me: Value = fan.get("/api/me").await.json();
    assert!(me["account"].is_object(), "all is as it was");
}

#[tokio::test]
async fn l20_every_race_exercise_and_browser_is_taken_along() {
    let server = TestServer::open_with_log_in().await;
    let (fan, phone) = (server.fan(), server.fan());
    fan.log_in("mina").await;
    phone.log_in("mina").await;
    let mut begun = Vec::new();
    for _ in 0..12 {
        begun.push(fan.begin(json!({"scenario": "lobby"})).await.id);
    }
    let exercise = fan.exercise(json!({"exercise": "press"})).await.id;
    let data: MyData = fan.get("/api/me/data").await.json();
    begun.reverse();
    let told: Vec<&str> = data.races.iter().map(|race| race.id.as_str()).collect();
    assert_eq!(told, begun, "also those that no list shows any more");
    let told: Vec<&str> = data.exercises.iter().map(|race| race.id.as_str()).collect();
    assert_eq!(told, [exercise]);
    assert_eq!(data.sessions.len(), 2);
    assert!(data.sessions.iter().all(|one| one.made_at_ms <= one.seen_at_ms));
    assert!(!data.is_administrator);
}
