//! People who log out or are forgotten: their live connections, and a database that is away.

use catalogue::{Catalogue, CatalogueOptions, CursorKey, Home};
use protocol::Me;
use reqwest::{Method, StatusCode};
use serde_json::json;
use server::DatabaseUrl;

use crate::identity::open_room;
use crate::shows::postgres::Postgres;
use crate::test_server::{Fan, Live, TestServer, until};

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

fn url(postgres: &Postgres) -> DatabaseUrl {
    let Home::Postgres(url) = postgres.home("postgres") else { unreachable!() };
    url.parse().unwrap()
}

/// What the account at a browser is called.
async fn name(fan: &Fan) -> Option<String> {
    fan.get("/api/me").await.json::<Me>().account.and_then(|account| account.name)
}

/// How many browsers are logged in by the database.
async fn session_count(postgres: &Postgres) -> usize {
    let home = postgres.home("postgres");
    let catalogue = Catalogue::open(CatalogueOptions { home, cursor_key: CursorKey([1; 32]) });
    let catalogue = catalogue.await.unwrap();
    let sessions = catalogue.sessions().await.unwrap();
    catalogue.close().await.unwrap();
    sessions.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn l33_people_log_out_while_the_database_is_away_and_stay_logged_out() {
    for restarts in [false, true] {
        let mut postgres = Postgres::start();
        let mut server = TestServer::open_with_log_in_and(url(&postgres)).await;
        let (mina, noa, desk, hana) = (server.fan(), server.fan(), server.fan(), server.fan());
        for (fan, name) in [(&mina, "mina"), (&noa, "noa"), (&desk, "noa"), (&hana, "hana")] {
            fan.log_in(name).await;
        }
        let stolen = [&mina, &noa, &desk].map(|fan| fan.cookie_named("tingting_session").unwrap());
        postgres.stop();
        for (fan, path) in [(&mina, "/api/me/log-out"), (&desk, "/api/me/log-out-everywhere")] {
            let answer = fan.post(path, &[], &json!({})).await;
            assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
            assert_eq!(fan.cookie_named("tingting_session"), None);
        }
        let thieves_are_nobody = async |server: &TestServer| {
            for cookie in &stolen {
                let thief = server.fan();
                thief.plant("tingting_session", cookie);
                assert_eq!(name(&thief).await, None);
            }
        };
        thieves_are_nobody(&server).await;
        assert_eq!(name(&noa).await, None);
        assert_eq!(name(&hana).await.as_deref(), Some("hana"));
        if restarts {
            server.stop().await;
        }
        postgres.go_on();
        if restarts {
            server.start().await;
        }
        until(async || (session_count(&postgres).await == 1).then_some(())).await;
        let kept = server.folder().join("data/ended-sessions");
        until(async || (!kept.exists()).then_some(())).await;
        thieves_are_nobody(&server).await;
        let (mina, hana) = (mina.moved(&server), hana.moved(&server));
        assert_eq!(name(&hana).await.as_deref(), Some("hana"));
        mina.log_in("mina").await;
    }
}
