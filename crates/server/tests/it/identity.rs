//! One person at several browsers: what a guest had is the account's after a log-in.

use catalogue::PerformanceId;
use protocol::{Me, MyData, MyRooms, OpeningStage, RaceCards, RaceView};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::openings::{
    Sale, add_one, book, bookings, catalogue, ended_in_catalogue, enter, go_in, pay, sale,
    stage_when,
};
use crate::test_server::{Answer, Fan, Seen, TestServer, pass};

/// Whether people may enter an opening who have not logged in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guests {
    May,
    MayNot,
}

/// A performance whose sale is open, and its concert.
pub(crate) async fn open_sale(server: &TestServer, guests: Guests) -> (i64, i64) {
    let guests_may_enter = guests == Guests::May;
    let performance =
        add_one(server, Sale { seats_per_person: 2, guests_may_enter, ..sale() }).await;
    let catalogue = catalogue(server).await;
    let opening = catalogue.opening(PerformanceId(performance)).await.unwrap().unwrap();
    catalogue.close().await.unwrap();
    (performance, opening.concert.0)
}

async fn races(fan: &Fan) -> Vec<String> {
    let cards: RaceCards = fan.get("/api/races").await.json();
    cards.races.into_iter().map(|card| card.id).collect()
}

async fn likes(fan: &Fan) -> usize {
    let page: protocol::ConcertPage = fan.get("/api/likes").await.json();
    page.concerts.len()
}

pub(crate) async fn like(fan: &Fan, concert: i64) {
    let path = format!("/api/concerts/{concert}/like");
    let answer = fan.send(Method::PUT, &path, &[], Some(b"{}".to_vec())).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
}

/// A room with this person in it; returns its code.
pub(crate) async fn open_room(fan: &Fan, name: &str) -> String {
    let start = json!({"kind": "button"});
    let room = json!({"name": name, "settings": {"scenario": "lobby", "start": start}});
    let answer = fan.post("/api/rooms", &[], &room).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    answer.json::<Value>()["code"].as_str().unwrap().to_owned()
}

async fn is_in_room(fan: &Fan, code: &str) -> bool {
    let room: Value = fan.get(&format!("/api/rooms/{code}")).await.json();
    !room["you"].is_null()
}

#[tokio::test]
async fn l14_a_second_browser_brings_all_that_it_had() {
    let mut server = TestServer::open_with_log_in().await;
    let (performance, concert) = open_sale(&server, Guests::May).await;
    let (phone, desk) = (server.fan(), server.fan());
    let first = phone.begin(json!({"scenario": "lobby"})).await.id;
    phone.log_in("mina").await;
    let second = desk.begin(json!({"scenario": "lobby"})).await.id;
    let code = open_room(&desk, "미나").await;
    like(&desk, concert).await;
    let sale = book(&desk, performance, &[1]).await.race.id;
    desk.log_in("mina").await;
    for fan in [&phone, &desk] {
        let mut all = races(fan).await;
        all.sort_unstable();
        let mut expected = vec![first.clone(), second.clone(), sale.clone()];
        expected.sort_unstable();
        assert_eq!(all, expected);
        for race in [&first, &second, &sale] {
            assert_eq!(fan.get(&format!("/api/races/{race}")).await.status, StatusCode::OK);
        }
        assert!(is_in_room(fan, &code).await);
        let rooms: MyRooms = fan.get("/api/rooms").await.json();
        assert_eq!((rooms.rooms.len(), rooms.rooms[0].code.as_str()), (1, code.as_str()));
        assert_eq!(likes(fan).await, 1);
        assert_eq!(bookings(fan).await.bookings.len(), 1);
    }
    // So it is after a start, and whichever browser cancels.
    server.be_away_for(std::time::Duration::from_secs(1)).await;
    let (phone, desk) = (phone.moved(&server), desk.moved(&server));
    assert_eq!(phone.get(&format!("/api/races/{second}")).await.status, StatusCode::OK);
    let booking = &bookings(&phone).await.bookings[0];
    let path = format!("/api/bookings/{}/{}", booking.sale, booking.number);
    let key = phone.key();
    let cancelled = phone.send(Method::DELETE, &path, &[("idempotency-key", &key)], None).await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT, "{}", cancelled.text());
    assert!(bookings(&desk).await.bookings[0].cancelled_at_ms.is_some());
}

