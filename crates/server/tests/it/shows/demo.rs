//! The demo.

use std::time::Duration;

use super::{Shows, page, titles};
use crate::test_server::{TestServer, until};

/// Waits until the demo is there, and returns what opens soon.
async fn soon(server: &TestServer) -> Vec<String> {
    let fan = server.fan();
    until(|| async {
        let found = titles(&fan, "/api/concerts?list=soon&rows=100").await;
        (!found.is_empty()).then_some(found)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn k37_an_empty_server_has_concerts_of_which_one_opens_within_minutes() {
    let mut server = TestServer::open_with_demo().await;
    let before = soon(&server).await;
    let fan = server.fan();
    let first = page(&fan, "/api/concerts?list=soon").await.concerts.swap_remove(0);
    let clock: protocol::Clock = fan.get("/api/clock").await.json();
    let wait_ms = first.opening.unwrap().opens_at_ms - clock.now_ms;
    assert!((0.0..=4.0 * 60_000.0).contains(&wait_ms), "{wait_ms}");
    assert!(!titles(&fan, "/api/concerts?list=on-sale").await.is_empty());
    // A restart changes nothing.
    server.stop().await;
    server.start().await;
    let after = soon(&server).await;
    assert!(after.ends_with(&before[1..]) || before.ends_with(&after[1..]) || before == after);
}

#[tokio::test(flavor = "multi_thread")]
async fn k37_o22_the_dates_of_the_demo_are_of_today_also_after_years() {
    let mut server = TestServer::open_with_demo().await;
    soon(&server).await;
    server.be_away_for(Duration::from_hours(24 * 365 * 3)).await;
    soon(&server).await;
    let fan = server.fan();
    let clock: protocol::Clock = fan.get("/api/clock").await.json();
    for list in ["soon", "on-sale"] {
        let page = page(&fan, &format!("/api/concerts?list={list}")).await;
        let opening = page.concerts[0].opening.as_ref().unwrap();
        assert!((opening.opens_at_ms - clock.now_ms).abs() < 30.0 * 60_000.0, "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k37_a_catalogue_with_concerts_of_others_gets_no_demo() {
    let mut shows = Shows::open(None).await;
    shows.add("우리 공연", 50).await;
    shows.server.stop().await;
    shows.server.demo = true;
    shows.server.start().await;
    // The demo of another server, which starts later, is there.
    let other = TestServer::open_with_demo().await;
    soon(&other).await;
    assert_eq!(titles(&shows.server.fan(), "/api/concerts?words=").await, ["우리 공연"]);
}
