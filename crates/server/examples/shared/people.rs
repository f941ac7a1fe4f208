//! Scripted people in one race, who keep whatever the server acknowledged, so that it can be asked for again.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::COOKIE;
use serde_json::{Value, json};
use tokio::sync::RwLock;
use tokio::time::{Interval, interval};

/// Between two requests of a person.
const PACE: Duration = Duration::from_millis(100);
/// After so many commands a person without a seat leaves.
const TRIES: u32 = 20;
/// How often a person asks for a report that is not there yet.
const REPORT_TRIES: usize = 600;

/// The race in which everybody is.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) race: String,
    pub(crate) seats: u32,
    /// Where the server is, and how often it was killed before.
    server: RwLock<(String, u32)>,
}

/// One person.
#[derive(Debug)]
pub(crate) struct Person {
    number: u32,
    http: reqwest::Client,
    cookie: String,
    key_count: u32,
    kept: Vec<Kept>,
}

/// A command that the server acknowledged.
#[derive(Clone, Debug)]
struct Kept {
    key: String,
    path: &'static str,
    body: Value,
    outcome: Value,
}

/// What everybody found when everything was over.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) acknowledged: usize,
    pub(crate) reports: usize,
    pub(crate) booked: usize,
    owners: HashMap<u64, u32>,
    /// What is wrong, in words.
    pub(crate) faults: Vec<String>,
}

impl Scene {
    pub(crate) fn new(base: String, race: String, seats: u32) -> Self {
        Self { race, seats, server: RwLock::new((base, 0)) }
    }

    /// Lets nobody keep an answer any more that the server gave before `kill`, then waits for it. `kill` ends the server,
    /// starts the next one and returns where that is.
    pub(crate) async fn change_server(&self, kill: impl Future<Output = String>) {
        let mut server = self.server.write().await;
        *server = (kill.await, server.1 + 1);
    }

    async fn server(&self) -> (String, u32) {
        self.server.read().await.clone()
    }
}

impl Person {
    pub(crate) fn new(number: u32, http: reqwest::Client, cookie: String) -> Self {
        Self { number, http, cookie, key_count: 0, kept: Vec::new() }
    }

    /// Plays until the own run is over.
    pub(crate) async fn play(mut self, scene: Arc<Scene>) -> Self {
        let mut pace = interval(PACE);
        loop {
            pace.tick().await;
            let Some(view) = self.view(&scene).await else { continue };
            let (stage, you) = (&view["state"]["stage"], &view["state"]["you"]);
            let next = match you["kind"].as_str() {
                Some("booked" | "gone") => return self,
                Some("away") if stage == "open" => Some(("enter", json!({}))),
                Some("inside") if you["hold"].is_null() && self.key_count > TRIES => {
                    Some(("leave", json!({})))
                }
                Some("inside") if you["hold"].is_null() => {
                    Some(("hold", json!({ "seats": [self.choose(scene.seats)] })))
                }
                Some("inside") => {
                    Some(("pay", json!({ "expected_won": you["hold"]["total_won"] })))
                }
                _ => None,
            };
            if let Some((path, body)) = next {
                let pass = you["pass"].as_str().unwrap_or_default();
                self.act(&scene, path, body, pass, &mut pace).await;
            }
        }
    }

    /// A seat, spread over the hall and different at each try.
    fn choose(&self, seats: u32) -> u32 {
        let spread = u64::from(self.number) * 7_919 + u64::from(self.key_count) * 104_729;
        u32::try_from(spread % u64::from(seats)).expect("a remainder of a u32")
    }

    /// Sends a command until it is answered, under one key.
    async fn act(
        &mut self,
        scene: &Scene,
        path: &'static str,
        body: Value,
        pass: &str,
        pace: &mut Interval,
    ) {
        self.key_count += 1;
        let key = format!("{}-{}", self.number, self.key_count);
        loop {
            let (base, kills) = scene.server().await;
            let url = format!("{base}/api/races/{}/{path}", scene.race);
            let answer = self.post(&url, &key, pass, &body).await;
            if let Some((status, answer)) = answer {
                if (400..500).contains(&status) && status != 429 {
                    return;
                }
                if status == 200 {
                    let outcome = answer["outcome"].clone();
                    let kept = Kept { key: key.clone(), path, body: body.clone(), outcome };
                    // An answer of a server that has been killed meanwhile comes again from the next one.
                    let server = scene.server.read().await;
                    if server.1 == kills {
                        self.kept.push(kept);
                        return;
                    }
                }
            }
            pace.tick().await;
        }
    }

    async fn post(&self, url: &str, key: &str, pass: &str, body: &Value) -> Option<(u16, Value)> {
        let request = self.http.post(url).header(COOKIE, &self.cookie);
        let request = request.header("idempotency-key", key).header("pass", pass).json(body);
        let response = request.send().await.ok()?;
        Some((response.status().as_u16(), response.json().await.ok()?))
    }

    async fn get(&self, scene: &Scene, path: &str) -> Option<(u16, Value)> {
        let url = format!("{}/api/races/{}{path}", scene.server().await.0, scene.race);
        let response = self.http.get(url).header(COOKIE, &self.cookie).send().await.ok()?;
        Some((response.status().as_u16(), response.json().await.ok()?))
    }

    async fn view(&self, scene: &Scene) -> Option<Value> {
        self.get(scene, "").await.filter(|(status, _)| *status == 200).map(|(_, view)| view)
    }

    /// Asks again for everything that the server acknowledged, and for the report.
    pub(crate) async fn check(&self, scene: &Scene, found: &mut Found) {
        let mut pace = interval(PACE);
        for Kept { key, path, body, outcome } in &self.kept {
            let url = format!("{}/api/races/{}/{path}", scene.server().await.0, scene.race);
            let again = loop {
                match self.post(&url, key, "", body).await {
                    Some((status, answer)) if status != 429 && status < 500 => break answer,
                    _ => pace.tick().await,
                };
            };
            found.acknowledged += 1;
            if again["outcome"] != *outcome {
                found.faults.push(format!("{path} {key}: {outcome} became {again}"));
            }
        }
        if let Some(view) = self.view(scene).await {
            found.take_seats(self.number, &view["state"]["you"]["booking"]);
        }
        for _ in 0..REPORT_TRIES {
            match self.get(scene, "/report").await {
                Some((200, report)) if !report["ending"].is_null() => {
                    found.reports += 1;
                    return;
                }
                Some((404 | 410, problem)) => {
                    return found.faults.push(format!("report of {}: {problem}", self.number));
                }
                _ => pace.tick().await,
            };
        }
        found.faults.push(format!("no report of {}", self.number));
    }
}

impl Found {
    fn take_seats(&mut self, number: u32, booking: &Value) {
        let seats = booking["seats"].as_array().into_iter().flatten();
        let mut has_booked = false;
        for seat in seats.filter_map(Value::as_u64) {
            has_booked = true;
            if let Some(other) = self.owners.insert(seat, number) {
                self.faults.push(format!("seat {seat} belongs to {other} and to {number}"));
            }
        }
        self.booked += usize::from(has_booked);
    }
}
