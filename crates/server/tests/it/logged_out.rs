//! Live connections of people who log out or are forgotten.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::identity::open_room;
use crate::test_server::{Fan, Live, TestServer};

const LOGGED_OUT: u16 = 4001;

async fn live_in_room(fan: &Fan, code: &str) -> Live {
    fan.try_live_at(&format!("/api/rooms/{code}/live")).await.expect("there is room")
}

async fn ends(live: &mut Live) {
    assert_eq!(live.until_closed().await, Some((LOGGED_OUT, "logged out".to_owned())));
}

/// Whether a connection still answers.
async fn answers(live: &mut Live) -> bool {
    live.try_say(r#"{"type":"ping","echo":1}"#).await && live.hear_text("pong").await
}

async fn leave(fan: &Fan, path: &str) {
    let answer = fan.post(path, &[], &json!({})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
}

/// A person at two browsers, a race and a room that both watch, and somebody else in the room.
struct Scene {
    server: TestServer,
    phone: Fan,
    desk: Fan,
    race: String,
    code: String,
}

impl Scene {
    async fn new() -> Self {
        let server = TestServer::open_with_log_in().await;
        let (phone, desk) = (server.fan(), server.fan());
        let race = phone.begin(json!({"scenario": "lobby"})).await.id;
        let code = open_room(&phone, "미나").await;
        phone.log_in("mina").await;
        desk.log_in("mina").await;
        Self { server, phone, desk, race, code }
    }

    async fn stranger(&self) -> Live {
        let stranger = self.server.fan();
        stranger.get("/api/clock").await;
        live_in_room(&stranger, &self.code).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn l25_logging_out_ends_the_live_connections_of_that_browser_alone() {
    let scene = Scene::new().await;
    let mut of_phone = scene.phone.live(&scene.race).await;
    let mut of_phone_in_room = live_in_room(&scene.phone, &scene.code).await;
    let mut of_desk = scene.desk.live(&scene.race).await;
    let mut of_stranger = scene.stranger().await;
    leave(&scene.phone, "/api/me/log-out").await;
    ends(&mut of_phone).await;
    ends(&mut of_phone_in_room).await;
    assert!(answers(&mut of_desk).await && answers(&mut of_stranger).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn l25_logging_out_everywhere_ends_the_live_connections_of_all_browsers() {
    let scene = Scene::new().await;
    let mut own = [
        scene.phone.live(&scene.race).await,
        scene.desk.live(&scene.race).await,
        live_in_room(&scene.desk, &scene.code).await,
    ];
    let mut of_stranger = scene.stranger().await;
    leave(&scene.phone, "/api/me/log-out-everywhere").await;
    for live in &mut own {
        ends(live).await;
    }
    assert!(answers(&mut of_stranger).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn l25_connections_from_before_a_log_in_go_on_and_end_with_the_session() {
    let server = TestServer::open_with_log_in().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await.id;
    let mut live = fan.live(&race).await;
    fan.log_in("mina").await;
    assert!(answers(&mut live).await, "whoever logs in during a sale stays in it");
    leave(&fan, "/api/me/log-out").await;
    ends(&mut live).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn l25_whoever_is_deleted_watches_nothing_any_more() {
    let scene = Scene::new().await;
    let mut of_desk = live_in_room(&scene.desk, &scene.code).await;
    let guest = scene.server.fan();
    guest.begin(json!({"scenario": "lobby"})).await;
    let mut of_guest = live_in_room(&guest, &scene.code).await;
    for fan in [&scene.phone, &guest] {
        let answer = fan.send(Method::DELETE, "/api/me", &[], None).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    }
    ends(&mut of_desk).await;
    ends(&mut of_guest).await;
}
