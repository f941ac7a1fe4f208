//! Whole runs: won, lost, refreshed, in two tabs.

use std::time::Duration;

use protocol::{
    Basis, Commanded, Ending, Fault, GoneCause, Outcome, RaceCards, RefreshCost, Report, Stage, You,
};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::test_server::{TestServer, patient, until};

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_race_is_won_from_the_button_to_the_booking() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "seed": 7})).await;
    let You::Inside { place, .. } = race.you else { panic!("inside") };
    assert_eq!(place, 1);
    let viewed = fan.done(&race, "view", json!({"section": 1})).await;
    assert_eq!(viewed.outcome, Outcome::Viewed);
    let held = fan.done(&race, "hold", json!({"seats": [20]})).await;
    assert!(matches!(held.outcome, Outcome::Held { until_ms: Some(until) } if until > 0.0));
    let more = fan.done(&race, "hold", json!({"seats": [21]})).await;
    let You::Inside { hold: Some(hold), .. } = &more.race.you else { panic!("holding") };
    assert_eq!(
        (hold.seats.as_slice(), hold.total_won, hold.fee_won),
        ([20, 21].as_slice(), 102_000, 2_000)
    );
    let released = fan.done(&race, "release", json!({"seats": [20]})).await;
    assert_eq!(released.outcome, Outcome::Released);
    let paid = fan.done(&race, "pay", json!({"expected_won": 51_000})).await;
    assert_eq!(paid.outcome, Outcome::Booked { booking: 0, total_won: 51_000 });
    let You::Booked { booking, place } = &paid.race.you else { panic!("booked") };
    assert_eq!((booking.seats.as_slice(), *place), ([21].as_slice(), Some(1)));
    assert!(paid.race.over);
    assert_eq!((paid.race.counts.free, paid.race.counts.sold), (39, 1));
    let cards: RaceCards = fan.get("/api/races").await.json();
    assert_eq!(cards.races[0].ending, Some(Ending::Paid));
    assert_eq!(cards.races[0].id, race.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_b8_the_discount_of_the_hold_is_paid() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    assert_eq!(race.race.style.discounts[0].percent, 50);
    fan.done(&race, "hold", json!({"seats": [20, 21]})).await;
    let half = fan.done(&race, "price", json!({"seats": [21], "discount": 1})).await;
    assert_eq!(half.outcome, Outcome::PriceChosen { total_won: 77_000 });
    let You::Inside { hold: Some(hold), .. } = &half.race.you else { panic!("holding") };
    assert_eq!((hold.discounts.as_slice(), hold.total_won), ([0, 1].as_slice(), 77_000));
    let full = fan.act(&race, "pay", json!({"expected_won": 102_000})).await;
    assert_eq!(full.code(), "total-differs");
    let paid = fan.done(&race, "pay", json!({"expected_won": 77_000})).await;
    assert_eq!(paid.outcome, Outcome::Booked { booking: 0, total_won: 77_000 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_race_is_lost_when_the_hold_ends() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "style": "brief-hold"})).await;
    fan.done(&race, "hold", json!({"seats": [3]})).await;
    let lost = fan.race_when(&race.id, |race| race.over).await;
    assert!(matches!(lost.you, You::Gone { cause: GoneCause::HoldEnded, place: Some(1), .. }));
    assert_eq!(lost.counts.free, 40, "the seat is free again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_race_is_lost_when_the_pass_ends() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.press(json!({"scenario": "calm", "style": "brief-pass"})).await;
    let lost = fan.race_when(&race.id, |race| race.over).await;
    assert!(matches!(lost.you, You::Gone { cause: GoneCause::PassEnded, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_race_is_lost_when_every_seat_is_sold() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "rush", "seed": 3})).await;
    let lost = fan.race_when(&race.id, |race| race.over).await;
    assert!(matches!(lost.you, You::Gone { cause: GoneCause::SoldOut, place: None, .. }));
    assert_eq!((lost.counts.free, lost.counts.sold), (0, 40));
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_race_ends_with_its_time() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "short"})).await;
    let over = fan.race_when(&race.id, |race| race.over).await;
    let You::Gone { cause: GoneCause::TimeOver, at_ms, .. } = over.you else {
        panic!("the time is over: {:?}", over.you)
    };
    assert_eq!((over.stage, at_ms), (Stage::Closed, race.race.ends_at_ms));
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_leaving_ends_the_run() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let left = fan.done(&race, "leave", json!({})).await;
    assert_eq!(left.outcome, Outcome::Left);
    assert!(matches!(left.race.you, You::Gone { cause: GoneCause::Left, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a17_entering_again_inside_costs_as_much_as_the_style_says() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let strict = fan.go_in(json!({"scenario": "calm", "style": "strict"})).await;
    assert_eq!(strict.race.style.queue.refresh_inside, RefreshCost::GoesToEnd);
    let held = fan.done(&strict, "hold", json!({"seats": [3]})).await;
    assert_eq!(held.race.counts.free, 39);
    let again = fan.done(&strict, "enter", json!({})).await;
    assert_eq!(again.outcome, Outcome::Placed { place: 2 }, "a new place at the end");
    assert_eq!(again.race.counts.free, 40, "the seat is free again");
    let you = &again.race.you;
    let is_anew = matches!(you, You::Waiting { place: 2, .. })
        || matches!(you, You::Inside { place: 2, hold: None, .. });
    assert!(is_anew, "{you:?}");
    let old = fan.act(&strict, "hold", json!({"seats": [3]})).await;
    assert!(["pass-invalid", "not-inside"].contains(&old.code().as_str()), "the pass is gone");
    let back = fan.race_when(&strict.id, |race| matches!(race.you, You::Inside { .. })).await;
    assert!(matches!(&back.you, You::Inside { hold: None, place: 2, .. }));
    fan.done(&back, "leave", json!({})).await;
    let report: protocol::Report =
        fan.get(&format!("/api/races/{}/report", strict.id)).await.json();
    assert_eq!((report.refreshes, report.place), (1, Some(2)));
    let plain = fan.go_in(json!({"scenario": "calm"})).await;
    assert_eq!(plain.race.style.queue.refresh_inside, RefreshCost::Keeps);
    fan.done(&plain, "hold", json!({"seats": [3]})).await;
    let again = fan.done(&plain, "enter", json!({})).await;
    assert_eq!(again.outcome, Outcome::Inside);
    assert!(matches!(&again.race.you, You::Inside { hold: Some(_), place: 1, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_silent_visitor_is_lost() {
    let brief = std::time::Duration::from_millis(300);
    let patience = server::Patience { lost_after: brief, unload_after: brief, ..patient() };
    let server = TestServer::open_with(patience).await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    // Reading the metrics sends nothing to the race, so the visitor stays silent.
    let metrics = until(|| async {
        let text = server.metrics().await;
        text.contains("tingting_races_loaded 0").then_some(text)
    });
    metrics.await;
    let gone = fan.race(&race.id).await;
    assert!(matches!(gone.you, You::Gone { cause: GoneCause::Lost, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_viewer_who_says_nothing_is_not_lost_when_the_connection_breaks() {
    let patience = Duration::from_secs(3);
    let patience = server::Patience { lost_after: patience, unload_after: patience, ..patient() };
    let server = TestServer::open_with(patience).await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let mut live = fan.live(&race.id).await;
    let silent_until = race.now_ms + 2.0 * patience.lost_after.as_secs_f64() * 1000.0;
    live.counts_when(|now_ms| now_ms >= silent_until).await;
    drop(live);
    let back = fan.race(&race.id).await;
    assert!(matches!(back.you, You::Inside { .. }), "{:?}", back.you);
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_an_early_press_locks_the_button() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let early = fan.done(&race, "enter", json!({})).await;
    let Outcome::TooEarly { locked_until_ms } = early.outcome else { panic!("early") };
    assert!(locked_until_ms >= early.race.now_ms);
    assert_eq!(fan.act(&race, "enter", json!({})).await.code(), "button-locked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_a_refresh_in_the_queue_goes_to_its_end() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "queue", "seed": 5})).await;
    fan.race_when(&race.id, |race| race.counts.given >= 60).await;
    let placed = fan.done(&race, "enter", json!({})).await;
    let Outcome::Placed { place } = placed.outcome else { panic!("placed") };
    let You::Waiting { position, behind, .. } = placed.race.you else { panic!("waiting") };
    assert_eq!((place, behind), (61, 0));
    assert!(position > 1 && position <= 61);
    let again = fan.done(&race, "enter", json!({})).await;
    assert_eq!(again.outcome, Outcome::Placed { place: 62 });
    fan.done(&race, "leave", json!({})).await;
    let told: Report = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
    assert_eq!((told.refreshes, told.verdict.fault), (1, Fault::Refresh));
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_two_tabs_are_one_person() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "calm"})).await;
    let (mut one, mut two) = (fan.live(&race.id).await, fan.live(&race.id).await);
    one.state_when(|race| race.stage == Stage::Open).await;
    fan.done(&race, "enter", json!({})).await;
    let inside = |race: &protocol::RaceState| matches!(race.you, You::Inside { .. });
    let seen_by_one = one.state_when(inside).await;
    let seen_by_two = two.state_when(inside).await;
    assert_eq!(seen_by_one.you, seen_by_two.you);
    let race = fan.race(&race.id).await;
    fan.done(&race, "hold", json!({"seats": [1]})).await;
    let holding =
        |race: &protocol::RaceState| matches!(&race.you, You::Inside { hold: Some(_), .. });
    assert_eq!(one.state_when(holding).await.you, two.state_when(holding).await.you);
}

#[tokio::test(flavor = "multi_thread")]
async fn a1_the_same_seed_is_the_same_race() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let mut seen = Vec::new();
    for _ in 0..2 {
        let race = fan.begin(json!({"scenario": "rush", "seed": 11})).await;
        let over = fan.race_when(&race.id, |race| race.over).await;
        let You::Gone { at_ms, .. } = over.you else { panic!("gone") };
        seen.push((at_ms, over.counts));
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a4_a_command_sent_again_is_done_once() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let hold = json!({"seats": [7]});
    let (one, two) = tokio::join!(
        fan.act_with_key(&race, "hold", "same", hold.clone()),
        fan.act_with_key(&race, "hold", "same", hold.clone()),
    );
    let three = fan.act_with_key(&race, "hold", "same", hold).await;
    let outcomes = [&one, &two, &three].map(|answer| {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json::<Commanded>().outcome
    });
    assert_eq!(outcomes[0], outcomes[1]);
    assert_eq!(outcomes[0], outcomes[2]);
    let other = fan.act_with_key(&race, "hold", "same", json!({"seats": [8]})).await;
    assert_eq!(other.code(), "idempotency-key-reused");
    let key = [("idempotency-key", "race")];
    let new = json!({"scenario": "calm"});
    let first: Value = fan.post("/api/races", &key, &new).await.json();
    let second: Value = fan.post("/api/races", &key, &new).await.json();
    assert_eq!(first["id"], second["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a8_beginning_too_many_races_ends_the_oldest() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let oldest = fan.begin(json!({"scenario": "lobby"})).await;
    for _ in 0..server::limits::RACES_PER_GUEST_MAX {
        fan.begin(json!({"scenario": "lobby"})).await;
    }
    let given_up = fan.race_when(&oldest.id, |race| race.over).await;
    assert!(matches!(given_up.you, You::Gone { cause: GoneCause::Closed, .. }));
    // The race ended before its opening, so the report covers no time; the time must not be negative.
    let report: Report = fan.get(&format!("/api/races/{}/report", oldest.id)).await.json();
    let Basis::RivalsOfThisRace { until_ms, .. } = report.basis;
    assert_eq!((report.ending, until_ms), (Ending::Closed, 0.0));
}
