//! Tests: payments that are cut off between any two steps, and several at once.

use std::num::{NonZeroU32, NonZeroU64};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use catalogue::limits::WELCOME_WON;
use catalogue::{
    CancelledSeats, Cause, Debit, Grade, GuestKey, NewConcert, NewOpening, NewPerformance,
    NewVenue, Origin, PageQuery, PerformanceId, PersonId, SaleNumber,
};
use practice::Act;
use protocol::{Commanded, Outcome, RaceView, Stage, You};
use sale::{Refusal, Seat, Seats, Tag};

use super::{Begun, Paying};
use crate::client::{Client, Network};
use crate::context::{Capacity, Patience};
use crate::gateway::Gateway;
use crate::http::{ConnectionLimits, Front, RequestRates};
use crate::ids::{GuestId, RaceId};
use crate::keys::content_of_act;
use crate::openings::{self, ShowsFault};
use crate::options::{Options, Retention};
use crate::problem::ApiError;
use crate::server::Server;
use crate::shard::MemberAsk;
use crate::shows::utc_ms;

#[path = "../../tests/it/library.rs"]
#[expect(dead_code, reason = "these tests need one hall and one style of it")]
mod library;

const MANY: NonZeroU32 = NonZeroU32::new(100_000).unwrap();
const HOUR: Duration = Duration::from_hours(1);
const HOUR_MS: i64 = 3_600_000;
const BOUND: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// What the style `plain` asks for each seat.
const FEE_WON: u64 = 1_000;

async fn start(folder: &Path) -> Server {
    library::fill(&folder.join("library"));
    let options = Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        data: folder.join("data"),
        library: Some(folder.join("library")),
        shards: 1,
        patience: Patience { lost_after: HOUR, unload_after: HOUR, silent_after: HOUR },
        retention: Retention::default(),
        capacity: Capacity::default(),
        metrics: None,
        connections: ConnectionLimits::default(),
        rates: RequestRates { per_address: MANY, ..RequestRates::default() },
        front: Front::default(),
        clock_ahead: Duration::ZERO,
        open_races: None,
        database: None,
        demo: false,
        providers: Vec::new(),
    };
    Server::start(options).await.unwrap()
}

/// Adds a concert of which a seat costs so much, with one performance whose sale has just opened.
async fn sell(gateway: &Gateway, price_won: u64, open_ms: i64) -> PerformanceId {
    let starts_in_ms = 20 * 24 * HOUR_MS;
    sell_at(gateway, price_won, open_ms, "Asia/Seoul", starts_in_ms).await
}

async fn sell_at(
    gateway: &Gateway,
    price_won: u64,
    open_ms: i64,
    zone: &str,
    starts_in_ms: i64,
) -> PerformanceId {
    let now = utc_ms(gateway.now());
    let catalogue = &gateway.context.catalogue;
    let name = format!("구석 {} {price_won}", crate::ids::RaceId::random());
    let city = "서울".to_owned();
    let (zone, plan) = (zone.to_owned(), "nook".to_owned());
    let venue = catalogue.add_venues(&[NewVenue { name, city, zone, plan }]).await.unwrap()[0];
    let opening = NewOpening {
        opens_at: now.after(-1_000),
        closes_at: now.after(open_ms),
        style: "plain".to_owned(),
        rivals: 0,
        seats_per_person: 4,
        cancelled_seats: CancelledSeats::AtOnce,
        guests_may_enter: true,
    };
    let concert = NewConcert {
        title: "봄밤".to_owned(),
        description: String::new(),
        venue,
        performers: Vec::new(),
        poster_seed: 1,
        grades: vec![Grade { name: "R".to_owned(), price_won }],
        performances: vec![NewPerformance { starts_at: now.after(starts_in_ms), opening }],
        origin: Origin::Host,
    };
    catalogue.add_concerts(&[concert]).await.unwrap()[0].performances[0]
}

