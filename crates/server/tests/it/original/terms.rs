//! What a sale allows, checked by the server (rules O10 to O14, O17).

use std::sync::Arc;
use std::time::Duration;

use protocol::{OpeningStage, Problem, Stage};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{at_once, come, hold, pay};
use crate::identity::{Guests, open_sale};
use crate::openings::{
    HOUR_MS, Sale, add, add_one, book, bookings, enter, go_in, sale, show, stage_when,
};
use crate::shows::{Shows, page, titles};
use crate::test_server::{Answer, TestServer, pass};

#[tokio::test(flavor = "multi_thread")]
async fn o10_a_favourite_stands_once_whatever_is_pressed_at_the_same_moment() {
    let shows = Shows::open(None).await;
    let kept = shows.add("가", 5).await;
    let fan = Arc::new(shows.server.fan());
    fan.get("/api/likes").await;
    let press = |method: Method| {
        let (fan, path) = (Arc::clone(&fan), format!("/api/concerts/{}/like", kept.id));
        async move { fan.send(method, &path, &[], None).await.status }
    };
    let both = (0..16).map(|n| if n % 2 == 0 { Method::PUT } else { Method::DELETE });
    let toggled = at_once(both.map(press)).await;
    assert_eq!(toggled, [StatusCode::NO_CONTENT; 16]);
    let listed = titles(&fan, "/api/likes").await;
    let card = &page(&fan, "/api/concerts?list=soon").await.concerts[0];
    assert_eq!(listed.len(), usize::from(card.liked == Some(true)), "both tell the same");
    let liked = at_once((0..8).map(|_| press(Method::PUT))).await;
    assert_eq!(liked, [StatusCode::NO_CONTENT; 8]);
    assert_eq!(titles(&fan, "/api/likes").await, ["가"]);
    press(Method::DELETE).await;
    assert_eq!(titles(&fan, "/api/likes").await, [""; 0], "one step takes it away");
}

#[tokio::test(flavor = "multi_thread")]
async fn o11_nobody_takes_a_seat_outside_of_the_booking_window() {
    let server = TestServer::open().await;
    let early = Sale { opens_in_ms: HOUR_MS, ..sale() };
    let lobby = Sale { opens_in_ms: 60_000, ..sale() };
    let short = Sale { open_ms: 5_000, ..sale() };
    let [early, lobby, short] = add(&server, &[early, lobby, short]).await.try_into().unwrap();
    let fan = server.fan();
    // The last one first: it closes while the test looks at the others.
    let race = go_in(&fan, short).await;
    fan.done(&race, "hold", json!({"seats": [1]})).await;
    let refused = enter(&fan, early).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::CONFLICT, "opening-not-yet")
    );
    let waiting = come(&fan, lobby).await;
    assert_eq!(waiting.stage, Stage::Before);
    for answer in [hold(&fan, &waiting, &[1]).await, pay(&fan, &waiting, 1).await] {
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::CONFLICT, "not-open"));
    }
    stage_when(&fan, short, OpeningStage::Closed).await;
    for answer in [pay(&fan, &race, 1).await, hold(&fan, &race, &[2]).await] {
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::CONFLICT, "run-over"));
    }
    let late = enter(&server.fan(), short).await;
    assert_eq!((late.status, late.code().as_str()), (StatusCode::CONFLICT, "opening-closed"));
    assert_eq!(bookings(&fan).await.bookings, []);
}

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

#[tokio::test(flavor = "multi_thread")]
async fn o13_a_seat_is_taken_in_its_own_performance_and_in_no_other() {
    let server = TestServer::open().await;
    let [first, second] = add(&server, &[sale(), sale()]).await.try_into().unwrap();
    let (fan, other) = (server.fan(), server.fan());
    let here = go_in(&fan, first).await;
    let there = go_in(&other, second).await;
    fan.done(&here, "hold", json!({"seats": [5]})).await;
    // The same number in another performance is another seat.
    other.done(&there, "hold", json!({"seats": [5]})).await;
    assert!(pay(&other, &there, 1).await.status.is_success());
    assert_eq!(fan.race(&here.id).await.counts.sold, 0);
    let beyond = hold(&fan, &here, &[40]).await;
    assert_eq!(
        (beyond.status, beyond.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "no-such-seat")
    );
    // Who is inside one sale is not inside another: neither with the pass of the first one.
    come(&fan, second).await;
    let (key, pass) = (fan.key(), pass(&here));
    let headers = [("idempotency-key", key.as_str()), ("pass", pass.as_str())];
    let path = format!("/api/races/{}/hold", there.id);
    let refused = fan.post(&path, &headers, &json!({"seats": [6]})).await;
    assert!(refused.status.is_client_error(), "{}", refused.text());
    let counts = other.race(&there.id).await.counts;
    assert_eq!((counts.free, counts.sold), (39, 1), "{}", refused.code());
}

