//! Openings: sales of performances that open by themselves, in which everybody stands.

use std::time::Duration;

use catalogue::{
    Booked, BookedSeat, BookingNumber, CancelledSeats, Catalogue, CatalogueOptions, CursorKey,
    Grade, GuestKey, Home, LogSeq, NewConcert, NewOpening, NewPerformance, NewVenue, Origin,
    SaleEvent, SaleNumber, UtcMs, VenueId,
};
use protocol::{
    Ending, OpeningStage, Performance, RaceCards, RaceView, SeatsLeft, ShowBookingPage, Stage, You,
};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use server::CATALOGUE_FILE;
use server::control::{Answer as ControlDone, Errand, ask};

use crate::test_server::{Answer, Done, Fan, Seen, TestServer, copy_files, until};

/// How the sale of a test is.
#[derive(Clone)]
pub(crate) struct Sale {
    pub(crate) opens_in_ms: i64,
    pub(crate) open_ms: i64,
    /// When the performance begins.
    pub(crate) starts_in_ms: i64,
    pub(crate) rivals: u32,
    pub(crate) seats_per_person: u32,
    pub(crate) cancelled_seats: CancelledSeats,
    pub(crate) guests_may_enter: bool,
    /// What a seat costs, without the fee of 1,000.
    pub(crate) price_won: u64,
}

pub(crate) const HOUR_MS: i64 = 3_600_000;

/// A sale for people alone that has just opened and is open for an hour.
pub(crate) fn sale() -> Sale {
    Sale {
        opens_in_ms: -1_000,
        open_ms: HOUR_MS,
        starts_in_ms: 20 * 24 * HOUR_MS,
        rivals: 0,
        seats_per_person: 4,
        cancelled_seats: CancelledSeats::AtOnce,
        guests_may_enter: true,
        price_won: 77_000,
    }
}

pub(crate) async fn catalogue(server: &TestServer) -> Catalogue {
    let home = Home::File(server.folder().join("data").join(CATALOGUE_FILE));
    let options = CatalogueOptions { home, cursor_key: CursorKey([1; 32]) };
    Catalogue::open(options).await.unwrap()
}

async fn now(server: &TestServer) -> UtcMs {
    let clock: Value = server.fan().get("/api/clock").await.json();
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this century")]
    UtcMs(clock["now_ms"].as_f64().unwrap() as i64)
}

/// Adds concerts with one performance each, and returns the numbers of the performances.
pub(crate) async fn add(server: &TestServer, sales: &[Sale]) -> Vec<i64> {
    let (catalogue, now) = (catalogue(server).await, now(server).await);
    let venue = NewVenue {
        name: format!("구석 {}", now.0),
        city: "서울".to_owned(),
        zone: "Asia/Seoul".to_owned(),
        plan: "nook".to_owned(),
    };
    let venue = catalogue.add_venues(&[venue]).await.unwrap()[0];
    let concerts: Vec<NewConcert> =
        (0..).zip(sales).map(|(number, sale)| concert(venue, number, now, sale)).collect();
    let kept = catalogue.add_concerts(&concerts).await.unwrap();
    let performances = kept.iter().map(|one| one.performances[0].0).collect();
    catalogue.close().await.unwrap();
    performances
}

fn concert(venue: VenueId, number: i32, now: UtcMs, sale: &Sale) -> NewConcert {
    let opens_at = now.after(sale.opens_in_ms);
    NewConcert {
        title: format!("봄밤 {number}"),
        description: String::new(),
        venue,
        performers: Vec::new(),
        poster_seed: 1,
        grades: vec![Grade { name: "R".to_owned(), price_won: sale.price_won }],
        performances: vec![NewPerformance {
            starts_at: now.after(sale.starts_in_ms),
            opening: NewOpening {
                opens_at,
                closes_at: opens_at.after(sale.open_ms),
                style: "plain".to_owned(),
                rivals: sale.rivals,
                seats_per_person: sale.seats_per_person,
                cancelled_seats: sale.cancelled_seats,
                guests_may_enter: sale.guests_may_enter,
            },
        }],
        origin: Origin::Host,
    }
}

pub(crate) async fn add_one(server: &TestServer, sale: Sale) -> i64 {
    add(server, &[sale]).await[0]
}

