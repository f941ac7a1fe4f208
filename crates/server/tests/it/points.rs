//! Points over HTTP: what an account has, pays with, and gets back.

use std::time::Duration;

use protocol::{Me, PaidWith, PointsCause, PointsPage};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::openings::{HOUR_MS, Sale, add_one, book, bookings, cancel, go_in, sale};
use crate::test_server::{Fan, TestServer};

pub(crate) async fn points(fan: &Fan, query: &str) -> PointsPage {
    let answer = fan.get(&format!("/api/points{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

#[tokio::test(flavor = "multi_thread")]
async fn m16_an_account_sees_its_points_and_nobody_elses() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let (mina, other, guest) = (server.fan(), server.fan(), server.fan());
    let refused = guest.get("/api/points").await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "login-needed"));
    mina.log_in("mina").await;
    other.log_in("joon").await;
    assert_eq!(points(&mina, "").await.balance_won, 10_000_000);
    let paid = book(&mina, performance, &[1]).await;
    let page = points(&mina, "").await;
    assert_eq!(page.balance_won, 9_922_000);
    let causes: Vec<PointsCause> = page.entries.iter().map(|entry| entry.cause).collect();
    assert_eq!(causes, [PointsCause::Payment, PointsCause::Welcome]);
    let entry = &page.entries[0];
    assert_eq!((entry.amount_won, entry.balance_won), (-78_000, 9_922_000));
    assert_eq!((entry.sale.as_ref(), entry.booking), (Some(&paid.race.id), Some(0)));
    assert_eq!(entry.concert.as_deref(), Some("봄밤 0"));
    let first = points(&mina, "?rows=1").await;
    let next = first.next.clone().unwrap();
    let second = points(&mina, &format!("?rows=1&after={next}")).await;
    assert_eq!((second.entries[0].cause, second.next), (PointsCause::Welcome, None));
    let foreign = other.get(&format!("/api/points?after={next}")).await;
    assert_eq!(foreign.code(), "cursor-invalid");
    assert_eq!(points(&other, "").await.entries.len(), 1);
    let me: Me = mina.get("/api/me").await.json();
    assert_eq!(me.points_won, Some(9_922_000));
    let me: Me = guest.get("/api/me").await.json();
    assert_eq!(me.points_won, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn m5_m17_a_booking_says_what_a_cancel_gives_back_and_a_cancel_gives_just_that() {
    let mut server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, Sale { open_ms: 72 * HOUR_MS, ..sale() }).await;
    let (mina, guest) = (server.fan(), server.fan());
    mina.log_in("mina").await;
    book(&mina, performance, &[1]).await;
    let paid = book(&mina, performance, &[2]).await;
    book(&guest, performance, &[3]).await;
    let by_guest = bookings(&guest).await.bookings.remove(0);
    assert_eq!((by_guest.paid_with, by_guest.is_practice), (PaidWith::Purse, false));
    let booking = bookings(&mina).await.bookings.remove(0);
    assert_eq!((booking.paid_with, booking.refunded_won), (PaidWith::Points, None));
    let offer = booking.cancel.unwrap();
    assert_eq!((offer.fee_won, offer.refund_won), (0, 78_000), "on the day of the booking");
    assert!(booking.cancel_until_ms.unwrap() > booking.booked_at_ms);
    // A day later the booking fee is kept.
    server.be_away_for(Duration::from_hours(25)).await;
    let mina = mina.moved(&server);
    let booking = bookings(&mina).await.bookings.remove(0);
    let offer = booking.cancel.unwrap();
    assert_eq!((offer.fee_won, offer.refund_won), (1_000, 77_000));
    let key = [("idempotency-key", "cancel-1")];
    let path = format!("/api/bookings/{}/{}", paid.race.id, booking.number);
    for _ in 0..2 {
        let answer = mina.send(Method::DELETE, &path, &key, None).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    }
    assert_eq!(cancel(&mina, &paid.race.id, booking.number).await.code(), "booking-cancelled");
    let booking = bookings(&mina).await.bookings.remove(0);
    assert_eq!((booking.refunded_won, booking.cancel), (Some(77_000), None));
    let page = points(&mina, "").await;
    assert_eq!(page.balance_won, 10_000_000 - 78_000 - 1_000);
    assert_eq!(
        (page.entries[0].cause, page.entries[0].amount_won),
        (PointsCause::Cancelled, 77_000)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn m11_a_payment_that_is_sent_twice_under_its_key_takes_points_once() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let mina = server.fan();
    mina.log_in("mina").await;
    let race = go_in(&mina, performance).await;
    mina.done(&race, "hold", json!({"seats": [1]})).await;
    let pay = json!({"expected_won": 78_000});
    let send = || mina.act_with_key(&race, "pay", "pay-1", pay.clone());
    let (first, second) = tokio::join!(send(), send());
    for answer in [&first, &second, &send().await] {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert!(answer.text().contains("\"booked\""), "{}", answer.text());
    }
    assert_eq!(points(&mina, "").await.balance_won, 9_922_000);
    assert_eq!(bookings(&mina).await.bookings.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn m9_in_any_other_race_an_account_pays_from_the_purse() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let mina = server.fan();
    mina.log_in("mina").await;
    let race = mina.go_in(json!({"scenario": "calm"})).await;
    let held = mina.done(&race, "hold", json!({"seats": [3]})).await.race;
    let paid = mina.done(&held, "pay", json!({"expected_won": 51_000})).await;
    assert!(paid.race.over);
    assert_eq!(points(&mina, "").await.balance_won, 10_000_000);
    // In the sale of a performance the same person pays with points.
    book(&mina, performance, &[1]).await;
    assert_eq!(points(&mina, "").await.balance_won, 9_922_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn m17_no_cancel_is_offered_or_done_after_the_deadline_though_the_sale_goes_on() {
    let mut server = TestServer::open_with_log_in().await;
    let starts_in_ms = 72 * HOUR_MS;
    // It is sold until the performance begins.
    let sold_to_the_end = Sale { open_ms: starts_in_ms, starts_in_ms, ..sale() };
    let performance = add_one(&server, sold_to_the_end).await;
    let mina = server.fan();
    mina.log_in("mina").await;
    let paid = book(&mina, performance, &[1]).await;
    let booking = bookings(&mina).await.bookings.remove(0);
    // The style lets people cancel until the day of the performance begins, in Seoul nine hours before it does in UTC.
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this century")]
    let starts_at_ms = booking.starts_at_ms as i64;
    let into_the_day_ms = (starts_at_ms + 9 * HOUR_MS).rem_euclid(24 * HOUR_MS);
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this century")]
    let until_ms = booking.cancel_until_ms.unwrap() as i64;
    assert_eq!(until_ms, starts_at_ms - into_the_day_ms);
    let half_of_the_day = (into_the_day_ms / 2).unsigned_abs();
    let left = Duration::from_millis(starts_in_ms.unsigned_abs() - half_of_the_day);
    server.be_away_for(left).await;
    let mina = mina.moved(&server);
    let booking = bookings(&mina).await.bookings.remove(0);
    assert_eq!((booking.cancel, booking.cancelled_at_ms), (None, None));
    // Who comes too late is told when that was.
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this century")]
    let told_ms = booking.cancel_until_ms.unwrap() as i64;
    assert_eq!(told_ms, until_ms);
    assert_eq!(cancel(&mina, &paid.race.id, booking.number).await.code(), "opening-closed");
    assert_eq!(points(&mina, "").await.balance_won, 9_922_000);
}
