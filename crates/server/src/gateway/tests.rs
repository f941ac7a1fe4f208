//! Tests: several people in one race, without the rooms that bring them together.

use std::collections::HashSet;
use std::num::NonZeroU64;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use practice::{Act, Awaited};
use protocol::{Commanded, RaceView, Stage, You};
use sale::{Seat, Seats, Tag};
use scenario::{Course, Library, Overrides, Recipe};

use super::{Gateway, MadeRace, Opening};
use crate::client::{Client, Network};
use crate::ids::{GuestId, RaceId};
use crate::index::Listed;
use crate::keys::content_of_act;
use crate::limits::RESULT_ROWS_MAX;
use crate::options::Options;
use crate::problem::ApiError;
use crate::server::Server;
use crate::shard::{Jump, MemberAsk};

/// As many requests a second as a test sends from one address.
const HOUR: Duration = Duration::from_hours(1);
const BOUND: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(20);

async fn start(data: &Path, clock_ahead: Duration) -> Server {
    let options = Options { clock_ahead, ..Options::in_test(data.to_owned()) };
    Server::start(options).await.unwrap()
}

/// A race without rivals and captchas that opens after some tenths of a second. It lasts for `length_s` seconds.
fn course(length_s: f64) -> Course {
    let folder = tempfile::tempdir().unwrap();
    let put = |kind: &str, name: &str, text: String| {
        let kind = folder.path().join(kind);
        std::fs::create_dir_all(&kind).unwrap();
        std::fs::write(kind.join(name), text).unwrap();
    };
    let scenario = include_str!("../../../../data/scenarios/first-time.toml");
    let scenario = scenario.replace("lobby = 12", "lobby = 0.3").replace("n-style", "bare");
    let scenario = scenario.replace("length = 900", &format!("length = {length_s:?}"));
    put("scenarios", "quick.toml", scenario);
    let style = include_str!("../../../../data/styles/n-style.toml");
    put("styles", "bare.toml", style.replace("step = \"before-map\"", "step = \"never\""));
    let library = Library::with_folder(folder.path().to_owned());
    let overrides = Overrides { rivals: Some(0), style: None };
    Course::new(Recipe::load(&library, "quick", &overrides).unwrap()).unwrap()
}

fn client(number: u128) -> Client {
    Client::without_account(GuestId(number), Network::of([10, 0, 0, 1].into()))
}

/// Opens a race of a room for these guests.
async fn open(gateway: &Gateway, host: Option<u128>, guests: &[u128], length_s: f64) -> RaceId {
    let id = RaceId::random();
    let guests: HashSet<_> = guests.iter().copied().map(GuestId).collect();
    let opening = Opening { host: host.map(GuestId), network: None, guests, begins_at: None };
    let made = MadeRace::fair(course(length_s), id).unwrap();
    gateway.create_shared(id, made, opening).await.unwrap();
    id
}

async fn show(gateway: &Gateway, number: u128, race: RaceId) -> Result<RaceView, ApiError> {
    gateway.ask(client(number), race, |reply| MemberAsk::Show { reply }).await
}

async fn act(
    gateway: &Gateway,
    number: u128,
    race: RaceId,
    act: Act,
) -> Result<Commanded, ApiError> {
    let view = show(gateway, number, race).await?;
    let pass = if let You::Inside { pass, .. } = view.state.you { Some(pass) } else { None };
    let key = NonZeroU64::new(u64::from_le_bytes(crate::ids::random_bytes())).unwrap();
    let tag = Tag { key, content: content_of_act(act) };
    gateway.act(client(number), race, act, tag, pass).await
}

async fn when(
    gateway: &Gateway,
    number: u128,
    race: RaceId,
    is: impl Fn(&RaceView) -> bool,
) -> RaceView {
    let look = async {
        let mut looks = tokio::time::interval(LOOK_EVERY);
        loop {
            looks.tick().await;
            let view = show(gateway, number, race).await.unwrap();
            if is(&view) {
                return view;
            }
        }
    };
    tokio::time::timeout(BOUND, look).await.expect("it comes in time")
}