/// A person who has logged in and has points.
async fn person(gateway: &Gateway, number: u128) -> Client {
    let (catalogue, now) = (&gateway.context.catalogue, utc_ms(gateway.now()));
    let person = catalogue.take_in(GuestKey(number), now).await.unwrap();
    catalogue.welcome(person, now).await.unwrap();
    let network = Network::of([10, 0, 0, 1].into());
    Client { account: Some(person), ..Client::without_account(GuestId(number), network) }
}

async fn act(
    gateway: &Gateway,
    client: Client,
    race: RaceId,
    pass: Option<String>,
    act: Act,
) -> Result<Commanded, ApiError> {
    let key = NonZeroU64::new(u64::from_le_bytes(crate::ids::random_bytes())).unwrap();
    let tag = Tag { key, content: content_of_act(act) };
    gateway.act(client, race, act, tag, pass).await
}

async fn until<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
    let wait = async {
        let mut looks = tokio::time::interval(LOOK_EVERY);
        loop {
            looks.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
    };
    tokio::time::timeout(BOUND, wait).await.unwrap_or_else(|_| panic!("{what} comes in time"))
}

async fn show(gateway: &Gateway, client: Client, race: RaceId) -> RaceView {
    gateway.ask(client, race, |reply| MemberAsk::Show { reply }).await.unwrap()
}

/// Holds seats, so that all that is left to do is to pay. `key` is that of the payment.
async fn hold(
    gateway: &Arc<Gateway>,
    client: Client,
    performance: PerformanceId,
    seats: &[u32],
    key: u64,
) -> Paying {
    let view = openings::enter(gateway, client, performance, || Ok(())).await.unwrap();
    let race: RaceId = view.race.id.parse().unwrap();
    until("the opening", async || {
        (show(gateway, client, race).await.state.stage == Stage::Open).then_some(())
    })
    .await;
    act(gateway, client, race, None, Act::Enter).await.unwrap();
    let pass = until("the admission", async || {
        let you = show(gateway, client, race).await.state.you;
        if let You::Inside { pass, .. } = you { Some(pass) } else { None }
    })
    .await;
    let seats: Vec<Seat> = seats.iter().copied().map(Seat).collect();
    let seats = Act::HoldSeats(Seats::new(&seats).unwrap());
    act(gateway, client, race, Some(pass.clone()), seats).await.unwrap();
    let You::Inside { hold: Some(hold), .. } = show(gateway, client, race).await.state.you else {
        panic!("a hold")
    };
    Paying {
        client,
        payer: client.account.unwrap(),
        race,
        key: NonZeroU64::new(key).unwrap(),
        pass: Some(pass),
        expected_won: hold.total_won,
    }
}

async fn balance(gateway: &Gateway, person: PersonId) -> u64 {
    gateway.context.catalogue.balance(person).await.unwrap()
}

async fn booking_count(gateway: &Gateway, person: PersonId) -> usize {
    openings::settle(gateway).await.unwrap();
    let all = PageQuery { after: None, rows: 100 };
    gateway.context.catalogue.bookings(person, &all).await.unwrap().rows.len()
}

async fn causes(gateway: &Gateway, person: PersonId) -> Vec<Cause> {
    let all = PageQuery { after: None, rows: 100 };
    let page = gateway.context.catalogue.points(person, &all).await.unwrap();
    page.rows.iter().rev().map(|entry| entry.cause).collect()
}

async fn is_settled(gateway: &Gateway) {
    let pending = async || {
        let pending = gateway.context.catalogue.pending_payments(None).await.unwrap();
        pending.is_empty().then_some(())
    };
    until("the end of all payments", pending).await;
}

/// Stops the server, and compares what it left behind.
async fn agrees(server: Server, folder: &Path) {
    server.stop().await.unwrap();
    assert_eq!(examine(folder).await, []);
}

