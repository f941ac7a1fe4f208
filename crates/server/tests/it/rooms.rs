//! Rooms over real sockets: people who meet by a link, their host, and what is left after a restart.

use protocol::{FromRoom, RaceView, Room, RoomStage, RoomStart, RunStand, Stage, WIRE_VERSION};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

use crate::test_server::{Answer, Fan, TestServer, until, within_bound};

fn calm() -> Value {
    json!({"scenario": "calm", "start": {"kind": "button"}, "countdown_s": 10})
}

/// Opens a room under a name.
async fn open(fan: &Fan, settings: Value, name: &str) -> Room {
    let answer = fan.post("/api/rooms", &[], &json!({"settings": settings, "name": name})).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let room: Room = answer.json();
    assert_eq!(answer.headers["location"], format!("/api/rooms/{}", room.code));
    room
}

async fn put(fan: &Fan, path: &str, body: Value) -> Answer {
    fan.send(Method::PUT, path, &[], Some(body.to_string().into_bytes())).await
}

async fn remove(fan: &Fan, code: &str, number: u32) -> Answer {
    fan.send(Method::DELETE, &format!("/api/rooms/{code}/members/{number}"), &[], None).await
}

async fn join(fan: &Fan, code: &str, name: &str) -> Answer {
    fan.post(&format!("/api/rooms/{code}/members"), &[], &json!({"name": name})).await
}