fn seat(number: u32) -> Act {
    Act::HoldSeats(Seats::one(Seat(number)))
}

/// Has a guest press once the sale is open, and waits until the guest is inside.
async fn go_in(gateway: &Gateway, number: u128, race: RaceId) -> RaceView {
    when(gateway, number, race, |view| view.state.stage == Stage::Open).await;
    act(gateway, number, race, Act::Enter).await.unwrap();
    let is_inside = |view: &RaceView| matches!(view.state.you, You::Inside { .. });
    when(gateway, number, race, is_inside).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a54_everybody_whom_the_room_let_in_is_in_one_sale_and_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, Some(1), &[1, 2], 900.0).await;
    assert_eq!(show(&gateway, 3, race).await, Err(ApiError::NoSuchRace));
    go_in(&gateway, 1, race).await;
    go_in(&gateway, 2, race).await;
    gateway.context.index.let_in(race, [GuestId(3)]);
    let late = go_in(&gateway, 3, race).await;
    assert_eq!((late.state.member, late.state.members), (2, 3));
    act(&gateway, 1, race, seat(5)).await.unwrap();
    for other in [2, 3] {
        let missed = act(&gateway, other, race, seat(5)).await;
        assert!(matches!(missed, Err(ApiError::SeatTaken { .. })), "{missed:?}");
    }
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a55_somebody_who_gives_up_or_leaves_ends_the_own_run_alone() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, Some(1), &[1, 2], 900.0).await;
    go_in(&gateway, 1, race).await;
    // The other one has not come yet, so the first one is the only member.
    gateway.tell(race, None, crate::shard::Ask::GiveUp { person: GuestId(1).person() });
    when(&gateway, 1, race, |view| view.state.over).await;
    let other = go_in(&gateway, 2, race).await;
    assert_eq!(other.state.stage, Stage::Open);
    let report = gateway.ask(client(1), race, |reply| MemberAsk::IsOver { reply }).await;
    assert_eq!(report, Err(ApiError::NotOver), "the other one's run goes on");
    act(&gateway, 2, race, Act::Leave).await.unwrap();
    let closed = when(&gateway, 1, race, |view| view.state.stage == Stage::Closed).await;
    assert!(closed.state.over, "a60: everybody in the room has ended the run");
    for number in [1, 2] {
        let report = gateway.ask(client(number), race, |reply| MemberAsk::IsOver { reply }).await;
        assert_eq!(report, Ok(()));
        assert_eq!(gateway.latest(client(number)).await[0].ending, Some(protocol::Ending::Left));
    }
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a80_a_race_to_which_nobody_came_is_known_to_be_over() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, Some(1), &[1, 2], 0.5).await;
    let is_settled = async {
        let mut looks = tokio::time::interval(LOOK_EVERY);
        while gateway.context.index.standing(race).is_none_or(|(_, is_over)| !is_over) {
            looks.tick().await;
            gateway.latest(client(1)).await;
        }
    };
    tokio::time::timeout(BOUND, is_settled).await.expect("it comes in time");
    assert!(gateway.latest(client(1)).await.is_empty());
    assert!(gateway.context.index.undecided(GuestId(2), gateway.now(), Listed::Races).is_empty());
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a60_a_race_that_nobody_opened_goes_on_until_its_end_for_those_who_come_late() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, None, &[1], 1.5).await;
    go_in(&gateway, 1, race).await;
    act(&gateway, 1, race, Act::Leave).await.unwrap();
    assert_eq!(show(&gateway, 1, race).await.unwrap().state.stage, Stage::Open);
    gateway.context.index.let_in(race, [GuestId(2)]);
    let late = show(&gateway, 2, race).await.unwrap();
    assert!(!late.state.over);
    let closed = when(&gateway, 1, race, |view| view.state.stage == Stage::Closed).await;
    assert!(closed.state.now_ms >= closed.race.ends_at_ms);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a81_nobody_becomes_a_member_of_a_race_that_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, Some(1), &[1], 900.0).await;
    go_in(&gateway, 1, race).await;
    act(&gateway, 1, race, Act::Leave).await.unwrap();
    when(&gateway, 1, race, |view| view.state.stage == Stage::Closed).await;
    gateway.context.index.let_in(race, [GuestId(2)]);
    let closed = ApiError::Refused(sale::Refusal::Closed);
    assert_eq!(show(&gateway, 2, race).await, Err(closed.clone()));
    let (tx, _rx) = tokio::sync::mpsc::channel(16);
    let live = gateway.ask(client(2), race, |reply| MemberAsk::Watch { tx, reply }).await;
    assert_eq!(live, Err(closed));
    let seen = results(&server, 2, race).await;
    assert_eq!((seen.over, seen.rows.len()), (true, 1));
    assert_eq!(get(&server, 1, race, "report").await.0, 200);
    let (tx, _rx) = tokio::sync::mpsc::channel(16);
    assert!(gateway.watch(client(2), race, tx).await.is_ok());
    assert_eq!(show(&gateway, 1, race).await.unwrap().state.members, 1);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a56_an_outage_moves_the_race_of_many_for_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = start(folder.path(), Duration::ZERO).await;
    let race = open(&server.gateway(), Some(1), &[1, 2, 3], 900.0).await;
    let mut inside = Vec::new();
    for number in [1, 2] {
        inside.push(go_in(&server.gateway(), number, race).await.state);
    }
    server.stop().await.unwrap();
    server = start(folder.path(), 2 * HOUR).await;
    let gateway = server.gateway();
    gateway.context.index.let_in(race, [1, 2, 3].map(GuestId));
    for (number, before) in [1, 2].into_iter().zip(inside) {
        let after = show(&gateway, number, race).await.unwrap().state;
        assert_eq!((after.you, after.shifts.len()), (before.you, 1));
    }
    let late = go_in(&gateway, 3, race).await;
    assert_eq!(late.state.member, 2);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a58_nobody_jumps_ahead_in_a_race_that_others_may_enter() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, Some(1), &[1, 2], 900.0).await;
    show(&gateway, 1, race).await.unwrap();
    let forward =
        gateway.ask(client(1), race, |reply| MemberAsk::Forward { to: Jump::Opening, reply }).await;
    assert_eq!(forward, Err(ApiError::CannotForward));
    for awaited in [Awaited::Turn, Awaited::Returns] {
        let copy = gateway.ask(client(1), race, |reply| MemberAsk::Copy { awaited, reply }).await;
        assert!(matches!(copy, Err(ApiError::CannotForward)), "nobody looks ahead there either");
    }
    server.stop().await.unwrap();
}

