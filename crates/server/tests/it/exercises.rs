//! Exercises: races of twenty seconds that stand at one step.

use std::time::Duration;

use practice::{Exercise, PersonId, prelude};
use protocol::{
    CaptchaState, Frame, GoneCause, PlanRow, PlanView, RaceCards, RaceView, SeatState, You,
};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::test_server::{Answer, Done, Fan, Seen, TestServer};

const NAMES: [&str; 6] = ["press", "captcha", "section", "seats", "conflict", "pay"];
const STYLES: [&str; 2] = ["n-style", "m-style"];

impl Fan {
    /// Begins an exercise.
    pub(crate) async fn exercise(&self, new: Value) -> Seen {
        let answer = self.post("/api/exercises", &[], &new).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        let view: RaceView = answer.json();
        assert_eq!(answer.headers["location"], format!("/api/races/{}", view.race.id).as_str());
        view.into()
    }

    /// The free seats of the section that is open, in the order of the plan.
    pub(crate) async fn free_here(&self, race: &Seen) -> Vec<usize> {
        let You::Inside { viewed: Some(viewed), .. } = &race.you else { panic!("{:?}", race.you) };
        let plan = self.get(&format!("/api/plans/{}", race.race.plan_address)).await;
        let plan: PlanView = plan.json();
        let frame = self.get(&format!("/api/races/{}/seats", race.id)).await;
        let Ok(Frame::Snapshot { seats, .. }) = Frame::decode(&frame.body) else { panic!() };
        let rows = plan.sections[usize::from(viewed.section)].rows.iter();
        let of_row = |row: &PlanRow| {
            let first = usize::try_from(row.first_seat).unwrap();
            first..first + row.x.len()
        };
        rows.flat_map(of_row).filter(|&seat| seats[seat] == SeatState::Free).collect()
    }
}

/// The letters that the captcha of an exercise asks for: the race as its header gives it, brought to where it stands.
fn letters(server: &TestServer, race: &Seen) -> String {
    let mut practice = server.race_before_all(&race.id);
    prelude(&mut practice, Exercise::Captcha, PersonId(1)).unwrap();
    let me = practice.race().person(0);
    practice.sale().challenge(me).unwrap().letters.as_str().to_owned()
}

fn is_at_step(race: &Seen, exercise: &str) -> bool {
    match &race.you {
        You::Away { .. } => exercise == "press",
        You::Inside { captcha, viewed, hold, .. } => {
            let is_due = *captcha == CaptchaState::Due;
            match exercise {
                "captcha" => is_due,
                "section" => !is_due && viewed.is_none(),
                "seats" | "conflict" => viewed.is_some() && hold.is_none(),
                "pay" => hold.is_some(),
                _ => false,
            }
        }
        You::Pooled | You::Waiting { .. } | You::Booked { .. } | You::Gone { .. } => false,
    }
}

