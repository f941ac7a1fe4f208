//! What-ifs over HTTP, checked against the race run again by hand (rules A98 and A99).

use practice::{Act, MemberId, Note, PersonId, Practice};
use protocol::{Frame, Gain, Pace, Report, SeatState, StepKey, WhatIfTold, You};
use reqwest::StatusCode;
use sale::{Command, Event, Moment, Outcome, Seat, Seats, Span, Stamped, Standing};
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
async fn a113_a_what_if_knows_marks_that_came_after_the_one_before() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = lost(&fan, 300).await;
    let from_ms = |told: &WhatIfTold| told.what_if.changes[0].from_ms;
    let before = from_ms(&told(&fan, &race, "press_ms=50").await);
    let press_ms = race.started_at_ms + race.race.opens_at_ms + 77.0;
    let marks = json!({"marks": [{"name": "press", "at_ms": press_ms, "error_ms": 1.0}]});
    fan.done_marks(&race, marks).await;
    let after = from_ms(&told(&fan, &race, "press_ms=100").await).unwrap();
    assert_ne!(before, Some(after));
    assert!((after - 77.0).abs() < 0.01, "{after}");
}

/// A hall with a captcha before the map in which rivals take 28 of the 40 seats at once, and pay after half a minute.
fn guarded() -> serde_json::Value {
    json!({"scenario": "crowded", "style": "guarded", "seed": 21})
}

/// The times of a person from one step to the next, in milliseconds; that of the place from the opening.
#[derive(Clone, Copy, Debug)]
struct Times {
    placed: f64,
    captcha: f64,
    /// From the map to the first click, and from that to a second one.
    clicks: [f64; 2],
    paid: f64,
}

fn span(millis: f64) -> Span {
    Span::from_secs_f64(millis / 1000.0)
}

/// What comes of a run with these times, which clicks these seats one after the other until one is held. `None` stands for
/// no click any more.
#[derive(Debug, PartialEq)]
struct Lived {
    place: Option<u32>,
    free_on_admission: u32,
    free_then: Option<u32>,
    held: bool,
    paid: bool,
}

/// Lives a run in the pure crate.
fn live(mut practice: Practice, times: Times, clicks: &[u32]) -> Lived {
    let opens_at = practice.sale().rules().opens_at;
    practice.keep(Moment::START, None, Note::Joined { person: PersonId(1) }).unwrap();
    let me = practice.member(MemberId(0)).visitor();
    let mut free_on_admission = None;
    let mut see = |race: &crowd::Race, stamped: &Stamped| {
        if matches!(stamped.event, Event::Admitted { visitor, .. } if visitor == me) {
            free_on_admission = Some(race.tally().free());
        }
    };
    practice.handle(opens_at + span(times.placed), Act::Enter.command(me), &mut see).unwrap();
    while !matches!(practice.sale().standing(me), Standing::Inside { .. }) {
        practice.advance(practice.poll_timeout().unwrap(), &mut see);
    }
    let Standing::Inside { admitted_at, .. } = practice.sale().standing(me) else {
        panic!("inside")
    };
    let mut at = admitted_at + span(times.captcha);
    practice.advance(at, crowd::ignore);
    let mut lived = Lived {
        place: practice.member(MemberId(0)).run().place().map(|place| place.0),
        free_on_admission: free_on_admission.unwrap(),
        free_then: None,
        held: false,
        paid: false,
    };
    let Some(asked) = practice.sale().challenge(me) else { return lived };
    let (challenge, letters) = (asked.number, asked.letters);
    let answer = Command::AnswerCaptcha { visitor: me, challenge, letters };
    practice.handle(at, answer, crowd::ignore).unwrap();
    for (&seat, think) in clicks.iter().zip(times.clicks) {
        at = at + span(think);
        practice.advance(at, crowd::ignore);
        let free = practice.sale().free_count();
        let hold = Command::HoldSeats { visitor: me, seats: Seats::one(Seat(seat)) };
        let Ok(outcome) = practice.handle(at, hold, crowd::ignore) else { return lived };
        lived.free_then.get_or_insert(free);
        if matches!(outcome, Outcome::Held { .. }) {
            lived.held = true;
            break;
        }
    }
    at = at + span(times.paid);
    lived.paid =
        lived.held && practice.handle(at, Command::Pay { visitor: me }, crowd::ignore).is_ok();
    lived
}

/// The letters of the first image of the person with this place.
fn letters(fresh: &Practice, place: u32) -> String {
    let opens_at = fresh.sale().rules().opens_at;
    let at = |tenths: u64| opens_at + Span::from_millis(100 * tenths);
    let placed = (0..20).map(at).find(|&at| place_at(fresh.clone(), at) == place);
    let mut practice = fresh.clone();
    practice.keep(Moment::START, None, Note::Joined { person: PersonId(1) }).unwrap();
    let me = practice.member(MemberId(0)).visitor();
    practice.handle(placed.expect("such a place"), Act::Enter.command(me), crowd::ignore).unwrap();
    while practice.sale().challenge(me).is_none() {
        practice.advance(practice.poll_timeout().unwrap(), crowd::ignore);
    }
    practice.sale().challenge(me).unwrap().letters.as_str().to_owned()
}

/// A run through the guarded hall that ended with a payment.
struct Run {
    race: Seen,
    times: Times,
    /// The seat that somebody else had, if the person clicked one first.
    gone: Option<u32>,
    /// The seat that the person paid for.
    own: u32,
}

