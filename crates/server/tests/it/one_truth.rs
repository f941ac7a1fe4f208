//! One truth: what is told of the same thing at several places is the same number.

use protocol::{Frame, Report, SeatState, You};
use serde_json::{Value, json};

use crate::test_server::{Answer, Fan, Seen, TestServer, until};

/// A seat that another visitor has, by a snapshot.
fn taken(bytes: &[u8]) -> Option<usize> {
    let Frame::Snapshot { seats, .. } = Frame::decode(bytes).unwrap() else { panic!("a snapshot") };
    seats.iter().position(|&seat| seat == SeatState::Held)
}

fn frame_ms(bytes: &[u8]) -> f64 {
    match Frame::decode(bytes).unwrap() {
        Frame::Snapshot { at_ms, .. } | Frame::Delta { at_ms, .. } => at_ms.into(),
    }
}

async fn seats(fan: &Fan, race: &Seen) -> Vec<u8> {
    fan.get(&format!("/api/races/{}/seats", race.id)).await.body
}

/// Asks under a key for a seat that another visitor has, and returns the problem.
async fn clash(fan: &Fan, race: &Seen, key: &str, seat: usize) -> Value {
    let answer: Answer = fan.act_with_key(race, "hold", key, json!({"seats": [seat]})).await;
    assert_eq!(answer.code(), "seat-taken");
    answer.json()
}

/// Leaves the race and compares what the report says of the conflict with what the problem said.
async fn check_report(fan: &Fan, race: &Seen, problem: &Value) {
    fan.done(race, "leave", json!({})).await;
    let report: Value = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
    let told = &report["conflicts"][0];
    for name in ["seat", "late_ms", "view_age_ms"] {
        assert_eq!(told[name], problem[name], "{name}");
    }
    let placed_ms = report["steps"][1]["at_ms"].as_f64().unwrap();
    assert!(placed_ms > 0.0 && told["at_ms"].as_f64().unwrap() > placed_ms);
}

#[tokio::test(flavor = "multi_thread")]
async fn a24_a_view_is_as_old_as_the_last_frame_at_once_and_in_the_report() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "crowded", "seed": 2})).await;
    fan.done(&race, "view", json!({"section": 0})).await;
    let mut live = fan.live(&race.id).await;
    let mut frames = vec![frame_ms(&live.seats().await)];
    let seat = until(|| async { taken(&seats(&fan, &race).await) }).await;
    // The map has been refreshed a few times by the moment of the press.
    while frames.len() < 4 {
        frames.push(frame_ms(&live.seats().await));
    }
    let problem = clash(&fan, &race, "once", seat).await;
    let pressed_ms = problem["state"]["now_ms"].as_f64().unwrap();
    while *frames.last().unwrap() <= pressed_ms {
        frames.push(frame_ms(&live.seats().await));
    }
    let seen_ms = frames.iter().rfind(|&&at_ms| at_ms <= pressed_ms).unwrap();
    let age_ms = problem["view_age_ms"].as_f64().unwrap();
    assert!((pressed_ms - seen_ms - age_ms).abs() <= 1.0, "{age_ms} at {pressed_ms}: {frames:?}");
    let again = clash(&fan, &race, "once", seat).await;
    assert_eq!((&again["late_ms"], &again["view_age_ms"]), (&problem["late_ms"], &json!(age_ms)));
    check_report(&fan, &race, &problem).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a24_a_map_refreshed_by_hand_is_as_old_as_its_last_refresh() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "crowded", "style": "by-hand", "seed": 2})).await;
    fan.done(&race, "view", json!({"section": 0})).await;
    let (seat, seen_ms) = until(|| async {
        let bytes = seats(&fan, &race).await;
        taken(&bytes).map(|seat| (seat, frame_ms(&bytes)))
    })
    .await;
    let mut live = fan.live(&race.id).await;
    live.counts_when(|now_ms| now_ms > seen_ms + 300.0).await;
    let problem = clash(&fan, &race, "once", seat).await;
    let age_ms = problem["view_age_ms"].as_f64().unwrap();
    let expected_ms = problem["state"]["now_ms"].as_f64().unwrap() - seen_ms;
    assert!((expected_ms - age_ms).abs() <= 1.0 && age_ms > 300.0, "{age_ms}, {expected_ms}");
    check_report(&fan, &race, &problem).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a24_state_and_report_tell_the_same_of_place_seats_and_booking() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.press(json!({"scenario": "crowded", "seed": 2})).await;
    let mut live = fan.live(&race.id).await;
    let first = live.state_when(|state| matches!(state.you, You::Inside { .. })).await;
    let You::Inside { place, .. } = first.you else { panic!("inside") };
    let race = fan.race_when(&race.id, |race| race.counts.free == 12).await;
    let bytes = seats(&fan, &race).await;
    let Frame::Snapshot { seats, .. } = Frame::decode(&bytes).unwrap() else {
        panic!("a snapshot")
    };
    let free = seats.iter().position(|&seat| seat == SeatState::Free).unwrap();
    fan.done(&race, "hold", json!({"seats": [free]})).await;
    let paid = fan.done(&race, "pay", json!({"expected_won": 51_000})).await;
    let You::Booked { booking, place: last } = &paid.race.you else { panic!("booked") };
    let report: Report = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
    assert_eq!((Some(place), *last), (report.place, report.place));
    assert_eq!(report.booking.as_ref(), Some(booking));
    let held: Vec<u32> = report.seats.iter().map(|worth| worth.seat).collect();
    assert_eq!(held, booking.seats);
    let paid_at_ms = report.steps.last().unwrap().at_ms.unwrap() + race.race.opens_at_ms;
    assert!((paid_at_ms - booking.paid_at_ms).abs() < 1e-6);
}
