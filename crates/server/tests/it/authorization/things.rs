//! The things of the table: each is made for one cell, by an owner of its own.

use std::cell::{Cell, OnceCell};

use protocol::{HandoverCode, Room, RoomStage, Stage, TicketedBooking};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::{Seen, Thing};
use crate::identity::{Guests, like, open_sale};
use crate::openings::{book, bookings, go_in};
use crate::shows::{DAY, MINUTE, concert, grant, venue};
use crate::test_server::{Fan, TestServer, pass, until};

/// What one cell begins with.
pub(super) struct Scene<'a> {
    pub(super) server: &'a TestServer,
    pub(super) owner: Fan,
    number: usize,
    /// Sales are added one after the other: each is called after its moment.
    adding: &'a Mutex<()>,
    has_logged_in: Cell<bool>,
    member: OnceCell<Fan>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(server: &'a TestServer, adding: &'a Mutex<()>, number: usize) -> Self {
        let (has_logged_in, member) = (Cell::new(false), OnceCell::new());
        Self { server, owner: server.fan(), number, adding, has_logged_in, member }
    }

    /// A name that nobody has in another cell.
    pub(super) fn called(&self, name: &str) -> String {
        format!("{name}-{}", self.number)
    }

    pub(super) async fn log_in_owner(&self) {
        if !self.has_logged_in.replace(true) {
            self.owner.log_in(&self.called("mina")).await;
        }
    }

    /// Another guest in the room of the thing, or else in a room that the owner opens.
    pub(super) async fn member(&self) -> Fan {
        if self.member.get().is_none() {
            self.open_room(&[]).await;
        }
        self.member.get().unwrap().clone_at(self.server)
    }

    /// A room of the owner, whose first member the owner is. The guests come next, and then the member.
    async fn open_room(&self, guests: &[&Fan]) -> String {
        let settings = json!({"scenario": "calm", "start": {"kind": "button"}, "countdown_s": 10});
        let room = json!({"name": "미나", "settings": settings});
        let answer = self.owner.post("/api/rooms", &[], &room).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let code = answer.json::<Room>().code;
        let member = self.server.fan();
        for (fan, name) in guests.iter().map(|guest| (*guest, "손님")).chain([(&member, "노아")])
        {
            let path = format!("/api/rooms/{code}/members");
            let answer = fan.post(&path, &[], &json!({"name": name})).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        }
        assert!(self.member.set(member).is_ok(), "one room of the owner");
        code
    }

    /// A room whose race has begun: its code and the race.
    async fn start_room(&self) -> (String, String) {
        let code = self.open_room(&[]).await;
        let path = format!("/api/rooms/{code}/start");
        let answer = self.owner.send(Method::POST, &path, &[], None).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        (code, answer.json::<Room>().race.unwrap())
    }

    /// A room whose race is over.
    async fn finish_room(&self) -> (String, String) {
        let (code, race) = self.start_room().await;
        for fan in [&self.owner, self.member.get().unwrap()] {
            let race = fan.race_when(&race, |race| race.stage == Stage::Open).await;
            let placed = fan.done(&race, "enter", json!({})).await.race;
            fan.done(&placed, "leave", json!({})).await;
        }
        until(async || {
            let room: Room = self.owner.get(&format!("/api/rooms/{code}")).await.json();
            (room.stage == RoomStage::Over).then_some(())
        })
        .await;
        (code, race)
    }

    async fn open_sale(&self, guests: Guests) -> (i64, i64) {
        let _turn = self.adding.lock().await;
        open_sale(self.server, guests).await
    }

    /// A booking of the owner: its race, and the code of its ticket.
    async fn ticket(&self) -> (String, String) {
        let (performance, _) = self.open_sale(Guests::May).await;
        let race = book(&self.owner, performance, &[1]).await.race.id;
        let path = format!("/api/bookings/{race}/0");
        let booking: TicketedBooking = self.owner.get(&path).await.json();
        (race, booking.tickets[0].code.clone())
    }

    /// A hall, and somebody who may make concerts.
    async fn hall(&self) -> (Fan, String) {
        let host = self.server.fan();
        host.get("/api/clock").await;
        grant(self.server, &host).await;
        let venue = venue(&host, &self.called("물마루홀"), "서울", "Asia/Seoul").await;
        (host, venue)
    }

    async fn concert(&self, venue: &str, title: &str) -> Value {
        let clock: protocol::Clock = self.owner.get("/api/clock").await.json();
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this century")]
        let opens_at = clock.now_ms as i64 + 50 * MINUTE;
        concert(&self.called(title), venue, opens_at, opens_at + 10 * DAY)
    }
}

