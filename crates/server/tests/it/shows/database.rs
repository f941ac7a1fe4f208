//! PostgreSQL: the same over HTTP, and what happens when it stops.

use protocol::Stage;
use reqwest::StatusCode;
use serde_json::json;
use server::DatabaseUrl;

use super::postgres::Postgres;
use super::{Shows, likes, lists, put, refused, search, titles};
use crate::test_server::until;

fn url(postgres: &Postgres) -> DatabaseUrl {
    let catalogue::Home::Postgres(url) = postgres.home("postgres") else { unreachable!() };
    url.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn k39_lists_are_the_same_on_postgresql() {
    let postgres = Postgres::start();
    lists::on_sale_and_soon(&Shows::open(Some(url(&postgres))).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k40_cursors_are_the_same_on_postgresql() {
    let postgres = Postgres::start();
    lists::cursors(&Shows::open(Some(url(&postgres))).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k39_searches_are_the_same_on_postgresql() {
    let postgres = Postgres::start();
    search::any_mix(&Shows::open(Some(url(&postgres))).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k41_likes_are_the_same_on_postgresql() {
    let postgres = Postgres::start();
    likes::once(&Shows::open(Some(url(&postgres))).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k35_while_postgresql_is_stopped_shows_are_refused_and_practising_goes_on() {
    let mut postgres = Postgres::start();
    let shows = Shows::open(Some(url(&postgres))).await;
    let kept = shows.add("가", 50).await;
    let fan = shows.server.fan();
    fan.get("/api/clock").await;
    let race = fan.begin(json!({"scenario": "calm"})).await;
    postgres.stop();
    let like = format!("/api/concerts/{}/like", kept.id);
    for path in
        ["/api/concerts", "/api/concerts?words=x", "/api/likes", "/api/banners", "/api/cities"]
    {
        let answer = refused(&fan, path, 503, "catalogue-away").await;
        assert!(answer.headers.contains_key("retry-after"), "{path}");
    }
    assert_eq!(put(&fan, &like).await, StatusCode::SERVICE_UNAVAILABLE);
    // The race opens, and another one begins.
    fan.race_when(&race.id, |race| race.stage == Stage::Open).await;
    fan.done(&race, "enter", json!({})).await;
    fan.begin(json!({"scenario": "calm"})).await;
    assert_eq!(fan.get("/readyz").await.status, StatusCode::OK);
    postgres.go_on();
    until(|| async { (put(&fan, &like).await == StatusCode::NO_CONTENT).then_some(()) }).await;
    assert_eq!(titles(&fan, "/api/likes").await, ["가"]);
}
