//! Race time stands still while the server is away, and jumps ahead for somebody who is alone (rules A56 to A58).

use std::time::Duration;

use protocol::{RaceCards, RaceState, ShiftCause, Stage, You};
use reqwest::StatusCode;
use serde_json::json;

use crate::test_server::{Fan, Seen, TestServer};

/// Longer than a hold, a pass and a whole race.
const LONG: Duration = Duration::from_hours(5);
/// How much of the clock a restart in a test may take at most.
const BUSY_MS: f64 = 60_000.0;

#[expect(clippy::cast_precision_loss, reason = "a few hours")]
fn millis(time: Duration) -> f64 {
    time.as_millis() as f64
}

fn hold_until(state: &RaceState) -> f64 {
    let You::Inside { hold: Some(hold), .. } = &state.you else { panic!("{:?}", state.you) };
    hold.until_ms.unwrap()
}

/// A race in which somebody holds a seat.
async fn holding(fan: &Fan) -> Seen {
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    fan.done(&race, "hold", json!({"seats": [3]})).await.race
}

/// The moment of the server's clock that a moment of race time is.
fn unix_ms(state: &RaceState, race_ms: f64) -> f64 {
    state.started_at_ms + race_ms
}

#[tokio::test(flavor = "multi_thread")]
async fn a56_a_hold_lasts_longer_by_the_time_in_which_the_server_was_away() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let held = holding(&fan).await;
    server.be_away_for(LONG).await;
    let fan = fan.moved(&server);
    let back = fan.race(&held.id).await;
    assert_eq!(back.you, held.you, "place, pass, hold and all deadlines are the same in race time");
    assert!(back.now_ms >= held.now_ms && back.now_ms < held.now_ms + BUSY_MS);
    let [shift] = &back.shifts[..] else { panic!("{:?}", back.shifts) };
    assert_eq!(shift.cause, ShiftCause::Outage);
    assert!(shift.at_ms >= held.now_ms, "what was told stays where it was");
    assert!((millis(LONG)..millis(LONG) + BUSY_MS).contains(&shift.by_ms), "{shift:?}");
    let (before, after) = (unix_ms(&held, hold_until(&held)), unix_ms(&back, hold_until(&back)));
    assert!((after - before - shift.by_ms).abs() < 0.01, "the deadline moved by the outage");
    let paid = fan.done(&back, "pay", json!({"expected_won": 51_000})).await;
    assert!(paid.race.over);
}

#[tokio::test(flavor = "multi_thread")]
async fn a56_an_outage_after_a_kill_and_a_second_one_move_everything_alike() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let held = holding(&fan).await;
    let waiting = fan.begin(json!({"scenario": "lobby"})).await;
    server.be_killed_and_away_for(LONG).await;
    let fan = fan.moved(&server);
    assert_eq!(fan.race(&held.id).await.shifts.len(), 1);
    // The second race is not loaded between the two outages.
    server.be_killed_and_away_for(LONG).await;
    let fan = fan.moved(&server);
    for before in [held, waiting] {
        let back = fan.race(&before.id).await;
        assert_eq!((&back.you, back.stage), (&before.you, before.stage));
        assert_eq!(back.shifts.len(), 2, "{:?}", back.shifts);
        let sum: f64 = back.shifts.iter().map(|shift| shift.by_ms).sum();
        assert!((back.started_at_ms - before.started_at_ms - sum).abs() < 0.01);
        assert!(sum >= 2.0 * millis(LONG) && sum < 2.0 * (millis(LONG) + BUSY_MS));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a56_the_opening_moves_with_the_outage_and_the_race_goes_on_after_it() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "calm"})).await;
    server.be_away_for(LONG).await;
    let fan = fan.moved(&server);
    let open = fan.race_when(&race.id, |race| race.stage == Stage::Open).await;
    assert!(open.now_ms < race.race.ends_at_ms);
    let entered = fan.done(&open, "enter", json!({})).await.race;
    let inside = fan.race_when(&race.id, |race| matches!(race.you, You::Inside { .. })).await;
    // A restart from the snapshot and from the log tells the same of the shift.
    server.be_away_for(Duration::ZERO).await;
    let fan = fan.moved(&server);
    let again = fan.race(&race.id).await;
    assert_eq!((&again.you, &again.shifts), (&inside.you, &entered.shifts));
    assert!((again.started_at_ms - entered.started_at_ms).abs() < 0.01);
}

#[tokio::test(flavor = "multi_thread")]
async fn a57_a_restart_of_less_than_two_seconds_moves_nothing() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let held = holding(&fan).await;
    server.be_away_for(Duration::from_millis(200)).await;
    let fan = fan.moved(&server);
    let back = fan.race(&held.id).await;
    assert!(back.shifts.is_empty(), "{:?}", back.shifts);
    assert!((back.started_at_ms - held.started_at_ms).abs() < 0.01);
}

#[tokio::test(flavor = "multi_thread")]
async fn a56_a_race_that_was_over_before_the_outage_stays_as_it_was() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let left = fan.done(&race, "leave", json!({})).await.race;
    server.be_away_for(LONG).await;
    let fan = fan.moved(&server);
    let back = fan.race(&race.id).await;
    assert!(back.over && back.shifts.is_empty());
    assert_eq!(back.you, left.you);
    let report = fan.get(&format!("/api/races/{}/report", race.id)).await;
    assert_eq!(report.status, StatusCode::OK, "{}", report.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a56_the_list_knows_that_a_race_goes_on_whose_end_moved() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    server.be_away_for(LONG).await;
    let fan = fan.moved(&server);
    let cards: RaceCards = fan.get("/api/races").await.json();
    assert_eq!(cards.races[0].ending, None);
    assert!(!fan.race(&race.id).await.over);
}

async fn forward(fan: &Fan, id: &str) -> crate::test_server::Answer {
    fan.post(&format!("/api/races/{id}/forward"), &[], &json!({"to": "opening"})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a58_somebody_alone_need_not_wait_for_the_opening() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let answer = forward(&fan, &race.id).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let ahead: Seen = answer.json::<protocol::RaceView>().into();
    let remaining = ahead.race.opens_at_ms - ahead.now_ms;
    assert!((9_999.0..=10_000.1).contains(&remaining), "{remaining}");
    let [shift] = &ahead.shifts[..] else { panic!("{:?}", ahead.shifts) };
    assert_eq!(shift.cause, ShiftCause::Forward);
    assert!((race.started_at_ms - ahead.started_at_ms - shift.by_ms).abs() < 0.01);
    let again = forward(&fan, &race.id).await.json::<protocol::RaceView>();
    assert_eq!(again.state.shifts, ahead.shifts, "a request that is sent again changes nothing");
    server.be_away_for(LONG).await;
    let fan = fan.moved(&server);
    let back = fan.race(&race.id).await;
    let causes: Vec<_> = back.shifts.iter().map(|shift| shift.cause).collect();
    assert_eq!(causes, [ShiftCause::Forward, ShiftCause::Outage]);
    assert!(back.now_ms >= ahead.now_ms && back.now_ms < ahead.now_ms + BUSY_MS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a58_nobody_jumps_ahead_in_a_sale_that_is_open() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    assert_eq!(forward(&fan, &race.id).await.code(), "cannot-forward");
    let nonsense = json!({"to": "end"});
    let answer = fan.post(&format!("/api/races/{}/forward", race.id), &[], &nonsense).await;
    assert_eq!(answer.code(), "json-invalid");
}
