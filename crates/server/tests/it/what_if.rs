//! What-ifs over HTTP, checked against the race run again by hand (rules A98 and A99).

use practice::{Act, MemberId, Note, PersonId, Practice};
use protocol::{Gain, Pace, StepKey, WhatIfTold};
use reqwest::StatusCode;
use sale::{Moment, Span};
use serde_json::json;

use crate::test_server::{Answer, Fan, Seen, TestServer};

async fn ask(fan: &Fan, race: &Seen, query: &str) -> Answer {
    fan.get(&format!("/api/races/{}/what-if?{query}", race.id)).await
}

async fn told(fan: &Fan, race: &Seen, query: &str) -> WhatIfTold {
    let answer = ask(fan, race, query).await;
    assert_eq!(answer.status, StatusCode::OK, "{query}: {}", answer.text());
    answer.json()
}

/// A run that is over: the person pressed when all rivals had, and found no seat.
async fn lost(fan: &Fan, rivals: u32) -> Seen {
    let race = fan.begin(json!({"scenario": "rush", "rivals": rivals})).await;
    fan.race_when(&race.id, |race| race.counts.given >= rivals || race.over).await;
    let pressed = fan.act(&race, "enter", json!({})).await;
    assert!(pressed.status == StatusCode::OK || pressed.code() == "run-over", "{}", pressed.text());
    fan.race_when(&race.id, |race| race.over).await
}

/// The place of somebody who presses at this moment.
fn place_at(mut practice: Practice, pressed_at: Moment) -> u32 {
    practice.keep(Moment::START, None, Note::Joined { person: PersonId(1) }).unwrap();
    let me = practice.member(MemberId(0)).visitor();
    practice.handle(pressed_at, Act::Enter.command(me), crowd::ignore).unwrap();
    practice.member(MemberId(0)).run().place().unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn a99_a_what_if_over_http_is_the_race_run_again() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = lost(&fan, 3_000).await;
    let fresh = server.race_before_all(&race.id);
    let opens_at = fresh.sale().rules().opens_at;
    for press_ms in (50..=600u32).step_by(50) {
        let told = told(&fan, &race, &format!("press_ms={press_ms}")).await;
        let [change] = &told.what_if.changes[..] else { panic!("{:?}", told.what_if.changes) };
        assert_eq!((change.step, change.pace), (StepKey::Press, Pace::Chosen));
        assert!((change.to_ms - f64::from(press_ms)).abs() < 0.01);
        let place = told.what_if.outcome.place.unwrap();
        let by_hand = place_at(fresh.clone(), opens_at + Span::from_millis(press_ms.into()));
        let off = f64::from(place.abs_diff(by_hand)) / f64::from(by_hand.max(100));
        assert!(off <= 0.01, "pressed after {press_ms} ms: place {place}, by hand {by_hand}");
        assert_eq!(told.chance, None);
    }
    let first = told(&fan, &race, "press_ms=0").await;
    assert_eq!((first.what_if.outcome.place, first.what_if.gain), (Some(1), Gain::Seat));
}

#[tokio::test(flavor = "multi_thread")]
async fn a99_the_same_question_has_the_same_answer_and_a_chance_its_number_of_races() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = lost(&fan, 100).await;
    let first = ask(&fan, &race, "press_ms=301&first_seat_ms=700&crowds=3").await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    let same = ask(&fan, &race, "crowds=3&first_seat_ms=690&press_ms=322").await;
    assert_eq!(first.body, same.body, "times are rounded to 50 ms");
    let told: WhatIfTold = first.json();
    let chance = told.chance.unwrap();
    assert!(chance.runs == 3 && chance.paid <= 3, "{chance:?}");
    assert_eq!(told.what_if.changes.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a98_a_what_if_is_told_of_the_own_run_alone_and_once_it_is_over() {
    let server = TestServer::open().await;
    let (fan, other) = (server.fan(), server.fan());
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    assert_eq!(ask(&fan, &race, "press_ms=0").await.code(), "run-not-over");
    other.get("/api/races").await;
    assert_eq!(ask(&other, &race, "press_ms=0").await.code(), "no-such-race");
    fan.done(&race, "leave", json!({})).await;
    for query in
        ["", "crowds=2", "press_ms=-1", "press_ms=1&press_ms=2", "speed=1", "press_ms=600001"]
    {
        let answer = ask(&fan, &race, query).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::UNPROCESSABLE_ENTITY, "query-invalid".to_owned())
        );
    }
    assert!(told(&fan, &race, "pay_ms=1000").await.what_if.outcome.place.is_some());
}
