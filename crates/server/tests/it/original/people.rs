//! Who may do what (rules O18, O20 and O21).

use protocol::You;
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::{hold, pay};
use crate::openings::{add_one, book, bookings, cancel, enter, go_in, sale};
use crate::test_server::{TestServer, pass};

#[tokio::test(flavor = "multi_thread")]
async fn o18_nobody_sees_takes_pays_or_cancels_what_is_another_persons() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let (mina, eve) = (server.fan(), server.fan());
    mina.log_in("mina").await;
    eve.log_in("eve").await;
    let sale = book(&mina, performance, &[1]).await.race.id;
    let of_mina = go_in(&mina, performance).await;
    mina.done(&of_mina, "hold", json!({"seats": [2]})).await;
    let of_eve = go_in(&eve, performance).await;
    // What she has paid for.
    assert_eq!(eve.get(&format!("/api/bookings/{sale}/0")).await.code(), "no-such-booking");
    assert_eq!(cancel(&eve, &sale, 0).await.code(), "no-such-booking");
    assert_eq!(bookings(&eve).await.bookings, []);
    // What she holds, with and without her pass.
    assert_eq!(pay(&eve, &of_eve, 1).await.code(), "no-hold");
    let release = eve.act(&of_eve, "release", json!({"seats": [2]})).await;
    assert_eq!(release.code(), "no-hold");
    assert_eq!(hold(&eve, &of_eve, &[2]).await.code(), "seat-taken");
    let (key, pass) = (eve.key(), pass(&of_mina));
    let headers = [("idempotency-key", key.as_str()), ("pass", pass.as_str())];
    let path = format!("/api/races/{sale}/pay");
    let stolen = eve.post(&path, &headers, &json!({"expected_won": 78_000})).await;
    assert_eq!(stolen.code(), "pass-invalid");
    // Eve is told of nobody's pass, and has her own points.
    assert!(!eve.get(&format!("/api/races/{sale}")).await.text().contains(&pass));
    assert_eq!(crate::points::points(&eve, "").await.balance_won, 10_000_000);
    // Two telephones are two people.
    let You::Inside { hold: Some(held), .. } = mina.race(&sale).await.state.you else {
        panic!("mina still holds her seat")
    };
    assert_eq!(held.seats, [2]);
    assert!(pay(&mina, &of_mina, 1).await.status.is_success());
    assert_eq!(bookings(&mina).await.bookings.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn o20_pages_of_another_origin_may_neither_act_nor_read() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let mina = server.fan();
    mina.log_in("mina").await;
    let sale = book(&mina, performance, &[1]).await.race.id;
    for origin in ["https://evil.example", "http://localhost:5173", "null"] {
        let foreign = [("origin", origin), ("idempotency-key", "k")];
        for (method, path) in [
            (Method::POST, format!("/api/performances/{performance}/enter")),
            (Method::POST, format!("/api/races/{sale}/hold")),
            (Method::DELETE, format!("/api/bookings/{sale}/0")),
            (Method::PUT, "/api/concerts/1/like".to_owned()),
        ] {
            let answer = mina.send(method, &path, &foreign, Some(b"{}".to_vec())).await;
            let told = (answer.status, answer.code());
            assert_eq!(told, (StatusCode::FORBIDDEN, "foreign-origin".to_owned()), "{path}");
        }
        // A browser reads for a page of another origin only what says that it may.
        let asks = [("origin", origin), ("access-control-request-method", "DELETE")];
        let booking = format!("/api/bookings/{sale}/0");
        for method in [Method::OPTIONS, Method::GET] {
            for path in ["/api/me", "/api/bookings", booking.as_str()] {
                let answer = mina.send(method.clone(), path, &asks, None).await;
                let names = answer.headers.keys().map(|name| name.as_str().to_owned());
                let allows: Vec<String> =
                    names.filter(|name| name.starts_with("access-control-allow")).collect();
                assert_eq!(allows, [""; 0], "{method} {path}");
            }
        }
    }
    assert_eq!(bookings(&mina).await.bookings.len(), 1);
    assert!(bookings(&mina).await.bookings[0].cancelled_at_ms.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn o21_nothing_that_is_served_holds_a_key_or_a_secret() {
    let server = TestServer::open_with_log_in().await;
    let performance = add_one(&server, sale()).await;
    let fan = server.fan();
    fan.log_in("mina").await;
    enter(&fan, performance).await;
    let key = std::fs::read(server.folder().join("data/secret.key")).unwrap();
    assert!(key.len() >= 32);
    let hex = data_encoding::HEXLOWER.encode(&key);
    let mut served = vec![server.metrics().await];
    for path in [
        "/",
        "/me",
        "/openapi.json",
        "/docs/",
        "/api/me",
        "/api/me/data",
        "/api/catalogue",
        "/api/concerts",
        "/healthz",
        "/readyz",
        "/secret.key",
        "/data/secret.key",
        "/..%2fdata%2fsecret.key",
    ] {
        served.push(fan.get(path).await.text());
    }
    let to_provider = fan.get("/login/test").await;
    served.push(format!("{:?}", to_provider.headers));
    let raw = String::from_utf8_lossy(&key).into_owned();
    for text in &served {
        for secret in [hex.as_str(), raw.as_str(), crate::open_id::SECRET, "secret of the test"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
