//! Who may do what to whose: the table of `docs/SECURITY.md`, one test for each cell.

use std::fmt::Write as _;

use protocol::TicketedBooking;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::identity::{Guests, like, open_room, open_sale};
use crate::openings::{book, bookings, go_in};
use crate::shows::grant;
use crate::test_server::{Answer, Fan, TestServer, pass};

/// What comes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum May {
    /// It is done, or shows the thing.
    Yes,
    /// The answer is that of a thing that does not exist, or the list does not have it.
    NotFound,
    /// It is refused, and says what is missing.
    No,
}

/// Who asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// The person whose it is: a guest, or an account where guests have no such thing.
    Owner,
    /// The account whose it is, at another browser.
    OwnAccount,
    /// A browser without a cookie.
    Nobody,
    /// Another guest, who has something too.
    Guest,
    /// Another account.
    Account,
    /// Another person, who may make concerts.
    Administrator,
}

macro_rules! table {
    ($($row:ident $words:literal $owner:ident $own_account:ident $nobody:ident $guest:ident $account:ident $administrator:ident)*) => {
        const TABLE: &[(&str, [May; 6])] = &[$(($words,
            [May::$owner, May::$own_account, May::$nobody, May::$guest, May::$account, May::$administrator]),)*];

        $(mod $row {
            #[tokio::test(flavor = "multi_thread")]
            async fn l23_owner() { super::check(stringify!($row), super::Who::Owner, super::May::$owner).await; }
            #[tokio::test(flavor = "multi_thread")]
            async fn l23_own_account() { super::check(stringify!($row), super::Who::OwnAccount, super::May::$own_account).await; }
            #[tokio::test(flavor = "multi_thread")]
            async fn l23_nobody() { super::check(stringify!($row), super::Who::Nobody, super::May::$nobody).await; }
            #[tokio::test(flavor = "multi_thread")]
            async fn l23_guest() { super::check(stringify!($row), super::Who::Guest, super::May::$guest).await; }
            #[tokio::test(flavor = "multi_thread")]
            async fn l23_account() { super::check(stringify!($row), super::Who::Account, super::May::$account).await; }
            #[tokio::test(flavor = "multi_thread")]
            async fn l23_administrator() { super::check(stringify!($row), super::Who::Administrator, super::May::$administrator).await; }
        })*
    };
}

table! {
    see_race "see a race" Yes Yes NotFound NotFound NotFound NotFound
    act_in_race "act in a race" Yes Yes NotFound NotFound NotFound NotFound
    read_report "read a report that is not shared" Yes Yes NotFound NotFound NotFound NotFound
    list_races "find a race in one's list" Yes Yes NotFound NotFound NotFound NotFound
    see_room "see a room whose link one has" Yes Yes Yes Yes Yes Yes
    change_room "change a room" Yes Yes No No No No
    list_rooms "find a room in one's list" Yes Yes NotFound NotFound NotFound NotFound
    watch_race "watch a race live" Yes Yes NotFound NotFound NotFound NotFound
    pay "pay for the seats that one holds in an opening" Yes Yes No No No No
    see_tickets "see a booking with its tickets" Yes Yes NotFound NotFound NotFound NotFound
    see_ticket "see what a ticket is for whose code one has" Yes Yes Yes Yes Yes Yes
    take_ticket "let somebody in who shows a ticket" NotFound NotFound NotFound NotFound NotFound Yes
    see_points "find a payment among one's points" Yes Yes No No NotFound NotFound
    cancel_booking "cancel a booking" Yes Yes NotFound NotFound NotFound NotFound
    list_bookings "find a booking in one's list" Yes Yes NotFound NotFound NotFound NotFound
    list_likes "find a favourite in one's list" Yes Yes NotFound NotFound NotFound NotFound
    take_data "find it in the data to take along" Yes Yes NotFound NotFound NotFound NotFound
    see_concert "see a concert" Yes Yes Yes Yes Yes Yes
    make_performer "make what is shown" NotFound NotFound NotFound NotFound NotFound Yes
    enter_opening "enter an opening that asks for an account" No Yes No No Yes Yes
}

/// The table as a document shows it.
fn shown() -> String {
    let mut text = String::from(
        "| | the person whose it is | the same person at another browser | nobody | another guest | another account | an administrator |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (words, cells) in TABLE {
        write!(text, "| {words} |").unwrap();
        for cell in cells {
            let cell = match cell {
                May::Yes => "yes",
                May::NotFound => "not found",
                May::No => "no",
            };
            write!(text, " {cell} |").unwrap();
        }
        text.push('\n');
    }
    text
}

#[test]
fn l23_the_table_in_the_document_is_the_one_that_is_tested() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/SECURITY.md");
    let document = std::fs::read_to_string(path).unwrap();
    let shown = shown();
    assert!(document.contains(&shown), "docs/SECURITY.md has another table than\n{shown}");
}

