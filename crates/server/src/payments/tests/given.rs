//! What the tests of payments begin with: a server, a sale, people with points, and a hold.

use std::num::NonZeroU64;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use catalogue::{
    CancelledSeats, Cause, Debit, Grade, GuestKey, NewConcert, NewOpening, NewPerformance,
    NewVenue, Origin, PageQuery, PerformanceId, PersonId,
};
use practice::Act;
use protocol::{Commanded, RaceView, Stage, You};
use sale::{Seat, Seats, Tag};

use crate::client::{Client, Network};
use crate::gateway::Gateway;
use crate::ids::{GuestId, RaceId};
use crate::keys::content_of_act;
use crate::openings::{self, Cancel, Reason, ShowsFault};
use crate::options::Options;
use crate::payments::{Begun, Paying};
use crate::problem::ApiError;
use crate::server::Server;
use crate::shard::MemberAsk;
use crate::shows::utc_ms;

#[path = "../../../tests/it/library.rs"]
#[expect(dead_code, reason = "these tests need one hall and one style of it")]
mod library;

pub(crate) const HOUR_MS: i64 = 3_600_000;
const BOUND: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(20);
/// What the style `plain` asks for each seat.
pub(crate) const FEE_WON: u64 = 1_000;

pub(crate) async fn start(folder: &Path) -> Server {
    library::fill(&folder.join("library"));
    let options =
        Options { library: Some(folder.join("library")), ..Options::in_test(folder.join("data")) };
    Server::start(options).await.unwrap()
}

/// Adds a concert of which a seat costs so much, with one performance whose sale has just opened.
pub(crate) async fn sell(gateway: &Gateway, price_won: u64, open_ms: i64) -> PerformanceId {
    let starts_in_ms = 20 * 24 * HOUR_MS;
    sell_at(gateway, price_won, open_ms, "Asia/Seoul", starts_in_ms).await
}

pub(crate) async fn sell_at(
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
pub(crate) async fn person(gateway: &Gateway, number: u128) -> Client {
    let (catalogue, now) = (&gateway.context.catalogue, utc_ms(gateway.now()));
    let person = catalogue.take_in(GuestKey(number), now).await.unwrap();
    catalogue.welcome(person, now).await.unwrap();
    let network = Network::of([10, 0, 0, 1].into());
    Client { account: Some(person), ..Client::without_account(GuestId(number), network) }
}

pub(crate) async fn act(
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

pub(crate) async fn until<T>(what: &str, look: impl AsyncFn() -> Option<T>) -> T {
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

pub(crate) async fn show(gateway: &Gateway, client: Client, race: RaceId) -> RaceView {
    gateway.ask(client, race, |reply| MemberAsk::Show { reply }).await.unwrap()
}

/// Holds seats, so that all that is left to do is to pay. `key` is that of the payment.
pub(crate) async fn hold(
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

pub(crate) async fn balance(gateway: &Gateway, person: PersonId) -> u64 {
    gateway.context.catalogue.balance(person).await.unwrap()
}

pub(crate) async fn booking_count(gateway: &Gateway, person: PersonId) -> usize {
    openings::settle(gateway).await.unwrap();
    let all = PageQuery { after: None, rows: 100 };
    gateway.context.catalogue.bookings(person, &all).await.unwrap().rows.len()
}

pub(crate) async fn causes(gateway: &Gateway, person: PersonId) -> Vec<Cause> {
    let all = PageQuery { after: None, rows: 100 };
    let page = gateway.context.catalogue.points(person, &all).await.unwrap();
    page.rows.iter().rev().map(|entry| entry.cause).collect()
}

pub(crate) async fn is_settled(gateway: &Gateway) {
    let pending = async || {
        let pending = gateway.context.catalogue.pending_payments(None).await.unwrap();
        pending.is_empty().then_some(())
    };
    until("the end of all payments", pending).await;
}

/// Stops the server, and compares what it left behind.
pub(crate) async fn agrees(server: Server, folder: &Path) {
    server.stop().await.unwrap();
    assert_eq!(examine(folder).await, []);
}

pub(crate) async fn examine(folder: &Path) -> Vec<ShowsFault> {
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
pub(crate) async fn copy_data(gateway: &Gateway, from: &Path, to: &Path) {
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
pub(crate) enum Reached {
    Nothing,
    Begun,
    Debited,
    /// The answer was not sent.
    Confirmed,
}

pub(crate) async fn go_as_far_as(
    gateway: &Gateway,
    paying: &Paying,
    reached: Reached,
) -> Option<Begun> {
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

/// Does in the catalogue of a folder what no code of ours does.
pub(crate) fn run(folder: &Path, sql: &str) {
    let path = folder.join("data").join(crate::data_folder::CATALOGUE_FILE);
    rusqlite::Connection::open(path).unwrap().execute_batch(sql).unwrap();
}

/// A server with one booking that is paid with points and told to the catalogue, who has it, and how it was paid.
pub(crate) async fn with_a_booking(folder: &Path) -> (Server, Client, Paying) {
    let server = start(folder).await;
    let gateway = server.gateway();
    let performance = sell(&gateway, 77_000, HOUR_MS).await;
    let client = person(&gateway, 1).await;
    let paying = hold(&gateway, client, performance, &[1], 1).await;
    paying.clone().pay(Arc::clone(&gateway)).await.unwrap();
    is_settled(&gateway).await;
    (server, client, paying)
}

/// A cancel of the first booking of a sale, as its person wants it who was shown that so much comes back.
pub(crate) fn wanted(race: RaceId, key: NonZeroU64, expected_won: Option<u64>) -> Cancel {
    Cancel { race, number: sale::BookingId(0), key, reason: Reason::Wanted { expected_won } }
}
