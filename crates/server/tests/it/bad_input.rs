//! Bad input: the server answers each with a problem that has a stable code, and changes nothing.

use protocol::{Outcome, RaceState, You};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::test_server::{Answer, Fan, Seen, TestServer, pass};

/// The part of a race that a refused command must not change: everything but the time.
fn standing(race: &Seen) -> Value {
    json!([race.you, race.over, race.counts, race.stage])
}

/// Sends a command, expects this refusal and checks that the race has not changed.
async fn refused(fan: &Fan, race: &Seen, path: &str, body: Value, status: u16, code: &str) {
    let before = fan.race(&race.id).await;
    let answer = fan.act(race, path, body).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code), "{path}");
    let after = fan.race(&race.id).await;
    assert_eq!(standing(&before), standing(&after), "{path} changed something");
}

/// Checks the status and the code of a problem.
fn is(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (status, code));
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_race_cannot_begin_from_an_unknown_or_incomplete_choice() {
    let server = TestServer::open().await;
    let fan = server.fan();
    for (new, status, code) in [
        (json!({"scenario": "nowhere"}), 404, "unknown-scenario"),
        (json!({"scenario": "../secret"}), 404, "unknown-scenario"),
        (json!({"scenario": "calm", "style": "none"}), 404, "unknown-scenario"),
        (json!({"plan": "nook", "demand": "test"}), 422, "choice-incomplete"),
        (json!({}), 422, "choice-incomplete"),
        (json!({"scenario": "calm", "plan": "nook"}), 422, "choice-incomplete"),
        (json!({"scenario": "calm", "rivals": 1_000_001}), 422, "too-many-rivals"),
        (json!({"scenario": "calm", "seed": 1u64 << 53}), 422, "seed-too-large"),
        (json!({"scenario": "calm", "sede": 1}), 422, "json-invalid"),
        (json!({"scenario": 7}), 422, "json-invalid"),
    ] {
        is(&fan.post("/api/races", &[], &new).await, status, code);
    }
    let list: Value = fan.get("/api/races").await.json();
    assert_eq!(list["races"], json!([]), "no race was made");
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_body_that_is_not_json_is_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let post = |body: Vec<u8>| fan.send(Method::POST, "/api/races", &[], Some(body));
    for body in ["", "{", "{\"scenario\":\"calm\"", "nonsense", "{\"scenario\":\"calm\"}x"] {
        is(&post(body.as_bytes().to_vec()).await, 400, "json-malformed");
    }
    is(&post(vec![b' '; server::limits::BODY_BYTES_MAX + 1]).await, 413, "body-too-large");
    let headers = [("content-type", "text/plain")];
    is(&fan.send(Method::POST, "/api/races", &headers, None).await, 415, "media-type");
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_whole_number_may_have_a_fraction_of_nothing() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "seed": 7.0, "rivals": 0.0})).await;
    fan.done(&race, "hold", json!({"seats": [1.0]})).await;
    refused(&fan, &race, "hold", json!({"seats": [2.5]}), 422, "json-invalid").await;
    refused(&fan, &race, "hold", json!({"seats": [-2.0]}), 422, "json-invalid").await;
    refused(&fan, &race, "hold", json!({"seats": [1e300]}), 422, "json-invalid").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_missing_or_invalid_key_is_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "calm"})).await;
    let path = format!("/api/races/{}/enter", race.id);
    is(&fan.post(&path, &[], &json!({})).await, 400, "idempotency-key-missing");
    let long = "k".repeat(65);
    for key in ["", "two words", long.as_str()] {
        let headers = [("idempotency-key", key)];
        is(&fan.post(&path, &headers, &json!({})).await, 400, "idempotency-key-invalid");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_race_of_another_guest_does_not_exist() {
    let server = TestServer::open().await;
    let (owner, other) = (server.fan(), server.fan());
    let race = owner.go_in(json!({"scenario": "calm"})).await;
    let before = owner.race(&race.id).await;
    other.begin(json!({"scenario": "lobby"})).await;
    for path in ["enter", "leave", "hold", "pay", "captcha/renew"] {
        let body = match path {
            "hold" => json!({"seats": [1]}),
            "pay" => json!({"expected_won": 0}),
            _ => json!({}),
        };
        is(&other.act(&race, path, body).await, 404, "no-such-race");
    }
    for path in ["", "/seats", "/report", "/captcha/1.png"] {
        is(&other.get(&format!("/api/races/{}{path}", race.id)).await, 404, "no-such-race");
    }
    for id in ["0000000000000000", "xyz", "00000000000000000", "ABCDEF0123456789"] {
        is(&owner.get(&format!("/api/races/{id}")).await, 404, "no-such-race");
    }
    assert_eq!(standing(&before), standing(&owner.race(&race.id).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_pass_of_another_visitor_is_refused() {
    let server = TestServer::open().await;
    let (fan, other) = (server.fan(), server.fan());
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let theirs = pass(&other.go_in(json!({"scenario": "calm"})).await);
    let before = fan.race(&race.id).await;
    let path = format!("/api/races/{}/hold", race.id);
    for pass in [theirs.as_str(), "", "00", "not hex at all"] {
        let key = fan.key();
        let headers = [("idempotency-key", key.as_str()), ("pass", pass)];
        is(&fan.post(&path, &headers, &json!({"seats": [1]})).await, 403, "pass-invalid");
    }
    let key = fan.key();
    let headers = [("idempotency-key", key.as_str())];
    is(&fan.post(&path, &headers, &json!({"seats": [1]})).await, 403, "pass-invalid");
    assert_eq!(standing(&before), standing(&fan.race(&race.id).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_commands_before_the_opening_are_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    refused(&fan, &race, "view", json!({"section": 0}), 409, "not-open").await;
    refused(&fan, &race, "hold", json!({"seats": [1]}), 409, "not-open").await;
    refused(&fan, &race, "pay", json!({"expected_won": 1}), 409, "not-open").await;
    let letters = json!({"challenge": 1, "letters": "ABCDEF"});
    refused(&fan, &race, "captcha", letters, 409, "not-open").await;
    refused(&fan, &race, "leave", json!({}), 409, "not-in-queue").await;
    is(&fan.get(&format!("/api/races/{}/seats", race.id)).await, 403, "not-admitted");
    is(&fan.get(&format!("/api/races/{}/captcha/1.png", race.id)).await, 404, "no-such-captcha");
    is(&fan.get(&format!("/api/races/{}/report", race.id)).await, 409, "run-not-over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_commands_for_seats_that_do_not_allow_them_are_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let seats = |seats: &[u32]| json!({ "seats": seats });
    refused(&fan, &race, "hold", seats(&[5, 5]), 422, "seat-twice").await;
    refused(&fan, &race, "hold", seats(&[40]), 422, "no-such-seat").await;
    refused(&fan, &race, "hold", seats(&[]), 422, "no-seats").await;
    refused(&fan, &race, "hold", seats(&[1, 2, 3, 4, 5]), 422, "too-many-seats").await;
    refused(&fan, &race, "hold", seats(&[1, 2, 3, 4, 5, 6, 7, 8, 9]), 422, "too-many-seats").await;
    refused(&fan, &race, "view", json!({"section": 2}), 422, "no-such-section").await;
    refused(&fan, &race, "hold", json!({"seats": [-1]}), 422, "json-invalid").await;
    refused(&fan, &race, "pay", json!({"expected_won": 1}), 409, "no-hold").await;
    fan.done(&race, "hold", seats(&[1])).await;
    refused(&fan, &race, "hold", seats(&[1]), 422, "seat-twice").await;
    refused(&fan, &race, "release", seats(&[2]), 409, "not-held").await;
    refused(&fan, &race, "pay", json!({"expected_won": 50_000}), 409, "total-differs").await;
    let price = |seat: u32, discount: u32| json!({"seats": [seat], "discount": discount});
    refused(&fan, &race, "price", price(1, 2), 422, "no-such-price").await;
    refused(&fan, &race, "price", price(2, 1), 409, "not-held").await;
    refused(&fan, &race, "price", price(1, 256), 422, "json-invalid").await;
    refused(&fan, &race, "price", json!({"seats": [1]}), 422, "json-invalid").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_payment_after_the_end_of_the_hold_is_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "style": "brief-hold"})).await;
    let held = fan.done(&race, "hold", json!({"seats": [1]})).await;
    assert!(matches!(held.outcome, Outcome::Held { .. }));
    fan.race_when(&race.id, |race| race.over).await;
    refused(&fan, &race, "pay", json!({"expected_won": 51_000}), 409, "run-over").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_commands_after_the_end_of_a_race_are_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "short"})).await;
    fan.race_when(&race.id, |race| race.over).await;
    refused(&fan, &race, "enter", json!({}), 409, "run-over").await;
    refused(&fan, &race, "hold", json!({"seats": [1]}), 409, "run-over").await;
    refused(&fan, &race, "leave", json!({}), 409, "run-over").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_a_hold_of_a_seat_that_a_rival_has_is_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "crowded", "style": "by-hand", "seed": 2})).await;
    fan.race_when(&race.id, |race| race.counts.free <= 20).await;
    let frame = fan.get(&format!("/api/races/{}/seats", race.id)).await;
    let protocol::Frame::Snapshot { seats, seq: 0, .. } =
        protocol::Frame::decode(&frame.body).unwrap()
    else {
        panic!("the answer is a snapshot with the number 0");
    };
    let taken = seats.iter().position(|&seat| seat == protocol::SeatState::Held).unwrap();
    let answer = fan.act(&race, "hold", json!({"seats": [taken]})).await;
    is(&answer, 409, "seat-taken");
    let problem: Value = answer.json();
    assert_eq!(problem["seat"], json!(taken));
    assert!(problem["late_ms"].as_f64().unwrap() >= 0.0);
    let told: RaceState = serde_json::from_value(problem["state"].clone()).unwrap();
    assert!(matches!(told.you, You::Inside { hold: None, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_invalid_or_too_many_marks_are_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let mark = |name: &str| json!({"name": name, "at_ms": 1.0, "error_ms": 2.0});
    let nonsense = json!({"marks": [mark("nonsense")]});
    refused(&fan, &race, "marks", nonsense, 422, "mark-invalid").await;
    let most = json!({"marks": vec![mark("press"); 200]});
    assert_eq!(fan.act_with_key(&race, "marks", "m", most.clone()).await.status, StatusCode::OK);
    let again = fan.act_with_key(&race, "marks", "m", most).await;
    assert_eq!(
        again.json::<Value>(),
        json!({"kept": 200}),
        "marks that are sent twice are kept once"
    );
    let more = json!({"marks": [mark("press")]});
    refused(&fan, &race, "marks", more, 422, "too-many-marks").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_unknown_addresses_and_methods_are_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    is(&fan.get("/api/nothing").await, 404, "not-found");
    is(&fan.get("/api/plans/nothing").await, 404, "no-such-plan");
    is(&fan.get("/missing.js").await, 404, "not-found");
    is(&fan.send(Method::PUT, "/api/clock", &[], None).await, 405, "method-not-allowed");
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    is(&fan.get(&format!("/api/races/{}/live", race.id)).await, 426, "websocket-needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a8_too_many_requests_are_refused_with_a_time_to_wait() {
    let server = TestServer::open().await;
    let fan = server.fan();
    fan.get("/api/clock").await;
    let refusal = crate::test_server::until(|| async {
        let answer = fan.get("/api/clock").await;
        (answer.status == StatusCode::TOO_MANY_REQUESTS).then_some(answer)
    });
    // The looks of `until` alone are too slow to exceed the limit.
    let hurry = async {
        loop {
            fan.get("/api/clock").await;
        }
    };
    let answer = tokio::select! {
        answer = refusal => answer,
        () = hurry => unreachable!(),
    };
    is(&answer, 429, "too-many-requests");
    assert!(answer.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a23_a_page_of_another_version_is_told_to_load_again() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let (body, ours) = (json!({"scenario": "calm"}), protocol::WIRE_VERSION.to_string());
    let origin = server.base();
    let page = ("origin", origin.as_str());
    for outdated in [&[page][..], &[page, ("wire-version", "1")], &[("wire-version", "1")]] {
        let answer = fan.post("/api/races", outdated, &body).await;
        is(&answer, 409, "client-outdated");
        assert!(answer.text().contains("새로고침"), "{}", answer.text());
    }
    for known in [&[page, ("wire-version", ours.as_str())][..], &[("wire-version", &ours)], &[]] {
        assert_eq!(fan.post("/api/races", known, &body).await.status, StatusCode::CREATED);
    }
    let read = fan.send(Method::GET, "/api/races", &[page], None).await;
    assert_eq!(read.status, StatusCode::OK, "an old page may still read");
}