fn get(path: impl Into<String>) -> Thing {
    Thing {
        method: Method::GET,
        path: path.into(),
        body: None,
        headers: Vec::new(),
        seen: Seen::Status,
    }
}

fn listed(path: &str, words: impl Into<String>) -> Thing {
    Thing { seen: Seen::InAnswer(words.into()), ..get(path) }
}

fn send(method: Method, path: String, body: Value) -> Thing {
    Thing { method, body: Some(body), ..get(path) }
}

fn post(path: String, body: Value) -> Thing {
    send(Method::POST, path, body)
}

fn live(path: String) -> Thing {
    let upgrade = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    let headers = upgrade.map(|(name, value)| (name, value.to_owned())).to_vec();
    Thing { headers, ..get(path) }
}

/// Makes the thing of a row.
pub(super) async fn thing(scene: &Scene<'_>, row: &str) -> Thing {
    if let Some(thing) = race(scene, row).await {
        return thing;
    }
    if let Some(thing) = room(scene, row).await {
        return thing;
    }
    if let Some(thing) = sold(scene, row).await {
        return thing;
    }
    if let Some(thing) = person(scene, row).await {
        return thing;
    }
    made(scene, row).await.unwrap_or_else(|| panic!("no such row: {row}"))
}

/// What there is of a race of the owner alone.
async fn race(scene: &Scene<'_>, row: &str) -> Option<Thing> {
    let owner = &scene.owner;
    let waiting = async |way: &str| {
        let race = owner.begin(json!({"scenario": "lobby"})).await;
        format!("/api/races/{}{way}", race.id)
    };
    let over = async |way: &str| {
        let race = owner.go_in(json!({"scenario": "calm"})).await;
        owner.done(&race, "leave", json!({})).await;
        format!("/api/races/{}{way}", race.id)
    };
    let asked = async |way: &str| {
        let calm = json!({"scenario": "calm", "style": "guarded"});
        format!("/api/races/{}{way}", owner.go_in(calm).await.id)
    };
    Some(match row {
        "see_race" => get(waiting("").await),
        "act_in_race" => {
            let race = owner.press(json!({"scenario": "calm"})).await;
            post(format!("/api/races/{}/leave", race.id), json!({}))
        }
        "forward_race" => post(waiting("/forward").await, json!({"to": "opening"})),
        "keep_marks" => {
            let marks = json!({"marks": [{"name": "lobby-seen", "at_ms": 1.0, "error_ms": 4.0}]});
            post(waiting("/marks").await, marks)
        }
        "see_seats" => {
            let race = owner.go_in(json!({"scenario": "calm"})).await;
            get(format!("/api/races/{}/seats", race.id))
        }
        "see_captcha" => get(asked("/captcha/1.png").await),
        "hear_captcha" => get(asked("/captcha/1.wav").await),
        "read_report" => get(over("/report").await),
        "ask_what_if" => get(over("/what-if?pay_ms=1000").await),
        "read_results" => get(over("/results").await),
        "read_record" => get(over("/record").await),
        "watch_race" => live(waiting("/live").await),
        "watch_hall" => live(over("/watch").await),
        "list_races" => listed("/api/races", waiting("").await.replace("/api/races/", "")),
        "see_progress" => listed("/api/progress", over("").await.replace("/api/races/", "")),
        "take_data" => listed("/api/me/data", waiting("").await.replace("/api/races/", "")),
        _ => return None,
    })
}

