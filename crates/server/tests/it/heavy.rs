//! Work that takes a core for long: what hostile requests cost, what others get meanwhile, and what is made once.

use std::sync::Arc;

use protocol::{Problem, Report};
use reqwest::header::{ACCEPT_ENCODING, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, RETRY_AFTER, VARY};
use reqwest::{Method, StatusCode};
use rusqlite::{Connection, params};
use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

use crate::test_server::{Fan, Seen, TestServer, until};

/// Rivals enough that a report takes some hundred milliseconds.
const MANY: u32 = 100_000;

/// How many jobs of a kind of work had one of these outcomes.
async fn jobs(server: &TestServer, work: &str, outcomes: &[&str]) -> i64 {
    let metrics = server.metrics().await;
    let label = format!("work=\"{work}\"");
    let of_work = metrics.lines().filter(|line| {
        let is_outcome = |outcome: &&str| line.contains(&format!("outcome=\"{outcome}\""));
        line.starts_with("tingting_jobs_total{")
            && line.contains(&label)
            && outcomes.iter().any(is_outcome)
    });
    of_work.map(number).sum()
}

/// How many jobs wait or run.
async fn jobs_under_way(server: &TestServer) -> i64 {
    let metrics = server.metrics().await;
    let gauges = ["tingting_jobs_waiting{", "tingting_jobs_running{"];
    let lines = metrics.lines().filter(|line| gauges.iter().any(|gauge| line.starts_with(gauge)));
    lines.map(number).sum()
}

/// The number at the end of a line of the metrics.
fn number(line: &str) -> i64 {
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

/// The threads of the workshop in this process.
#[cfg(target_os = "linux")]
fn worker_count() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().filter_map(Result::ok);
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok());
    names.filter(|name| name.starts_with("workshop-")).count()
}

/// A race of a guest that is over, with this many rivals.
async fn race_over(fan: &Fan, rivals: u32) -> Seen {
    let race = fan.begin(json!({"scenario": "rush", "seed": 3, "rivals": rivals})).await;
    fan.race_when(&race.id, |race| race.over).await
}