async fn examine(folder: &Path) -> Vec<ShowsFault> {
    let data = folder.join("data");
    let mut store = journal::SqliteStore::open(&data.join("journal.sqlite")).unwrap();
    let keys = crate::keys::Keys::of(b"a key");
    let catalogue = crate::shows::open(&data, None, &keys).await.unwrap();
    let faults = openings::examine_folder(&mut store, &catalogue).await.unwrap();
    catalogue.close().await.unwrap();
    store.close().unwrap();
    faults
}

/// Copies the data folder between two writes of the journal, as a kill would leave it.
async fn copy_data(gateway: &Gateway, from: &Path, to: &Path) {
    let (from, to) = (from.join("data"), to.join("data"));
    let copy = move |_: &mut journal::SqliteStore| {
        std::fs::create_dir_all(&to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    };
    gateway.call(copy).await.unwrap();
}

/// How far a payment came before the process died.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reached {
    Nothing,
    Begun,
    Debited,
    /// The answer was not sent.
    Confirmed,
}

async fn go_as_far_as(gateway: &Gateway, paying: &Paying, reached: Reached) -> Option<Begun> {
    if reached == Reached::Nothing {
        return None;
    }
    let begun = paying.begin(gateway).await.unwrap();
    if reached == Reached::Begun {
        return Some(begun);
    }
    assert_eq!(paying.debit(gateway, begun).await.unwrap(), Debit::Debited);
    if reached == Reached::Confirmed {
        paying.confirm(gateway, begun).await.unwrap();
    }
    Some(begun)
}