#[tokio::test(flavor = "multi_thread")]
async fn o14_two_browsers_of_one_person_at_the_same_moment_get_no_more_than_the_limit() {
    let server = TestServer::open_with_log_in().await;
    let (performance, _) = open_sale(&server, Guests::May).await;
    let browsers = [Arc::new(server.fan()), Arc::new(server.fan())];
    for fan in &browsers {
        fan.log_in("mina").await;
    }
    let race = go_in(&browsers[0], performance).await;
    // Two seats are allowed, and each browser asks for two others.
    let both = async |path: &'static str, bodies: [Value; 2]| {
        let tries = browsers.iter().cloned().zip(bodies).enumerate();
        at_once(tries.map(|(number, (fan, body))| {
            let race = race.clone();
            let key = format!("{path}-{number}");
            async move { fan.act_with_key(&race, path, &key, body).await }
        }))
        .await
    };
    let held = both("hold", [json!({"seats": [0, 1]}), json!({"seats": [2, 3]})]).await;
    assert_eq!(one_refused(&held), "too-many-seats");
    let total = json!({"expected_won": 156_000});
    let code = one_refused(&both("pay", [total.clone(), total]).await);
    assert!(["payment-under-way", "no-hold", "not-inside"].contains(&code.as_str()), "{code}");
    let booked = bookings(&browsers[1]).await.bookings;
    assert_eq!((booked.len(), booked[0].seats.len(), booked[0].total_won), (1, 2, 156_000));
    let again = browsers[0].act_with_key(&race, "enter", "again", json!({})).await;
    assert_eq!(again.code(), "limit-reached");
}

/// Checks that one of two was done, and returns why the other one was not.
fn one_refused(answers: &[Answer]) -> String {
    let (done, refused): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == StatusCode::OK);
    assert_eq!((done.len(), refused.len()), (1, 1), "{answers:?}");
    refused[0].code()
}

/// Words that only a program says to another one.
const RAW: [&str; 9] =
    ["panicked", "sqlite", "SQLSTATE", "sqlx", "serde", "::", "unwrap", "invalid type", ".rs"];

fn is_told_well(answer: &Answer, what: &str) {
    assert!(answer.status.is_client_error(), "{what}: {} {}", answer.status, answer.text());
    assert!(!answer.code().is_empty());
    let problem: Problem = answer.json();
    let told = [problem.title, problem.detail, problem.hint].join(" ");
    for raw in RAW {
        assert!(!told.contains(raw), "{what}: {told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn o17_bad_input_is_refused_in_words_and_is_never_a_fault_of_the_server() {
    let server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let fan = server.fan();
    let race = go_in(&fan, performance).await;
    for body in [
        json!({}),
        json!([]),
        json!(null),
        json!("seats"),
        json!({"seats": null}),
        json!({"seats": "1"}),
        json!({"seats": [null]}),
        json!({"seats": [-1]}),
        json!({"seats": [1.5]}),
        json!({"seats": [u64::MAX]}),
        json!({"seats": {"0": 1}}),
        json!({"seats": [1], "userSeq": 1}),
        json!({"seats": vec![1; 10_000]}),
        json!({"expected_won": "all"}),
        json!({"expected_won": -1}),
        json!({"expected_won": 1e300}),
    ] {
        for path in ["hold", "release", "pay"] {
            let answer = fan.act(&race, path, body.clone()).await;
            is_told_well(&answer, &format!("{path} {}", cut(&body)));
        }
    }
    for path in [
        "/api/concerts?rows=x",
        "/api/concerts?from=tomorrow",
        "/api/concerts?from=2026-13-45",
        "/api/concerts?orderBy=now",
        "/api/concerts?currentPage=1&itemCount=60",
        "/api/concerts?after=%27%3B--",
        "/api/concerts/%27",
        "/api/bookings?userSeq=1",
        "/api/bookings/1/1",
        "/api/bookings/x/y",
        "/api/calendar?from=1&to=2",
        "/api/performances/null",
        "/api/races/undefined",
    ] {
        is_told_well(&fan.get(path).await, path);
    }
    for (method, path) in [
        (Method::PUT, "/api/concerts/NaN/like"),
        (Method::DELETE, "/api/bookings/0/-1"),
        (Method::POST, "/api/performances/1e9/enter"),
        (Method::PATCH, "/api/bookings"),
    ] {
        is_told_well(&fan.send(method, path, &[], Some(b"{".to_vec())).await, path);
    }
    let counts = fan.race(&race.id).await.counts;
    assert_eq!((counts.free, counts.sold), (40, 0), "nothing came of it");
}

/// The beginning of a body, to be printed.
fn cut(body: &Value) -> String {
    body.to_string().chars().take(60).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn o16_what_does_not_exist_is_not_found_and_nobody_is_whom_they_say_they_are() {
    let server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let owner = server.fan();
    let race = book(&owner, performance, &[1]).await.race;
    let fan = server.fan();
    for (answer, code) in [
        (enter(&fan, 4_711_000).await, "no-such-performance"),
        (fan.get("/api/performances/4711000").await, "no-such-performance"),
        (fan.get("/api/concerts/4711000").await, "no-such-concert"),
        (fan.get("/api/races/00000000000000aa").await, "no-such-race"),
        (fan.get("/api/bookings/00000000000000aa/0").await, "no-such-booking"),
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::NOT_FOUND, code));
    }
    // A number that anybody can guess is nobody, in a cookie as well.
    let of_owner = owner.guest();
    let (id, signature) = of_owner.split_once('.').unwrap();
    let unsigned = format!("{id}.{}", "0".repeat(signature.len()));
    for cookie in ["1", "00000000000000000000000000000001", "made-up", id, unsigned.as_str()] {
        let forger = server.fan();
        forger.plant("tingting_guest", cookie);
        assert_eq!(bookings(&forger).await.bookings, []);
        assert_ne!(forger.guest(), cookie, "somebody new");
        let path = format!("/api/bookings/{}/0", race.id);
        assert_eq!(forger.get(&path).await.code(), "no-such-booking");
    }
    assert_eq!(bookings(&owner).await.bookings.len(), 1);
}