/// What there is of a room of the owner, and of its race.
async fn room(scene: &Scene<'_>, row: &str) -> Option<Thing> {
    let at = |code: &str, way: &str| format!("/api/rooms/{code}{way}");
    let in_race = |race: &str, way: &str| format!("/api/races/{race}{way}");
    Some(match row {
        "see_room" => get(at(&scene.open_room(&[]).await, "")),
        "watch_room" => live(at(&scene.open_room(&[]).await, "/live")),
        "list_rooms" => listed("/api/rooms", scene.open_room(&[]).await),
        "see_room_results" => get(at(&scene.start_room().await.0, "/results")),
        "read_room_race_results" => get(in_race(&scene.start_room().await.1, "/results")),
        "read_room_race_record" => get(in_race(&scene.finish_room().await.1, "/record")),
        "watch_room_race_hall" => live(in_race(&scene.finish_room().await.1, "/watch")),
        "enter_room_race" => get(in_race(&scene.start_room().await.1, "")),
        "read_room_report" => get(in_race(&scene.finish_room().await.1, "/report?member=0")),
        "read_shared_report" => {
            let (code, race) = scene.finish_room().await;
            let share = json!({"shared": true}).to_string().into_bytes();
            let shared =
                scene.owner.send(Method::PUT, &at(&code, "/report"), &[], Some(share)).await;
            assert_eq!(shared.status, StatusCode::OK, "{}", shared.text());
            get(in_race(&race, "/report?member=0"))
        }
        "set_ready" => {
            let code = scene.open_room(&[]).await;
            send(Method::PUT, at(&code, "/ready"), json!({"ready": true}))
        }
        "share_report" => {
            let (code, _) = scene.start_room().await;
            send(Method::PUT, at(&code, "/report"), json!({"shared": true}))
        }
        "set_settings" => {
            let code = scene.open_room(&[]).await;
            let settings = json!({"scenario": "lobby", "start": {"kind": "button"}});
            send(Method::PUT, at(&code, "/settings"), settings)
        }
        "set_door" => {
            let code = scene.open_room(&[]).await;
            send(Method::PUT, at(&code, "/door"), json!({"door": "closed"}))
        }
        "start_room" => post(at(&scene.open_room(&[]).await, "/start"), json!({})),
        "call_rematch" => post(at(&scene.finish_room().await.0, "/rematch"), json!({})),
        "remove_member" => {
            let guest = scene.server.fan();
            let code = scene.open_room(&[&guest]).await;
            Thing { method: Method::DELETE, ..get(at(&code, "/members/2")) }
        }
        _ => return None,
    })
}

/// What has to do with seats that the owner buys.
async fn sold(scene: &Scene<'_>, row: &str) -> Option<Thing> {
    let owner = &scene.owner;
    Some(match row {
        "cancel_booking" | "list_bookings" => {
            let (performance, _) = scene.open_sale(Guests::May).await;
            book(owner, performance, &[1]).await;
            let booking = bookings(owner).await.bookings.remove(0);
            let path = format!("/api/bookings/{}/{}", booking.sale, booking.number);
            if row == "list_bookings" {
                return Some(listed("/api/bookings", booking.sale));
            }
            Thing { method: Method::DELETE, ..get(path) }
        }
        "pay" => {
            let (performance, _) = scene.open_sale(Guests::May).await;
            let race = go_in(owner, performance).await;
            owner.done(&race, "hold", json!({"seats": [1]})).await;
            let path = format!("/api/races/{}/pay", race.id);
            let headers = vec![("pass", pass(&race))];
            Thing { headers, ..post(path, json!({"expected_won": 78_000})) }
        }
        "see_tickets" => get(format!("/api/bookings/{}/0", scene.ticket().await.0)),
        "see_ticket" => get(format!("/api/tickets/{}", scene.ticket().await.1)),
        "take_ticket" => post(format!("/api/tickets/{}/enter", scene.ticket().await.1), json!({})),
        "see_points" => {
            scene.log_in_owner().await;
            listed("/api/points", scene.ticket().await.0)
        }
        "enter_opening" => {
            let (performance, _) = scene.open_sale(Guests::MayNot).await;
            post(format!("/api/performances/{performance}/enter"), json!({}))
        }
        _ => return None,
    })
}

