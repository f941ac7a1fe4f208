//! Open races over real sockets: the timetable, and entering a race of it.

use std::time::Duration;

use protocol::{OpenRaces, Room, RoomKind, RoomStage};
use reqwest::{Method, StatusCode};
use server::{OpenTurn, Timetable};

use crate::test_server::{Fan, TestServer, until};

async fn list(fan: &Fan) -> OpenRaces {
    fan.get("/api/open-races").await.json()
}

async fn server_with_races() -> TestServer {
    let mut server = TestServer::open().await;
    server.stop().await;
    let turn = |scenario: &str| OpenTurn { scenario: scenario.to_owned(), style: None };
    let turns = vec![turn("calm"), turn("rush")];
    server.open_races = Some(Timetable { every: Duration::from_mins(1), turns });
    server.start().await;
    server
}

#[tokio::test(flavor = "multi_thread")]
async fn a73_everybody_enters_an_open_race_under_a_given_name() {
    let mut server = server_with_races().await;
    let fans = [server.fan(), server.fan(), server.fan()];
    let races = list(&fans[0]).await;
    assert!(races.running.is_empty() && races.next.len() == 3);
    // One that opens in less than ten seconds might be set up no more when the first one enters.
    let is_too_near = races.next[0].opens_at_ms - races.now_ms < 10_000.0;
    let race = &races.next[usize::from(is_too_near)];
    assert_eq!((race.entered, race.stage, race.seats), (0, RoomStage::Lobby, 40));
    assert!((race.opens_at_ms - races.now_ms) < 180_000.0);
    let path = format!("/api/open-races/{}/enter", race.code);
    for (fan, name) in fans.iter().zip(["포도 1", "포도 2", "포도 3"]) {
        let answer = fan.send(Method::POST, &path, &[], None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let room: Room = answer.json();
        assert_eq!((room.kind, room.host), (RoomKind::Open, None));
        assert_eq!(room.your_name.as_deref(), Some(name));
    }
    let listed = list(&fans[1]).await;
    let listed = listed.next.iter().find(|other| other.code == race.code);
    assert_eq!(listed.map(|race| race.entered), Some(3));
    // The race starts by itself, a minute before its opening or as soon as somebody is there.
    let code = race.code.clone();
    let room = until(|| async {
        let room: Room = fans[2].get(&format!("/api/rooms/{code}")).await.json();
        room.race.is_some().then_some(room)
    })
    .await;
    assert_eq!(room.you, Some(3));
    assert_ne!(room.stage, RoomStage::Lobby);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a73_a_list_says_from_when_each_race_may_be_entered() {
    let mut server = TestServer::open().await;
    server.stop().await;
    let turns = vec![OpenTurn { scenario: "calm".to_owned(), style: None }];
    server.open_races = Some(Timetable { every: Duration::from_hours(1), turns });
    server.start().await;
    let fan = server.fan();
    let races = list(&fan).await;
    let before = |race: &protocol::OpenRace| race.opens_at_ms - race.enter_from_ms;
    assert!(races.next.iter().all(|race| (before(race) - 300_000.0).abs() < 1.0));
    let [_, later, _] = &races.next[..] else { panic!("three races") };
    assert!(later.enter_from_ms > races.now_ms);
    let path = format!("/api/open-races/{}/enter", later.code);
    assert_eq!(fan.send(Method::POST, &path, &[], None).await.code(), "no-such-room");
}

#[tokio::test(flavor = "multi_thread")]
async fn a73_a_race_that_is_not_on_the_timetable_cannot_be_entered() {
    let server = server_with_races().await;
    let fan = server.fan();
    let path = "/api/open-races/aaaaaaaaaaaaaaaa/enter";
    assert_eq!(fan.send(Method::POST, path, &[], None).await.code(), "no-such-room");
}

#[tokio::test(flavor = "multi_thread")]
async fn a73_a_server_without_a_timetable_has_no_open_races() {
    let server = TestServer::open().await;
    let races = list(&server.fan()).await;
    assert!(races.next.is_empty() && races.running.is_empty());
}