#[tokio::test]
async fn l14_an_account_that_was_several_guests_in_a_race_is_the_one_who_logged_in_last() {
    let server = TestServer::open_with_log_in().await;
    let (performance, _) = open_sale(&server, Guests::May).await;
    let fans = [server.fan(), server.fan(), server.fan()];
    let mut races = Vec::new();
    for (fan, seat) in fans.iter().zip([1, 2, 3]) {
        let race = go_in(fan, performance).await;
        races.push(fan.done(&race, "hold", json!({"seats": [seat]})).await.race);
    }
    for fan in &fans {
        fan.log_in("mina").await;
    }
    for fan in &fans {
        assert_eq!(fan.race(&races[0].id).await.you, races[2].you);
    }
}

/// A path with a letter of its last part spelled otherwise.
fn respelled(path: &str, id: &str) -> String {
    let (first, rest) = id.split_at(1);
    path.replace(id, &format!("%{:02X}{rest}", first.as_bytes()[0]))
}

#[tokio::test]
async fn l14_a_path_that_is_spelled_otherwise_is_about_the_same_race_and_room() {
    let server = TestServer::open_with_log_in().await;
    let (performance, _) = open_sale(&server, Guests::May).await;
    let (phone, desk) = (server.fan(), server.fan());
    let first = go_in(&phone, performance).await;
    let second = go_in(&desk, performance).await;
    assert_ne!(first.you, second.you);
    let own = desk.begin(json!({"scenario": "lobby"})).await.id;
    let code = open_room(&desk, "미나").await;
    phone.log_in("mina").await;
    desk.log_in("mina").await;
    // The race's own address, and the same one as a browser may send it.
    let path = format!("/api/races/{}", second.id);
    for path in [path.clone(), respelled(&path, &second.id)] {
        let race: Seen = phone.get(&path).await.json::<RaceView>().into();
        assert_eq!(race.you, second.you, "{path}: the one who logged in last");
    }
    let hold = respelled(&format!("/api/races/{}/hold", second.id), &second.id);
    let (key, pass) = (phone.key(), pass(&second));
    let headers = [("idempotency-key", key.as_str()), ("pass", pass.as_str())];
    let answer = phone.post(&hold, &headers, &json!({"seats": [1]})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let path = respelled(&format!("/api/races/{own}"), &own);
    assert_eq!(phone.get(&path).await.status, StatusCode::OK);
    let room: Value = phone.get(&respelled(&format!("/api/rooms/{code}"), &code)).await.json();
    assert!(!room["you"].is_null(), "{room}");
}

#[tokio::test]
async fn l15_whoever_logs_in_during_a_sale_stays_in_it_and_the_limit_counts_both() {
    let server = TestServer::open_with_log_in().await;
    let (performance, _) = open_sale(&server, Guests::May).await;
    let (phone, desk) = (server.fan(), server.fan());
    phone.log_in("mina").await;
    book(&phone, performance, &[0]).await;
    let race = go_in(&desk, performance).await;
    desk.done(&race, "hold", json!({"seats": [1, 2]})).await;
    let before = desk.race(&race.id).await;
    desk.log_in("mina").await;
    let after = desk.race(&race.id).await;
    assert_eq!(after.you, before.you, "the same visitor with the same hold");
    let refused = pay(&desk, &race, 2).await;
    assert_eq!(refused.code(), "too-many-seats");
    desk.done(&race, "release", json!({"seats": [2]})).await;
    assert_eq!(pay(&desk, &race, 1).await.status, StatusCode::OK);
    assert_eq!(bookings(&phone).await.bookings.len(), 2);
    let entered = desk.act(&race, "enter", json!({})).await;
    assert_eq!(entered.code(), "limit-reached");
}

#[tokio::test]
async fn l16_an_opening_may_ask_for_an_account() {
    let mut server = TestServer::open_with_log_in().await;
    let (performance, _) = open_sale(&server, Guests::MayNot).await;
    let fan = server.fan();
    let told: Value = fan.get(&format!("/api/performances/{performance}")).await.json();
    assert_eq!(told["opening"]["guests_may_enter"], false);
    let refused = enter(&fan, performance).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "login-needed"));
    fan.log_in("mina").await;
    let race: Seen = enter(&fan, performance).await.json::<RaceView>().into();
    // The race's own address is no way around it.
    let guest = server.fan();
    let refused = guest.get(&format!("/api/races/{}", race.id)).await;
    assert_eq!(refused.code(), "login-needed");
    let pressed = guest.act(&race, "enter", json!({})).await;
    assert_eq!(pressed.code(), "login-needed");
    // So it is after a start.
    server.be_away_for(std::time::Duration::from_secs(1)).await;
    let (fan, guest) = (fan.moved(&server), guest.moved(&server));
    let refused = guest.get(&format!("/api/races/{}", race.id)).await;
    assert_eq!(refused.code(), "login-needed");
    assert_eq!(fan.get(&format!("/api/races/{}", race.id)).await.status, StatusCode::OK);
}

