//! Shows over HTTP: what the cases begin with, and short ways to ask.

mod admin;
mod calendar;
mod database;
mod demo;
mod likes;
mod lists;
mod pages;
#[path = "../../../catalogue/tests/it/postgres.rs"]
pub(crate) mod postgres;
mod search;
mod tickets;

use protocol::{Clock, ConcertPage, Kept, KeptConcert};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::DatabaseUrl;
use server::control::{Answer as Done, Errand, ask};

use crate::test_server::{Answer, Fan, TestServer, until};

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

/// A server with one venue in Seoul, and somebody who may make concerts.
pub(crate) struct Shows {
    pub(crate) server: TestServer,
    pub(crate) host: Fan,
    pub(crate) venue: String,
    /// The server's time, in Unix milliseconds.
    pub(crate) now: i64,
}

impl Shows {
    pub(crate) async fn open(database: Option<DatabaseUrl>) -> Self {
        Self::of(TestServer::open_in(database).await).await
    }

    pub(crate) async fn of(server: TestServer) -> Self {
        let host = server.fan();
        let clock: Clock = host.get("/api/clock").await.json();
        grant(&server, &host).await;
        let venue = venue(&host, "물마루홀", "서울", "Asia/Seoul").await;
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this century")]
        Self { server, host, venue, now: clock.now_ms as i64 }
    }

    /// A concert whose one performance opens so many minutes from now, for an hour, and is played ten days later.
    pub(crate) fn concert(&self, title: &str, opens_in: i64) -> Value {
        let opens_at = self.now + opens_in * MINUTE;
        concert(title, &self.venue, opens_at, opens_at + 10 * DAY)
    }

    /// Keeps such a concert.
    pub(crate) async fn add(&self, title: &str, opens_in: i64) -> KeptConcert {
        self.keep(&self.concert(title, opens_in)).await
    }

    pub(crate) async fn keep(&self, concert: &Value) -> KeptConcert {
        let answer = self.host.post("/api/admin/concerts", &[], concert).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()
    }
}

/// Makes a fan an administrator, as the operator does.
pub(crate) async fn grant(server: &TestServer, fan: &Fan) {
    let (data, errand) = (server.folder().join("data"), Errand::Grant { who: fan.guest() });
    // The socket is made while the server already answers.
    let granted = until(async || ask(&data, &errand).unwrap()).await;
    assert_eq!(granted, Done::Done { sales: 0 });
}

pub(crate) async fn venue(host: &Fan, name: &str, city: &str, zone: &str) -> String {
    let new = json!({"name": name, "city": city, "zone": zone, "plan": "nook"});
    let answer = host.post("/api/admin/venues", &[], &new).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json::<Kept>().id
}

pub(crate) async fn performer(host: &Fan, name: &str) -> String {
    let answer = host.post("/api/admin/performers", &[], &json!({"name": name})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json::<Kept>().id
}

pub(crate) fn concert(title: &str, venue: &str, opens_at: i64, starts_at: i64) -> Value {
    json!({
        "title": title, "venue": venue, "grades": [{"name": "R", "price_won": 50_000}],
        "performances": [{
            "starts_at_ms": starts_at, "opens_at_ms": opens_at, "closes_at_ms": opens_at + 60 * MINUTE,
            "style": "n-style", "rivals": 0, "seats_per_person": 4, "cancelled_seats": "at-once",
        }],
    })
}

/// A page of concerts.
pub(crate) async fn page(fan: &Fan, path: &str) -> ConcertPage {
    let answer = fan.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

/// The titles of a page.
pub(crate) async fn titles(fan: &Fan, path: &str) -> Vec<String> {
    page(fan, path).await.concerts.into_iter().map(|concert| concert.title).collect()
}

/// Checks that a request is refused, and with which code.
pub(crate) async fn refused(fan: &Fan, path: &str, status: u16, code: &str) -> Answer {
    let answer = fan.get(path).await;
    assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text());
    assert_eq!(answer.code(), code, "{path}");
    answer
}

pub(crate) async fn put(fan: &Fan, path: &str) -> StatusCode {
    fan.send(Method::PUT, path, &[], None).await.status
}

pub(crate) async fn delete(fan: &Fan, path: &str) -> StatusCode {
    fan.send(Method::DELETE, path, &[], None).await.status
}
