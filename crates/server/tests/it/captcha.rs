//! The captcha: drawn, spoken, answered, put off.

use crowd::{Race as Played, ignore};
use protocol::{CaptchaState, Outcome, You};
use reqwest::{Method, StatusCode};
use sale::{Command, Span};
use scenario::{Course, Library, Overrides, Recipe};
use serde_json::json;

use crate::test_server::{Fan, Seen, TestServer};

const SEED: u64 = 21;

/// The letters of an image of the first visitor, computed from scenario and seed.
fn letters(server: &TestServer, style: &str, challenge: u16) -> String {
    let library = Library::with_folder(server.folder().join("library"));
    let overrides = Overrides { rivals: None, style: Some(style.to_owned()) };
    let recipe = Recipe::load(&library, "calm", &overrides).unwrap();
    let course = Course::new(recipe).unwrap();
    let opens_at = course.scenario.rules.opens_at;
    let mut race = Played::new(course.scenario, SEED).unwrap();
    let visitor = race.person(0);
    race.handle(opens_at, Command::Enter { visitor }, ignore).unwrap();
    for step in 1..challenge {
        let at = opens_at + Span::from_millis(step.into());
        race.handle(at, Command::RenewCaptcha { visitor }, ignore).unwrap();
    }
    race.sale().challenge(visitor).unwrap().letters.as_str().to_owned()
}

async fn go_in(fan: &Fan, style: &str) -> Seen {
    fan.go_in(json!({"scenario": "calm", "style": style, "seed": SEED})).await
}

fn captcha(race: &Seen) -> (CaptchaState, u16) {
    let You::Inside { captcha, challenge, .. } = race.you else { panic!("inside") };
    (captcha, challenge)
}

