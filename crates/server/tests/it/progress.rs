//! What a guest's runs show together (rules A93 and A94), and the times in a list of races.

use std::time::Duration;

use protocol::{Ending, Exercise, Progress, RaceCards, StepKey};
use serde_json::{Value, json};

use crate::test_server::{Fan, TestServer};

async fn progress(fan: &Fan) -> Progress {
    fan.get("/api/progress").await.json()
}

/// A run that ends with a payment.
async fn win(fan: &Fan, new: Value) -> String {
    let race = fan.go_in(new).await;
    fan.done(&race, "hold", json!({"seats": [3]})).await;
    fan.done(&race, "pay", json!({"expected_won": 51_000})).await;
    race.id
}

#[tokio::test(flavor = "multi_thread")]
async fn a93_a94_progress_tells_the_runs_of_a_guest_by_hall_and_by_exercise() {
    let mut server = TestServer::open().await;
    let (fan, other) = (server.fan(), server.fan());
    assert_eq!(progress(&fan).await, Progress { halls: vec![], exercises: vec![] });
    let first = win(&fan, json!({"scenario": "calm"})).await;
    let second = win(&fan, json!({"scenario": "calm"})).await;
    let strict = win(&fan, json!({"scenario": "calm", "style": "strict"})).await;
    win(&fan, json!({"scenario": "calm", "seed": 7})).await;
    let pay = fan.exercise(json!({"exercise": "pay"})).await;
    let protocol::You::Inside { hold: Some(hold), .. } = &pay.you else { panic!("{:?}", pay.you) };
    fan.done(&pay, "pay", json!({"expected_won": hold.total_won})).await;
    fan.exercise(json!({"exercise": "captcha"})).await;
    let told = progress(&fan).await;
    let halls: Vec<_> =
        told.halls.iter().map(|hall| (hall.style.as_str(), hall.runs, hall.paid)).collect();
    assert_eq!(halls, [("strict", 1, 1), ("plain", 2, 2)], "the chosen seed counts for nothing");
    let plain = &told.halls[1];
    assert_eq!((plain.plan.as_str(), plain.title.en.as_str()), ("nook", "Nook"));
    let keys: Vec<StepKey> = plain.steps.iter().map(|step| step.key).collect();
    let taken = [
        StepKey::Press,
        StepKey::Placed,
        StepKey::Admitted,
        StepKey::FirstSeat,
        StepKey::Held,
        StepKey::Paid,
    ];
    assert_eq!(keys, taken);
    for step in &plain.steps {
        let races: Vec<_> = step.last.iter().map(|run| run.race.as_str()).collect();
        assert_eq!(races, [second.as_str(), first.as_str()], "newest first");
        let best = step.last.iter().min_by(|a, b| a.took_ms.total_cmp(&b.took_ms)).unwrap();
        let told = (step.best_ms.to_bits(), step.best_at_ms.to_bits());
        assert_eq!(told, (best.took_ms.to_bits(), best.at_ms.to_bits()));
        let mean = f64::midpoint(step.last[0].took_ms, step.last[1].took_ms);
        assert!((step.usual_ms - mean).abs() < 0.01);
    }
    let [exercise] = &told.exercises[..] else { panic!("one run of an exercise is over") };
    assert_eq!((exercise.exercise, exercise.runs), (Exercise::Pay, 1));
    assert_eq!(exercise.best_ms, exercise.last[0].took_ms);
    assert!((0.0..20_000.0).contains(&exercise.best_ms.unwrap()));
    assert_eq!(exercise.last[0].press, None);
    assert_eq!(progress(&other).await.halls, [], "nobody else's");
    let last: Vec<_> = plain.last.iter().map(|run| (run.race.as_str(), run.ending)).collect();
    assert_eq!(last, [(second.as_str(), Ending::Paid), (first.as_str(), Ending::Paid)]);
    assert_eq!((plain.last[0].place, plain.last[0].steps.len()), (Some(1), taken.len()));
    let cards: RaceCards = fan.get("/api/races").await.json();
    let chosen: Vec<bool> = cards.races.iter().map(|card| card.seed_chosen).collect();
    assert_eq!(chosen, [true, false, false, false], "newest first");
    assert_eq!(cards.races.len(), 4, "a list of races has no exercise");
    let card = cards.races.iter().find(|card| card.id == strict).unwrap();
    assert_eq!((card.demand.as_str(), card.steps.len()), ("test", taken.len()));
    let listed = |step: &protocol::StepTook| (step.key, step.took_ms);
    let of_hall = told.halls[0].steps.iter().map(|step| (step.key, step.best_ms));
    assert_eq!(card.steps.iter().map(listed).collect::<Vec<_>>(), of_hall.collect::<Vec<_>>());
    // After a restart the journal tells it, and no race is loaded for it.
    server.be_away_for(Duration::ZERO).await;
    let fan = fan.moved(&server);
    assert_eq!(progress(&fan).await, told);
    assert_eq!(fan.get("/api/races").await.json::<RaceCards>(), cards);
    assert!(!server.metrics().await.contains("tingting_races_loaded 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a93_the_press_is_told_apart_into_reaction_network_and_clock() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.exercise(json!({"exercise": "press"})).await;
    let open = fan.race_when(&race.id, |race| race.stage == protocol::Stage::Open).await;
    let done = fan.done(&race, "enter", json!({})).await.race;
    assert!(done.over);
    let told = progress(&fan).await;
    let run = &told.exercises[0].last[0];
    let parts = run.press.unwrap();
    assert_eq!((parts.reaction_ms, parts.network_ms, parts.error_ms), (None, None, None));
    // The marks come after the run is over.
    let pressed_ms = open.started_at_ms + open.race.opens_at_ms + 1.5;
    let marks = json!({"marks": [{"name": "press", "at_ms": pressed_ms, "error_ms": 6.0}]});
    fan.done_marks(&race, marks).await;
    let told = progress(&fan).await;
    let run = &told.exercises[0].last[0];
    let parts = run.press.unwrap();
    assert!((parts.reaction_ms.unwrap() - 1.5).abs() < 0.01 && parts.error_ms == Some(6.0));
    let sum = parts.reaction_ms.unwrap() + parts.network_ms.unwrap();
    assert!((sum - run.took_ms.unwrap()).abs() < 0.1, "reaction and network are the whole time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a93_a_run_that_ended_while_nobody_asked_is_told_once_somebody_does() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    fan.begin(json!({"scenario": "short"})).await;
    server.be_killed_and_away_for(Duration::ZERO).await;
    let fan = fan.moved(&server);
    let told = crate::test_server::until(|| async {
        let told = progress(&fan).await;
        (!told.halls.is_empty()).then_some(told)
    })
    .await;
    assert_eq!((told.halls[0].runs, told.halls[0].paid, told.halls[0].steps.len()), (1, 0, 0));
    let cards: RaceCards = fan.get("/api/races").await.json();
    assert_eq!(cards.races[0].ending, Some(Ending::TimeOver));
}