pub(crate) async fn enter(fan: &Fan, performance: i64) -> Answer {
    fan.post(&format!("/api/performances/{performance}/enter"), &[], &json!({})).await
}

/// Enters, and presses the button once the sale is open.
pub(crate) async fn go_in(fan: &Fan, performance: i64) -> Seen {
    let answer = enter(fan, performance).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let race: Seen = answer.json::<RaceView>().into();
    fan.race_when(&race.id, |race| race.stage == Stage::Open).await;
    fan.done(&race, "enter", json!({})).await;
    fan.race_when(&race.id, |race| matches!(race.you, You::Inside { .. })).await
}

/// Pays for so many seats at the usual price.
pub(crate) async fn pay(fan: &Fan, race: &Seen, seat_count: usize) -> Answer {
    fan.act(race, "pay", json!({"expected_won": 78_000 * seat_count})).await
}

/// Enters and pays for seats.
pub(crate) async fn book(fan: &Fan, performance: i64, seats: &[u32]) -> Done {
    let race = go_in(fan, performance).await;
    fan.done(&race, "hold", json!({"seats": seats})).await;
    let total = 78_000 * seats.len();
    fan.done(&race, "pay", json!({"expected_won": total})).await
}

pub(crate) async fn bookings(fan: &Fan) -> ShowBookingPage {
    let answer = fan.get("/api/bookings").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

pub(crate) async fn show(fan: &Fan, performance: i64) -> Performance {
    fan.get(&format!("/api/performances/{performance}")).await.json()
}

pub(crate) async fn stage_when(fan: &Fan, performance: i64, stage: OpeningStage) -> Performance {
    until(async || {
        let told = show(fan, performance).await;
        (told.opening.stage == stage).then_some(told)
    })
    .await
}

pub(crate) async fn seats_left(fan: &Fan, performance: i64) -> Option<SeatsLeft> {
    fan.get(&format!("/api/performances/{performance}/seats-left")).await.json()
}

pub(crate) async fn cancel(fan: &Fan, sale: &str, number: u32) -> Answer {
    fan.send(Method::DELETE, &format!("/api/bookings/{sale}/{number}"), &[], None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn k50_an_opening_opens_by_itself_and_three_people_take_one_seat() {
    let server = TestServer::open().await;
    let performance = add_one(&server, Sale { opens_in_ms: 2_000, ..sale() }).await;
    let fans = [server.fan(), server.fan(), server.fan()];
    let lobby = enter(&fans[0], performance).await;
    let race: Seen = lobby.json::<RaceView>().into();
    assert_eq!(race.race.performance, Some(performance.to_string()));
    assert!(race.race.shared);
    assert_eq!(race.race.title.ko, "봄밤 0");
    let [a, b, c] = &fans;
    let (a, b, c) =
        tokio::join!(go_in(a, performance), go_in(b, performance), go_in(c, performance));
    assert_eq!((&a.id, &b.id), (&race.id, &c.id), "everybody stands in one sale");
    let hold = |fan, race| Fan::act(fan, race, "hold", json!({"seats": [7]}));
    let answers = tokio::join!(hold(&fans[0], &a), hold(&fans[1], &b), hold(&fans[2], &c));
    let answers = [answers.0, answers.1, answers.2];
    let winners = answers.iter().filter(|answer| answer.status == StatusCode::OK).count();
    assert_eq!(winners, 1);
    let winner = answers.iter().position(|answer| answer.status == StatusCode::OK).unwrap();
    for loser in answers.iter().filter(|answer| answer.status != StatusCode::OK) {
        assert_eq!(loser.code(), "seat-taken");
    }
    fans[winner].done(&race_of(&[a, b, c], winner), "pay", json!({"expected_won": 78_000})).await;
    for (number, fan) in fans.iter().enumerate() {
        let page = bookings(fan).await;
        assert_eq!(page.bookings.len(), usize::from(number == winner));
    }
    let booking = bookings(&fans[winner]).await.bookings.remove(0);
    assert_eq!((booking.sale.as_str(), booking.number), (race.id.as_str(), 0));
    assert_eq!((booking.total_won, booking.cancelled_at_ms), (78_000, None));
    assert_eq!(booking.performance, performance.to_string());
    assert_eq!((booking.seats[0].grade.as_str(), booking.seats[0].price_won), ("R", 77_000));
    let left =
        until(async || seats_left(&fans[0], performance).await.filter(|left| left.total == 39))
            .await;
    assert_eq!(left.sections.len(), 2);
    let told = show(&fans[0], performance).await;
    assert_eq!((told.opening.stage, told.opening.race), (OpeningStage::Open, Some(race.id)));
    assert_eq!(told.seats_left.unwrap().total, 39);
}

fn race_of(races: &[Seen; 3], number: usize) -> Seen {
    races[number].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn k50_nobody_enters_too_early_or_what_does_not_exist() {
    let server = TestServer::open().await;
    let performance = add_one(&server, Sale { opens_in_ms: HOUR_MS, ..sale() }).await;
    let fan = server.fan();
    let early = enter(&fan, performance).await;
    assert_eq!(early.code(), "opening-not-yet");
    let told = show(&fan, performance).await;
    assert_eq!((told.opening.stage, told.opening.race), (OpeningStage::Before, None));
    assert_eq!(seats_left(&fan, performance).await, None);
    for unknown in ["99999", "0", "x", "-1"] {
        let path = format!("/api/performances/{unknown}/enter");
        assert_eq!(fan.post(&path, &[], &json!({})).await.code(), "no-such-performance");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn k50_a_late_visitor_finds_the_sale_as_its_rivals_left_it() {
    let server = TestServer::open().await;
    let late = Sale { opens_in_ms: -300_000, rivals: 30, ..sale() };
    let performance = add_one(&server, late).await;
    let fan = server.fan();
    let race = go_in(&fan, performance).await;
    assert!(race.counts.sold > 0, "rivals came since the opening: {:?}", race.counts);
    assert!(race.now_ms > 300_000.0 + 600_000.0 - 5_000.0);
    assert!(show(&fan, performance).await.opening.is_practice);
}

#[tokio::test(flavor = "multi_thread")]
async fn k50_a_sale_closes_at_its_time_and_its_results_stay() {
    let server = TestServer::open().await;
    let short = Sale { opens_in_ms: -1_000, open_ms: 6_000, ..sale() };
    let performance = add_one(&server, short).await;
    let (fan, late) = (server.fan(), server.fan());
    let paid = book(&fan, performance, &[1]).await;
    stage_when(&fan, performance, OpeningStage::Closed).await;
    assert_eq!(enter(&late, performance).await.code(), "opening-closed");
    let number = bookings(&fan).await.bookings[0].number;
    assert_eq!(cancel(&fan, &paid.race.id, number).await.code(), "opening-closed");
    let results = fan.get(&format!("/api/races/{}/results", paid.race.id)).await;
    assert_eq!(results.status, StatusCode::OK, "{}", results.text());
    let cards: RaceCards = fan.get("/api/races").await.json();
    assert_eq!(cards.races[0].performance, Some(performance.to_string()));
    // The catalogue has heard of the end, so that it is closed after a restart too.
    ended_in_catalogue(&server, performance).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k62_an_opening_that_is_over_stands_in_the_list_of_its_people_after_a_restart() {
    let mut server = TestServer::open().await;
    let performance = add_one(&server, Sale { open_ms: 4_000, ..sale() }).await;
    let (fan, stranger) = (server.fan(), server.fan());
    book(&fan, performance, &[1]).await;
    stage_when(&fan, performance, OpeningStage::Closed).await;
    ended_in_catalogue(&server, performance).await;
    server.stop().await;
    server.start().await;
    let list =
        async |fan: Fan| fan.moved(&server).get("/api/races").await.json::<RaceCards>().races;
    let mine = list(fan).await;
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0].performance, Some(performance.to_string()));
    assert_eq!(mine[0].ending, Some(Ending::Paid));
    assert_eq!(list(stranger).await, []);
}

/// Waits until the catalogue has heard that a sale is over, so that no start looks at the race again.
pub(crate) async fn ended_in_catalogue(server: &TestServer, performance: i64) {
    until(async || {
        let opening = catalogue(server).await.opening(catalogue::PerformanceId(performance)).await;
        opening.unwrap().unwrap().ended_at
    })
    .await;
}

/// A booking of somebody else that only the catalogue has: the log of the sale contradicts it.
pub(crate) async fn put_in_the_way(server: &TestServer, sale: &str, seat: u32) {
    let copy = catalogue(server).await;
    let booked = Booked {
        payment: None,
        booking: BookingNumber(1_000),
        guest: GuestKey(1),
        at: now(server).await,
        total_won: 1,
        seats: vec![BookedSeat { seat, place: "x".into(), grade: "R".into(), price_won: 1 }],
    };
    let sale = SaleNumber(u64::from_str_radix(sale, 16).unwrap());
    copy.apply(sale, LogSeq(0), &[SaleEvent::Booked(booked)]).await.unwrap();
    copy.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn k61_a_sale_that_the_catalogue_refuses_stops_no_other_until_it_is_rebuilt() {
    let server = TestServer::open().await;
    let [refused, fine] = add(&server, &[sale(), sale()]).await.try_into().unwrap();
    let fan = server.fan();
    let race = go_in(&fan, refused).await;
    put_in_the_way(&server, &race.id, 7).await;
    fan.done(&race, "hold", json!({"seats": [7]})).await;
    fan.done(&race, "pay", json!({"expected_won": 78_000})).await;
    until(async || server.metrics().await.contains("tingting_openings_stuck 1").then_some(()))
        .await;
    // The booking is not shown, and everything else goes on.
    assert_eq!(bookings(&fan).await.bookings, []);
    book(&fan, fine, &[7]).await;
    let shown = bookings(&fan).await.bookings;
    assert_eq!((shown.len(), shown[0].performance.as_str()), (1, fine.to_string().as_str()));
    assert_eq!(fan.get("/readyz").await.status, StatusCode::OK);
    let data = server.folder().join("data");
    assert_eq!(ask(&data, &Errand::Rebuild).unwrap(), Some(ControlDone::Done { sales: 2 }));
    assert_eq!(bookings(&fan).await.bookings.len(), 2);
    assert!(server.metrics().await.contains("tingting_openings_stuck 0"));
}

#[tokio::test(flavor = "multi_thread")]
async fn k50_many_openings_run_side_by_side() {
    let server = TestServer::open().await;
    let performances = add(&server, &vec![sale(); 12]).await;
    let fan = server.fan();
    let mut races = Vec::new();
    for performance in &performances {
        races.push(book(&fan, *performance, &[3]).await.race.id);
    }
    races.sort_unstable();
    races.dedup();
    assert_eq!(races.len(), 12, "each performance has a sale of its own");
    assert_eq!(bookings(&fan).await.bookings.len(), 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn k50_a_killed_server_goes_on_with_its_openings() {
    let mut server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let (winner, other) = (server.fan(), server.fan());
    let paid = book(&winner, performance, &[1, 2]).await;
    let race = go_in(&other, performance).await;
    other.done(&race, "hold", json!({"seats": [3]})).await;
    let before = other.race(&race.id).await.now_ms;
    server.be_killed_and_away_for(Duration::from_mins(2)).await;
    let (winner, other) = (winner.moved(&server), other.moved(&server));
    let back = other.race(&race.id).await;
    assert!(back.now_ms < before + 60_000.0, "race time stood still");
    let You::Inside { hold: Some(hold), .. } = &back.you else { panic!("{:?}", back.you) };
    assert_eq!(hold.seats, [3]);
    other.done(&back, "pay", json!({"expected_won": 78_000})).await;
    let list = bookings(&winner).await.bookings;
    assert_eq!((list.len(), list[0].seats.len()), (1, 2));
    assert_eq!(list[0].sale, paid.race.id);
    assert_eq!(bookings(&other).await.bookings.len(), 1);
    let again = enter(&server.fan(), performance).await.json::<RaceView>();
    assert_eq!(again.race.id, race.id, "it is the same sale");
}

#[tokio::test(flavor = "multi_thread")]
async fn k50_an_opening_that_is_ahead_when_the_server_comes_back_opens_as_announced() {
    let mut server = TestServer::open().await;
    let announced = Sale { opens_in_ms: 3 * 60_000, ..sale() };
    let performance = add_one(&server, announced.clone()).await;
    server.be_away_for(Duration::from_mins(1)).await;
    let new = add_one(&server, announced).await;
    let fan = server.fan();
    for performance in [performance, new] {
        let told = show(&fan, performance).await.opening;
        let race = enter(&fan, performance).await.json::<RaceView>();
        let opens_ms = race.state.started_at_ms + race.race.opens_at_ms;
        assert!((opens_ms - told.opens_at_ms).abs() < 1.0, "{opens_ms} {}", told.opens_at_ms);
    }
    // One whose opening fell into an outage takes people in first.
    let missed = add_one(&server, Sale { opens_in_ms: 30_000, ..sale() }).await;
    server.be_away_for(Duration::from_mins(1)).await;
    let fan = fan.moved(&server);
    let race = enter(&fan, missed).await.json::<RaceView>();
    assert_eq!(race.state.stage, Stage::Before);
}

#[tokio::test(flavor = "multi_thread")]
async fn k51_what_the_catalogue_missed_is_told_at_the_next_start() {
    let mut server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let fan = server.fan();
    let race = go_in(&fan, performance).await;
    let before = tempfile::tempdir().unwrap();
    copy_files(&server.folder().join("data"), before.path());
    fan.done(&race, "hold", json!({"seats": [1]})).await;
    fan.done(&race, "pay", json!({"expected_won": 78_000})).await;
    assert_eq!(bookings(&fan).await.bookings.len(), 1);
    server.stop().await;
    // The catalogue is as it was before the payment.
    for name in ["", "-wal", "-shm"] {
        let name = format!("{CATALOGUE_FILE}{name}");
        let kept = server.folder().join("data").join(&name);
        let _absent = std::fs::remove_file(&kept);
        if before.path().join(&name).exists() {
            std::fs::copy(before.path().join(&name), kept).unwrap();
        }
    }
    server.start().await;
    let fan = fan.moved(&server);
    let list =
        until(async || Some(bookings(&fan).await.bookings).filter(|list| !list.is_empty())).await;
    assert_eq!((list.len(), list[0].total_won), (1, 78_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn k53_the_projection_is_made_anew_from_the_logs() {
    let mut server = TestServer::open().await;
    let performance = add_one(&server, sale()).await;
    let (fan, other) = (server.fan(), server.fan());
    let paid = book(&fan, performance, &[1, 2]).await;
    book(&other, performance, &[5]).await;
    assert_eq!(cancel(&fan, &paid.race.id, 0).await.status, StatusCode::NO_CONTENT);
    let told = (bookings(&fan).await, bookings(&other).await);
    server.stop().await;
    let copy = catalogue(&server).await;
    let mut store =
        journal::SqliteStore::open(&server.folder().join("data/journal.sqlite")).unwrap();
    let sale = catalogue::SaleNumber(u64::from_str_radix(&paid.race.id, 16).unwrap());
    copy.rebuild(sale, []).await.unwrap();
    assert_eq!(copy.checkpoint(sale).await.unwrap(), None, "nothing is told of it any more");
    let count = server::rebuild_folder(&mut store, &copy).await.unwrap();
    assert_eq!(count, 1);
    // Asked before the server starts: it would catch up by itself.
    assert!(copy.checkpoint(sale).await.unwrap().is_some());
    copy.close().await.unwrap();
    store.close().unwrap();
    server.start().await;
    let (fan, other) = (fan.moved(&server), other.moved(&server));
    assert_eq!((bookings(&fan).await, bookings(&other).await), told);
}

#[tokio::test(flavor = "multi_thread")]
async fn k52_o14_the_limit_holds_over_all_bookings_and_a_cancelled_seat_counts_no_more() {
    let server = TestServer::open().await;
    let performance = add_one(&server, Sale { seats_per_person: 3, ..sale() }).await;
    let (fan, other) = (server.fan(), server.fan());
    let paid = book(&fan, performance, &[1, 2]).await;
    assert!(matches!(paid.race.you, You::Booked { .. }));
    let race = go_in(&fan, performance).await;
    let more = fan.act(&race, "hold", json!({"seats": [3, 4]})).await;
    assert_eq!(more.code(), "too-many-seats");
    fan.done(&race, "hold", json!({"seats": [3]})).await;
    fan.done(&race, "pay", json!({"expected_won": 78_000})).await;
    assert_eq!(fan.act(&race, "enter", json!({})).await.code(), "limit-reached");
    let (sale, mine) = (&paid.race.id, bookings(&fan).await.bookings);
    assert_eq!(mine.iter().map(|booking| booking.number).collect::<Vec<_>>(), [1, 0]);
    // Nobody else cancels it, and nobody learns that it is there.
    assert_eq!(cancel(&other, sale, 0).await.code(), "no-such-booking");
    let _member = go_in(&other, performance).await;
    assert_eq!(cancel(&other, sale, 0).await.code(), "no-such-booking");
    assert_eq!(cancel(&fan, "00000000000000ff", 0).await.code(), "no-such-booking");
    let key = [("idempotency-key", "cancel-1")];
    let path = format!("/api/bookings/{sale}/0");
    for _ in 0..2 {
        let answer = fan.send(Method::DELETE, &path, &key, None).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    }
    assert_eq!(cancel(&fan, sale, 0).await.code(), "booking-cancelled");
    let list = bookings(&fan).await.bookings;
    assert_eq!((list.len(), list[1].seats.len()), (2, 2), "a cancelled booking is kept");
    assert!(list[1].cancelled_at_ms.is_some() && list[0].cancelled_at_ms.is_none());
    let left = async || seats_left(&other, performance).await.filter(|left| left.total == 39);
    until(left).await;
    book(&other, performance, &[1]).await;
    book(&fan, performance, &[2]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k52_a_hall_that_is_sold_out_takes_people_in_until_a_seat_returns() {
    let server = TestServer::open().await;
    let performance = add_one(&server, Sale { seats_per_person: 8, ..sale() }).await;
    let mut last = None;
    for first in (0..40).step_by(8) {
        let fan = server.fan();
        let seats: Vec<u32> = (first..first + 8).collect();
        last = Some((book(&fan, performance, &seats).await, fan));
    }
    let (paid, owner) = last.unwrap();
    let late = server.fan();
    stage_when(&late, performance, OpeningStage::SoldOut).await;
    let race = go_in(&late, performance).await;
    let number = bookings(&owner).await.bookings[0].number;
    assert_eq!(cancel(&owner, &paid.race.id, number).await.status, StatusCode::NO_CONTENT);
    late.done(&race, "hold", json!({"seats": [39]})).await;
    stage_when(&late, performance, OpeningStage::Open).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn k52_seats_that_return_in_batches_look_sold_until_then() {
    let server = TestServer::open().await;
    let batches = Sale { cancelled_seats: CancelledSeats::InBatches, ..sale() };
    let performance = add_one(&server, batches).await;
    let (fan, other) = (server.fan(), server.fan());
    let paid = book(&fan, performance, &[1]).await;
    assert_eq!(cancel(&fan, &paid.race.id, 0).await.status, StatusCode::NO_CONTENT);
    assert!(bookings(&fan).await.bookings[0].cancelled_at_ms.is_some());
    let race = go_in(&other, performance).await;
    let hold = other.act(&race, "hold", json!({"seats": [1]})).await;
    assert_eq!(hold.code(), "seat-taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn k54_an_opening_is_rehearsed_alone_with_its_hall_prices_and_crowd() {
    let server = TestServer::open().await;
    let opening = Sale { opens_in_ms: HOUR_MS, rivals: 25, ..sale() };
    let performances = add(&server, &[opening.clone(), Sale { rivals: 0, ..opening }]).await;
    let fan = server.fan();
    let path = format!("/api/performances/{}/rehearse", performances[0]);
    let key = [("idempotency-key", "rehearse-1")];
    let first = fan.post(&path, &key, &json!({})).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let race = first.json::<RaceView>().race;
    assert_eq!((race.rivals, race.shared, race.performance), (25, false, None));
    assert_eq!(race.rehearses, Some(performances[0].to_string()));
    assert_eq!(race.plan, "nook");
    let again = fan.post(&path, &key, &json!({})).await.json::<RaceView>();
    assert_eq!(again.race.id, race.id);
    let alone = format!("/api/performances/{}/rehearse", performances[1]);
    let crowd = fan.post(&alone, &[], &json!({})).await.json::<RaceView>().race;
    assert_eq!(crowd.rivals, 400, "ten for each of forty seats");
    let reused = fan.post(&alone, &key, &json!({})).await;
    assert_eq!(reused.code(), "idempotency-key-reused");
}