async fn run(server: &TestServer, fan: &Fan, meets_conflict: bool) -> Run {
    let race = fan.go_in(guarded()).await;
    let You::Inside { place, .. } = race.you else { unreachable!() };
    let text = letters(&server.race_before_all(&race.id), place);
    let passed = fan.done(&race, "captcha", json!({"challenge": 1, "letters": text})).await;
    assert_eq!(passed.outcome, protocol::Outcome::CaptchaPassed);
    // By then the rivals have what they want.
    let settled_ms = race.race.opens_at_ms + 2_000.0;
    fan.race_when(&race.id, |race| race.now_ms > settled_ms).await;
    let seats = fan.get(&format!("/api/races/{}/seats", race.id)).await.body;
    let Frame::Snapshot { seats, .. } = Frame::decode(&seats).unwrap() else {
        panic!("a snapshot")
    };
    let first = |state| (0..40).zip(&seats).find(|&(_, &seat)| seat == state).unwrap().0;
    let gone = meets_conflict.then(|| first(SeatState::Held));
    if let Some(seat) = gone {
        assert_eq!(fan.act(&race, "hold", json!({"seats": [seat]})).await.code(), "seat-taken");
    }
    let own = first(SeatState::Free);
    fan.done(&race, "hold", json!({"seats": [own]})).await;
    fan.done(&race, "pay", json!({"expected_won": 51_000})).await;
    let report: Report = fan.get(&format!("/api/races/{}/report", race.id)).await.json();
    let took = |key| report.steps.iter().find(|step| step.key == key).unwrap().took_ms.unwrap();
    let (placed, captcha) = (took(StepKey::Placed), took(StepKey::Captcha));
    let clicks = [took(StepKey::FirstSeat), took(StepKey::Held)];
    let times = Times { placed, captcha, clicks, paid: took(StepKey::Paid) };
    Run { race, times, gone, own }
}

#[tokio::test(flavor = "multi_thread")]
async fn a99_a_what_if_of_each_step_is_the_race_run_again_at_the_same_moments() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let lucky = run(&server, &fan, false).await;
    let unlucky = run(&server, &fan, true).await;
    let mut compared = 0;
    for (query, own) in [
        ("captcha_ms=0", &lucky),
        ("captcha_ms=2000", &lucky),
        ("captcha_ms=45000", &lucky),
        ("captcha_ms=70000", &lucky),
        ("first_seat_ms=50", &lucky),
        ("first_seat_ms=3000", &lucky),
        ("first_seat_ms=40000", &lucky),
        ("first_seat_ms=70000", &lucky),
        ("pay_ms=0", &lucky),
        ("pay_ms=59000", &lucky),
        ("pay_ms=61000", &lucky),
        ("page_ms=0", &lucky),
        ("captcha_ms=3000&pay_ms=20000", &lucky),
        ("held_ms=50", &unlucky),
        ("held_ms=4000", &unlucky),
        ("held_ms=40000&pay_ms=61000", &unlucky),
        ("pay_ms=58000", &unlucky),
    ] {
        let mut times = own.times;
        let told = told(&fan, &own.race, query).await.what_if.outcome;
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap();
            let time = match name {
                "captcha_ms" => &mut times.captcha,
                "first_seat_ms" => &mut times.clicks[0],
                "held_ms" => &mut times.clicks[1],
                "pay_ms" => &mut times.paid,
                _ => continue,
            };
            *time = value.parse().unwrap();
        }
        // Where the click comes in time, the person picks by rank: which seat that is, the answer says.
        let seat = told.seats.first().copied().unwrap_or(own.own);
        let clicks: Vec<u32> = own.gone.into_iter().chain([seat]).collect();
        let lived = live(server.race_before_all(&own.race.id), times, &clicks);
        let told = Lived {
            place: told.place,
            free_on_admission: told.free_on_admission.unwrap(),
            free_then: told.free_then,
            held: told.held,
            paid: told.paid,
        };
        assert_eq!(told, lived, "{query} {times:?}");
        compared += 1;
    }
    assert!(compared >= 12);
}

#[tokio::test(flavor = "multi_thread")]
async fn a101_two_tabs_of_a_person_each_get_an_answer() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = lost(&fan, 3_000).await;
    // Each takes twenty races, so the questions are under way together.
    let (one, other) = tokio::join!(
        ask(&fan, &race, "press_ms=100&crowds=20"),
        ask(&fan, &race, "press_ms=200&crowds=20"),
    );
    assert_eq!((one.status, other.status), (StatusCode::OK, StatusCode::OK), "{}", one.text());
    let query = |press_ms| format!("press_ms={press_ms}&crowds=20");
    let queries = [300, 350, 400].map(query);
    let (a, b, c) = tokio::join!(
        ask(&fan, &race, &queries[0]),
        ask(&fan, &race, &queries[1]),
        ask(&fan, &race, &queries[2]),
    );
    for (query, answer) in queries.iter().zip([a, b, c]) {
        if answer.status != StatusCode::OK {
            assert_eq!(answer.code(), "superseded");
            assert_eq!(answer.headers["retry-after"], "1");
            assert_eq!(ask(&fan, &race, query).await.status, StatusCode::OK, "asked again");
        }
    }
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
