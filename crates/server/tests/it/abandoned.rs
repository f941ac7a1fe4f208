//! Races that somebody leaves behind or begins in masses, and people who play beside them (rules A48 to A53).

use std::net::Ipv4Addr;
use std::path::Path;
use std::pin::pin;
use std::time::Duration;

use journal::{Entry, Log, SaleId, SqliteStore, Start, Store as _};
use protocol::{Outcome, RaceCards, RaceView, Stage, You};
use reqwest::StatusCode;
use serde_json::json;
use server::{Capacity, Patience};

use crate::test_server::{Answer, Fan, Seen, TestServer, copy_files, patient, until};

/// Other addresses of this machine.
const CROWDED: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const QUIET: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);
/// Short enough for a test to wait for.
const BRIEF: Duration = Duration::from_millis(200);

fn hasty() -> Patience {
    Patience { unload_after: BRIEF, lost_after: BRIEF, ..patient() }
}

async fn until_loaded(server: &TestServer, count: usize) {
    let line = format!("tingting_races_loaded {count}\n");
    until(|| async { server.metrics().await.contains(&line).then_some(()) }).await;
}

async fn show(fan: &Fan, id: &str) -> Answer {
    fan.get(&format!("/api/races/{id}")).await
}

/// The races that have a snapshot in the journal of a server that has stopped.
fn snapshots(data: &Path) -> Vec<u64> {
    let mut store = SqliteStore::open(&data.join("journal.sqlite")).unwrap();
    store.snapshot_sizes().unwrap().into_iter().map(|(sale, _)| sale.0).collect()
}