/// A thing of an owner, and how to find it in an answer.
struct Thing {
    method: Method,
    path: String,
    body: Option<Value>,
    /// What a list shows of it.
    mark: Option<String>,
    /// What else is sent: a pass, or what asks for a live connection.
    headers: Vec<(&'static str, String)>,
}

async fn check(row: &str, who: Who, may: May) {
    let server = TestServer::open_with_log_in().await;
    let owner = server.fan();
    let thing = thing(&server, &owner, row).await;
    let asker = asker(&server, owner, who).await;
    let answer = send(&asker, &thing).await;
    let is_shown = thing.mark.as_ref().is_none_or(|mark| answer.text().contains(mark));
    let came = match answer.status {
        StatusCode::NOT_FOUND => May::NotFound,
        StatusCode::FORBIDDEN => May::No,
        status if status.is_success() && !is_shown => May::NotFound,
        status => {
            assert!(!status.is_server_error(), "{}", answer.text());
            May::Yes
        }
    };
    assert_eq!(came, may, "{row} by {who:?}: {} {}", answer.status, answer.text());
}

async fn send(fan: &Fan, thing: &Thing) -> Answer {
    let key = fan.key();
    let mut headers = vec![("idempotency-key", key.as_str())];
    headers.extend(thing.headers.iter().map(|(name, value)| (*name, value.as_str())));
    let body = thing.body.as_ref().map(|body| body.to_string().into_bytes());
    fan.send(thing.method.clone(), &thing.path, &headers, body).await
}

fn get(path: String, mark: Option<String>) -> Thing {
    Thing { method: Method::GET, path, body: None, mark, headers: Vec::new() }
}

fn post(path: String, body: Value) -> Thing {
    Thing { method: Method::POST, body: Some(body), ..get(path, None) }
}

async fn thing(server: &TestServer, owner: &Fan, row: &str) -> Thing {
    let race = async || owner.begin(json!({"scenario": "lobby"})).await.id;
    match row {
        "see_race" => get(format!("/api/races/{}", race().await), None),
        "act_in_race" => post(format!("/api/races/{}/leave", race().await), json!({})),
        "read_report" => get(format!("/api/races/{}/report", race().await), None),
        "list_races" => get("/api/races".to_owned(), Some(race().await)),
        "take_data" => get("/api/me/data".to_owned(), Some(race().await)),
        "see_room" => get(format!("/api/rooms/{}", open_room(owner, "미나").await), None),
        "change_room" => {
            let path = format!("/api/rooms/{}/ready", open_room(owner, "미나").await);
            Thing { method: Method::PUT, ..post(path, json!({"ready": true})) }
        }
        "list_rooms" => get("/api/rooms".to_owned(), Some(open_room(owner, "미나").await)),
        "watch_race" => {
            let upgrade = [
                ("connection", "upgrade"),
                ("upgrade", "websocket"),
                ("sec-websocket-version", "13"),
                ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
            ];
            let headers = upgrade.map(|(name, value)| (name, value.to_owned())).to_vec();
            Thing { headers, ..get(format!("/api/races/{}/live", race().await), None) }
        }
        "list_likes" => {
            let (_, concert) = open_sale(server, Guests::May).await;
            like(owner, concert).await;
            get("/api/likes".to_owned(), Some("봄밤".to_owned()))
        }
        "see_concert" => {
            get(format!("/api/concerts/{}", open_sale(server, Guests::May).await.1), None)
        }
        "make_performer" => post("/api/admin/performers".to_owned(), json!({"name": "한나"})),
        "enter_opening" => {
            let (performance, _) = open_sale(server, Guests::MayNot).await;
            post(format!("/api/performances/{performance}/enter"), json!({}))
        }
        _ => sold_thing(server, owner, row).await,
    }
}

/// A thing that has to do with seats that somebody buys.
async fn sold_thing(server: &TestServer, owner: &Fan, row: &str) -> Thing {
    match row {
        "cancel_booking" | "list_bookings" => {
            let (performance, _) = open_sale(server, Guests::May).await;
            book(owner, performance, &[1]).await;
            let booking = bookings(owner).await.bookings.remove(0);
            let path = format!("/api/bookings/{}/{}", booking.sale, booking.number);
            if row == "list_bookings" {
                return get("/api/bookings".to_owned(), Some(booking.sale));
            }
            Thing { method: Method::DELETE, ..get(path, None) }
        }
        "pay" => {
            let (performance, _) = open_sale(server, Guests::May).await;
            let race = go_in(owner, performance).await;
            owner.done(&race, "hold", json!({"seats": [1]})).await;
            let path = format!("/api/races/{}/pay", race.id);
            Thing {
                headers: vec![("pass", pass(&race))],
                ..post(path, json!({"expected_won": 78_000}))
            }
        }
        "see_tickets" => {
            let (race, _) = ticket(server, owner).await;
            get(format!("/api/bookings/{race}/0"), None)
        }
        "see_ticket" => get(format!("/api/tickets/{}", ticket(server, owner).await.1), None),
        "take_ticket" => {
            post(format!("/api/tickets/{}/enter", ticket(server, owner).await.1), json!({}))
        }
        "see_points" => {
            owner.log_in("mina").await;
            let (race, _) = ticket(server, owner).await;
            get("/api/points".to_owned(), Some(race))
        }
        _ => panic!("no such row: {row}"),
    }
}

/// A booking of the owner: its race, and the code of its ticket.
async fn ticket(server: &TestServer, owner: &Fan) -> (String, String) {
    let (performance, _) = open_sale(server, Guests::May).await;
    let race = book(owner, performance, &[1]).await.race.id;
    let booking: TicketedBooking = owner.get(&format!("/api/bookings/{race}/0")).await.json();
    (race, booking.tickets[0].code.clone())
}

async fn asker(server: &TestServer, owner: Fan, who: Who) -> Fan {
    match who {
        Who::Owner => owner,
        Who::OwnAccount => {
            owner.log_in("mina").await;
            let desk = server.fan();
            desk.log_in("mina").await;
            desk
        }
        Who::Nobody => server.fan(),
        Who::Guest => {
            let guest = server.fan();
            guest.begin(json!({"scenario": "lobby"})).await;
            guest
        }
        Who::Account => {
            let account = server.fan();
            account.log_in("noa").await;
            account
        }
        Who::Administrator => {
            let administrator = server.fan();
            administrator.begin(json!({"scenario": "lobby"})).await;
            grant(server, &administrator).await;
            administrator.log_in("hana").await;
            administrator
        }
    }
}
