//! People who book and cancel at random with points, while the program is killed again and again.

#![expect(clippy::unwrap_used, reason = "what tests do beside their cases fails as loudly")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use catalogue::limits::WELCOME_WON;
use catalogue::{
    CancelledSeats, Catalogue, CatalogueOptions, CursorKey, Grade, GuestKey, Home, Login,
    NewConcert, NewOpening, NewPerformance, NewVenue, Origin, PageQuery, PersonId, Session,
    SessionHash, UtcMs,
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::serve::Served;
use crate::tingting::TestFolder;

/// The longest wait for an answer, and for the program to be back.
const BOUND: Duration = Duration::from_mins(1);
const HOUR_MS: i64 = 3_600_000;

/// How much happens. `cargo xtask soak money` makes it more.
struct Scale {
    people: usize,
    bookings: usize,
    kills: usize,
}

impl Scale {
    fn of_environment() -> Self {
        let number = |name: &str, usual| {
            std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
        };
        Self {
            people: number("TINGTING_MONEY_PEOPLE", 8),
            bookings: number("TINGTING_MONEY_BOOKINGS", 80),
            kills: number("TINGTING_MONEY_KILLS", 3),
        }
    }
}

/// What everybody shares: where the program is, and how many bookings were acknowledged.
struct Scene {
    address: Mutex<String>,
    booked: AtomicUsize,
    enough: usize,
    performances: Vec<i64>,
}

/// A person at a browser that is logged in.
struct Person {
    number: u64,
    cookie: String,
    id: PersonId,
    draws: u64,
    keys: u64,
    /// What the program said was booked: the sale and the number.
    acknowledged: BTreeSet<(String, u64)>,
}

impl Scene {
    /// Sends a request until it is answered, by whichever process is there.
    fn ask(
        &self,
        method: &str,
        path: &str,
        cookie: &str,
        more: &str,
        body: &Value,
    ) -> (u16, Value) {
        for _ in 0..30_000 {
            let address = self.address.lock().unwrap_or_else(PoisonError::into_inner).clone();
            match try_ask(&address, method, path, cookie, more, body) {
                // Busy, or about to end: sent again under its key.
                Some((429 | 500..=599, _)) | None => {
                    std::thread::park_timeout(Duration::from_millis(20));
                }
                Some(answer) => return answer,
            }
        }
        panic!("nobody answers {method} {path}")
    }

    fn is_enough(&self) -> bool {
        self.booked.load(Ordering::SeqCst) >= self.enough
    }
}

fn try_ask(
    address: &str,
    method: &str,
    path: &str,
    cookie: &str,
    more: &str,
    body: &Value,
) -> Option<(u16, Value)> {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(BOUND)).ok()?;
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncookie: {cookie}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n{more}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    // A process that was killed in the middle of an answer has not answered.
    let is_whole = length.is_none_or(|length| length.trim() == body.len().to_string());
    is_whole.then(|| (status, serde_json::from_str(body).unwrap_or_default()))
}

impl Person {
    fn draw(&mut self, below: u64) -> u64 {
        self.draws += 1;
        sale::random::Stream::new(13, self.number, 0).below(self.draws, below)
    }

    fn key(&mut self) -> String {
        self.keys += 1;
        format!("idempotency-key: key-{}\r\n", self.keys)
    }

    fn post(&mut self, scene: &Scene, path: &str, pass: &str, body: &Value) -> (u16, Value) {
        let more = format!("{}pass: {pass}\r\n", self.key());
        scene.ask("POST", path, &self.cookie, &more, body)
    }

    fn go_on(&mut self, scene: &Scene) {
        while !scene.is_enough() {
            if self.draw(5) < 2 {
                self.cancel(scene);
            }
            self.book(scene);
        }
    }

    /// Enters a sale, holds a seat or two, and pays.
    fn book(&mut self, scene: &Scene) {
        let pick = usize::try_from(self.draw(scene.performances.len() as u64)).unwrap();
        let performance = scene.performances[pick];
        let path = format!("/api/performances/{performance}/enter");
        let (status, view) = self.post(scene, &path, "", &json!({}));
        assert_eq!(status, 200, "{view}");
        let race = view["race"]["id"].as_str().unwrap().to_owned();
        let Some(pass) = self.go_in(scene, &race) else { return };
        for _ in 0..8 {
            if self.hold_and_pay(scene, &race, &pass) {
                return;
            }
        }
    }

    /// The pass, once the person is inside; `None` if the person has as many seats as one may have.
    fn go_in(&mut self, scene: &Scene, race: &str) -> Option<String> {
        for turn in 0..2000 {
            let path = format!("/api/races/{race}");
            let (_, view) = scene.ask("GET", &path, &self.cookie, "", &Value::Null);
            let you = &view["state"]["you"];
            if let Some(pass) = you["pass"].as_str() {
                return Some(pass.to_owned());
            }
            if view["state"]["stage"] == "open" && you["kind"] != "queued" {
                let (_, entered) = self.post(scene, &format!("{path}/enter"), "", &json!({}));
                if entered["code"] == "limit-reached" {
                    self.cancel(scene);
                    return None;
                }
            }
            std::thread::park_timeout(Duration::from_millis(10 + turn / 10));
        }
        panic!("nobody is let in")
    }