/// What there is of a person.
async fn person(scene: &Scene<'_>, row: &str) -> Option<Thing> {
    let owner = &scene.owner;
    let account = async || {
        scene.log_in_owner().await;
        Seen::GoneAtOwner { path: "/api/me".to_owned(), words: scene.called("mina") }
    };
    Some(match row {
        "list_likes" | "like_concert" | "unlike_concert" => {
            let (_, concert) = scene.open_sale(Guests::May).await;
            owner.begin(json!({"scenario": "lobby"})).await;
            let path = format!("/api/concerts/{concert}/like");
            let (list, words) = ("/api/likes".to_owned(), "봄밤".to_owned());
            if row == "like_concert" {
                let seen = Seen::AtOwner { path: list, words };
                return Some(Thing { seen, ..send(Method::PUT, path, json!({})) });
            }
            like(owner, concert).await;
            if row == "list_likes" {
                return Some(listed(&list, words));
            }
            let seen = Seen::GoneAtOwner { path: list, words };
            Thing { method: Method::DELETE, seen, ..get(path) }
        }
        "claim_handover" => {
            let race = owner.begin(json!({"scenario": "lobby"})).await.id;
            let offer = owner.post("/api/handover", &[], &json!({"to": "/me"})).await;
            assert_eq!(offer.status, StatusCode::OK, "{}", offer.text());
            let code = offer.json::<HandoverCode>().code;
            let seen = Seen::ByAsker { path: "/api/races".to_owned(), words: race };
            Thing { seen, ..post("/api/handover/claim".to_owned(), json!({"code": code})) }
        }
        "log_out_everywhere" => {
            let seen = account().await;
            Thing { seen, ..post("/api/me/log-out-everywhere".to_owned(), json!({})) }
        }
        "delete_person" => {
            let seen = account().await;
            Thing { method: Method::DELETE, seen, ..get("/api/me") }
        }
        _ => return None,
    })
}

/// What only an administrator makes.
async fn made(scene: &Scene<'_>, row: &str) -> Option<Thing> {
    let at = |what: &str| format!("/api/admin/{what}");
    Some(match row {
        "see_concert" => get(format!("/api/concerts/{}", scene.open_sale(Guests::May).await.1)),
        "make_performer" => post(at("performers"), json!({"name": scene.called("한나")})),
        "make_venue" => {
            let name = scene.called("달무리홀");
            let zone = "Asia/Seoul";
            post(at("venues"), json!({"name": name, "city": "서울", "zone": zone, "plan": "nook"}))
        }
        "make_concert" => {
            let (_, venue) = scene.hall().await;
            post(at("concerts"), scene.concert(&venue, "봄").await)
        }
        "replace_concert" | "remove_concert" => {
            let (host, venue) = scene.hall().await;
            let concert = scene.concert(&venue, "겨울").await;
            let answer = host.post(&at("concerts"), &[], &concert).await;
            assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
            let kept: protocol::KeptConcert = answer.json();
            let path = at(&format!("concerts/{}", kept.id));
            if row == "remove_concert" {
                return Some(Thing { method: Method::DELETE, ..get(path) });
            }
            send(Method::PUT, path, scene.concert(&venue, "봄").await)
        }
        _ => return None,
    })
}
