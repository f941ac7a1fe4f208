//! Guests, headers, health, the clock, the catalogue and plans: everything that needs no race.

use protocol::{Catalogue, PlanView, RowGrades, RowNumbers};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::test_server::{Fan, TestServer, until};

#[tokio::test(flavor = "multi_thread")]
async fn a2_the_first_answer_sets_the_cookie_of_a_new_guest() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let first = fan.get("/api/clock").await;
    let cookie = first.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("tingting_guest="));
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{part}");
    }
    assert!(fan.get("/api/clock").await.headers.get("set-cookie").is_none(), "the guest is known");
    let forged = [("cookie", "tingting_guest=00000000000000000000000000000001.00")];
    let answer = server.fan().send(reqwest::Method::GET, "/api/clock", &forged, None).await;
    assert!(answer.headers.get("set-cookie").is_some(), "a forged cookie counts as none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a20_all_requests_of_a_page_have_one_guest() {
    let server = TestServer::open().await;
    let fan = server.fan();
    for path in ["/", "/race/0123456789abcdef", "/index.html"] {
        let page = server.fan().get(path).await;
        assert!(page.headers.get("set-cookie").is_some(), "{path}");
        assert_eq!(page.headers["cache-control"], "no-store", "{path}");
    }
    fan.get("/").await;
    let (one, two, three) =
        tokio::join!(fan.get("/api/clock"), fan.get("/api/races"), fan.get("/api/catalogue"));
    for answer in [&one, &two, &three] {
        assert!(answer.headers.get("set-cookie").is_none());
    }
    let new = json!({"scenario": "lobby"});
    let (first, second) = tokio::join!(fan.begin(new.clone()), fan.begin(new));
    let list: protocol::RaceCards = fan.get("/api/races").await.json();
    assert!([first, second].iter().all(|race| list.races.iter().any(|card| card.id == race.id)));
    let page = fan.get("/").await;
    assert!(page.headers.get("set-cookie").is_none());
    assert_eq!(page.headers["cache-control"], "private, no-cache", "each browser asks again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a20_an_answer_for_caches_sets_no_cookie() {
    let server = TestServer::open().await;
    let plan = plan_path(&server.fan()).await;
    for path in [plan.as_str(), "/healthz", "/openapi.json", "/nothing.js", "/docs/"] {
        let answer = server.fan().get(path).await;
        assert!(answer.headers.get("set-cookie").is_none(), "{path}");
    }
    let catalogue = server.fan().get("/api/catalogue").await;
    assert!(catalogue.headers.get("set-cookie").is_some());
    assert_eq!(catalogue.headers["cache-control"], "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn a21_a_request_from_a_page_of_another_site_is_refused() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let path = format!("/api/races/{}/enter", race.id);
    let own = server.base();
    let (host, tls) = (own.replace("http://", ""), own.replace("http://", "https://"));
    for origin in ["https://evil.example", "null", "", host.as_str(), "http://127.0.0.1:1"] {
        let headers = [("idempotency-key", "k"), ("origin", origin)];
        let answer = fan.post(&path, &headers, &json!({})).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::FORBIDDEN, "foreign-origin")
        );
        assert_eq!(fan.knock(&race.id, Some(origin)).await, 403, "{origin}");
    }
    assert_eq!(fan.race(&race.id).await.you, race.you, "nothing was changed");
    // A proxy in front may speak TLS, so the scheme may differ.
    for origin in [own.as_str(), tls.as_str()] {
        let version = protocol::WIRE_VERSION.to_string();
        let headers =
            [("idempotency-key", origin), ("origin", origin), ("wire-version", version.as_str())];
        let marks = format!("/api/races/{}/marks", race.id);
        let answer = fan.post(&marks, &headers, &json!({"marks": []})).await;
        assert_eq!(answer.status, StatusCode::OK, "{origin}");
        assert_eq!(fan.knock(&race.id, Some(origin)).await, 101);
    }
    assert_eq!(
        fan.knock(&race.id, None).await,
        101,
        "a client that is not a browser sends no origin"
    );
    let headers = [("origin", "https://evil.example")];
    let read = fan.send(reqwest::Method::GET, "/api/clock", &headers, None).await;
    assert_eq!(read.status, StatusCode::OK, "a request that changes nothing passes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a6_problems_are_in_the_language_of_the_caller() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let title = async |language: &str| {
        let headers = [("accept-language", language)];
        let answer = fan.send(reqwest::Method::GET, "/api/races/x", &headers, None).await;
        assert_eq!(answer.code(), "no-such-race");
        answer.json::<Value>()["title"].as_str().unwrap().to_owned()
    };
    assert_eq!(title("en-GB").await, "No such race");
    assert_eq!(title("ko").await, "없는 연습");
    assert_eq!(title("fr").await, "없는 연습");
}