    /// Returns whether the try is over.
    fn hold_and_pay(&mut self, scene: &Scene, race: &str, pass: &str) -> bool {
        let first = self.draw(1_198);
        let seats: Vec<u64> = (first..=first + self.draw(2)).collect();
        let path = format!("/api/races/{race}");
        let hold = json!({"seats": seats});
        let (_, held) = self.post(scene, &format!("{path}/hold"), pass, &hold);
        let code = held["code"].as_str().unwrap_or_default();
        if code == "seat-taken" {
            return false;
        }
        if code == "too-many-seats" {
            self.cancel(scene);
            return true;
        }
        let (_, view) = scene.ask("GET", &path, &self.cookie, "", &Value::Null);
        let total = view["state"]["you"]["hold"]["total_won"].clone();
        if total.is_null() {
            return true;
        }
        let pay = json!({"expected_won": total});
        let (status, paid) = self.post(scene, &format!("{path}/pay"), pass, &pay);
        if status == 200 {
            let number = paid["outcome"]["booking"].as_u64().unwrap();
            self.acknowledged.insert((race.to_owned(), number));
            scene.booked.fetch_add(1, Ordering::SeqCst);
        } else if paid["code"] == "points-short" {
            self.cancel(scene);
        }
        true
    }

    /// Cancels one of the bookings that hold.
    fn cancel(&mut self, scene: &Scene) {
        let path = "/api/bookings?rows=50";
        let (_, page) = scene.ask("GET", path, &self.cookie, "", &Value::Null);
        let all = page["bookings"].as_array().cloned().unwrap_or_default();
        let live: Vec<&Value> = all.iter().filter(|one| one["cancelled_at_ms"].is_null()).collect();
        if live.is_empty() {
            return;
        }
        let one = live[usize::try_from(self.draw(live.len() as u64)).unwrap()];
        let path = format!("/api/bookings/{}/{}", one["sale"].as_str().unwrap(), one["number"]);
        let key = self.key();
        let (status, said) = scene.ask("DELETE", &path, &self.cookie, &key, &Value::Null);
        assert_eq!(status, 204, "{said}");
    }
}

fn start(folder: &TestFolder) -> Served {
    folder.put("many.toml", "requests_per_guest = 100000\nrequests_per_address = 100000\n");
    Served::start(folder, &["--library", "library", "--no-demo", "--config", "many.toml"])
}

async fn open(folder: &TestFolder) -> Catalogue {
    let home = Home::File(folder.path("data").join(server::CATALOGUE_FILE));
    let options = CatalogueOptions { home, cursor_key: CursorKey([1; 32]) };
    Catalogue::open(options).await.unwrap()
}

/// Two concerts whose sales have just opened.
async fn sell(catalogue: &Catalogue, now: UtcMs) -> Vec<i64> {
    let venue = NewVenue {
        name: "극장".to_owned(),
        city: "서울".to_owned(),
        zone: "Asia/Seoul".to_owned(),
        plan: "theatre".to_owned(),
    };
    let venue = catalogue.add_venues(&[venue]).await.unwrap()[0];
    // So dear that some have too few points now and then.
    let grade = |name: &str| Grade { name: name.to_owned(), price_won: 900_000 };
    let concert = |title: &str| NewConcert {
        title: title.to_owned(),
        description: String::new(),
        venue,
        performers: Vec::new(),
        poster_seed: 1,
        grades: ["VIP", "R", "S"].map(grade).to_vec(),
        performances: vec![NewPerformance {
            starts_at: now.after(20 * 24 * HOUR_MS),
            opening: NewOpening {
                opens_at: now.after(-1_000),
                closes_at: now.after(20 * HOUR_MS),
                style: "open".to_owned(),
                rivals: 0,
                seats_per_person: 8,
                cancelled_seats: CancelledSeats::AtOnce,
                guests_may_enter: true,
            },
        }],
        origin: Origin::Host,
    };
    let kept = catalogue.add_concerts(&[concert("하나"), concert("둘")]).await.unwrap();
    kept.iter().map(|one| one.performances[0].0).collect()
}