#[tokio::test(flavor = "multi_thread")]
async fn a7_the_captcha_is_seen_heard_and_answered() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = go_in(&fan, "guarded").await;
    assert_eq!(captcha(&race), (CaptchaState::Due, 1));
    let image = fan.get(&format!("/api/races/{}/captcha/1.png", race.id)).await;
    assert_eq!(
        (&image.headers["content-type"], &image.body[1..4]),
        (&"image/png".parse().unwrap(), &b"PNG"[..])
    );
    assert_eq!(image.headers["cache-control"], "no-store");
    let sound = fan.get(&format!("/api/races/{}/captcha/1.wav", race.id)).await;
    assert_eq!(
        (&sound.headers["content-type"], &sound.body[..4]),
        (&"audio/wav".parse().unwrap(), &b"RIFF"[..])
    );
    for file in ["2.png", "1.gif", "1", "x.png", "99999999.png"] {
        let answer = fan.get(&format!("/api/races/{}/captcha/{file}", race.id)).await;
        assert_eq!(answer.code(), "no-such-captcha", "{file}");
    }
    assert_eq!(fan.act(&race, "view", json!({"section": 0})).await.code(), "captcha-due");
    assert_eq!(fan.get(&format!("/api/races/{}/seats", race.id)).await.code(), "not-admitted");
    // Asked for again, it is the same file, so nobody learns anything from comparing two.
    for (file, made) in [("1.png", &image.body), ("1.wav", &sound.body)] {
        let again = fan.get(&format!("/api/races/{}/captcha/{file}", race.id)).await;
        assert!(again.body == *made, "{file}");
    }
    let wrong = fan.done(&race, "captcha", json!({"challenge": 1, "letters": "A"})).await;
    assert_eq!(wrong.outcome, Outcome::CaptchaMissed);
    let right = json!({"challenge": 1, "letters": letters(&server, "guarded", 1).to_lowercase()});
    let passed = fan.done(&race, "captcha", right).await;
    assert_eq!(passed.outcome, Outcome::CaptchaPassed);
    assert_eq!(captcha(&passed.race).0, CaptchaState::Passed);
    fan.done(&race, "view", json!({"section": 0})).await;
    let seats = fan.get(&format!("/api/races/{}/seats", race.id)).await;
    assert_eq!(seats.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a9_an_answer_to_an_old_captcha_is_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = go_in(&fan, "guarded").await;
    let renewed = fan.done(&race, "captcha/renew", json!({})).await;
    assert_eq!(renewed.outcome, Outcome::CaptchaRenewed { challenge: 2 });
    let old = json!({"challenge": 1, "letters": letters(&server, "guarded", 1)});
    assert_eq!(fan.act(&race, "captcha", old).await.code(), "captcha-old");
    let hangul = json!({"challenge": 2, "letters": "가나다"});
    let answer = fan.act(&race, "captcha", hangul).await;
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (422, "captcha-not-latin"));
    assert_eq!(captcha(&fan.race(&race.id).await), (CaptchaState::Due, 2), "nothing changed");
    assert_eq!(fan.act(&race, "captcha/put-off", json!({})).await.code(), "captcha-cannot-wait");
    let right = json!({"challenge": 2, "letters": letters(&server, "guarded", 2)});
    assert_eq!(fan.done(&race, "captcha", right).await.outcome, Outcome::CaptchaPassed);
    let late = json!({"challenge": 2, "letters": "ABC"});
    assert_eq!(fan.act(&race, "captcha", late).await.code(), "captcha-not-asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a7_a_visitor_who_put_the_captcha_off_sees_seats_but_cannot_hold_them() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = go_in(&fan, "later").await;
    let put_off = fan.done(&race, "captcha/put-off", json!({})).await;
    assert_eq!(captcha(&put_off.race), (CaptchaState::PutOff, 1));
    fan.done(&race, "view", json!({"section": 0})).await;
    assert_eq!(fan.act(&race, "hold", json!({"seats": [1]})).await.code(), "captcha-due");
    let right = json!({"challenge": 1, "letters": letters(&server, "later", 1)});
    fan.done(&race, "captcha", right).await;
    fan.done(&race, "hold", json!({"seats": [1]})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a7_no_two_images_are_distorted_alike() {
    let server = TestServer::open().await;
    let (fan, other) = (server.fan(), server.fan());
    let mut images = Vec::new();
    // The seed is the same, so both are asked for the same letters.
    for fan in [&fan, &other] {
        let race = go_in(fan, "guarded").await;
        for number in 1..=3 {
            let file = format!("/api/races/{}/captcha/{number}.png", race.id);
            images.push(fan.get(&file).await.body);
            fan.done(&race, "captcha/renew", json!({})).await;
        }
    }
    for (at, image) in images.iter().enumerate() {
        assert!(!images[..at].contains(image), "image {at}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a25_a_recording_can_be_asked_for_in_parts() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = go_in(&fan, "guarded").await;
    for file in ["1.wav", "1.png"] {
        let path = format!("/api/races/{}/captcha/{file}", race.id);
        let whole = fan.get(&path).await;
        assert_eq!(whole.headers["accept-ranges"], "bytes");
        let size = whole.body.len();
        // A phone asks for two bytes first, and then for the rest in parts.
        for (asked, from, to) in [
            ("bytes=0-1".to_owned(), 0, 2),
            ("bytes=2-".to_owned(), 2, size),
            (format!("bytes=100-{}", size - 1), 100, size),
            (format!("bytes=100-{}", size + 1000), 100, size),
            ("bytes=-50".to_owned(), size - 50, size),
            (format!("bytes=-{}", size + 1), 0, size),
        ] {
            let part = fan.send(Method::GET, &path, &[("range", &asked)], None).await;
            assert_eq!(part.status, StatusCode::PARTIAL_CONTENT, "{asked}");
            let told = format!("bytes {from}-{}/{size}", to - 1);
            assert_eq!(part.headers["content-range"], told.as_str(), "{asked}");
            assert_eq!(part.headers["etag"], whole.headers["etag"]);
            assert!(part.body == whole.body[from..to], "{asked}");
        }
        for asked in [format!("bytes={size}-"), "bytes=9999999-10000000".to_owned()] {
            let outside = fan.send(Method::GET, &path, &[("range", &asked)], None).await;
            assert_eq!((outside.status.as_u16(), outside.code().as_str()), (416, "range-outside"));
            assert_eq!(outside.headers["content-range"], format!("bytes */{size}").as_str());
        }
        // What is not understood, and a part of another file, gets the whole.
        let others: [&[(&str, &str)]; 5] = [
            &[("range", "letters=0-1")],
            &[("range", "bytes=nonsense")],
            &[("range", "bytes=0-1,4-5")],
            &[("range", "bytes=0-9,5-20")],
            &[("range", "bytes=0-1"), ("if-range", "\"another\"")],
        ];
        for headers in others {
            let answer = fan.send(Method::GET, &path, headers, None).await;
            assert_eq!((answer.status, &answer.body), (StatusCode::OK, &whole.body), "{headers:?}");
        }
        let tag = whole.headers["etag"].to_str().unwrap();
        let kept = [("range", "bytes=0-1"), ("if-range", tag)];
        let part = fan.send(Method::GET, &path, &kept, None).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
        let head = fan.send(Method::HEAD, &path, &[("range", "bytes=0-1")], None).await;
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0));
        assert_eq!(head.headers["content-length"], size.to_string().as_str());
        assert_eq!(head.headers["content-type"], whole.headers["content-type"]);
    }
}