#[path = "../../examples/shared/people.rs"]
mod people;

/// People in the race of the test below. The soak has a thousand.
const PEOPLE: u32 = 100;

fn base(server: &Server) -> String {
    format!("http://{}", server.address())
}

/// Copies the data folder between two writes of the journal, as a kill would leave it.
async fn copy_data(gateway: &Gateway, from: &Path, to: &Path) {
    let (from, to) = (from.to_owned(), to.to_owned());
    let copy = move |_: &mut journal::SqliteStore| {
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            // Not the socket of the operator.
            if !entry.file_type().unwrap().is_file() {
                continue;
            }
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    };
    gateway.call(copy).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a62_a_hundred_people_lose_nothing_when_the_server_is_killed() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = start(first.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let guests: Vec<u128> = (1..=u128::from(PEOPLE)).collect();
    let race = open(&gateway, Some(1), &guests, 900.0).await;
    let seats = 60;
    let scene = Arc::new(people::Scene::new(base(&server), race.to_string(), seats));
    let http = reqwest::Client::new();
    let mut playing = tokio::task::JoinSet::new();
    for number in 1..=PEOPLE {
        let cookie = gateway.context.keys.guest_cookie(GuestId(u128::from(number)));
        let cookie = format!("tingting_guest={cookie}");
        let person = people::Person::new(number, http.clone(), cookie);
        playing.spawn(person.play(Arc::clone(&scene)));
    }
    // In the middle of it: some have paid, and others hold seats or wait.
    when(&gateway, 1, race, |view| view.state.counts.sold >= 20).await;
    let mut next = None;
    let kill = async {
        copy_data(&gateway, first.path(), second.path()).await;
        let server = start(second.path(), Duration::ZERO).await;
        server.gateway().context.index.let_in(race, guests.into_iter().map(GuestId));
        let base = base(&server);
        next = Some(server);
        base
    };
    Box::pin(scene.change_server(kill)).await;
    server.stop().await.unwrap();
    let mut found = people::Found::default();
    let mut all = Vec::new();
    while let Some(person) = tokio::time::timeout(BOUND, playing.join_next()).await.unwrap() {
        all.push(person.unwrap());
    }
    for person in &all {
        let check = person.check(&scene, &mut found);
        tokio::time::timeout(BOUND, check).await.expect("the answers come in time");
    }
    assert_eq!(found.faults, Vec::<String>::new());
    assert_eq!((all.len(), found.reports), (PEOPLE as usize, PEOPLE as usize));
    assert!(found.acknowledged > 2 * PEOPLE as usize, "{}", found.acknowledged);
    assert!(found.booked > 0);
    next.unwrap().stop().await.unwrap();
}

/// Asks for a part of a race over HTTP.
async fn get(server: &Server, number: u128, race: RaceId, path: &str) -> (u16, Vec<u8>) {
    let cookie = server.gateway().context.keys.guest_cookie(GuestId(number));
    let url = format!("{}/api/races/{race}/{path}", base(server));
    let request = reqwest::Client::new().get(url);
    let request = request.header(reqwest::header::COOKIE, format!("tingting_guest={cookie}"));
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.bytes().await.unwrap().to_vec())
}