fn number(id: &str) -> u64 {
    u64::from_str_radix(id, 16).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a49_only_a_race_in_which_somebody_acted_and_that_goes_on_leaves_a_snapshot() {
    let mut server = TestServer::open_with(hasty()).await;
    let fan = server.fan();
    let untouched = fan.begin(json!({"scenario": "crowded"})).await;
    until_loaded(&server, 0).await;
    let over = fan.go_in(json!({"scenario": "calm"})).await;
    fan.done(&over, "leave", json!({})).await;
    until_loaded(&server, 0).await;
    let played = fan.go_in(json!({"scenario": "crowded"})).await;
    server.stop().await;
    let data = server.folder().join("data");
    assert_eq!(snapshots(&data), [number(&played.id)]);
    server.start().await;
    let fan = fan.moved(&server);
    assert!(matches!(fan.race(&over.id).await.you, You::Gone { .. }));
    assert!(matches!(fan.race(&untouched.id).await.you, You::Away { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a48_a_race_that_makes_up_for_lost_time_keeps_nobody_else_waiting() {
    let server = TestServer::open_with(Patience { unload_after: BRIEF, ..patient() }).await;
    let (hostile, fan) = (server.fan_at(CROWDED), server.fan_at(QUIET));
    let race = fan.begin(json!({"scenario": "calm"})).await;
    // A race that the same one of the two shards owns.
    let new = json!({"scenario": "crowded", "rivals": 1_000_000});
    let left = until(|| async {
        let left = hostile.begin(new.clone()).await.id;
        (number(&left) % 2 == number(&race.id) % 2).then_some(left)
    })
    .await;
    // What happens here, the race that was left must make up for: a million rivals press in that time.
    let opened_at = race.race.opens_at_ms;
    fan.race_when(&race.id, |race| race.now_ms > opened_at + 2500.0).await;
    fan.done(&race, "enter", json!({})).await;
    let race = fan.race_when(&race.id, |race| matches!(race.you, You::Inside { .. })).await;
    let mut made_up = pin!(show(&hostile, &left));
    let play = async {
        fan.done(&race, "view", json!({"section": 1})).await;
        fan.done(&race, "hold", json!({"seats": [20]})).await;
        fan.done(&race, "pay", json!({"expected_won": 51_000})).await
    };
    tokio::select! {
        paid = play => assert!(matches!(paid.outcome, Outcome::Booked { .. })),
        _ = &mut made_up => panic!("the other race made up for its time first"),
    }
    assert_eq!(made_up.await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a48_a_race_that_is_over_makes_up_for_no_time() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.press(json!({"scenario": "queue"})).await;
    let left = fan.done(&race, "leave", json!({})).await.race;
    assert!(left.over && left.counts.given < 60, "most rivals have not pressed yet");
    until(|| async { (fan.race(&race.id).await.now_ms > left.now_ms + 1500.0).then_some(()) })
        .await;
    let late = fan.act(&race, "enter", json!({})).await;
    assert_eq!(late.code(), "run-over");
    let marks = json!({"marks": [{"name": "press", "at_ms": 1.0, "error_ms": null}]});
    fan.done_marks(&race, marks).await;
    assert_eq!(fan.race(&race.id).await.counts, left.counts);
}

#[tokio::test(flavor = "multi_thread")]
async fn a51_a_full_server_lets_races_leave_that_nobody_needs_and_loses_none() {
    let patience = Patience { silent_after: Duration::from_secs(2), ..patient() };
    let mut server = TestServer::open_with(patience).await;
    server.stop().await;
    server.capacity = Capacity { races: 8, ..Capacity::default() };
    server.start().await;
    let fan = server.fan_at(QUIET);
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let mut left = Vec::new();
    for _ in 0..16 {
        let hostile = server.fan_at(CROWDED);
        let answer = hostile.post("/api/races", &[], &json!({"scenario": "calm"})).await;
        if answer.status == StatusCode::CREATED {
            let theirs: Seen = answer.json::<RaceView>().into();
            until(|| async {
                let answer = show(&hostile, &theirs.id).await;
                let seen = (answer.status == StatusCode::OK).then(|| answer.json::<RaceView>())?;
                (seen.state.stage == Stage::Open).then_some(())
            })
            .await;
            hostile.done(&theirs, "enter", json!({})).await;
            let watching = hostile.live(&theirs.id).await;
            left.push((hostile, theirs, watching));
        } else {
            assert_eq!(answer.code(), "server-full", "they have as many as there is room for");
        }
        fan.race(&race.id).await;
    }
    let other = server.fan_at(Ipv4Addr::new(127, 0, 0, 4));
    let second = other.go_in(json!({"scenario": "calm"})).await;
    fan.done(&race, "hold", json!({"seats": [20]})).await;
    let paid = fan.done(&race, "pay", json!({"expected_won": 51_000})).await;
    assert!(matches!(paid.outcome, Outcome::Booked { .. }));
    assert!(matches!(other.race(&second.id).await.you, You::Inside { .. }));
    for (hostile, theirs, watching) in left {
        drop(watching);
        let back = until(|| async {
            let answer = show(&hostile, &theirs.id).await;
            (answer.status == StatusCode::OK).then_some(answer)
        });
        let back: Seen = back.await.json::<RaceView>().into();
        assert!(!matches!(back.you, You::Away { .. } | You::Gone { .. }), "the place is kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a51_a_start_loads_no_race_before_somebody_asks_for_it() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let mut races = Vec::new();
    for _ in 0..3 {
        races.push(fan.go_in(json!({"scenario": "calm"})).await);
    }
    server.stop().await;
    server.start().await;
    let fan = fan.moved(&server);
    assert_eq!(fan.race(&races[1].id).await.you, races[1].you);
    until_loaded(&server, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a52_one_guest_begins_only_so_many_races_and_others_begin_theirs() {
    let server = TestServer::open_with(hasty()).await;
    let (hostile, fan) = (server.fan(), server.fan());
    let mut refused = None;
    // A busy machine takes so long that some more are allowed meanwhile.
    for _ in 0..=2 * server::limits::RACES_PER_GUEST_BURST {
        let answer = hostile.post("/api/races", &[], &json!({"scenario": "calm"})).await;
        if answer.status != StatusCode::CREATED {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("the server refuses the last race");
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers.contains_key("retry-after"));
    fan.begin(json!({"scenario": "calm"})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a52_a_full_journal_takes_no_new_race_and_lets_the_others_go_on() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    server.stop().await;
    server.capacity = Capacity { disk_bytes: 1, ..Capacity::default() };
    server.start().await;
    let fan = fan.moved(&server);
    until(|| async {
        let is_ready = fan.get("/readyz").await.status == StatusCode::OK;
        (!is_ready).then_some(())
    })
    .await;
    let refused = fan.post("/api/races", &[], &json!({"scenario": "calm"})).await;
    assert_eq!(refused.code(), "server-full");
    let held = fan.done(&race, "hold", json!({"seats": [20]})).await;
    assert!(matches!(held.outcome, Outcome::Held { .. }));
    let cards: RaceCards = fan.get("/api/races").await.json();
    assert_eq!(cards.races.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a53_what_time_alone_brought_is_in_the_log_before_anybody_is_told() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "style": "brief-hold"})).await;
    fan.done(&race, "hold", json!({"seats": [3]})).await;
    let lost = fan.race_when(&race.id, |race| race.over).await;
    let You::Gone { at_ms, .. } = lost.you else { panic!("the hold has ended") };
    // As after a crash: the files are copied while the server has them open.
    let copy = tempfile::tempdir().unwrap();
    copy_files(&server.folder().join("data"), copy.path());
    let mut store = SqliteStore::open(&copy.path().join("journal.sqlite")).unwrap();
    let log = Log::read(&mut store, SaleId(number(&race.id)), Start::Beginning).unwrap();
    let mut newest = 0;
    log.entries(|entry| {
        let at = match entry {
            Entry::Record(record) => record.at,
            Entry::Note(note) => note.at,
        };
        newest = at.as_nanos();
    })
    .unwrap();
    #[expect(clippy::cast_precision_loss, reason = "a race takes minutes")]
    let newest_ms = newest as f64 / 1e6;
    assert!(newest_ms >= at_ms, "the log reaches {newest_ms}, and the hold ended at {at_ms}");
}
