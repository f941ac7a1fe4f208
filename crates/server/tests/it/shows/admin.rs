//! What administrators may do, and nobody else.

use catalogue::{Catalogue, CatalogueOptions, CursorKey, Home, PerformanceId, SaleNumber};
use protocol::MyData;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::control::{Answer as Done, Errand, ask};

use super::{DAY, MINUTE, Shows, put, refused, titles};
use crate::test_server::{Answer, Fan, TestServer, until};

async fn send(fan: &Fan, method: Method, path: &str, body: &Value) -> Answer {
    fan.send(method, path, &[], Some(body.to_string().into_bytes())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn k44_for_everybody_else_the_calls_of_administrators_do_not_exist() {
    let shows = Shows::open(None).await;
    let kept = shows.add("가", 50).await;
    let fan = shows.server.fan();
    let concert = format!("/api/admin/concerts/{}", kept.id);
    for (method, path) in [
        (Method::POST, "/api/admin/venues"),
        (Method::POST, "/api/admin/performers"),
        (Method::POST, "/api/admin/concerts"),
        (Method::PUT, &concert),
        (Method::DELETE, &concert),
    ] {
        // The body is not even looked at.
        for body in [shows.concert("나", 5), json!({"name": "x"}), json!(7)] {
            let answer = send(&fan, method.clone(), path, &body).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
            assert_eq!(answer.code(), "not-found");
        }
    }
    assert_eq!(titles(&fan, "/api/concerts?list=soon").await, ["가"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn k44_what_cannot_be_kept_is_refused_with_the_reason_and_nothing_of_it_stays() {
    let shows = Shows::open(None).await;
    let good = shows.concert("가", 50);
    let with = |pointer: &str, value: Value| {
        let mut concert = good.clone();
        *concert.pointer_mut(pointer).unwrap() = value;
        concert
    };
    let at = |ms: i64| json!(shows.now + ms);
    for concert in [
        with("/title", json!("")),
        with("/title", json!("가".repeat(101))),
        with("/venue", json!("999999")),
        with("/venue", json!("01")),
        with("/grades", json!([])),
        with("/grades", json!([{"name": "VIP", "price_won": 1}])),
        with("/grades/0/price_won", json!(10_000_001)),
        with("/performances", json!([])),
        with("/performances", json!([good["performances"][0], good["performances"][0]])),
        with("/performances/0/style", json!("no-style")),
        with("/performances/0/rivals", json!(1_000_001)),
        with("/performances/0/seats_per_person", json!(0)),
        with("/performances/0/seats_per_person", json!(17)),
        with("/performances/0/closes_at_ms", at(50 * MINUTE)),
        with("/performances/0/closes_at_ms", at(11 * DAY)),
        with("/performances/0/starts_at_ms", json!(i64::MAX)),
    ] {
        let answer = shows.host.post("/api/admin/concerts", &[], &concert).await;
        assert_eq!(answer.status.as_u16(), 422, "{concert}: {}", answer.text());
        assert_eq!(answer.code(), "concert-invalid", "{concert}");
    }
    for concert in [
        with("/performances/0/cancelled_seats", json!("never")),
        with("/performances/0/rivals", json!(-1)),
        json!({"title": "가"}),
    ] {
        let answer = shows.host.post("/api/admin/concerts", &[], &concert).await;
        assert_eq!(answer.code(), "json-invalid", "{concert}");
    }
    assert_eq!(titles(&shows.host, "/api/concerts?words=").await, [""; 0]);
    // Names are taken once.
    let hall = json!({"name": "물마루홀", "city": "서울", "zone": "Asia/Seoul", "plan": "nook"});
    let answer = shows.host.post("/api/admin/venues", &[], &hall).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::CONFLICT, "name-taken"));
    for (member, value) in [("zone", "Mars/Olympus"), ("plan", "no-plan"), ("name", "")] {
        let mut hall = hall.clone();
        hall["city"] = "부산".into();
        hall[member] = value.into();
        let answer = shows.host.post("/api/admin/venues", &[], &hall).await;
        assert_eq!(answer.code(), "concert-invalid", "{member}");
    }
    // A run of half a year fits into a body.
    let mut long = good.clone();
    let mut days = Vec::new();
    for day in 0..400 {
        let mut one = good["performances"][0].clone();
        one["starts_at_ms"] = (shows.now + (10 + day) * DAY).into();
        days.push(one);
    }
    long["performances"] = days.into();
    assert_eq!(shows.keep(&long).await.performances.len(), 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn k44_a_concert_can_be_changed_and_removed_until_a_sale_of_it_begins() {
    let shows = Shows::open(None).await;
    let kept = shows.add("가을", 50).await;
    let fan = shows.server.fan();
    fan.get("/api/clock").await;
    put(&fan, &format!("/api/concerts/{}/like", kept.id)).await;
    let path = format!("/api/admin/concerts/{}", kept.id);
    let answer = send(&shows.host, Method::PUT, &path, &shows.concert("겨울", 70)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let changed: protocol::KeptConcert = answer.json();
    assert_eq!(changed.id, kept.id);
    assert_ne!(changed.performances, kept.performances);
    // The search finds the new title and not the old one, and likes stay.
    assert_eq!(titles(&fan, "/api/concerts?words=%EA%B2%A8%EC%9A%B8").await, ["겨울"]);
    assert_eq!(titles(&fan, "/api/concerts?words=%EA%B0%80%EC%9D%84").await, [""; 0]);
    assert_eq!(titles(&fan, "/api/likes").await, ["겨울"]);
    refused(
        &fan,
        &format!("/api/performances/{}", kept.performances[0]),
        404,
        "no-such-performance",
    )
    .await;
    // A sale begins.
    let catalogue = beside(&shows.server).await;
    let performance = PerformanceId(changed.performances[0].parse().unwrap());
    catalogue.begin_opening(performance, SaleNumber(7)).await.unwrap();
    catalogue.close().await.unwrap();
    for (method, body) in [(Method::PUT, shows.concert("봄", 70)), (Method::DELETE, Value::Null)] {
        let answer = send(&shows.host, method, &path, &body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::CONFLICT, "concert-on-sale")
        );
    }
    assert_eq!(titles(&fan, "/api/likes").await, ["겨울"]);
    // Another one can go.
    let other = shows.add("여름", 50).await;
    let path = format!("/api/admin/concerts/{}", other.id);
    assert_eq!(super::delete(&shows.host, &path).await, StatusCode::NO_CONTENT);
    assert_eq!(super::delete(&shows.host, &path).await, StatusCode::NOT_FOUND);
    refused(&fan, &format!("/api/concerts/{}", other.id), 404, "no-such-concert").await;
}

/// The catalogue of a server, opened beside it.
async fn beside(server: &TestServer) -> Catalogue {
    let home = Home::File(server.folder().join("data/catalogue.sqlite3"));
    Catalogue::open(CatalogueOptions { home, cursor_key: CursorKey([1; 32]) }).await.unwrap()
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn k45_an_account_is_granted_by_the_name_that_the_provider_has_for_it() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    fan.log_in("hana").await;
    let data: MyData = fan.get("/api/me/data").await.json();
    let [login] = data.logins.as_slice() else { panic!("one login: {:?}", data.logins) };
    let who = format!("{} {}", login.issuer, login.subject);
    let folder = server.folder().join("data");
    let granted = until(async || ask(&folder, &Errand::Grant { who: who.clone() }).unwrap()).await;
    assert_eq!(granted, Done::Done { sales: 0 });
    assert_eq!(super::performer(&fan, "달무리").await, "1");
    let other = server.fan();
    other.log_in("noa").await;
    let answer = other.post("/api/admin/performers", &[], &json!({"name": "달무리"})).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn k45_only_the_owner_can_open_the_control_socket_and_what_it_says_is_checked() {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
    let mut shows = Shows::open(None).await;
    let data = shows.server.folder().join("data");
    let about = std::fs::metadata(data.join("control.sock")).unwrap();
    assert!(about.file_type().is_socket());
    assert_eq!(about.permissions().mode() & 0o777, 0o600);
    for guest in ["", "me@example.com", "xyz", "https://id.example nobody", &"A".repeat(32)] {
        let answer = ask(&data, &Errand::Grant { who: guest.to_owned() }).unwrap();
        assert!(matches!(answer, Some(Done::Refused { .. })), "{guest}: {answer:?}");
    }
    let answer = ask(&data, &Errand::Rebuild).unwrap();
    assert_eq!(answer, Some(Done::Done { sales: 0 }));
    // A server that was killed leaves its socket behind, and the next one takes its place.
    shows.server.stop().await;
    assert!(data.join("control.sock").exists());
    assert_eq!(ask(&data, &Errand::Rebuild).unwrap(), None);
    shows.server.start().await;
    let other = shows.server.fan();
    other.get("/api/clock").await;
    super::grant(&shows.server, &other).await;
    assert_eq!(super::performer(&other, "달무리").await, "1");
}
