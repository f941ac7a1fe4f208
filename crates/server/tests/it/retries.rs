//! Requests that come again under their key, and other requests that come under it.

use protocol::{Commanded, MarksKept, Outcome, RaceCards, RaceView, Report, You};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::test_server::{Answer, Fan, Seen, TestServer};

/// A request that was decided, and requests that differ from it in one thing each.
struct Case {
    key: &'static str,
    path: &'static str,
    body: Value,
    others: Vec<(&'static str, Value)>,
}

fn case(
    key: &'static str,
    path: &'static str,
    body: Value,
    others: &[(&'static str, Value)],
) -> Case {
    Case { key, path, body, others: others.to_vec() }
}

impl Case {
    async fn send(&self, fan: &Fan, race: &Seen) -> Answer {
        fan.act_with_key(race, self.path, self.key, self.body.clone()).await
    }

    /// Sends the request for the first time. The server must accept it.
    async fn first(&self, fan: &Fan, race: &Seen) -> Outcome {
        let answer = self.send(fan, race).await;
        assert_eq!(answer.status, StatusCode::OK, "{}: {}", self.path, answer.text());
        answer.json::<Commanded>().outcome
    }

    /// Sends every other request under the same key. The server must refuse each and change nothing.
    async fn check_others(&self, fan: &Fan, race: &Seen) {
        let before = standing(&fan.race(&race.id).await.you);
        for (path, body) in &self.others {
            let answer = fan.act_with_key(race, path, self.key, body.clone()).await;
            let what = format!("{path} {body} under the key of {} {}", self.path, self.body);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
            assert_eq!(answer.code(), "idempotency-key-reused", "{what}");
        }
        assert_eq!(standing(&fan.race(&race.id).await.you), before);
    }

    /// Sends the request again. The outcome must be that of the first time.
    async fn check_again(&self, fan: &Fan, race: &Seen, outcome: &Outcome) {
        assert_eq!(self.first(fan, race).await, *outcome, "{} again", self.path);
    }
}

/// Where a person stands, without what time alone changes.
fn standing(you: &You) -> String {
    format!("{you:?}")
}

/// Does all cases in order, trying all other requests after each, then once more after a restart.
async fn check(server: &mut TestServer, fan: Fan, race: &Seen, cases: &[Case]) -> Fan {
    let mut done = Vec::new();
    for case in cases {
        let outcome = case.first(&fan, race).await;
        case.check_others(&fan, race).await;
        case.check_again(&fan, race, &outcome).await;
        done.push(outcome);
    }
    server.stop().await;
    server.start().await;
    let fan = fan.moved(server);
    for (case, outcome) in cases.iter().zip(&done) {
        case.check_others(&fan, race).await;
        case.check_again(&fan, race, outcome).await;
    }
    fan
}

#[tokio::test(flavor = "multi_thread")]
async fn a29_no_other_command_gets_the_answer_of_a_hold_or_a_payment() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    let cases = [
        case(
            "view",
            "view",
            json!({"section": 0}),
            &[("view", json!({"section": 1})), ("enter", json!({})), ("leave", json!({}))],
        ),
        case(
            "hold",
            "hold",
            json!({"seats": [7, 8]}),
            &[
                ("hold", json!({"seats": [8, 7]})),
                ("hold", json!({"seats": [7]})),
                ("release", json!({"seats": [7, 8]})),
                ("price", json!({"seats": [7, 8], "discount": 0})),
                ("leave", json!({})),
            ],
        ),
        case(
            "price",
            "price",
            json!({"seats": [7], "discount": 1}),
            &[
                ("price", json!({"seats": [7], "discount": 0})),
                ("price", json!({"seats": [8], "discount": 1})),
                ("release", json!({"seats": [7]})),
            ],
        ),
        case(
            "release",
            "release",
            json!({"seats": [8]}),
            &[("release", json!({"seats": [7]})), ("hold", json!({"seats": [8]}))],
        ),
        case(
            "pay",
            "pay",
            json!({"expected_won": 26_000}),
            &[
                ("pay", json!({"expected_won": 26_001})),
                ("pay", json!({"expected_won": 0})),
                ("leave", json!({})),
                ("marks", json!({"marks": []})),
            ],
        ),
    ];
    let fan = check(&mut server, fan, &race, &cases).await;
    let report: Report = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
    assert_eq!(report.booking.unwrap().total_won, 26_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a29_no_other_command_gets_the_answer_of_a_captcha_or_of_the_queue() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "style": "later"})).await;
    let cases = [
        case(
            "enter",
            "enter",
            json!({}),
            &[("leave", json!({})), ("captcha/renew", json!({})), ("captcha/put-off", json!({}))],
        ),
        case(
            "answer",
            "captcha",
            json!({"challenge": 1, "letters": "ZZZZZZ"}),
            &[
                ("captcha", json!({"challenge": 1, "letters": "ZZZZZY"})),
                ("captcha", json!({"challenge": 2, "letters": "ZZZZZZ"})),
                ("captcha/renew", json!({})),
            ],
        ),
        case(
            "renew",
            "captcha/renew",
            json!({}),
            &[("captcha/put-off", json!({})), ("enter", json!({}))],
        ),
        case(
            "put-off",
            "captcha/put-off",
            json!({}),
            &[("captcha/renew", json!({})), ("leave", json!({}))],
        ),
        case("leave", "leave", json!({}), &[("enter", json!({})), ("view", json!({"section": 0}))]),
    ];
    check(&mut server, fan, &race, &cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a29_letters_in_lower_case_are_the_same_request() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "style": "guarded"})).await;
    for letters in ["ZZZZZZ", "zzzzzz"] {
        let body = json!({"challenge": 1, "letters": letters});
        let answer = fan.act_with_key(&race, "captcha", "same", body).await;
        assert_eq!(answer.json::<Commanded>().outcome, Outcome::CaptchaMissed);
    }
    let report = fan.race(&race.id).await;
    assert!(matches!(report.you, You::Inside { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a29_a_key_belongs_to_a_request_that_was_turned_down_too() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm"})).await;
    fan.done(&race, "hold", json!({"seats": [3]})).await;
    let turned_down = [
        (
            "pay-a",
            "pay",
            json!({"expected_won": 1}),
            "total-differs",
            ("pay", json!({"expected_won": 51_000})),
        ),
        (
            "hold-a",
            "hold",
            json!({"seats": [1, 2, 4, 5, 6]}),
            "too-many-seats",
            ("hold", json!({"seats": [1]})),
        ),
        (
            "release-a",
            "release",
            json!({"seats": [9]}),
            "not-held",
            ("release", json!({"seats": [3]})),
        ),
        (
            "view-a",
            "view",
            json!({"section": 77}),
            "no-such-section",
            ("view", json!({"section": 0})),
        ),
    ];
    for is_later in [false, true] {
        let fan_now = Fan::clone_at(&fan, &server);
        for (key, path, body, code, (other_path, other)) in &turned_down {
            for _ in 0..2 {
                let answer = fan_now.act_with_key(&race, path, key, body.clone()).await;
                assert_eq!(answer.code(), *code, "the same request is decided anew");
            }
            let answer = fan_now.act_with_key(&race, other_path, key, other.clone()).await;
            assert_eq!(answer.code(), "idempotency-key-reused", "{path} later: {is_later}");
        }
        let wrong_pass = [("idempotency-key", "pass-a"), ("pass", "00")];
        let path = format!("/api/races/{}/view", race.id);
        let body = json!({"section": 0});
        let answer = fan_now.post(&path, &wrong_pass, &body).await;
        assert_eq!(answer.code(), "pass-invalid");
        let other = fan_now.act_with_key(&race, "view", "pass-a", json!({"section": 1})).await;
        assert_eq!(other.code(), "idempotency-key-reused");
        if !is_later {
            server.stop().await;
            server.start().await;
        }
    }
    let fan = fan.moved(&server);
    let right = fan.act_with_key(&race, "view", "pass-a", json!({"section": 0})).await;
    assert_eq!(right.status, StatusCode::OK, "with the right pass it is the same request");
    let paid = fan.done(&race, "pay", json!({"expected_won": 51_000})).await;
    assert!(matches!(paid.outcome, Outcome::Booked { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a29_two_guests_use_the_same_key_without_meeting_each_other() {
    let server = TestServer::open().await;
    let (one, two) = (server.fan(), server.fan());
    let mut totals = Vec::new();
    for (fan, seats) in [(&one, json!([1])), (&two, json!([1, 2]))] {
        let key = [("idempotency-key", "race")];
        let begun = fan.post("/api/races", &key, &json!({"scenario": "calm"})).await;
        let race: Seen = begun.json::<RaceView>().into();
        fan.race_when(&race.id, |race| race.stage == protocol::Stage::Open).await;
        fan.act_with_key(&race, "enter", "enter", json!({})).await;
        let race = fan.race_when(&race.id, |race| matches!(race.you, You::Inside { .. })).await;
        let held = fan.act_with_key(&race, "hold", "hold", json!({"seats": seats})).await;
        let Commanded { state, .. } = held.json();
        let You::Inside { hold: Some(hold), .. } = state.you else { panic!("the seats are held") };
        totals.push(hold.total_won);
    }
    assert_eq!(totals, [51_000, 102_000]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a29_marks_are_kept_for_the_first_request_under_a_key() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let marks = |name: &str, at_ms: f64| json!({"marks": [{"name": name, "at_ms": at_ms}]});
    let (path, key) = (format!("/api/races/{}/marks", race.id), [("idempotency-key", "marks")]);
    let many = json!({"marks": vec![json!({"name": "press", "at_ms": 2.0}); 200]});
    let surplus = [("idempotency-key", "surplus")];
    for is_later in [false, true] {
        let fan = Fan::clone_at(&fan, &server);
        for _ in 0..2 {
            let kept: MarksKept = fan.post(&path, &key, &marks("press", 1.0)).await.json();
            assert_eq!(kept.kept, 1);
        }
        let precise = json!({"marks": [{"name": "press", "at_ms": 1.0, "error_ms": 0.5}]});
        for other in [marks("press", 2.0), marks("map-seen", 1.0), precise, json!({"marks": []})] {
            let answer = fan.post(&path, &key, &other).await;
            assert_eq!(answer.code(), "idempotency-key-reused", "{other} later: {is_later}");
        }
        let entered = fan.act_with_key(&race, "enter", "marks", json!({})).await;
        assert_eq!(entered.code(), "idempotency-key-reused");
        assert_eq!(fan.post(&path, &surplus, &many).await.code(), "too-many-marks");
        let fewer = fan.post(&path, &surplus, &marks("press", 3.0)).await;
        assert_eq!(fewer.code(), "idempotency-key-reused");
        if !is_later {
            server.stop().await;
            server.start().await;
        }
    }
}

/// Requests for a race that differ from `{"scenario": "lobby", "seed": 5}` in one thing each.
fn other_races() -> Vec<Value> {
    vec![
        json!({"scenario": "calm", "seed": 5}),
        json!({"scenario": "lobby", "seed": 6}),
        json!({"scenario": "lobby"}),
        json!({"scenario": "lobby", "seed": 5, "rivals": 3}),
        json!({"scenario": "lobby", "seed": 5, "style": "by-hand"}),
        json!({"plan": "nook", "demand": "test", "style": "plain", "seed": 5}),
        json!({"scenario": "nothing", "seed": 5}),
        json!({"scenario": "lobby", "seed": 5, "rivals": 4_000_000_000u32}),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a29_a_race_is_begun_once_under_a_key_and_no_other_race_is() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let (key, new) = ([("idempotency-key", "race")], json!({"scenario": "lobby", "seed": 5}));
    let first: RaceView = fan.post("/api/races", &key, &new).await.json();
    for is_later in [false, true] {
        let fan = Fan::clone_at(&fan, &server);
        let again = fan.post("/api/races", &key, &new).await;
        assert_eq!(again.status, StatusCode::CREATED);
        let again: RaceView = again.json();
        assert_eq!((&again.race, &again.state.you), (&first.race, &first.state.you));
        for other in other_races() {
            let answer = fan.post("/api/races", &key, &other).await;
            assert_eq!(answer.code(), "idempotency-key-reused", "{other} later: {is_later}");
        }
        let race: Seen = first.clone().into();
        let entered = fan.act_with_key(&race, "enter", "race", json!({})).await;
        assert_eq!(entered.code(), "idempotency-key-reused", "the key began the race");
        let list: RaceCards = fan.get("/api/races").await.json();
        assert_eq!(list.races.len(), 1);
        if !is_later {
            server.stop().await;
            // The files of the race are not needed to answer the request again.
            std::fs::remove_file(server.folder().join("library/scenarios/lobby.toml")).unwrap();
            server.start().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a30_requests_for_a_race_that_come_at_once_under_one_key_begin_one_race() {
    let server = TestServer::open().await;
    let fan = server.fan();
    // A first answer gives the guest, so that all requests have the same.
    fan.get("/api/races").await;
    for round in 0..8 {
        let (name, new) = (format!("race-{round}"), json!({"scenario": "lobby", "seed": 5}));
        let key = [("idempotency-key", name.as_str())];
        let other = json!({"scenario": "lobby", "seed": 6});
        let answers = futures_util::future::join_all(
            [&new, &new, &other, &new].map(|body| fan.post("/api/races", &key, body)),
        )
        .await;
        let mut ids: Vec<String> = Vec::new();
        let mut seeds_refused = 0;
        for answer in &answers {
            if answer.status == StatusCode::CREATED {
                ids.push(answer.json::<RaceView>().race.id);
            } else {
                assert_eq!(answer.code(), "idempotency-key-reused");
                seeds_refused += 1;
            }
        }
        // Either the three equal requests came first or the other one.
        assert!([(3, 1), (1, 3)].contains(&(ids.len(), seeds_refused)), "{answers:?}");
        ids.dedup();
        let [id] = &ids[..] else { panic!("{ids:?}") };
        fan.race(id).await;
        let list: RaceCards = fan.get("/api/races").await.json();
        assert_eq!(list.races.iter().filter(|card| card.id == *id).count(), 1);
    }
}