#[tokio::test(flavor = "multi_thread")]
async fn m11_m12_a_payment_that_dies_at_any_step_is_finished_or_given_back() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = start(first.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let mut cases = Vec::new();
    for reached in [Reached::Nothing, Reached::Begun, Reached::Debited, Reached::Confirmed] {
        for is_sent_again in [false, true] {
            let number = cases.len() as u64 + 1;
            let client = person(&gateway, number.into()).await;
            let seat = u32::try_from(number).unwrap();
            let paying = hold(&gateway, client, performance, &[seat], 1_000 + number).await;
            let begun = go_as_far_as(&gateway, &paying, reached).await;
            cases.push((reached, is_sent_again, paying, begun));
        }
    }
    copy_data(&gateway, first.path(), second.path()).await;
    server.stop().await.unwrap();
    let server = start(second.path()).await;
    let gateway = server.gateway();
    let cost = 77_000 + FEE_WON;
    for (reached, is_sent_again, paying, begun) in &cases {
        let case = format!("{reached:?}, sent again: {is_sent_again}");
        if *is_sent_again {
            for _ in 0..2 {
                let answer = paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
                assert!(matches!(answer.outcome, Outcome::Booked { .. }), "{case}");
            }
        } else if let Some(begun) = begun.filter(|_| *reached != Reached::Confirmed) {
            // The payment ends, as it does by itself after a minute.
            paying.end(&gateway, begun).await.unwrap();
        }
    }
    gateway.context.payments.wake.notify_one();
    is_settled(&gateway).await;
    for (reached, is_sent_again, paying, _) in &cases {
        let case = format!("{reached:?}, sent again: {is_sent_again}");
        let is_paid = *is_sent_again || *reached == Reached::Confirmed;
        let bookings = booking_count(&gateway, paying.payer).await;
        assert_eq!(bookings, usize::from(is_paid), "{case}");
        let has = WELCOME_WON - if is_paid { cost } else { 0 };
        assert_eq!(balance(&gateway, paying.payer).await, has, "{case}");
        let was_debited = is_paid || *reached == Reached::Debited;
        let entries = 1 + usize::from(was_debited) + usize::from(was_debited && !is_paid);
        assert_eq!(causes(&gateway, paying.payer).await.len(), entries, "{case}");
    }
    // What was given back is not paid by a late request under the old key.
    let (.., late, _) = &cases[4];
    let refused = late.clone().pay(Arc::clone(&gateway)).await;
    assert_eq!(refused.unwrap_err(), Refusal::NoPayment.into());
    assert_eq!(balance(&gateway, late.payer).await, WELCOME_WON);
    agrees(server, second.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_after_a_start_points_come_back_though_nobody_pays_any_more() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = start(first.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[3], 7).await;
    let begun = go_as_far_as(&gateway, &paying, Reached::Debited).await.unwrap();
    copy_data(&gateway, first.path(), second.path()).await;
    server.stop().await.unwrap();
    let server = start(second.path()).await;
    let gateway = server.gateway();
    // The payment ends, as it does by itself after a minute.
    paying.end(&gateway, begun).await.unwrap();
    is_settled(&gateway).await;
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON);
    agrees(server, second.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_a_payment_that_nobody_finishes_is_given_back_when_the_sale_closes() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, 12_000).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[3], 7).await;
    go_as_far_as(&gateway, &paying, Reached::Debited).await;
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - 78_000);
    // Nobody gives back what is under way.
    let stand = super::resolve(&gateway, paying.race, sale::PaymentId(0)).await.unwrap();
    assert_eq!(stand, crate::shard::PaymentStand::UnderWay);
    is_settled(&gateway).await;
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON);
    let causes = causes(&gateway, paying.payer).await;
    assert_eq!(causes, [Cause::Welcome, Cause::Payment, Cause::PaymentReturned]);
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_a_debit_of_a_sale_that_is_gone_is_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let payer = person(&gateway, 1).await.account.unwrap();
    let new = catalogue::NewPayment {
        sale: SaleNumber(99),
        payment: catalogue::PaymentNumber(4),
        person: payer,
        total_won: 5_000,
    };
    gateway.context.catalogue.debit(new, utc_ms(gateway.now())).await.unwrap();
    gateway.context.payments.note();
    is_settled(&gateway).await;
    assert_eq!(balance(&gateway, payer).await, WELCOME_WON);
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m9_m10_points_pay_for_seats_and_who_has_too_few_keeps_the_hold() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 4_000_000, HOUR_MS).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[1, 2], 1).await;
    let paid = paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
    assert!(matches!(paid.outcome, Outcome::Booked { total_won: 8_002_000, .. }));
    assert_eq!(booking_count(&gateway, paying.payer).await, 1);
    assert_eq!(balance(&gateway, paying.payer).await, 1_998_000);
    let more = hold(&gateway, client, performance, &[3], 2).await;
    let short = ApiError::PointsShort { balance_won: 1_998_000, total_won: 4_001_000 };
    for _ in 0..2 {
        let refused = more.clone().pay(Arc::clone(&gateway)).await;
        assert_eq!(refused.unwrap_err(), short);
        let view = show(&gateway, client, more.race).await;
        let You::Inside { hold: Some(hold), .. } = view.state.you else {
            panic!("the hold goes on")
        };
        assert_eq!(hold.paying_until_ms, None);
    }
    // A wrong sum begins nothing.
    let wrong = Paying { expected_won: 1, key: NonZeroU64::new(3).unwrap(), ..more.clone() };
    let refused = wrong.pay(Arc::clone(&gateway)).await;
    assert_eq!(refused.unwrap_err(), ApiError::TotalDiffers { total_won: 4_001_000 });
    // Cancelled on the day of the booking, everything comes back, and pays for the seat that waits.
    let key = NonZeroU64::new(4).unwrap();
    openings::cancel(&gateway, client, paying.race, sale::BookingId(0), key).await.unwrap();
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON);
    let again = Paying { key: NonZeroU64::new(5).unwrap(), ..more };
    again.pay(Arc::clone(&gateway)).await.unwrap();
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - 4_001_000);
    is_settled(&gateway).await;
    agrees(server, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn m13_two_sales_and_two_tabs_at_once_take_no_more_than_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    let client = person(&gateway, 1).await;
    let mut tasks = Vec::new();
    for sale in 0..2 {
        let performance = sell(&gateway, 3_000_000, HOUR_MS).await;
        let paying = hold(&gateway, client, performance, &[1, 2], 10 + sale).await;
        for tab in 0..2 {
            let key = NonZeroU64::new(100 + sale * 10 + tab).unwrap();
            let paying = Paying { key, ..paying.clone() };
            tasks.push(tokio::spawn(paying.pay(Arc::clone(&gateway))));
        }
    }
    let mut paid = 0;
    for task in tasks {
        match task.await.unwrap() {
            Ok(answer) => paid += usize::from(matches!(answer.outcome, Outcome::Booked { .. })),
            // Another tab pays, has paid, or the other sale was quicker.
            Err(ApiError::PointsShort { balance_won, total_won }) => {
                assert!(balance_won < total_won);
            }
            Err(ApiError::Refused(_) | ApiError::RunOver) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(paid, 1);
    is_settled(&gateway).await;
    assert_eq!(booking_count(&gateway, client.account.unwrap()).await, 1);
    assert_eq!(balance(&gateway, client.account.unwrap()).await, WELCOME_WON - 6_002_000);
    agrees(server, folder.path()).await;
}

/// A zone in which it is about noon, so that no midnight is near.
fn zone_at_noon(gateway: &Gateway) -> String {
    let hour = utc_ms(gateway.now()).0.div_euclid(HOUR_MS).rem_euclid(24);
    // The names count westward.
    let west = hour - 12;
    if west > 0 { format!("Etc/GMT+{west}") } else { format!("Etc/GMT-{}", -west) }
}

#[tokio::test(flavor = "multi_thread")]
async fn m17_o15_no_cancel_comes_after_the_deadline() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path()).await;
    let gateway = server.gateway();
    // The style lets people cancel until the day of the performance begins, which is today.
    let zone = zone_at_noon(&gateway);
    let performance = sell_at(&gateway, 77_000, HOUR_MS, &zone, 2 * HOUR_MS).await;
    let (client, other) = (person(&gateway, 1).await, person(&gateway, 2).await);
    let paying = hold(&gateway, client, performance, &[1], 1).await;
    paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
    let cancel = async |client| {
        let key = NonZeroU64::new(9).unwrap();
        openings::cancel(&gateway, client, paying.race, sale::BookingId(0), key).await.unwrap_err()
    };
    assert_eq!(cancel(client).await, ApiError::OpeningClosed);
    assert_eq!(cancel(other).await, Refusal::NoSuchBooking.into(), "nobody else learns of it");
    assert_eq!(balance(&gateway, paying.payer).await, WELCOME_WON - 78_000);
    is_settled(&gateway).await;
    agrees(server, folder.path()).await;
}

