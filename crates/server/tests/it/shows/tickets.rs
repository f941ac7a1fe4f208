//! Tickets: the codes of a booking, and what the door makes of them.

use protocol::{DoorTicket, TicketState, TicketedBooking};
use reqwest::{Method, StatusCode};
use serde_json::json;

use super::grant;
use crate::openings::{Sale, add_one, book, cancel, catalogue, sale};
use crate::test_server::{Answer, Fan, TestServer};

async fn ticketed(fan: &Fan, race: &str, number: u32) -> TicketedBooking {
    let answer = fan.get(&format!("/api/bookings/{race}/{number}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn look(fan: &Fan, code: &str) -> DoorTicket {
    let answer = fan.get(&format!("/api/tickets/{code}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

async fn take(fan: &Fan, code: &str) -> Answer {
    fan.post(&format!("/api/tickets/{code}/enter"), &[], &json!({})).await
}

/// A sale for people in which a fan has paid for two seats, and somebody who takes tickets.
struct Door {
    server: TestServer,
    host: Fan,
    fan: Fan,
    race: String,
}

impl Door {
    async fn open(sale: Sale) -> Self {
        let server = TestServer::open().await;
        let performance = add_one(&server, sale).await;
        let (host, fan) = (server.fan(), server.fan());
        // The first answer gives the host the cookie by which the operator names a guest.
        host.get("/api/clock").await;
        grant(&server, &host).await;
        let race = book(&fan, performance, &[1, 2]).await.race.id;
        Self { server, host, fan, race }
    }

    async fn codes(&self) -> [String; 2] {
        let tickets = ticketed(&self.fan, &self.race, 0).await.tickets;
        let codes: Vec<String> = tickets.into_iter().map(|ticket| ticket.code).collect();
        codes.try_into().unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_each_seat_of_a_booking_has_a_ticket_and_nobody_else_finds_it() {
    let door = Door::open(sale()).await;
    let told = ticketed(&door.fan, &door.race, 0).await;
    assert_eq!((told.booking.sale.as_str(), told.booking.number), (door.race.as_str(), 0));
    assert_eq!(told.booking.total_won, 156_000);
    let seats = told.booking.seats.iter().map(|seat| (&seat.place, &seat.grade, seat.price_won));
    let tickets = told.tickets.iter().map(|one| (&one.place, &one.grade, one.price_won));
    assert_eq!(tickets.collect::<Vec<_>>(), seats.collect::<Vec<_>>());
    assert_eq!((told.tickets.len(), told.tickets[0].grade.as_str()), (2, "R"));
    assert_ne!(told.tickets[0].code, told.tickets[1].code);
    let stranger = door.server.fan();
    let race = &door.race;
    for (fan, path) in [
        (&stranger, format!("/api/bookings/{race}/0")),
        (&door.host, format!("/api/bookings/{race}/0")),
        (&door.fan, format!("/api/bookings/{race}/1")),
        (&door.fan, format!("/api/bookings/{race}/-1")),
        (&door.fan, "/api/bookings/00000000000000ff/0".to_owned()),
        (&door.fan, "/api/bookings/x/0".to_owned()),
    ] {
        let answer = fan.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.code(), "no-such-booking", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_a_code_stays_the_same_after_a_restart() {
    let mut door = Door::open(sale()).await;
    let codes = door.codes().await;
    door.server.stop().await;
    door.server.start().await;
    door.fan = door.fan.moved(&door.server);
    assert_eq!(door.codes().await, codes);
}

#[tokio::test(flavor = "multi_thread")]
async fn t3_a_code_that_the_server_did_not_make_is_no_ticket() {
    let door = Door::open(sale()).await;
    let [code, _] = door.codes().await;
    let last = if code.ends_with('A') { "B" } else { "A" };
    let forged = [
        format!("{}{last}", &code[..39]),
        code.to_lowercase(),
        code[..39].to_owned(),
        "A".repeat(40),
        "A".repeat(4_000),
        "%20".to_owned(),
        "0".to_owned(),
    ];
    for code in forged {
        for answer in
            [door.fan.get(&format!("/api/tickets/{code}")).await, take(&door.host, &code).await]
        {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{code}");
            assert_eq!(answer.code(), "no-such-ticket", "{code}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t3_no_database_is_asked_about_a_code_that_the_server_did_not_make() {
    let door = Door::open(sale()).await;
    let [code, _] = door.codes().await;
    let last = if code.ends_with('A') { "B" } else { "A" };
    let forged = format!("{}{last}", &code[..39]);
    let path = door.server.folder().join("data").join(server::CATALOGUE_FILE);
    let beside = rusqlite::Connection::open(path);
    beside.unwrap().execute_batch("ALTER TABLE bookings RENAME TO away").unwrap();
    let asked = door.fan.get(&format!("/api/tickets/{code}")).await;
    assert_eq!(asked.status, StatusCode::SERVICE_UNAVAILABLE, "{}", asked.text());
    let answer = door.fan.get(&format!("/api/tickets/{forged}")).await;
    assert_eq!((answer.status.as_u16(), answer.code()), (404, "no-such-ticket".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_the_door_learns_what_a_ticket_is_for_and_nothing_of_who_bought_it() {
    let door = Door::open(sale()).await;
    let booking = ticketed(&door.fan, &door.race, 0).await;
    let ticket = &booking.tickets[1];
    // Whoever has the code may look, logged in or not.
    let seen = look(&door.server.fan(), &ticket.code).await;
    assert_eq!((seen.state, seen.entered_at_ms), (TicketState::Valid, None));
    assert_eq!((&seen.place, &seen.grade), (&ticket.place, &ticket.grade));
    assert_eq!((seen.title.as_str(), seen.starts_at_ms), ("봄밤 0", booking.booking.starts_at_ms));
    assert!(seen.venue.starts_with("구석"), "{}", seen.venue);
    let keys = serde_json::to_value(&seen).unwrap();
    let keys: Vec<&String> = keys.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["entered_at_ms", "grade", "place", "starts_at_ms", "state", "title", "venue"],
        "no name, no guest, no booking"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn t5_t7_a_cancelled_booking_has_no_tickets_and_its_codes_let_nobody_in() {
    let door = Door::open(sale()).await;
    let [code, other] = door.codes().await;
    assert_eq!(cancel(&door.fan, &door.race, 0).await.status, StatusCode::NO_CONTENT);
    let told = ticketed(&door.fan, &door.race, 0).await;
    assert!(told.tickets.is_empty() && told.booking.cancelled_at_ms.is_some());
    for code in [&code, &other] {
        assert_eq!(look(&door.fan, code).await.state, TicketState::Cancelled);
        let refused = take(&door.host, code).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (409, "ticket-not-valid".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn m17_t5_whoever_has_come_in_cancels_nothing_and_leaves_a_cancelled_ticket_when_deleted() {
    let door = Door::open(sale()).await;
    let [code, other] = door.codes().await;
    assert!(ticketed(&door.fan, &door.race, 0).await.booking.cancel.is_some());
    assert_eq!(take(&door.host, &code).await.status, StatusCode::OK);
    assert_eq!(ticketed(&door.fan, &door.race, 0).await.booking.cancel, None);
    let refused = cancel(&door.fan, &door.race, 0).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "ticket-used".to_owned()));
    assert_eq!(look(&door.fan, &other).await.state, TicketState::Valid);
    let deleted = door.fan.send(Method::DELETE, "/api/me", &[], None).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.text());
    for code in [&code, &other] {
        assert_eq!(look(&door.host, code).await.state, TicketState::Cancelled);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t6_a_ticket_is_taken_once_and_only_by_an_administrator() {
    let door = Door::open(sale()).await;
    let [code, other] = door.codes().await;
    for fan in [&door.fan, &door.server.fan()] {
        let answer = take(fan, &code).await;
        assert_eq!((answer.status.as_u16(), answer.code()), (404, "not-found".to_owned()));
    }
    let (one, two) = tokio::join!(take(&door.host, &code), take(&door.host, &code));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "of two who take it at once, one does");
    let taken: DoorTicket = if one.status == StatusCode::OK { one.json() } else { two.json() };
    assert!(taken.state == TicketState::Entered && taken.entered_at_ms.is_some());
    let again = take(&door.host, &code).await;
    assert_eq!((again.status.as_u16(), again.code()), (409, "ticket-used".to_owned()));
    assert_eq!(look(&door.fan, &code).await, taken, "when it was taken stays");
    assert_eq!(look(&door.fan, &other).await.state, TicketState::Valid, "the other seat is free");
    let reading =
        door.fan.send(Method::GET, &format!("/api/tickets/{other}/enter"), &[], None).await;
    assert_eq!(reading.status, StatusCode::METHOD_NOT_ALLOWED, "looking takes nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn m17_t5_t7_t8_a_ticket_of_a_sale_with_rivals_is_practice() {
    let door = Door::open(Sale { rivals: 1, ..sale() }).await;
    let [code, _] = door.codes().await;
    assert_eq!(look(&door.fan, &code).await.state, TicketState::Practice);
    let refused = take(&door.host, &code).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (409, "ticket-not-valid".to_owned()));
    assert_eq!(look(&door.fan, &code).await.entered_at_ms, None);
    let booking = ticketed(&door.fan, &door.race, 0).await.booking;
    assert!(booking.is_practice);
    // That it was cancelled is told before that it is practice.
    assert_eq!(cancel(&door.fan, &door.race, 0).await.status, StatusCode::NO_CONTENT);
    assert_eq!(look(&door.fan, &code).await.state, TicketState::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn t9_what_was_taken_stays_taken_when_the_bookings_are_made_anew() {
    let mut door = Door::open(sale()).await;
    let [code, other] = door.codes().await;
    assert_eq!(take(&door.host, &code).await.status, StatusCode::OK);
    door.server.stop().await;
    let copy = catalogue(&door.server).await;
    let journal = door.server.folder().join("data/journal.sqlite");
    let mut store = journal::SqliteStore::open(&journal).unwrap();
    assert_eq!(server::rebuild_folder(&mut store, &copy).await.unwrap(), 1);
    copy.close().await.unwrap();
    store.close().unwrap();
    door.server.start().await;
    let (host, fan) = (door.host.moved(&door.server), door.fan.moved(&door.server));
    assert_eq!(look(&fan, &code).await.state, TicketState::Entered);
    assert_eq!(take(&host, &code).await.code(), "ticket-used");
    assert_eq!(take(&host, &other).await.status, StatusCode::OK);
}
