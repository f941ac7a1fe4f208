//! A server that stops and starts again in the middle of a race.

use std::time::Duration;

use protocol::{Commanded, Ending, Outcome, RaceCards, Stage, You};
use serde_json::json;
use server::Retention;

use crate::test_server::{Heard, TestServer, pass, patient};

#[tokio::test(flavor = "multi_thread")]
async fn a5_a_race_goes_on_after_a_restart() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "crowded", "seed": 2})).await;
    fan.race_when(&race.id, |race| race.counts.free <= 20).await;
    let frame = fan.get(&format!("/api/races/{}/seats", race.id)).await;
    let mut replica = protocol::Replica::new();
    replica.handle(&frame.body);
    let free = |seat: &&protocol::SeatState| **seat == protocol::SeatState::Free;
    let seats = replica.seats().unwrap();
    let mine = seats.len() - 1 - seats.iter().rev().position(|seat| free(&seat)).unwrap();
    let hold = json!({"seats": [mine]});
    let held: Commanded = fan.act_with_key(&race, "hold", "held", hold.clone()).await.json();
    let mut live = fan.live(&race.id).await;
    server.stop().await;
    while !matches!(live.hear().await, Heard::Closed) {}
    server.start().await;
    let fan = fan.moved(&server);
    let back = fan.race(&race.id).await;
    assert_eq!(back.you, held.state.you, "place, pass and seats are the same");
    assert!(back.now_ms > held.state.now_ms && back.stage == Stage::Open);
    let again: Commanded = fan.act_with_key(&race, "hold", "held", hold).await.json();
    assert_eq!(again.outcome, held.outcome, "the same key gets the same answer");
    let new = fan.done(&back, "view", json!({"section": 0})).await;
    assert_eq!(pass(&new.race), pass(&race), "the pass is still valid");
    let paid = fan.act_with_key(&back, "pay", "paid", json!({"expected_won": 51_000})).await;
    let paid: Commanded = paid.json();
    assert!(matches!(paid.outcome, Outcome::Booked { .. }));
    server.stop().await;
    server.start().await;
    let fan = fan.moved(&server);
    let over = fan.race(&race.id).await;
    assert_eq!(over.you, paid.state.you);
    let again = fan.act_with_key(&back, "pay", "paid", json!({"expected_won": 51_000})).await;
    assert_eq!(
        again.json::<Commanded>().outcome,
        paid.outcome,
        "a payment sent again does not pay again"
    );
    let cards: RaceCards = fan.get("/api/races").await.json();
    assert_eq!(cards.races[0].ending, Some(Ending::Paid));
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_a_restart_does_not_change_what_rivals_do() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let scenario = json!({"scenario": "rush", "seed": 11});
    let interrupted = fan.begin(scenario.clone()).await;
    server.stop().await;
    server.start().await;
    let fan = fan.moved(&server);
    let whole = fan.begin(scenario).await;
    let (one, two) = (
        fan.race_when(&interrupted.id, |race| race.over).await,
        fan.race_when(&whole.id, |race| race.over).await,
    );
    assert_eq!((&one.you, one.counts), (&two.you, two.counts));
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_a_visitor_keeps_the_place_in_the_queue_over_a_restart() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "queue", "seed": 5})).await;
    fan.race_when(&race.id, |race| race.counts.given >= 60).await;
    fan.done(&race, "enter", json!({})).await;
    server.stop().await;
    server.start().await;
    let fan = fan.moved(&server);
    let back = fan.race(&race.id).await;
    let You::Waiting { place, position, .. } = back.you else {
        panic!("the person waits in the queue")
    };
    assert!(place == 61 && (1..=61).contains(&position));
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_a_race_that_left_the_memory_is_loaded_when_somebody_asks_for_it() {
    let brief = std::time::Duration::from_millis(200);
    let patience = server::Patience { lost_after: brief * 1000, unload_after: brief, ..patient() };
    let server = TestServer::open_with(patience).await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    fan.done(&race, "hold", json!({"seats": [3]})).await;
    let paid = fan.done(&race, "pay", json!({"expected_won": 51_000})).await;
    crate::test_server::until(|| async {
        let text = server.metrics().await;
        text.contains("tingting_races_loaded 0").then_some(())
    })
    .await;
    assert_eq!(fan.race(&race.id).await.you, paid.race.you);
}

#[tokio::test(flavor = "multi_thread")]
async fn a22_races_that_are_long_over_are_removed_and_others_stay() {
    let mut server = TestServer::open().await;
    let (fan, other) = (server.fan(), server.fan());
    let over = fan.begin(json!({"scenario": "short"})).await;
    let under_way = fan.begin(json!({"scenario": "lobby"})).await;
    let theirs = other.begin(json!({"scenario": "short"})).await;
    fan.race_when(&over.id, |race| race.over).await;
    other.race_when(&theirs.id, |race| race.over).await;
    let ids = async |fan: &crate::test_server::Fan| {
        let cards: RaceCards = fan.get("/api/races").await.json();
        cards.races.into_iter().map(|card| card.id).collect::<Vec<_>>()
    };
    server.stop().await;
    server.start().await;
    let (fan, other) = (fan.moved(&server), other.moved(&server));
    assert_eq!(
        ids(&fan).await,
        [under_way.id.clone(), over.id.clone()],
        "races are kept for a day after their end"
    );
    server.stop().await;
    // As with a clock that is far ahead: every race seems to be over for long.
    server.retention = Retention { keep: Duration::ZERO, ..Retention::default() };
    server.start().await;
    let (fan, other) = (fan.moved(&server), other.moved(&server));
    let meanwhile = other.begin(json!({"scenario": "short"})).await;
    other.race_when(&meanwhile.id, |race| race.over).await;
    assert_eq!(ids(&fan).await.len(), 2, "nothing is removed in the first day of a server");
    server.stop().await;
    server.retention.settle = Duration::ZERO;
    server.start().await;
    let (fan, other) = (fan.moved(&server), other.moved(&server));
    crate::test_server::until(|| async { (ids(&fan).await.len() == 1).then_some(()) }).await;
    crate::test_server::until(|| async { ids(&other).await.is_empty().then_some(()) }).await;
    for path in ["", "/report", "/seats"] {
        let answer = fan.get(&format!("/api/races/{}{path}", over.id)).await;
        assert_eq!(answer.code(), "no-such-race");
    }
    assert_eq!(fan.race(&under_way.id).await.you, under_way.you);
    server.stop().await;
    server.retention.keep = Duration::from_hours(24);
    server.start().await;
    let (fan, other) = (fan.moved(&server), other.moved(&server));
    assert_eq!(ids(&fan).await, [under_way.id], "a removed race stays removed");
    assert!(ids(&other).await.is_empty());
}
