//! Reports of runs, as a client gets them.

use protocol::StepKey::{Admitted, FirstSeat, Held, Paid, Placed, Press};
use protocol::{Basis, Ending, Report, StepKey};
use serde_json::{Value, json};

use crate::test_server::{Seen, TestServer};

#[tokio::test(flavor = "multi_thread")]
async fn a14_a_run_has_a_report_once_it_is_over() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "crowded", "seed": 2})).await;
    let path = format!("/api/races/{}/report", race.id);
    assert_eq!(fan.get(&path).await.code(), "run-not-over");
    let mark =
        json!({"marks": [{"name": "press", "at_ms": race.started_at_ms + 301.0, "error_ms": 4.0}]});
    fan.done_marks(&race, mark).await;
    // The rivals pay late, so a seat that is free once they hold theirs stays free for the person.
    let race = fan.race_when(&race.id, |race| race.counts.free == 12).await;
    let frame = fan.get(&format!("/api/races/{}/seats", race.id)).await;
    let protocol::Frame::Snapshot { seats, .. } = protocol::Frame::decode(&frame.body).unwrap()
    else {
        panic!("the answer is a snapshot")
    };
    let at = |state| seats.iter().position(|&seat| seat == state).unwrap();
    let (free, taken) = (at(protocol::SeatState::Free), at(protocol::SeatState::Held));
    assert_eq!(fan.act(&race, "hold", json!({"seats": [taken]})).await.code(), "seat-taken");
    fan.done(&race, "hold", json!({"seats": [free]})).await;
    fan.done(&race, "pay", json!({"expected_won": 51_000})).await;
    let report: Report = fan.get(&path).await.json();
    assert_eq!((report.ending, report.race.seed), (Ending::Paid, Some(2)));
    assert_eq!(report.booking.unwrap().seats, [u32::try_from(free).unwrap()]);
    assert_eq!(report.conflicts.len(), 1);
    assert_eq!(report.conflicts[0].seat, u32::try_from(taken).unwrap());
    assert!(report.place.is_some() && report.free_on_admission.is_some());
    assert_eq!(report.clock.error_ms, Some(4.0));
    let taken_steps: Vec<StepKey> =
        report.steps.iter().filter(|step| step.at_ms.is_some()).map(|step| step.key).collect();
    assert_eq!(taken_steps, [Press, Placed, Admitted, FirstSeat, Held, Paid]);
    let times: Vec<f64> = report.steps.iter().filter_map(|step| step.at_ms).collect();
    assert!(times.is_sorted() && times[0] >= 0.0, "{times:?}");
    assert_eq!(report.curve.last().unwrap().sold, 1);
    let Basis::RivalsOfThisRace { rivals, until_ms } = report.basis;
    assert_eq!(rivals, 7);
    assert!(until_ms >= *times.last().unwrap(), "the run ends with its last step");
}

#[tokio::test(flavor = "multi_thread")]
async fn a16_a_report_holds_codes_and_numbers_only() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "rush", "seed": 3})).await;
    fan.race_when(&race.id, |race| race.over).await;
    let report: Value = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
    let basis = &report["basis"];
    assert_eq!((&basis["kind"], &basis["rivals"]), (&json!("rivals-of-this-race"), &json!(100)));
    assert!(basis["until_ms"].as_f64().unwrap() > 0.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a14_every_ending_has_its_report() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let lost = fan.press(json!({"scenario": "calm", "style": "brief-pass"})).await;
    let late = fan.begin(json!({"scenario": "short"})).await;
    let sold_out = fan.begin(json!({"scenario": "rush", "seed": 3})).await;
    for (race, ending) in
        [(lost, Ending::PassEnded), (late, Ending::TimeOver), (sold_out, Ending::SoldOut)]
    {
        fan.race_when(&race.id, |race| race.over).await;
        let report: Report = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
        assert_eq!(report.ending, ending);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c34_a_report_says_what_became_of_each_seat_that_the_person_took() {
    use protocol::SeatFate::{HoldEnded, Left, Paid, Released};
    let server = TestServer::open().await;
    let fan = server.fan();
    let fates = async |race: &Seen| {
        fan.race_when(&race.id, |race| race.over).await;
        let report: Report = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
        let fates = report.seats.iter().map(|worth| (worth.seat, worth.fate));
        fates.collect::<Vec<_>>()
    };
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    for (path, seat) in
        [("hold", 1), ("hold", 2), ("release", 2), ("hold", 3), ("hold", 2), ("release", 2)]
    {
        fan.done(&race, path, json!({"seats": [seat]})).await;
    }
    fan.done(&race, "pay", json!({"expected_won": 102_000})).await;
    assert_eq!(fates(&race).await, [(1, Paid), (2, Released), (3, Paid), (2, Released)]);
    let race = fan.go_in(json!({"scenario": "calm", "style": "brief-hold"})).await;
    fan.done(&race, "hold", json!({"seats": [5]})).await;
    assert_eq!(fates(&race).await, [(5, HoldEnded)]);
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    fan.done(&race, "hold", json!({"seats": [6]})).await;
    fan.done(&race, "leave", json!({})).await;
    assert_eq!(fates(&race).await, [(6, Left)]);
    // No seat is held before it is paid for.
    let race = fan.go_in(json!({"scenario": "calm", "style": "at-payment"})).await;
    fan.done(&race, "hold", json!({"seats": [7, 8]})).await;
    fan.done(&race, "pay", json!({"expected_won": 102_000})).await;
    assert_eq!(fates(&race).await, [(7, Paid), (8, Paid)]);
}