#[tokio::test(flavor = "multi_thread")]
async fn a10_every_answer_has_a_request_id_and_protecting_headers() {
    let server = TestServer::open().await;
    let fan = server.fan();
    for path in ["/", "/api/clock", "/api/nothing", "/healthz", "/openapi.json"] {
        let headers = [("x-request-id", "mine-1")];
        let answer = fan.send(reqwest::Method::GET, path, &headers, None).await;
        assert_eq!(answer.headers["x-request-id"], "mine-1", "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        let policy = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a10_health_readiness_and_metrics_are_served() {
    let server = TestServer::open().await;
    let fan = server.fan();
    assert_eq!(fan.get("/healthz").await.text(), "ok\n");
    assert_eq!(fan.get("/readyz").await.text(), "ready\n");
    fan.begin(json!({"scenario": "lobby"})).await;
    until(|| async {
        let text = server.metrics().await;
        text.contains("tingting_races_created_total").then_some(())
    })
    .await;
    let hidden = fan.get("/metrics").await;
    assert!(!hidden.text().contains("tingting_"), "visitors do not read the metrics");
    let docs = fan.get("/docs/").await;
    assert_eq!(docs.status, StatusCode::OK);
    assert!(docs.text().contains("swagger"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a32_what_clients_send_adds_no_metric() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let odd = |number: u32| reqwest::Method::from_bytes(format!("ODD{number}").as_bytes()).unwrap();
    let paths = ["/api/races", "/", "/no/such/page", "/api/plans/no-such"];
    let ask_all = async |number| {
        for path in paths {
            let headers = [("x-request-id", "odd"), ("accept-language", "odd")];
            fan.send(odd(number), path, &headers, None).await;
            fan.get(&format!("{path}/odd{number}")).await;
        }
    };
    // Jobs begin and end by themselves, and their names come from a closed set.
    let is_counted = |line: &&str| !line.starts_with('#') && !line.starts_with("tingting_job");
    let series = |text: &str| text.lines().filter(is_counted).count();
    ask_all(0).await;
    let before = series(&server.metrics().await);
    for number in 1..12 {
        ask_all(number).await;
    }
    let text = server.metrics().await;
    assert!(!text.to_lowercase().contains("odd"), "{text}");
    assert_eq!(series(&text), before, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a11_the_clock_goes_forward_and_is_not_cached() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let now = async || {
        let answer = fan.get("/api/clock").await;
        assert_eq!(answer.headers["cache-control"], "no-store");
        answer.json::<protocol::Clock>().now_ms
    };
    let (first, second) = (now().await, now().await);
    assert!(first > 1.7e12 && second > first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a11_server_time_is_the_start_plus_race_time() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let before: protocol::Clock = fan.get("/api/clock").await.json();
    let race = fan.begin(json!({"scenario": "lobby"})).await;
    let after: protocol::Clock = fan.get("/api/clock").await.json();
    let at = race.started_at_ms + race.now_ms;
    assert!(before.now_ms <= at && at <= after.now_ms);
}

#[tokio::test(flavor = "multi_thread")]
async fn a12_the_catalogue_names_everything_that_can_be_raced() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let catalogue: Catalogue = fan.get("/api/catalogue").await.json();
    let calm = catalogue.scenarios.iter().find(|card| card.name == "calm").unwrap();
    assert_eq!((calm.plan.as_str(), calm.seats, calm.lobby_ms), ("nook", 40, 300.0));
    assert!(catalogue.plans.iter().any(|card| card.name == "nook" && card.seats == 40));
    let test = catalogue.demands.iter().find(|card| card.name == "test").unwrap();
    assert!((test.admissions_per_s - 1000.0).abs() < 0.01);
    let by_hand = catalogue.styles.iter().find(|style| style.name == "by-hand").unwrap();
    assert_eq!(by_hand.map.refreshes, protocol::MapRefresh::ByHand);
    assert_eq!(by_hand.seats.hold_at, protocol::HoldAt::Done);
    let own = json!({"plan": "nook", "demand": "test", "style": "by-hand", "rivals": 3});
    let race = fan.begin(own).await;
    assert_eq!((race.race.scenario.as_str(), race.race.rivals), ("custom", 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn d13_d15_a_style_of_the_folder_reaches_the_client_with_its_own_steps_and_words() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "style": "hasty"})).await;
    assert_eq!(race.race.style.name, "hasty");
    assert_eq!(race.race.style.pay_steps, [protocol::PayStep::Payment]);
    assert_eq!(race.race.style.captcha.after_wrong, protocol::AfterWrong::KeepsLetters);
    let screen = (race.race.style.screen.words.as_str(), race.race.style.screen.skin.as_str());
    assert_eq!(screen, ("never-heard-of", "round"));
    let other = fan.begin(json!({"scenario": "calm"})).await;
    let all = [protocol::PayStep::Price, protocol::PayStep::Receipt, protocol::PayStep::Payment];
    assert_eq!(other.race.style.pay_steps, all);
}

#[tokio::test(flavor = "multi_thread")]
async fn a12_a28_a_plan_has_rows_of_seats_and_is_kept_for_ever() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let answer = fan.get(&plan_path(&fan).await).await;
    assert_eq!(answer.headers["cache-control"], "public, max-age=31536000, immutable");
    let plan: PlanView = answer.json();
    assert_eq!(plan.sections.len(), 2);
    let rows = plan.sections.iter().flat_map(|section| &section.rows);
    let mut next = 0;
    for row in rows {
        assert_eq!(row.first_seat, next);
        assert_eq!((row.x.len(), row.y.len()), (5, 5));
        assert_eq!(
            (&row.numbers, &row.grades),
            (&RowNumbers::Run { from: 1, count: 5 }, &RowGrades::One(0))
        );
        next += 5;
    }
    assert_eq!(next, 40);
}

/// Where the catalogue says that the small plan is.
async fn plan_path(fan: &Fan) -> String {
    let catalogue: Catalogue = fan.get("/api/catalogue").await.json();
    let card = catalogue.plans.iter().find(|card| card.name == "nook").unwrap();
    format!("/api/plans/{}", card.address)
}

#[tokio::test(flavor = "multi_thread")]
async fn a12_every_address_of_the_client_answers_with_its_page() {
    let server = TestServer::open().await;
    let fan = server.fan();
    for path in ["/", "/race/0123456789abcdef", "/report"] {
        let answer = fan.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.headers["content-type"].to_str().unwrap().starts_with("text/html"));
        assert!(answer.text().contains("TingTing") || answer.text().contains("팅팅"));
    }
}
