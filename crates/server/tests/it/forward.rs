//! Race time jumps ahead for somebody who is alone: to the own turn, and to seats that come back (rules A95 to A97).

use std::time::Duration;

use protocol::{GoneCause, RaceView, Shift, ShiftCause, You};
use reqwest::StatusCode;
use serde_json::json;

use crate::test_server::{Answer, Fan, Heard, Seen, TestServer};

/// The time that a jump leaves.
const LEAVES_MS: f64 = 3_000.0;
/// How much of the clock an answer in a test may take.
const BUSY_MS: f64 = 60_000.0;

async fn forward(fan: &Fan, id: &str, to: &str) -> Answer {
    fan.post(&format!("/api/races/{id}/forward"), &[], &json!({"to": to})).await
}

async fn forwarded(fan: &Fan, id: &str, to: &str) -> Seen {
    let answer = forward(fan, id, to).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json::<RaceView>().into()
}

fn only_shift(race: &Seen) -> Shift {
    let [shift] = &race.shifts[..] else { panic!("{:?}", race.shifts) };
    assert_eq!(shift.cause, ShiftCause::Forward);
    *shift
}

#[tokio::test(flavor = "multi_thread")]
async fn a96_somebody_in_the_queue_need_not_wait_for_the_own_turn() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "queue", "rivals": 9, "seed": 5})).await;
    assert_eq!(forward(&fan, &race.id, "turn").await.code(), "cannot-forward", "not in the queue");
    fan.race_when(&race.id, |race| race.counts.given >= 9).await;
    let placed = fan.done(&race, "enter", json!({})).await.race;
    let ahead = forwarded(&fan, &race.id, "turn").await;
    assert!(matches!(ahead.you, You::Waiting { place: 10, .. }), "{:?}", ahead.you);
    let shift = only_shift(&ahead);
    assert!((100.0..10_000.0).contains(&shift.by_ms), "one is let in each second: {shift:?}");
    assert!((placed.started_at_ms - ahead.started_at_ms - shift.by_ms).abs() < 0.01);
    server.be_killed_and_away_for(Duration::ZERO).await;
    let fan = fan.moved(&server);
    let inside = fan.race_when(&race.id, |race| matches!(race.you, You::Inside { .. })).await;
    let You::Inside { admitted_at_ms, .. } = inside.you else { unreachable!() };
    let left = admitted_at_ms - (shift.at_ms + shift.by_ms);
    assert!((LEAVES_MS - 0.01..LEAVES_MS + 0.01).contains(&left), "{left} ms were left");
    assert_eq!(
        forward(&fan, &race.id, "turn").await.code(),
        "cannot-forward",
        "nothing to wait for"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a96_a_jump_stops_before_the_wait_ends_in_another_way() {
    let server = TestServer::open().await;
    let fan = server.fan();
    // The first ten rivals take all seats, and have paid for them long before the person is let in.
    let race = fan.begin(json!({"scenario": "queue", "seed": 5})).await;
    fan.race_when(&race.id, |race| race.counts.given >= 60).await;
    fan.done(&race, "enter", json!({})).await;
    let ahead = forwarded(&fan, &race.id, "turn").await;
    assert!(matches!(ahead.you, You::Waiting { place: 61, .. }), "{:?}", ahead.you);
    let shift = only_shift(&ahead);
    let over = fan.race_when(&race.id, |race| race.over).await;
    let You::Gone { cause: GoneCause::SoldOut, at_ms, .. } = over.you else {
        panic!("{:?}", over.you)
    };
    let left = at_ms - (shift.at_ms + shift.by_ms);
    assert!((LEAVES_MS - 0.01..LEAVES_MS + 0.01).contains(&left), "{left} ms were left");
}

#[tokio::test(flavor = "multi_thread")]
async fn a97_a95_somebody_who_finds_no_seat_need_not_wait_for_one_to_come_back() {
    let server = TestServer::open().await;
    let fan = server.fan();
    // Ten of the rivals take all forty seats, and pay later than their holds last.
    let new = json!({"scenario": "crowded", "style": "lapsing", "rivals": 20});
    let race = fan.go_in(new).await;
    assert_eq!(forward(&fan, &race.id, "returns").await.code(), "cannot-forward", "a seat is free");
    assert_eq!(race.returns_at_ms, None);
    let race = fan.race_when(&race.id, |race| race.counts.free == 0).await;
    let returns_at_ms = race.returns_at_ms.unwrap();
    let mut live = fan.live(&race.id).await;
    let told = loop {
        if let Heard::Said(protocol::FromServer::Counts { returns_at_ms, .. }) = live.hear().await {
            break returns_at_ms;
        }
    };
    assert_eq!(told, Some(returns_at_ms), "the counts tell it too");
    let ahead = forwarded(&fan, &race.id, "returns").await;
    let shift = only_shift(&ahead);
    let left = returns_at_ms - (shift.at_ms + shift.by_ms);
    assert!((LEAVES_MS - 0.01..LEAVES_MS + 0.01).contains(&left), "{left} ms were left");
    let again = forwarded(&fan, &race.id, "returns").await;
    assert_eq!(again.shifts, ahead.shifts, "a request that is sent again changes nothing");
    assert!(ahead.now_ms < returns_at_ms + BUSY_MS);
    fan.race_when(&race.id, |race| {
        race.now_ms > returns_at_ms && race.returns_at_ms != Some(returns_at_ms)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a96_nobody_jumps_ahead_in_an_exercise() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.exercise(json!({"exercise": "seats"})).await;
    for to in ["opening", "turn", "returns"] {
        assert_eq!(forward(&fan, &race.id, to).await.code(), "cannot-forward", "{to}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a102_searches_are_few_for_each_guest_and_one_at_a_time_in_a_race() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "queue", "rivals": 9, "seed": 5})).await;
    fan.race_when(&race.id, |race| race.counts.given >= 9).await;
    fan.done(&race, "enter", json!({})).await;
    let codes = async {
        let asked = (0..12).map(|_| forward(&fan, &race.id, "turn"));
        let answers = futures_util::future::join_all(asked).await;
        answers.into_iter().map(|answer| (answer.status, answer)).collect::<Vec<_>>()
    };
    let (mut refused, mut under_way) = (0, 0);
    for (status, answer) in codes.await {
        if status == StatusCode::OK {
            continue;
        }
        refused += 1;
        under_way += u32::from(answer.code() == "search-under-way");
        let known = ["too-many-requests", "search-under-way"];
        assert!(known.contains(&answer.code().as_str()), "{}", answer.text());
        assert!(answer.headers.contains_key("retry-after"));
    }
    assert!(refused >= 6, "{refused} of 12 were refused");
    assert!(under_way > 0, "none was refused because another search ran in the race");
    let other = server.fan();
    let race = other.begin(json!({"scenario": "queue", "rivals": 9, "seed": 5})).await;
    other.race_when(&race.id, |race| race.counts.given >= 9).await;
    other.done(&race, "enter", json!({})).await;
    forwarded(&other, &race.id, "turn").await;
}