fn report_of(race: &Seen) -> String {
    format!("/api/races/{}/report", race.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a40_reports_that_nobody_waits_for_cost_next_to_nothing() {
    let server = TestServer::open().await;
    let (hostile, innocent) = (Arc::new(server.fan()), server.fan());
    let (large, small) = (race_over(&hostile, MANY).await, race_over(&innocent, 10).await);
    let asks: Vec<_> = (0..40)
        .map(|_| {
            let (hostile, path) = (Arc::clone(&hostile), report_of(&large));
            tokio::spawn(async move { hostile.get(&path).await })
        })
        .collect();
    // While they are held open, the other guest is answered.
    assert_eq!(innocent.get(&report_of(&small)).await.status, StatusCode::OK);
    asks.iter().for_each(tokio::task::JoinHandle::abort);
    until(|| async { (jobs_under_way(&server).await == 0).then_some(()) }).await;
    let begun = jobs(&server, "report", &["done", "abandoned", "panicked"]).await;
    assert!(begun <= 3, "40 requests for one report, and one for another: {begun} jobs");
    #[cfg(target_os = "linux")]
    assert!((3..=server::limits::WORKERS_MAX).contains(&worker_count()), "{}", worker_count());
    // The hostile guest may still have the report.
    assert_eq!(hostile.get(&report_of(&large)).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a41_a_guest_who_begins_many_races_at_once_lets_others_begin_theirs() {
    let server = TestServer::open().await;
    let (hostile, innocent) = (Arc::new(server.fan()), server.fan());
    hostile.get("/api/races").await;
    innocent.get("/api/races").await;
    let large = json!({"plan": "dome", "demand": "test", "style": "plain"});
    let asks: Vec<_> = (0..50)
        .map(|_| {
            let (hostile, large) = (Arc::clone(&hostile), large.clone());
            tokio::spawn(async move { hostile.post("/api/races", &[], &large).await })
        })
        .collect();
    innocent.begin(json!({"scenario": "calm"})).await;
    let (mut begun, mut refused) = (0, 0);
    for ask in asks {
        let answer = ask.await.unwrap();
        if answer.status == StatusCode::CREATED {
            begun += 1;
            continue;
        }
        assert_eq!((answer.status.as_u16(), answer.code().as_str()), (429, "too-much-work"));
        assert_eq!(answer.headers[RETRY_AFTER.as_str()], "1");
        assert_eq!(answer.json::<Problem>().retry_after_ms, Some(1000));
        refused += 1;
    }
    assert!(begun > 0 && refused > 0, "{begun} begun, {refused} refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a42_equal_requests_for_a_race_share_one_beginning() {
    let server = TestServer::open().await;
    let fan = Arc::new(server.fan());
    fan.get("/api/races").await;
    let asks: Vec<_> = (0..60)
        .map(|_| {
            let (fan, new) =
                (Arc::clone(&fan), json!({"plan": "dome", "demand": "test", "style": "plain"}));
            let key = [("idempotency-key", "one")];
            tokio::spawn(async move { fan.post("/api/races", &key, &new).await })
        })
        .collect();
    for ask in asks {
        let answer = ask.await.unwrap();
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    }
    assert_eq!(jobs(&server, "setup", &["done"]).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a42_a_report_is_made_once() {
    let mut server = TestServer::open().await;
    let fan = Arc::new(server.fan());
    let race = race_over(&fan, MANY).await;
    let asks: Vec<_> = (0..8)
        .map(|_| {
            let (fan, path) = (Arc::clone(&fan), report_of(&race));
            tokio::spawn(async move { fan.get(&path).await.body })
        })
        .collect();
    let mut reports = Vec::new();
    for ask in asks {
        reports.push(ask.await.unwrap());
    }
    reports.push(fan.get(&report_of(&race)).await.body);
    server.stop().await;
    server.start().await;
    let fan = fan.clone_at(&server);
    reports.push(fan.get(&report_of(&race)).await.body);
    assert_eq!(jobs(&server, "report", &["done", "abandoned"]).await, 1);
    assert!(reports.iter().all(|report| *report == reports[0]));
    serde_json::from_slice::<Report>(&reports[0]).unwrap();
    let other = server.fan().get(&report_of(&race)).await;
    assert_eq!(other.code(), "no-such-race", "a kept report is nobody else's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a42_a_report_is_made_anew_when_the_client_adds_its_marks() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.press(json!({"scenario": "short"})).await;
    let race = fan.race_when(&race.id, |race| race.over).await;
    let before: Report = fan.get(&report_of(&race)).await.json();
    assert_eq!(before.clock.error_ms, None);
    let at_ms = race.started_at_ms + 201.0;
    fan.done_marks(&race, json!({"marks": [{"name": "press", "at_ms": at_ms, "error_ms": 4.0}]}))
        .await;
    let after: Report = fan.get(&report_of(&race)).await.json();
    assert_eq!(after.clock.error_ms, Some(4.0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a112_requests_that_are_turned_down_after_the_end_do_not_make_a_report_anew() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.press(json!({"scenario": "short"})).await;
    let race = fan.race_when(&race.id, |race| race.over).await;
    let before = fan.get(&report_of(&race)).await.body;
    for number in 0..3 {
        let answer = fan.act_with_key(&race, "enter", &format!("late{number}"), json!({})).await;
        assert_eq!(answer.code(), "run-over");
    }
    assert_eq!(fan.get(&report_of(&race)).await.body, before);
    assert_eq!(jobs(&server, "report", &["done", "abandoned"]).await, 1);
}

/// Changes the journal of a server that is stopped.
fn edit(server: &TestServer, change: impl FnOnce(&Connection)) {
    let journal = Connection::open(server.folder().join("data/journal.sqlite")).unwrap();
    change(&journal);
}

/// Gives all races the rules of another version.
fn age(journal: &Connection) {
    let mut races = journal.prepare("SELECT sale, header FROM owner").unwrap();
    let headers = races.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)));
    let headers: Vec<_> = headers.unwrap().map(Result::unwrap).collect();
    for (sale, mut header) in headers {
        // Behind the version of the header's form stands that of the rules, at the end a checksum.
        header[2] ^= 0x40;
        header.truncate(header.len() - 8);
        let sum = xxh3_64(&header).to_le_bytes();
        header.extend_from_slice(&sum);
        let sql = "UPDATE owner SET header = ?2 WHERE sale = ?1";
        journal.execute(sql, params![sale, header]).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a42_a_kept_report_outlives_the_rules_and_the_log_of_its_race() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let (kept, unread) = (race_over(&fan, 10).await, race_over(&fan, 10).await);
    let made = fan.get(&report_of(&kept)).await.body;
    server.stop().await;
    edit(&server, age);
    server.start().await;
    let fan = fan.moved(&server);
    assert_eq!(fan.get(&report_of(&kept)).await.body, made);
    let outdated = fan.get(&report_of(&unread)).await;
    assert_eq!((outdated.status.as_u16(), outdated.code().as_str()), (410, "report-outdated"));
    server.stop().await;
    edit(&server, |journal| {
        journal.execute("DELETE FROM snapshot", []).unwrap();
        journal.execute("UPDATE journal SET records = x'04'", []).unwrap();
    });
    server.start().await;
    let fan = fan.moved(&server);
    assert_eq!(fan.get(&report_of(&kept)).await.body, made);
    let race = fan.get(&format!("/api/races/{}", kept.id)).await;
    assert_eq!(race.code(), "race-damaged");
}

#[tokio::test(flavor = "multi_thread")]
async fn a42_a_kept_report_that_is_damaged_is_made_anew() {
    let mut server = TestServer::open().await;
    let fan = server.fan();
    let race = race_over(&fan, 10).await;
    let made = fan.get(&report_of(&race)).await.body;
    // The tally of the run, which has version 2, stands beside it.
    for damage in [
        "UPDATE result SET result = substr(result, 2) WHERE version > 2",
        "UPDATE result SET version = version + 1 WHERE version > 2",
        "UPDATE result SET result = x'' WHERE version > 2",
    ] {
        server.stop().await;
        edit(&server, |journal| {
            assert_eq!(journal.execute(damage, []).unwrap(), 1, "the report was kept again");
        });
        server.start().await;
        let again = fan.clone_at(&server).get(&report_of(&race)).await;
        assert_eq!((again.status, again.body), (StatusCode::OK, made.clone()), "{damage}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a43_what_many_ask_for_is_packed_once() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.begin(json!({"scenario": "wide"})).await;
    let plan = format!("/api/plans/{}", race.race.plan_address);
    for path in [plan.as_str(), "/api/catalogue", "/openapi.json"] {
        let reads_gzip = (ACCEPT_ENCODING.as_str(), "br, gzip");
        let packed = fan.send(Method::GET, path, &[reads_gzip], None).await;
        let made = jobs(&server, "pack", &["done"]).await;
        assert_eq!(packed.headers[CONTENT_ENCODING.as_str()], "gzip", "{path}");
        assert_eq!(packed.headers[VARY.as_str()], "accept-encoding", "{path}");
        let again = fan.send(Method::GET, path, &[reads_gzip], None).await;
        assert!(again.body == packed.body, "{path}");
        let plain = fan.get(path).await;
        assert!(!plain.headers.contains_key(CONTENT_ENCODING.as_str()), "{path}");
        assert!(plain.body.len() > packed.body.len(), "{path}");
        for known in [&packed, &plain] {
            let tag = known.headers[ETAG.as_str()].to_str().unwrap();
            let headers = [reads_gzip, (IF_NONE_MATCH.as_str(), tag)];
            let answer = fan.send(Method::GET, path, &headers, None).await;
            assert_eq!((answer.status, answer.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        }
        assert_eq!(jobs(&server, "pack", &["done"]).await, made, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a43_a_captcha_is_drawn_once() {
    let server = TestServer::open().await;
    let fan = server.fan();
    let race = fan.go_in(json!({"scenario": "calm", "style": "guarded"})).await;
    for _ in 0..5 {
        for file in ["1.png", "1.wav"] {
            let path = format!("/api/races/{}/captcha/{file}", race.id);
            assert_eq!(fan.get(&path).await.status, StatusCode::OK);
        }
    }
    assert_eq!(jobs(&server, "captcha", &["done"]).await, 2);
}