/// All ways to look at the race of an opening, and to act in it.
async fn ways_into(fan: &Fan, race: &Seen) -> Vec<(String, Answer)> {
    let upgrade = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    let mut answers = Vec::new();
    for way in [
        "",
        "/seats",
        "/results",
        "/record",
        "/report",
        "/report?member=0",
        "/what-if?press_ms=100",
        "/captcha/1.png",
        "/captcha/1.wav",
        "/live",
        "/watch",
    ] {
        let headers = if ["/live", "/watch"].contains(&way) { &upgrade[..] } else { &[] };
        let path = format!("/api/races/{}{way}", race.id);
        answers.push((way.to_owned(), fan.send(Method::GET, &path, headers, None).await));
    }
    for (way, body) in [
        ("enter", json!({})),
        ("leave", json!({})),
        ("view", json!({"section": 0})),
        ("hold", json!({"seats": [1]})),
        ("pay", json!({"expected_won": 78_000})),
        ("marks", json!({"marks": []})),
        ("forward", json!({"to": "opening"})),
    ] {
        answers.push((way.to_owned(), fan.act(race, way, body).await));
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn l16_no_way_leads_a_guest_into_an_opening_for_accounts_not_even_when_it_is_over() {
    let mut server = TestServer::open_with_log_in().await;
    let short = Sale { open_ms: 6_000, guests_may_enter: false, ..sale() };
    let performance = add_one(&server, short).await;
    let (fan, guest) = (server.fan(), server.fan());
    fan.log_in("mina").await;
    guest.begin(json!({"scenario": "lobby"})).await;
    let race = book(&fan, performance, &[1]).await.race;
    let nobody_gets_in = async |guest: &Fan, when: &str| {
        for (way, answer) in ways_into(guest, &race).await {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{when} {way}: {}", answer.text());
            assert_eq!(answer.code(), "login-needed", "{when} {way}");
        }
    };
    nobody_gets_in(&guest, "open").await;
    stage_when(&fan, performance, OpeningStage::Closed).await;
    nobody_gets_in(&guest, "over").await;
    ended_in_catalogue(&server, performance).await;
    server.be_away_for(std::time::Duration::from_secs(1)).await;
    let (fan, guest) = (fan.moved(&server), guest.moved(&server));
    nobody_gets_in(&guest, "after a start").await;
    for way in ["", "/results", "/record", "/report"] {
        let answer = fan.get(&format!("/api/races/{}{way}", race.id)).await;
        assert_eq!(answer.status, StatusCode::OK, "{way}: {}", answer.text());
    }
    // One for guests is seen by them as before.
    let open = add_one(&server, Sale { open_ms: 4_000, ..sale() }).await;
    let race = book(&guest, open, &[1]).await.race;
    stage_when(&guest, open, OpeningStage::Closed).await;
    ended_in_catalogue(&server, open).await;
    server.be_away_for(std::time::Duration::from_secs(1)).await;
    let guest = guest.moved(&server);
    let answer = guest.get(&format!("/api/races/{}/results", race.id)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

#[tokio::test]
async fn l20_all_that_is_kept_of_a_person_can_be_taken_along() {
    let server = TestServer::open_with_log_in().await;
    let (performance, concert) = open_sale(&server, Guests::May).await;
    let fan = server.fan();
    like(&fan, concert).await;
    let code = open_room(&fan, "미나").await;
    let sale = book(&fan, performance, &[1]).await.race.id;
    fan.log_in("mina").await;
    let answer = fan.get("/api/me/data").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let disposition = answer.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment"), "{disposition}");
    let data: MyData = answer.json();
    assert_eq!(data.account.unwrap().name.as_deref(), Some("mina"));
    assert_eq!(data.logins[0].subject, "mina");
    assert_eq!((data.likes.len(), data.bookings.len()), (1, 1));
    let points: Vec<_> = data.points.iter().map(|entry| entry.balance_won).collect();
    assert_eq!(points, [10_000_000], "those of the log-in");
    assert_eq!(data.races.iter().map(|race| race.id.as_str()).collect::<Vec<_>>(), [sale]);
    assert_eq!((data.rooms[0].code.as_str(), data.rooms[0].name.as_str()), (code.as_str(), "미나"));
    let nobody: MyData = server.fan().get("/api/me/data").await.json();
    assert!(nobody.account.is_none() && nobody.bookings.is_empty() && nobody.races.is_empty());
}

#[tokio::test]
async fn l21_a_deleted_account_leaves_nothing_that_names_it() {
    let mut server = TestServer::open_with_log_in().await;
    let (performance, concert) = open_sale(&server, Guests::May).await;
    let (fan, desk, friend) = (server.fan(), server.fan(), server.fan());
    let own = fan.begin(json!({"scenario": "lobby"})).await.id;
    like(&fan, concert).await;
    let code = open_room(&fan, "미나").await;
    let joined = json!({"name": "노아"});
    let answer = friend.post(&format!("/api/rooms/{code}/members"), &[], &joined).await;
    assert!(answer.status.is_success(), "{}", answer.text());
    book(&fan, performance, &[1]).await;
    fan.log_in("mina").await;
    desk.log_in("mina").await;
    // A copy of all cookies, as somebody has who was at the browser.
    let (guest_before, copy) = (fan.guest(), fan.clone_at(&server));
    let answer = fan.send(Method::DELETE, "/api/me", &[], None).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    for browser in [&fan, &desk] {
        let me: Me = browser.get("/api/me").await.json();
        assert!(me.account.is_none());
        assert_eq!(races(browser).await, Vec::<String>::new());
    }
    assert_ne!(fan.guest(), guest_before);
    assert!(!races(&copy).await.contains(&own));
    assert!(copy.get("/api/me").await.json::<Me>().account.is_none());
    let room = friend.get(&format!("/api/rooms/{code}")).await.text();
    assert!(room.contains("노아") && !room.contains("미나"), "{room}");
    // Its seat is free again, and its race is gone.
    book(&friend, performance, &[1]).await;
    for browser in [&fan, &copy] {
        assert_eq!(browser.get(&format!("/api/races/{own}")).await.code(), "no-such-race");
    }
    // The same login makes a new account at once.
    let again = server.fan();
    again.log_in("mina").await;
    assert_eq!((likes(&again).await, races(&again).await.len()), (0, 0));
    assert_eq!(
        again.send(Method::DELETE, "/api/me", &[], None).await.status,
        StatusCode::NO_CONTENT
    );
    server.be_away_for(std::time::Duration::from_secs(1)).await;
    let (fan, friend) = (fan.moved(&server), friend.moved(&server));
    let room = friend.get(&format!("/api/rooms/{code}")).await.text();
    assert!(!room.contains("미나"), "{room}");
    // The same login makes a new account with nothing.
    fan.log_in("mina").await;
    assert_eq!((likes(&fan).await, bookings(&fan).await.bookings.len()), (0, 0));
}

#[tokio::test]
async fn l26_the_cookie_of_a_deleted_guest_makes_its_browser_somebody_new() {
    let mut server = TestServer::open_with_log_in().await;
    let (performance, _) = open_sale(&server, Guests::May).await;
    let (fan, guest) = (server.fan(), server.fan());
    for browser in [&fan, &guest] {
        go_in(browser, performance).await;
    }
    // Somebody kept both cookies from before.
    let kept = [fan.clone_at(&server), guest.clone_at(&server)];
    fan.log_in("mina").await;
    for browser in [&fan, &guest] {
        let answer = browser.send(Method::DELETE, "/api/me", &[], None).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    }
    let nobody = async |browser: &Fan, before: &str| {
        assert_eq!(races(browser).await, Vec::<String>::new());
        assert_ne!(browser.guest(), before, "the browser has another cookie");
    };
    let cookies = kept.each_ref().map(Fan::guest);
    for (browser, cookie) in kept.iter().zip(&cookies) {
        nobody(&browser.clone_at(&server), cookie).await;
    }
    server.be_away_for(std::time::Duration::from_secs(1)).await;
    for (browser, cookie) in kept.iter().zip(&cookies) {
        nobody(&browser.clone_at(&server), cookie).await;
    }
}

#[tokio::test]
async fn l22_a_guest_can_be_deleted_too() {
    let server = TestServer::open_with_log_in().await;
    let (performance, concert) = open_sale(&server, Guests::May).await;
    let fan = server.fan();
    like(&fan, concert).await;
    book(&fan, performance, &[1]).await;
    let before = fan.clone_at(&server);
    let answer = fan.send(Method::DELETE, "/api/me", &[], None).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    assert_eq!((likes(&before).await, bookings(&before).await.bookings.len()), (0, 0));
    assert_ne!(fan.guest(), before.guest(), "somebody new is at the browser");
    book(&server.fan(), performance, &[1]).await;
}
