//! Points, and steps of a booking that fail in the middle (rules O5 to O9).

use std::sync::Arc;
use std::time::Duration;

use protocol::{PointsCause, Problem};
use reqwest::StatusCode;
use serde_json::json;

use super::{at_once, hold, pay};
use crate::openings::{Sale, add, add_one, book, bookings, cancel, go_in, sale};
use crate::points::points;
use crate::test_server::{Answer, Fan, TestServer};

const WELCOME_WON: i64 = 10_000_000;

/// The amounts of a person's entries, the oldest first. Checks that each balance follows from the one before.
async fn ledger(fan: &Fan) -> Vec<(PointsCause, i64)> {
    let page = points(fan, "").await;
    let mut balance = 0;
    let mut entries = Vec::new();
    for entry in page.entries.iter().rev() {
        balance += entry.amount_won;
        assert_eq!(entry.balance_won.cast_signed(), balance);
        entries.push((entry.cause, entry.amount_won));
    }
    assert_eq!(page.balance_won.cast_signed(), balance);
    entries
}

fn codes(answers: &[Answer]) -> Vec<String> {
    let refused = answers.iter().filter(|answer| !answer.status.is_success());
    refused.map(Answer::code).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn o5_bookings_of_one_person_at_the_same_moment_each_cost() {
    let server = TestServer::open_with_log_in().await;
    let performances = add(&server, &vec![sale(); 6]).await;
    let mina = Arc::new(server.fan());
    mina.log_in("mina").await;
    let mut races = Vec::new();
    for performance in performances {
        let race = go_in(&mina, performance).await;
        mina.done(&race, "hold", json!({"seats": [3, 4]})).await;
        races.push(race);
    }
    let paid = at_once(races.into_iter().map(|race| {
        let mina = Arc::clone(&mina);
        async move { pay(&mina, &race, 2).await }
    }))
    .await;
    assert_eq!(codes(&paid), [""; 0]);
    let mut expected = vec![(PointsCause::Welcome, WELCOME_WON)];
    expected.extend([(PointsCause::Payment, -156_000); 6]);
    assert_eq!(ledger(&mina).await, expected);
    assert_eq!(bookings(&mina).await.bookings.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn o6_of_many_cancels_at_the_same_moment_one_gives_the_points_back() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let mina = Arc::new(server.fan());
    mina.log_in("mina").await;
    let race = book(&mina, performance, &[1, 2]).await.race.id;
    book(&mina, performance, &[3]).await;
    let cancels = at_once((0..16).map(|_| {
        let (mina, race) = (Arc::clone(&mina), race.clone());
        async move { cancel(&mina, &race, 0).await }
    }))
    .await;
    assert_eq!(codes(&cancels), ["booking-cancelled"; 15]);
    let booked = bookings(&mina).await.bookings;
    let are_cancelled: Vec<bool> =
        booked.iter().map(|booking| booking.cancelled_at_ms.is_some()).collect();
    assert_eq!(are_cancelled, [false, true]);
    let expected = [
        (PointsCause::Welcome, WELCOME_WON),
        (PointsCause::Payment, -156_000),
        (PointsCause::Payment, -78_000),
        (PointsCause::Cancelled, 156_000),
    ];
    assert_eq!(ledger(&mina).await, expected);
    // The seats are free once: of two who ask for one of them, one gets it.
    let (other, late) = (server.fan(), server.fan());
    book(&other, performance, &[1]).await;
    let race = go_in(&late, performance).await;
    assert_eq!(hold(&late, &race, &[1]).await.code(), "seat-taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn o7_the_same_seat_twice_in_a_request_is_refused_and_costs_nothing() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let mina = server.fan();
    mina.log_in("mina").await;
    let race = go_in(&mina, performance).await;
    let twice = hold(&mina, &race, &[5, 5]).await;
    assert_eq!(
        (twice.status, twice.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "seat-twice")
    );
    assert_eq!(mina.race(&race.id).await.counts.free, 40);
    mina.done(&race, "hold", json!({"seats": [5]})).await;
    assert_eq!(hold(&mina, &race, &[5]).await.code(), "seat-twice");
    assert_eq!(hold(&mina, &race, &[6, 5]).await.code(), "seat-twice");
    assert!(pay(&mina, &race, 1).await.status.is_success());
    let booking = bookings(&mina).await.bookings.remove(0);
    assert_eq!((booking.seats.len(), booking.total_won), (1, 78_000));
    assert_eq!(cancel(&mina, &race.id, booking.number).await.status, StatusCode::NO_CONTENT);
    let expected = [
        (PointsCause::Welcome, WELCOME_WON),
        (PointsCause::Payment, -78_000),
        (PointsCause::Cancelled, 78_000),
    ];
    assert_eq!(ledger(&mina).await, expected, "no money is made");
}

#[tokio::test(flavor = "multi_thread")]
async fn o8_a_payment_that_fails_and_a_server_that_dies_leave_no_seat_unsellable() {
    let mut server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, Sale { price_won: 6_000_000, ..sale() }).await;
    let (mina, joon, noa) = (server.fan(), server.fan(), server.fan());
    mina.log_in("mina").await;
    let race = go_in(&mina, performance).await;
    let total = json!({"expected_won": 6_001_000});
    mina.done(&race, "hold", json!({"seats": [1]})).await;
    mina.done(&race, "pay", total.clone()).await;
    // The sale has begun this payment when the ledger refuses it.
    let race = go_in(&mina, performance).await;
    mina.done(&race, "hold", json!({"seats": [2]})).await;
    let short = mina.act(&race, "pay", total.clone()).await;
    assert_eq!((short.status, short.code().as_str()), (StatusCode::CONFLICT, "points-short"));
    assert_eq!(short.json::<Problem>().more["balance_won"], json!(3_999_000));
    mina.done(&race, "release", json!({"seats": [2]})).await;
    let of_joon = go_in(&joon, performance).await;
    joon.done(&of_joon, "hold", json!({"seats": [2]})).await;
    joon.done(&of_joon, "pay", total.clone()).await;
    // The process dies between the hold and the payment.
    mina.done(&race, "hold", json!({"seats": [3]})).await;
    server.be_killed_and_away_for(Duration::from_secs(1)).await;
    let (mina, noa) = (mina.moved(&server), noa.moved(&server));
    let race = mina.race(&race.id).await;
    assert_eq!((race.counts.free, race.counts.sold), (37, 2));
    mina.done(&race, "leave", json!({})).await;
    let of_noa = go_in(&noa, performance).await;
    noa.done(&of_noa, "hold", json!({"seats": [3]})).await;
    noa.done(&of_noa, "pay", total).await;
    assert_eq!(noa.race(&race.id).await.counts.sold, 3);
    let expected = [(PointsCause::Welcome, WELCOME_WON), (PointsCause::Payment, -6_001_000)];
    assert_eq!(ledger(&mina).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn o9_a_choice_of_no_seats_is_refused_and_makes_no_booking() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let mina = server.fan();
    mina.log_in("mina").await;
    let race = go_in(&mina, performance).await;
    let none = hold(&mina, &race, &[]).await;
    assert_eq!((none.status, none.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "no-seats"));
    let unpaid = mina.act(&race, "pay", json!({"expected_won": 0})).await;
    assert_eq!((unpaid.status, unpaid.code().as_str()), (StatusCode::CONFLICT, "no-hold"));
    assert_eq!(bookings(&mina).await.bookings, []);
    assert_eq!(ledger(&mina).await, [(PointsCause::Welcome, WELCOME_WON)]);
}