/// Does in the catalogue of a folder what no code of ours does.
fn run(folder: &Path, sql: &str) {
    let path = folder.join("data").join(crate::data_folder::CATALOGUE_FILE);
    rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// A server with one booking that is paid with points and told to the catalogue, who has it, and how it was paid.
async fn with_a_booking(folder: &Path) -> (Server, Client, Paying) {
    let server = start(folder).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[1], 1).await;
    paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
    is_settled(&gateway).await;
    (server, client, paying)
}

/// Whether a fault is the one that a case is about.
type Is<'a> = &'a dyn Fn(&ShowsFault) -> bool;

#[tokio::test(flavor = "multi_thread")]
async fn k56_m15_an_examination_finds_what_differs_from_the_log_and_a_damaged_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let (server, ..) = with_a_booking(folder.path()).await;
    server.stop().await.unwrap();
    assert_eq!(examine(folder.path()).await, []);
    let run = |sql: &str| run(folder.path(), sql);
    let is_booking = |fault: &ShowsFault| matches!(fault, ShowsFault::Booking { .. });
    let is_ahead = |fault: &ShowsFault| matches!(fault, ShowsFault::Ahead { .. });
    let is_of_ledger = |fault: &ShowsFault| matches!(fault, ShowsFault::Points(_));
    let is_pending = |fault: &ShowsFault| matches!(fault, ShowsFault::Pending { .. });
    run("DROP TRIGGER points_stay; DROP TRIGGER payments_are_kept; DROP TRIGGER points_are_kept");
    let cases: [(&str, &str, Is<'_>); 6] = [
        ("UPDATE booking_seats SET seat = 9", "UPDATE booking_seats SET seat = 1", &is_booking),
        (
            "UPDATE bookings SET refunded_won = 5, cancelled_at_ms = booked_at_ms",
            "UPDATE bookings SET refunded_won = NULL, cancelled_at_ms = NULL",
            &is_booking,
        ),
        (
            "UPDATE checkpoints SET seq = seq + 1000",
            "UPDATE checkpoints SET seq = seq - 1000",
            &is_ahead,
        ),
        (
            "UPDATE points SET balance_won = balance_won + 1 WHERE number = 2",
            "UPDATE points SET balance_won = balance_won - 1 WHERE number = 2",
            &is_of_ledger,
        ),
        (
            "UPDATE bookings SET payment = NULL",
            "UPDATE bookings SET payment = 0",
            &is_of_ledger,
        ),
        (
            "INSERT INTO payments (sale, payment, person, begun_at_ms, total_won, state)
             VALUES (99, 0, 1, 0, 0, 'debited');
             INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause, sale, payment)
             SELECT person, 3, 0, 0, balance_won, 'payment', 99, 0 FROM points WHERE number = 2",
            "DELETE FROM points WHERE sale = 99; DELETE FROM payments WHERE sale = 99",
            &is_pending,
        ),
    ];
    for (damage, mend, is_found) in cases {
        run(damage);
        let faults = examine(folder.path()).await;
        assert!(faults.iter().any(is_found), "{damage}: {faults:?}");
        run(mend);
        assert_eq!(examine(folder.path()).await, [], "{mend}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn m15_a_payment_that_is_pending_is_a_fault_once_its_sale_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let (server, client, paying) = with_a_booking(folder.path()).await;
    let gateway = server.gateway();
    // Another sale, which is over soon.
    let closed = sell(&gateway, 5_000, 8_000).await;
    let view = openings::enter(&gateway, client, closed, || Ok(())).await.unwrap();
    let closed_sale = SaleNumber(view.race.id.parse::<RaceId>().unwrap().0);
    until("the end of the sale", async || {
        let opening = gateway.context.catalogue.opening(closed).await.unwrap();
        opening.and_then(|opening| opening.ended_at)
    })
    .await;
    server.stop().await.unwrap();
    let run = |sql: &str| run(folder.path(), sql);
    run("DROP TRIGGER points_stay; DROP TRIGGER payments_are_kept; DROP TRIGGER points_are_kept");
    let payment = catalogue::PaymentNumber(9);
    let pending = ShowsFault::Pending { sale: closed_sale, payment };
    for (sale, expected) in [(closed_sale, vec![pending]), (SaleNumber(paying.race.0), vec![])] {
        let sale = sale.0.cast_signed();
        run(&format!(
            "INSERT INTO payments (sale, payment, person, begun_at_ms, total_won, state)
             VALUES ({sale}, 9, 1, 0, 0, 'debited');
             INSERT INTO points (person, number, at_ms, amount_won, balance_won, cause, sale, payment)
             SELECT person, 3, 0, 0, balance_won, 'payment', {sale}, 9 FROM points WHERE number = 2"
        ));
        assert_eq!(examine(folder.path()).await, expected);
        run(&format!(
            "DELETE FROM points WHERE sale = {sale} AND payment = 9;
             DELETE FROM payments WHERE sale = {sale} AND payment = 9"
        ));
    }
}