/// Logs a browser in, as a provider would have done.
async fn log_in(catalogue: &Catalogue, number: u64, guest: &str, now: UtcMs) -> Person {
    let hex = &guest.split_once('=').unwrap().1[..32];
    let guest_key = GuestKey(u128::from_str_radix(hex, 16).unwrap());
    let login = Login { issuer: "https://id.example".to_owned(), subject: number.to_string() };
    let account = catalogue.log_in(&login, None, Some(guest_key), now).await.unwrap().account;
    let mut secret = [7; 32];
    secret[..8].copy_from_slice(&number.to_be_bytes());
    let id = SessionHash(Sha256::digest(secret).into());
    let session = Session { id, account: account.person, made_at: now, seen_at: now };
    catalogue.begin_session(&session).await.unwrap();
    let mut cookie = format!("{guest}; tingting_session=");
    for byte in secret {
        write!(cookie, "{byte:02x}").unwrap();
    }
    Person { number, cookie, id: account.person, draws: 0, keys: 0, acknowledged: BTreeSet::new() }
}

#[test]
fn m14_people_who_book_and_cancel_while_the_program_is_killed_lose_and_gain_nothing() {
    let scale = Scale::of_environment();
    let folder = TestFolder::new();
    crate::serve::library(&folder);
    let first = start(&folder);
    let clock = first.ask("GET", "/api/clock", "", "", &Value::Null).body;
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of this century")]
    let now = UtcMs(clock["now_ms"].as_f64().unwrap() as i64);
    let guests: Vec<String> = (0..scale.people)
        .map(|_| first.ask("GET", "/api/clock", "", "", &Value::Null).cookie().to_owned())
        .collect();
    drop(first);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (performances, mut people) = runtime.block_on(async {
        let catalogue = open(&folder).await;
        let performances = sell(&catalogue, now).await;
        let mut people = Vec::new();
        for (number, guest) in (1..).zip(&guests) {
            people.push(log_in(&catalogue, number, guest, now).await);
        }
        catalogue.close().await.unwrap();
        (performances, people)
    });
    let mut served = start(&folder);
    let scene = Scene {
        address: Mutex::new(served.address().to_owned()),
        booked: AtomicUsize::new(0),
        enough: scale.bookings,
        performances,
    };
    std::thread::scope(|scope| {
        for person in &mut people {
            scope.spawn(|| person.go_on(&scene));
        }
        for kill in 1..=scale.kills {
            let at = scale.bookings * kill / (scale.kills + 1);
            while scene.booked.load(Ordering::SeqCst) < at {
                std::thread::park_timeout(Duration::from_millis(5));
            }
            // SIGKILL, in the middle of whatever everybody does.
            served.kill();
            served = start(&folder);
            *scene.address.lock().unwrap() = served.address().to_owned();
        }
    });
    // Whoever's last payment was cut off has sent it again, so nothing is left to wait for.
    for person in &people {
        let (status, page) = scene.ask("GET", "/api/points", &person.cookie, "", &Value::Null);
        assert_eq!(status, 200, "{page}");
    }
    drop(served);
    runtime.block_on(check(&open_after(&folder), &people));
    let doctor = ["doctor", "--data", "data"];
    let said = folder.run(&doctor);
    assert_eq!(said.code, Some(0), "{said:?}");
    // The same folder with one point more.
    let path = folder.path("data").join(server::CATALOGUE_FILE);
    let beside = rusqlite::Connection::open(path).unwrap();
    let damage = "DROP TRIGGER points_stay;
         UPDATE points SET balance_won = balance_won + 1 WHERE number = 2 AND person = (SELECT MIN(person) FROM points)";
    beside.execute_batch(damage).unwrap();
    drop(beside);
    let said = folder.run(&doctor);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stdout.contains("the ledger of points: entry 2 of person"), "{said:?}");
}

fn open_after(folder: &TestFolder) -> CatalogueOptions {
    let home = Home::File(folder.path("data").join(server::CATALOGUE_FILE));
    CatalogueOptions { home, cursor_key: CursorKey([1; 32]) }
}

/// Everybody has what the own bookings leave, and every booking that was acknowledged.
async fn check(options: &CatalogueOptions, people: &[Person]) {
    let catalogue = Catalogue::open(options.clone()).await.unwrap();
    assert_eq!(catalogue.pending_payments(None).await.unwrap(), []);
    let mut cancelled = 0;
    for person in people {
        let (mut spent_won, mut found, mut after) = (0, BTreeSet::new(), None);
        loop {
            let query = PageQuery { after, rows: 100 };
            let page = catalogue.bookings(person.id, &query).await.unwrap();
            for booking in page.rows {
                assert!(booking.payment.is_some(), "paid with points");
                cancelled += usize::from(booking.cancelled_at.is_some());
                spent_won += booking.total_won - booking.refunded_won.unwrap_or(0);
                found.insert((format!("{:016x}", booking.sale.0), booking.booking.0.into()));
            }
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert!(person.acknowledged.is_subset(&found), "person {}", person.number);
        let has = catalogue.balance(person.id).await.unwrap();
        assert_eq!(has + spent_won, WELCOME_WON, "person {}", person.number);
    }
    assert!(cancelled > 0, "somebody cancelled");
    catalogue.close().await.unwrap();
}