async fn show(fan: &Fan, code: &str) -> Room {
    let answer = fan.get(&format!("/api/rooms/{code}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn start(fan: &Fan, code: &str) -> Answer {
    fan.send(Method::POST, &format!("/api/rooms/{code}/start"), &[], None).await
}

fn ok(answer: &Answer) -> Room {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

fn names(room: &Room) -> Vec<&str> {
    room.members.iter().map(|member| member.name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a64_three_people_meet_by_a_link() {
    let server = TestServer::open().await;
    let (host, second, third, stranger) = (server.fan(), server.fan(), server.fan(), server.fan());
    let room = open(&host, calm(), "민지").await;
    assert_eq!((room.you, room.host, room.stage), (Some(1), Some(1), RoomStage::Lobby));
    assert_eq!(room.title.ko, "시험");
    ok(&join(&second, &room.code, "민지").await);
    let seen = ok(&join(&third, &room.code, " Jun ").await);
    assert_eq!(names(&seen), ["민지", "민지 2", "Jun"]);
    assert_eq!((seen.you, seen.your_name.as_deref()), (Some(3), Some("Jun")));
    let ready = format!("/api/rooms/{}/ready", room.code);
    assert!(ok(&put(&second, &ready, json!({"ready": true})).await).members[1].ready);
    let seen = show(&stranger, &room.code).await;
    assert_eq!((seen.you, seen.your_name, seen.member_count), (None, None, 3));
    let renamed = ok(&join(&third, &room.code, "Sol").await);
    assert_eq!(names(&renamed), ["민지", "민지 2", "Sol"]);
    assert_eq!(join(&stranger, &room.code, "\u{200b}").await.code(), "name-invalid");
    assert_eq!(join(&stranger, "aaaaaaaaaaaaaaaa", "x").await.code(), "no-such-room");
    assert_eq!(stranger.get("/api/rooms/nonsense").await.code(), "no-such-room");
    assert_eq!(put(&stranger, &ready, json!({"ready": true})).await.code(), "not-in-room");
}

#[tokio::test(flavor = "multi_thread")]
async fn a64_a_room_is_opened_once_under_one_key() {
    let server = TestServer::open().await;
    let fan = server.fan();
    fan.get("/api/clock").await;
    let body = json!({"settings": calm(), "name": "Mina"});
    let key = [("idempotency-key", "one")];
    let first: Room = fan.post("/api/rooms", &key, &body).await.json();
    let again: Room = fan.post("/api/rooms", &key, &body).await.json();
    assert_eq!(first.code, again.code);
    let other = json!({"settings": calm(), "name": "Jun"});
    assert_eq!(fan.post("/api/rooms", &key, &other).await.code(), "idempotency-key-reused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a67_settings_out_of_bounds_are_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let button = json!({"kind": "button"});
    let soon = json!({"kind": "at", "at_ms": 5});
    for (settings, code) in [
        (json!({"scenario": "none-such", "start": button}), "unknown-scenario"),
        (json!({"start": button}), "choice-incomplete"),
        (json!({"scenario": "calm", "start": button, "countdown_s": 9}), "json-invalid"),
        (json!({"scenario": "calm", "start": button, "countdown_s": 601}), "json-invalid"),
        (json!({"scenario": "calm", "start": soon}), "json-invalid"),
        (json!({"scenario": "calm", "start": button, "seed": 4}), "json-invalid"),
        (json!({"scenario": "calm", "start": button, "rivals": 1_000_001}), "too-many-rivals"),
    ] {
        let body = json!({"settings": settings, "name": "Mina"});
        assert_eq!(fan.post("/api/rooms", &[], &body).await.code(), code, "{body}");
    }
    let nameless = json!({"settings": calm(), "name": " "});
    assert_eq!(fan.post("/api/rooms", &[], &nameless).await.code(), "name-invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a68_the_host_rules_and_the_next_one_follows() {
    let server = TestServer::open().await;
    let (host, second, third) = (server.fan(), server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    ok(&join(&second, &code, "B").await);
    ok(&join(&third, &code, "C").await);
    let (door, settings) =
        (format!("/api/rooms/{code}/door"), format!("/api/rooms/{code}/settings"));
    assert_eq!(put(&second, &settings, calm()).await.code(), "not-host");
    assert_eq!(put(&second, &door, json!({"door": "closed"})).await.code(), "not-host");
    assert_eq!(remove(&second, &code, 3).await.code(), "not-host");
    assert_eq!(start(&second, &code).await.code(), "not-host");
    let rematch = second.send(Method::POST, &format!("/api/rooms/{code}/rematch"), &[], None).await;
    assert_eq!(rematch.code(), "not-host");
    let other = json!({"scenario": "rush", "start": {"kind": "button"}, "countdown_s": 20});
    let changed = ok(&put(&host, &settings, other).await);
    assert_eq!(changed.settings.scenario.as_deref(), Some("rush"));
    assert_eq!(names(&ok(&remove(&host, &code, 3).await)), ["A", "B"]);
    assert_eq!(join(&third, &code, "C").await.code(), "room-closed");
    ok(&put(&host, &door, json!({"door": "closed"})).await);
    ok(&put(&host, &door, json!({"door": "open"})).await);
    ok(&join(&third, &code, "C").await);
    let left = ok(&remove(&host, &code, 1).await);
    assert_eq!((left.you, left.host), (None, Some(2)));
    ok(&put(&second, &settings, calm()).await);
}

/// A live connection of a room.
struct Live {
    socket: tokio_tungstenite::WebSocketStream<
        tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>,
    >,
}

impl Live {
    async fn open(fan: &Fan, code: &str) -> Self {
        let request = fan.upgrade_at(&format!("/api/rooms/{code}/live"));
        Self { socket: within_bound(connect_async(request)).await.unwrap().0 }
    }

    /// The next room that meets a condition.
    async fn room_when(&mut self, is: impl Fn(&Room) -> bool) -> Room {
        use futures_util::StreamExt;
        loop {
            let message = within_bound(self.socket.next()).await.unwrap().unwrap();
            let Message::Text(text) = message else { continue };
            match serde_json::from_str(&text).unwrap() {
                FromRoom::Room { room } if is(&room) => return *room,
                FromRoom::Room { .. } | FromRoom::Pong { .. } => {}
            }
        }
    }

    async fn say(&mut self, text: &str) {
        use futures_util::SinkExt;
        within_bound(self.socket.send(Message::text(text))).await.unwrap();
    }

    /// Hears until the server closes the connection.
    async fn until_closed(&mut self) {
        use futures_util::StreamExt;
        while let Some(Ok(_)) = within_bound(self.socket.next()).await {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a74_everybody_who_looks_is_told_of_every_change() {
    let server = TestServer::open().await;
    let (host, guest) = (server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    let mut live = Live::open(&host, &code).await;
    let room = live.room_when(|room| room.members[0].here).await;
    assert_eq!((room.you, room.your_name.as_deref()), (Some(1), Some("A")));
    guest.get("/api/clock").await;
    let mut theirs = Live::open(&guest, &code).await;
    assert_eq!(theirs.room_when(|_| true).await.you, None);
    ok(&join(&guest, &code, "B \"quoted\"").await);
    let joined = theirs.room_when(|room| room.you == Some(2)).await;
    assert_eq!(joined.your_name.as_deref(), Some("B \"quoted\""));
    let seen = live.room_when(|room| room.member_count == 2).await;
    assert_eq!((seen.you, seen.members[1].here), (Some(1), true));
    theirs.say(r#"{"type":"ping","echo":5}"#).await;
    drop(theirs);
    live.room_when(|room| !room.members[1].here).await;
    live.say("nonsense").await;
    live.until_closed().await;
    assert_eq!(host.get(&format!("/api/rooms/{code}/live")).await.code(), "websocket-needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a69_a_start_makes_one_race_for_the_room() {
    let server = TestServer::open().await;
    let (host, second) = (server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    ok(&join(&second, &code, "B").await);
    let mut live = Live::open(&second, &code).await;
    let presses = futures_util::future::join_all((0..4).map(|_| start(&host, &code))).await;
    let rooms: Vec<Room> = presses.iter().map(ok).collect();
    let race = rooms[0].race.clone().unwrap();
    assert!(rooms.iter().all(|room| room.race.as_ref() == Some(&race)), "one race");
    let told = live.room_when(|room| room.stage != RoomStage::Lobby).await;
    assert_eq!(told.race.as_ref(), Some(&race));
    assert!(told.starts_at_ms.unwrap() < told.opens_at_ms.unwrap());
    let settings = put(&host, &format!("/api/rooms/{code}/settings"), calm()).await;
    assert_eq!(settings.code(), "room-started");
    let (late, stranger) = (server.fan(), server.fan());
    let path = format!("/api/races/{race}");
    late.get("/api/clock").await;
    assert_eq!(late.get(&path).await.code(), "no-such-race");
    assert_eq!(ok(&join(&late, &code, "C").await).you, Some(3), "who comes late is in, too");
    for (fan, member) in [(&second, 0), (&host, 1), (&late, 2)] {
        let view: RaceView = fan.get(&path).await.json();
        assert_eq!((view.state.member, view.race.opens_at_ms), (member, 10_000.0));
        let (begun, opens) = (told.starts_at_ms.unwrap(), told.opens_at_ms.unwrap());
        assert!(
            (view.state.started_at_ms - begun).abs() < 1.0
                && (opens - begun - 10_000.0).abs() < 1.0
        );
    }
    assert_eq!(stranger.get(&path).await.code(), "no-such-race");
}

#[tokio::test(flavor = "multi_thread")]
async fn a72_the_clock_starts_the_race() {
    let server = TestServer::open().await;
    let host = server.fan();
    let clock: protocol::Clock = host.get("/api/clock").await.json();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "Unix time")]
    let at_ms = clock.now_ms as u64 + 10_500;
    let at = json!({"kind": "at", "at_ms": at_ms});
    let settings = json!({"scenario": "calm", "start": at, "countdown_s": 10});
    let room = open(&host, settings, "A").await;
    assert_eq!(room.settings.start, RoomStart::At { at_ms });
    assert_eq!(room.opens_at_ms.map(|opens| format!("{opens:.0}")), Some(at_ms.to_string()));
    until(|| async { show(&host, &room.code).await.race }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a75_a_restart_finds_the_room_its_names_and_its_race() {
    let mut server = TestServer::open().await;
    let (host, second, third) = (server.fan(), server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    ok(&join(&second, &code, "B").await);
    ok(&join(&third, &code, "C").await);
    ok(&remove(&host, &code, 3).await);
    ok(&put(&second, &format!("/api/rooms/{code}/ready"), json!({"ready": true})).await);
    let race = ok(&start(&host, &code).await).race;
    let before = show(&second, &code).await;
    server.stop().await;
    server.start().await;
    let (second, third) = (second.moved(&server), third.moved(&server));
    let mut after = show(&second, &code).await;
    assert_eq!(after.race, race);
    assert!(after.revision > before.revision);
    after.revision = before.revision;
    after.stage = before.stage;
    assert_eq!(after, before);
    assert_eq!(join(&third, &code, "C").await.code(), "room-closed");
    let path = format!("/api/races/{}", race.unwrap());
    assert_eq!(second.get(&path).await.status, StatusCode::OK);
    assert_eq!(third.get(&path).await.code(), "no-such-race");
}

#[tokio::test(flavor = "multi_thread")]
async fn a70_a81_a_rematch_makes_another_race_for_those_who_are_still_there() {
    let server = TestServer::open().await;
    let (host, second, late) = (server.fan(), server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    ok(&join(&second, &code, "B").await);
    let first = ok(&start(&host, &code).await).race.unwrap();
    let rematch = format!("/api/rooms/{code}/rematch");
    let call = async || host.send(Method::POST, &rematch, &[], None).await;
    assert_eq!(call().await.code(), "not-over");
    let share = format!("/api/rooms/{code}/report");
    ok(&put(&second, &share, json!({"shared": true})).await);
    come_and_leave(&first, &[&host, &second]).await;
    let over = until_over(&second, &code).await;
    assert!(over.members.iter().all(|member| member.run == RunStand::Over));
    ok(&join(&late, &code, "Late").await);
    let entry = format!("/api/races/{first}");
    assert_eq!(late.get(&entry).await.code(), "sale-closed");
    let lobby = ok(&call().await);
    assert_eq!(late.get(&entry).await.code(), "no-such-race");
    assert_eq!(second.get(&entry).await.status, StatusCode::OK);
    let results: protocol::Results = late.get(&format!("/api/rooms/{code}/results")).await.json();
    assert_eq!((results.rows.len(), results.rows[1].name.as_deref()), (2, Some("B")));
    for (path, status) in [("record", 200), ("report?member=0", 403), ("report?member=1", 200)] {
        assert_eq!(late.get(&format!("{entry}/{path}")).await.status, status, "{path}");
    }
    assert_eq!(late.get(&format!("{entry}/report")).await.code(), "no-such-race");
    assert_eq!((lobby.stage, lobby.rematch, lobby.race), (RoomStage::Lobby, 1, None));
    let again = ok(&start(&host, &code).await);
    assert_ne!(again.race.as_ref(), Some(&first));
    let race = second.race(&again.race.unwrap()).await;
    assert!(!race.over);
}

#[tokio::test(flavor = "multi_thread")]
async fn l21_a_deleted_person_shares_no_report_also_after_a_restart() {
    let mut server = TestServer::open().await;
    let (host, second) = (server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    ok(&join(&second, &code, "B").await);
    let race = ok(&start(&host, &code).await).race.unwrap();
    let share = format!("/api/rooms/{code}/report");
    ok(&put(&second, &share, json!({"shared": true})).await);
    come_and_leave(&race, &[&host, &second]).await;
    until_over(&host, &code).await;
    let report = format!("/api/races/{race}/report?member=1");
    assert_eq!(host.get(&report).await.status, StatusCode::OK);
    let deleted = second.send(Method::DELETE, "/api/me", &[], None).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.text());
    assert_eq!(host.get(&report).await.code(), "report-not-shared");
    server.stop().await;
    server.start().await;
    assert_eq!(host.moved(&server).get(&report).await.code(), "report-not-shared");
}

/// Has people press once the sale is open, and leave at once.
async fn come_and_leave(race: &str, fans: &[&Fan]) {
    for fan in fans {
        let race = fan.race_when(race, |race| race.stage == Stage::Open).await;
        let placed = fan.done(&race, "enter", json!({})).await.race;
        fan.done(&placed, "leave", json!({})).await;
    }
}

async fn until_over(fan: &Fan, code: &str) -> Room {
    until(async || {
        let room = show(fan, code).await;
        (room.stage == RoomStage::Over).then_some(room)
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a80_a_race_is_over_when_the_last_who_never_came_leaves_the_room() {
    let server = TestServer::open().await;
    let (host, second, third) = (server.fan(), server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    ok(&join(&second, &code, "B").await);
    ok(&join(&third, &code, "C").await);
    let race = ok(&start(&host, &code).await).race.unwrap();
    come_and_leave(&race, &[&host, &second]).await;
    until(async || {
        let room = show(&host, &code).await;
        let have_ended = |member: &&protocol::RoomMember| member.run == RunStand::Over;
        (room.members.iter().filter(have_ended).count() == 2).then_some(())
    })
    .await;
    assert_eq!(show(&host, &code).await.stage, RoomStage::Running, "the third may still come");
    ok(&remove(&third, &code, 3).await);
    until_over(&host, &code).await;
    assert_eq!(host.get(&format!("/api/races/{race}/report")).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a110_who_opened_the_race_never_pressed_and_left_the_room_is_not_waited_for() {
    let server = TestServer::open().await;
    let (host, second, third) = (server.fan(), server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    ok(&join(&second, &code, "B").await);
    ok(&join(&third, &code, "C").await);
    let race = ok(&start(&host, &code).await).race.unwrap();
    // B looks at the race and leaves the room while the others play, C looks at it and leaves the room at the end.
    second.race(&race).await;
    third.race(&race).await;
    ok(&remove(&second, &code, 2).await);
    come_and_leave(&race, &[&host]).await;
    until(async || {
        let room = show(&host, &code).await;
        (room.members[0].run == RunStand::Over).then_some(())
    })
    .await;
    assert_eq!(show(&host, &code).await.stage, RoomStage::Running, "C may still press");
    ok(&remove(&third, &code, 3).await);
    until_over(&host, &code).await;
    assert_eq!(host.get(&format!("/api/races/{race}/report")).await.status, StatusCode::OK);
    let left = third.race(&race).await;
    assert!(left.over, "C keeps the run, which ended with the race");
}

#[tokio::test(flavor = "multi_thread")]
async fn a75_a_damaged_file_of_rooms_stops_the_start_and_harms_no_race() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "calm"})).await;
    open(&fan, calm(), "A").await;
    server.stop().await;
    let file = server.folder().join("data/rooms.sqlite3");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, b"no database at all, though long enough".repeat(40)).unwrap();
    let error = server.try_start().await.unwrap_err();
    assert!(matches!(
        error,
        server::ServerError::Rooms { source: server::RoomStoreError::Damaged { .. }, .. }
    ));
    std::fs::write(&file, whole).unwrap();
    server.start().await;
    let fan = fan.moved(&server);
    fan.race(&race.id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a77_a_code_makes_another_browser_the_same_guest() {
    let server = TestServer::open().await;
    let (inside, real) = (server.fan(), server.fan());
    let room = open(&inside, calm(), "A").await;
    let to = format!("/room/{}", room.code);
    let offer = inside.post("/api/handover", &[], &json!({"to": to})).await;
    let offer: protocol::HandoverCode = offer.json();
    assert_eq!((offer.code.len(), offer.good_for_s), (8, 120));
    let claim = json!({"code": offer.code});
    let answer = real.post("/api/handover/claim", &[], &claim).await;
    assert_eq!(answer.json::<protocol::HandoverTo>().to, to);
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 1, "one cookie, that of the other browser");
    assert_eq!(show(&real, &room.code).await.you, Some(1));
    assert_eq!(real.post("/api/handover/claim", &[], &claim).await.code(), "handover-invalid");
    for to in ["//evil.example", "https://evil.example", "/\\evil", "room", "/a b", ""] {
        let answer = inside.post("/api/handover", &[], &json!({"to": to})).await;
        assert_eq!(answer.code(), "json-invalid", "{to}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a77_a_network_may_try_only_a_few_codes() {
    let server = TestServer::open().await;
    let fan = server.fan();
    for number in 0..server::limits::HANDOVER_TRIES_BURST {
        let claim = json!({"code": format!("{number:08}")});
        let answer = fan.post("/api/handover/claim", &[], &claim).await;
        assert_eq!(answer.code(), "handover-invalid");
    }
    let answer = fan.post("/api/handover/claim", &[], &json!({"code": "00000000"})).await;
    assert_eq!(answer.code(), "too-many-requests");
}

#[tokio::test(flavor = "multi_thread")]
async fn a78_a_link_unfolds_without_the_names_of_people() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let room = open(&fan, calm(), "SecretName").await;
    let page = fan.get(&format!("/room/{}", room.code)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    assert!(!page.text().contains("SecretName"));
    let picture = fan.get("/pictures/room.png").await;
    assert_eq!(picture.headers["content-type"], "image/png");
    assert!(picture.body.starts_with(b"\x89PNG"));
    assert_eq!(fan.get("/room/nonsense/watch").await.status, StatusCode::OK);
    let version = WIRE_VERSION.to_string();
    let headers = [("wire-version", version.as_str()), ("origin", "http://evil.example")];
    let foreign = fan.send(Method::POST, "/api/rooms", &headers, Some(b"{}".to_vec())).await;
    assert_eq!(foreign.code(), "foreign-origin");
}

#[tokio::test(flavor = "multi_thread")]
async fn a79_a_guest_changes_rooms_only_so_often_in_a_while() {
    let server = TestServer::open().await;
    let (host, other) = (server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    let door = format!("/api/rooms/{code}/door");
    let mut refused = None;
    for number in 0..=2 * server::limits::ROOM_CHANGES_PER_GUEST_BURST {
        let to = if number % 2 == 0 { "closed" } else { "open" };
        let answer = put(&host, &door, json!({"door": to})).await;
        refused = (answer.status != StatusCode::OK).then_some(answer);
        if refused.is_some() {
            break;
        }
    }
    assert_eq!(refused.unwrap().code(), "too-many-requests");
    let theirs = open(&other, calm(), "B").await.code;
    ok(&put(&other, &format!("/api/rooms/{theirs}/ready"), json!({"ready": true})).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a79_a_guest_opens_and_joins_only_so_many_rooms_in_a_while() {
    let server = TestServer::open().await;
    let (fan, other) = (server.fan(), server.fan());
    let code = open(&fan, calm(), "A").await.code;
    let body = json!({"settings": calm(), "name": "A"});
    for _ in 1..server::limits::ROOMS_PER_GUEST_BURST {
        assert_eq!(fan.post("/api/rooms", &[], &body).await.status, StatusCode::CREATED);
    }
    assert_eq!(fan.post("/api/rooms", &[], &body).await.code(), "too-many-requests");
    open(&other, calm(), "B").await;
    let mut refused = None;
    for number in 0..=2 * server::limits::JOINS_PER_GUEST_BURST {
        let answer = join(&fan, &code, &format!("name {number}")).await;
        refused = (answer.status != StatusCode::OK).then_some(answer);
        if refused.is_some() {
            break;
        }
    }
    assert_eq!(refused.unwrap().code(), "too-many-requests");
    ok(&join(&other, &code, "B").await);
}

/// The ids of the races in a guest's list.
async fn listed(fan: &Fan) -> Vec<String> {
    let cards: protocol::RaceCards = fan.get("/api/races").await.json();
    cards.races.into_iter().map(|card| card.id).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a87_a_restart_brings_no_race_back_into_the_list_of_those_who_left_its_room() {
    let mut server = TestServer::open().await;
    let mut fans = [server.fan(), server.fan(), server.fan()];
    let [host, raced, stays] = &fans;
    let code = open(host, calm(), "A").await.code;
    ok(&join(raced, &code, "B").await);
    ok(&join(stays, &code, "C").await);
    let race = ok(&start(host, &code).await).race.unwrap();
    raced.race(&race).await;
    ok(&remove(host, &code, 1).await);
    ok(&remove(raced, &code, 2).await);
    for _ in 0..2 {
        let [host, raced, stays] = &fans;
        assert!(listed(host).await.is_empty(), "the host left and has no run");
        assert_eq!(listed(raced).await, [race.as_str()], "a run stays in its person's list");
        assert_eq!(listed(stays).await, [race.as_str()]);
        server.stop().await;
        server.start().await;
        fans = fans.map(|fan| fan.moved(&server));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a86_the_results_of_an_earlier_race_of_the_room_can_be_asked_for() {
    let server = TestServer::open().await;
    let (host, late, other) = (server.fan(), server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    let first = ok(&start(&host, &code).await).race.unwrap();
    let race = host.race_when(&first, |race| race.stage == Stage::Open).await;
    let placed = host.done(&race, "enter", json!({})).await.race;
    host.done(&placed, "leave", json!({})).await;
    until(async || (show(&host, &code).await.stage == RoomStage::Over).then_some(())).await;
    ok(&host.send(Method::POST, &format!("/api/rooms/{code}/rematch"), &[], None).await);
    ok(&join(&late, &code, "B").await);
    let second = ok(&start(&host, &code).await).race.unwrap();
    let path = format!("/api/rooms/{code}/results");
    let of = async |fan: &Fan, query: &str| fan.get(&format!("{path}{query}")).await;
    let latest: protocol::Results = of(&host, "").await.json();
    assert_eq!(latest.race, second);
    let earlier: protocol::Results = of(&host, &format!("?race={first}")).await.json();
    assert_eq!((&earlier.race, earlier.over, earlier.rows.len()), (&first, true, 1));
    assert_eq!(earlier.rows[0].name.as_deref(), Some("A"));
    let theirs = open(&other, calm(), "C").await.code;
    let foreign = ok(&start(&other, &theirs).await).race.unwrap();
    // The host may enter this one, and still it is not the room's.
    let alone = host.begin(json!({"scenario": "calm"})).await.id;
    let foreign = [foreign, alone, "nonsense".to_owned(), String::new()];
    for query in foreign.map(|race| format!("?race={race}")) {
        assert_eq!(of(&host, &query).await.code(), "no-such-race", "{query}");
    }
    let seen: protocol::Results = of(&late, &format!("?race={first}")).await.json();
    assert_eq!(seen.rows.len(), 1, "who came later sees it and is not in it");
    assert!(!seen.rows[0].you);
}

#[tokio::test(flavor = "multi_thread")]
async fn a88_a_live_connection_is_told_the_other_name_at_once() {
    let server = TestServer::open().await;
    let host = server.fan();
    let code = open(&host, calm(), "A").await.code;
    let mut live = Live::open(&host, &code).await;
    assert_eq!(live.room_when(|_| true).await.your_name.as_deref(), Some("A"));
    ok(&join(&host, &code, "B").await);
    let renamed = live.room_when(|room| room.members[0].name == "B").await;
    assert_eq!(renamed.your_name.as_deref(), Some("B"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a89_a_room_shows_the_commitment_to_everybody_from_the_start_of_its_race() {
    let server = TestServer::open().await;
    let (host, stranger) = (server.fan(), server.fan());
    let code = open(&host, calm(), "A").await.code;
    assert_eq!(show(&stranger, &code).await.commitment, None);
    let race = ok(&start(&host, &code).await).race.unwrap();
    let seen = show(&stranger, &code).await;
    assert_eq!(seen.stage, RoomStage::Counting);
    let shown = seen.commitment.unwrap();
    assert_eq!(shown.len(), 64);
    assert_eq!(host.race(&race).await.id, race);
    let results: protocol::Results = host.get(&format!("/api/races/{race}/results")).await.json();
    assert_eq!(results.commitment, Some(shown));
}
