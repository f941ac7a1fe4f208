//! A server behind a proxy, and people who claim to be one (rules A35 and A36).

use std::num::NonZero;

use reqwest::{Method, StatusCode};
use serde_json::json;
use server::{Front, RequestRates};

use crate::test_server::{Answer, Fan, TestServer};

/// So few requests a second that a test can use them up on a slow machine.
fn slow() -> RequestRates {
    RequestRates { per_address: NonZero::new(4).unwrap(), ..RequestRates::default() }
}

/// A server that trusts this machine as a proxy.
async fn behind_proxy() -> TestServer {
    let trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    with(Front { trusted_proxies, hosts: vec![] }).await
}

async fn with(front: Front) -> TestServer {
    let mut server = TestServer::open().await;
    server.stop().await;
    server.front = front;
    server.rates = slow();
    server.start().await;
    server
}

async fn get(fan: &Fan, headers: &[(&str, &str)]) -> Answer {
    fan.send(Method::GET, "/api/clock", headers, None).await
}

fn cookie(answer: &Answer) -> String {
    answer.headers["set-cookie"].to_str().unwrap().to_owned()
}

/// Sends requests without a cookie until one is refused for being one too many.
async fn use_up(server: &TestServer, headers: &[(&str, &str)]) {
    for _ in 0..20_000 {
        if get(&server.fan_of_client(), headers).await.status == StatusCode::TOO_MANY_REQUESTS {
            return;
        }
    }
    panic!("no request was one too many");
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_two_people_behind_a_proxy_have_a_budget_each() {
    let server = behind_proxy().await;
    let hostile = [("x-forwarded-for", "6.6.6.6, 203.0.113.1")];
    use_up(&server, &hostile).await;
    let innocent = [("x-forwarded-for", "203.0.113.2")];
    assert_eq!(get(&server.fan(), &innocent).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_nobody_else_chooses_an_address() {
    let server = with(Front::default()).await;
    let mut number = 0;
    loop {
        number += 1;
        assert!(number < 20_000, "no request was one too many");
        let forged = format!("203.0.113.{}", number % 256);
        let headers = [("x-forwarded-for", forged.as_str()), ("x-forwarded-proto", "https")];
        let answer = get(&server.fan_of_client(), &headers).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return;
        }
        assert!(!cookie(&answer).contains("Secure"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_the_cookie_is_for_https_alone_where_the_person_came_by_https() {
    let server = behind_proxy().await;
    for (headers, is_secure) in [
        (&[("x-forwarded-proto", "https")][..], true),
        (&[("forwarded", "for=203.0.113.1;proto=https")], true),
        (&[("x-forwarded-proto", "http")], false),
        (&[("x-forwarded-proto", "nonsense")], false),
        (&[], false),
    ] {
        let answer = get(&server.fan(), headers).await;
        assert_eq!(cookie(&answer).ends_with("; Secure"), is_secure, "{headers:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a35_a_page_behind_a_proxy_plays_and_another_one_does_not() {
    let server = behind_proxy().await;
    let version = protocol::WIRE_VERSION.to_string();
    for (origin, status) in [
        ("https://tingting.example", StatusCode::CREATED),
        ("http://tingting.example", StatusCode::FORBIDDEN),
        ("https://evil.example", StatusCode::FORBIDDEN),
    ] {
        let headers = [
            ("host", "tingting.example"),
            ("origin", origin),
            ("wire-version", &version),
            ("x-forwarded-for", "203.0.113.1"),
            ("x-forwarded-proto", "https"),
        ];
        let answer = server.fan().post("/api/races", &headers, &json!({"scenario": "calm"})).await;
        assert_eq!(answer.status, status, "{origin}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a36_a_server_that_knows_its_names_answers_to_no_other() {
    let hosts = vec!["tingting.example".parse().unwrap()];
    let server = with(Front { trusted_proxies: vec![], hosts }).await;
    let fan = server.fan();
    let ask = |path, host| {
        let fan = &fan;
        async move { fan.send(Method::GET, path, &[("host", host)], None).await }
    };
    assert_eq!(ask("/api/clock", "tingting.example:8080").await.status, StatusCode::OK);
    let refused = ask("/api/clock", "rebound.example").await;
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (421, "misdirected"));
    assert!(!refused.headers.contains_key("set-cookie"));
    assert_eq!(ask("/", "rebound.example").await.status.as_u16(), 421);
    assert_eq!(ask("/healthz", "10.0.0.1").await.status, StatusCode::OK);
}