async fn results(server: &Server, number: u128, race: RaceId) -> protocol::Results {
    let (status, body) = get(server, number, race, "results").await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
    serde_json::from_slice(&body).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a59_results_record_and_secrets_begin_when_the_race_is_over_for_everybody() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, Some(1), &[1, 2], 900.0).await;
    let view = go_in(&gateway, 1, race).await;
    go_in(&gateway, 2, race).await;
    assert!(view.race.shared && !view.race.seed_chosen);
    act(&gateway, 1, race, seat(7)).await.unwrap();
    let mine = results(&server, 1, race).await;
    assert_eq!(mine.rows.len(), 1, "whoever races sees the own row alone");
    assert!(mine.rows[0].you && !mine.over && mine.seed.is_none());
    assert_eq!(mine.commitment, view.race.commitment);
    assert_eq!(get(&server, 1, race, "record").await.0, 409);
    assert_eq!(get(&server, 1, race, "watch").await.0, 426);
    let holding = show(&gateway, 1, race).await.unwrap();
    let You::Inside { hold: Some(hold), .. } = holding.state.you else { panic!("a hold") };
    act(&gateway, 1, race, Act::Pay { expected_won: hold.total_won }).await.unwrap();
    let after_own_end = results(&server, 1, race).await;
    assert_eq!((after_own_end.rows.len(), after_own_end.seed), (2, None));
    assert_eq!(get(&server, 1, race, "report").await.0, 409, "the other one still races");
    act(&gateway, 2, race, Act::Leave).await.unwrap();
    when(&gateway, 1, race, |view| view.state.stage == Stage::Closed).await;
    let over = results(&server, 2, race).await;
    assert!(over.over && over.captcha_secret.is_some());
    assert_eq!(over.rows[0].seats, [7]);
    let (status, record) = get(&server, 2, race, "record").await;
    assert_eq!(status, 200);
    let record = recording::decode(&record).unwrap();
    let fair = record.header.fair;
    assert_eq!(over.seed, Some(fair.seed_hex()));
    assert_eq!(view.race.commitment, Some(fair.commitment().to_string()));
    assert!(record.header.begun.is_none(), "nobody is named");
    for (path, expected) in [("report", 200), ("report?member=0", 403), ("report?member=1", 200)] {
        assert_eq!(get(&server, 2, race, path).await.0, expected, "{path}");
    }
    gateway.context.index.share_report(race, GuestId(1), crate::index::Sharing::Everybody);
    assert_eq!(get(&server, 2, race, "report?member=0").await.0, 200);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a82_the_results_of_a_large_race_have_some_rows_and_say_how_many_more_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let most = u32::try_from(RESULT_ROWS_MAX).unwrap();
    let guests: Vec<u128> = (1..=u128::from(most) + 3).collect();
    let race = open(&gateway, Some(1), &guests, 900.0).await;
    for guest in &guests {
        show(&gateway, *guest, race).await.unwrap();
    }
    let last = *guests.last().unwrap();
    go_in(&gateway, last, race).await;
    let holding = act(&gateway, last, race, seat(7)).await.unwrap().state;
    let You::Inside { hold: Some(hold), .. } = holding.you else { panic!("a hold") };
    act(&gateway, last, race, Act::Pay { expected_won: hold.total_won }).await.unwrap();
    let mine = results(&server, last, race).await;
    assert_eq!((mine.rows.len(), mine.more, mine.paid), (RESULT_ROWS_MAX, 3, 1));
    assert!(mine.rows.is_sorted_by_key(|row| row.member));
    let own = mine.rows.last().unwrap();
    assert_eq!((own.member, own.you, own.seats.as_slice()), (most + 2, true, &[7][..]));
    let racing = results(&server, 1, race).await;
    assert_eq!((racing.rows.len(), racing.more, racing.paid), (1, 0, 0));
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a54_who_was_in_a_shared_race_finds_it_after_a_start_though_no_room_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, Some(1), &[1, 2], 900.0).await;
    go_in(&gateway, 2, race).await;
    drop(gateway);
    server.stop().await.unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    assert!(show(&gateway, 2, race).await.is_ok());
    assert_eq!(show(&gateway, 3, race).await.map(|_| ()), Err(ApiError::NoSuchRace));
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a61_only_those_who_do_not_race_watch_the_hall() {
    let folder = tempfile::tempdir().unwrap();
    let server = start(folder.path(), Duration::ZERO).await;
    let gateway = server.gateway();
    let race = open(&gateway, Some(1), &[1, 2], 900.0).await;
    go_in(&gateway, 1, race).await;
    gateway.context.index.set_name(race, GuestId(1), "포도".to_owned());
    let watch = async |number: u128| {
        let (tx, rx) = tokio::sync::mpsc::channel(16);
        gateway.watch(client(number), race, tx).await.map(|_| rx)
    };
    assert_eq!(watch(1).await.map(|_| ()), Err(ApiError::StillRacing));
    let outsider = watch(3).await;
    assert!(outsider.is_ok(), "whoever has the link may watch");
    let mut hall = watch(2).await.unwrap();
    let first = tokio::time::timeout(BOUND, hall.recv()).await.unwrap().unwrap();
    let crate::shard::Outgoing::Shared(text) = first else { panic!("people come first") };
    let protocol::ToWatcher::Watch(state) = serde_json::from_slice(&text).unwrap();
    assert_eq!(state.people[0].name.as_deref(), Some("포도"));
    // Whoever then enters the race must see no more of the hall before being inside.
    show(&gateway, 2, race).await.unwrap();
    let end = async { while hall.recv().await.is_some() {} };
    tokio::time::timeout(BOUND, end).await.expect("the connection ends");
    server.stop().await.unwrap();
}