fn is_done(race: &Seen) -> bool {
    race.over && matches!(race.you, You::Gone { cause: GoneCause::Done, .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn a90_an_exercise_stands_at_its_step_at_once() {
    let server = TestServer::open().await;
    for (name, style) in NAMES.iter().flat_map(|name| STYLES.map(|style| (*name, style))) {
        let race = server.fan().exercise(json!({"exercise": name, "style": style})).await;
        assert_eq!(serde_json::to_value(race.race.exercise).unwrap(), json!(name));
        assert_eq!(race.race.style.name, style);
        assert!(is_at_step(&race, name), "{name} in {style}: {:?}", race.you);
        let [from, until] = race.race.goal_ms.unwrap();
        assert!((until - from - 20_000.0).abs() < 0.01);
        assert!((race.race.ends_at_ms - until).abs() < 0.01);
        assert!((from..until).contains(&race.now_ms), "{name}: {} of {from}", race.now_ms);
        assert!(!race.over && !race.race.shared && !race.race.seed_chosen);
        if name == "press" {
            assert!((race.race.opens_at_ms - from - 8_000.0).abs() < 0.01);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a90_a_request_for_an_exercise_counts_once_and_like_one_for_a_race() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let begin = async |key: &str, new: Value| -> Answer {
        fan.post("/api/exercises", &[("idempotency-key", key)], &new).await
    };
    let new = json!({"exercise": "press"});
    let (first, second) = (begin("one", new.clone()).await, begin("one", new.clone()).await);
    let (first, second): (RaceView, RaceView) = (first.json(), second.json());
    assert_eq!(first.race, second.race, "the same request gives the same race");
    assert_eq!(first.race.style.name, "n-style", "the style for those who choose none");
    let other = begin("one", json!({"exercise": "pay"})).await;
    assert_eq!(other.code(), "idempotency-key-reused");
    let unknown = begin("two", json!({"exercise": "press", "style": "nowhere"})).await;
    assert_eq!(unknown.code(), "unknown-scenario");
    let bare = begin("three", json!({"exercise": "captcha", "style": "brief-hold"})).await;
    assert_eq!(bare.code(), "unplayable", "a style without a captcha has none to practise");
    for body in [json!({}), json!({"exercise": "sing"}), json!({"exercise": "pay", "seed": 1})] {
        assert_eq!(begin("four", body).await.code(), "json-invalid");
    }
    let cards: RaceCards = fan.get("/api/races").await.json();
    assert!(cards.races.is_empty(), "a list of races has no exercise");
    // A guest may begin sixty at once, whole races and exercises together, and one more in two seconds.
    for number in 0..120 {
        let answer = if number % 2 == 0 {
            fan.post("/api/races", &[], &json!({"scenario": "calm"})).await
        } else {
            fan.post("/api/exercises", &[], &new).await
        };
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return assert_eq!(answer.code(), "too-many-requests");
        }
    }
    panic!("a guest began more races than a guest may");
}

#[tokio::test(flavor = "multi_thread")]
async fn a91_the_goal_ends_the_run_and_nothing_is_accepted_after_it() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let press = fan.exercise(json!({"exercise": "press"})).await;
    let early = fan.done(&press, "enter", json!({})).await;
    assert!(!early.race.over, "a press before the opening is no place");
    let captcha = fan.exercise(json!({"exercise": "captcha"})).await;
    let missed = json!({"challenge": 1, "letters": "A"});
    assert!(!fan.done(&captcha, "captcha", missed).await.race.over);
    let right = json!({"challenge": 1, "letters": letters(&server, &captcha)});
    assert!(is_done(&fan.done(&captcha, "captcha", right).await.race));
    assert_eq!(fan.act(&captcha, "view", json!({"section": 0})).await.code(), "run-over");
    let seats = fan.exercise(json!({"exercise": "seats"})).await;
    let held = until_held(&fan, &seats).await;
    assert!(is_done(&held.race), "{:?}", held.race.you);
    let pay = fan.exercise(json!({"exercise": "pay"})).await;
    let You::Inside { hold: Some(hold), .. } = &pay.you else { panic!("{:?}", pay.you) };
    let paid = fan.done(&pay, "pay", json!({"expected_won": hold.total_won})).await;
    assert!(paid.race.over && matches!(paid.race.you, You::Booked { .. }));
    fan.race_when(&press.id, |race| race.stage == protocol::Stage::Open).await;
    assert!(is_done(&fan.done(&press, "enter", json!({})).await.race));
}

/// Tries free seats until one is held.
async fn until_held(fan: &Fan, race: &Seen) -> Done {
    loop {
        let seat = *fan.free_here(race).await.last().unwrap();
        let answer = fan.act(race, "hold", json!({"seats": [seat]})).await;
        if answer.status == StatusCode::OK {
            return Done::of(race, &answer);
        }
        assert_eq!(answer.code(), "seat-taken");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a91_a_section_is_the_goal_only_with_a_free_seat() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.exercise(json!({"exercise": "section"})).await;
    let mut without = 0;
    for section in 0.. {
        let viewed = fan.done(&race, "view", json!({"section": section})).await;
        if viewed.race.over {
            assert!(is_done(&viewed.race));
            break;
        }
        without += 1;
    }
    assert!(without > 0, "the best sections are full");
}

#[tokio::test(flavor = "multi_thread")]
async fn a91_the_first_try_for_seats_meets_a_conflict_in_every_style() {
    let server = TestServer::open().await;
    for style in STYLES {
        let fan = server.fan();
        let race = fan.exercise(json!({"exercise": "conflict", "style": style})).await;
        let seat = *fan.free_here(&race).await.last().unwrap();
        let hold = json!({"seats": [seat]});
        let first = fan.act_with_key(&race, "hold", "first", hold.clone()).await;
        assert_eq!(first.code(), "seat-taken", "{style}");
        let again = fan.act_with_key(&race, "hold", "first", hold).await;
        assert_eq!(again.code(), "seat-taken", "the same request gets the same answer");
        let held = until_held(&fan, &race).await;
        assert!(is_done(&held.race), "{style}: {:?}", held.race.you);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a92_an_exercise_goes_on_where_it_was_after_the_server_was_killed() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let conflict = fan.exercise(json!({"exercise": "conflict"})).await;
    let seat = *fan.free_here(&conflict).await.last().unwrap();
    let first = fan.act(&conflict, "hold", json!({"seats": [seat]})).await;
    assert_eq!(first.code(), "seat-taken");
    let pay = fan.exercise(json!({"exercise": "pay"})).await;
    server.be_killed_and_away_for(Duration::from_hours(5)).await;
    let fan = fan.moved(&server);
    let back = fan.race(&pay.id).await;
    assert_eq!((&back.you, &back.race), (&pay.you, &pay.race), "the steps before are in the log");
    let You::Inside { hold: Some(hold), .. } = &back.you else { panic!("{:?}", back.you) };
    let paid = fan.done(&back, "pay", json!({"expected_won": hold.total_won})).await;
    assert!(paid.race.over);
    let back = fan.race(&conflict.id).await;
    assert_eq!(back.you, conflict.you);
    assert!(is_done(&until_held(&fan, &back).await.race), "the conflict stands in the log");
    let report: protocol::Report =
        fan.get(&format!("/api/races/{}/report", conflict.id)).await.json();
    assert_eq!(report.ending, protocol::Ending::Done);
    assert_eq!(report.race.exercise, Some(protocol::Exercise::Conflict));
    assert!(report.conflicts.iter().any(|met| met.seat as usize == seat && met.late_ms < 1.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn c59_the_report_of_an_exercise_runs_no_what_ifs_and_blames_no_step() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let pay = fan.exercise(json!({"exercise": "pay"})).await;
    let You::Inside { hold: Some(hold), .. } = &pay.you else { panic!("{:?}", pay.you) };
    fan.done(&pay, "pay", json!({"expected_won": hold.total_won})).await;
    let report: protocol::Report = fan.get(&format!("/api/races/{}/report", pay.id)).await.json();
    assert!(report.what_ifs.is_empty() && report.own.is_empty(), "{:?}", report.what_ifs);
    assert_eq!((report.verdict.step, report.verdict.fault), (None, protocol::Fault::None));
}
