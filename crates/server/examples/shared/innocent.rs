//! Innocent people: each plays races one after the other, at the pace of a quick hand, and notes how long every answer takes.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::Anything;
use crate::wire::{Answer, InRace, Line, connect, text};

/// The race that everybody plays: a small hall, nobody else, no captcha.
pub(crate) const CALM: &str = r#"{"scenario":"calm"}"#;

/// Between two requests of a person. A guest may ask thirty times a second.
const PACE: Duration = Duration::from_millis(50);
/// Requests between the beginnings of two races.
const REQUESTS_PER_RACE: u32 = 100;
/// Between two looks at what the server uses.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// The longest that a person waits for a pong.
const PONG_WITHIN: Duration = Duration::from_secs(30);

/// What people noticed.
#[derive(Debug, Default)]
pub(crate) struct Experience {
    /// Milliseconds that each answer took, in order of size once all are there.
    took_ms: Vec<f64>,
    /// The same for the beginnings and the reports of races, which take the server longer.
    heavy_ms: Vec<f64>,
    /// What failed, in words.
    failures: Vec<String>,
}

/// A person who plays.
struct Person {
    from: Ipv4Addr,
    host: SocketAddr,
    experience: Experience,
}

/// The race that a person plays, and the two connections for it.
struct Playing {
    line: Line,
    live: WebSocketStream<tokio::net::TcpStream>,
    race: InRace,
    is_holding: bool,
}

/// Lets people play for a while. `look` is called twice a second.
pub(crate) fn play(
    people_count: u8,
    host: SocketAddr,
    length: Duration,
    mut look: impl FnMut() -> Result<(), Anything>,
) -> Result<Experience, Anything> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut people = JoinSet::new();
        for number in 0..people_count {
            let from = Ipv4Addr::new(127, 0, 1, number + 1);
            let person = Person { from, host, experience: Experience::default() };
            people.spawn(person.play(now() + length));
        }
        let mut looks = interval(LOOK_EVERY);
        let mut all = Experience::default();
        loop {
            tokio::select! {
                _ = looks.tick() => look()?,
                ended = people.join_next() => match ended {
                    Some(experience) => all.add(experience?),
                    None => break,
                }
            }
        }
        Ok(all)
    })
}

impl Person {
    async fn play(mut self, until: Instant) -> Experience {
        let mut ticks = interval(PACE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let mut playing: Option<Playing> = None;
        let mut count = 0u32;
        while now() < until {
            // A request that comes late because the one before took long counts from when it was due.
            let due = ticks.tick().await.into_std();
            count += 1;
            let is_last = count.is_multiple_of(REQUESTS_PER_RACE);
            let is_heavy = is_last || playing.is_none();
            let step = match playing.take() {
                Some(race) if !is_last => race.step(count).await,
                Some(race) => race.end().await,
                None => self.begin().await.map(Some),
            };
            match step {
                Ok(next) => {
                    playing = next;
                    let Experience { took_ms, heavy_ms, .. } = &mut self.experience;
                    let list = if is_heavy { heavy_ms } else { took_ms };
                    list.push(due.elapsed().as_secs_f64() * 1e3);
                }
                Err(error) => self.experience.failures.push(error.to_string()),
            }
            if playing.as_ref().is_some_and(|playing| playing.race.pass.is_empty()) {
                // Going in takes as long as the race's countdown, which says nothing of the server.
                let mut begun = playing.take();
                if let Some(Playing { line, race, .. }) = &mut begun
                    && let Err(error) = line.go_in(race).await
                {
                    self.experience.failures.push(error.to_string());
                    begun = None;
                }
                playing = begun;
                ticks.reset();
            }
        }
        self.experience
    }

    /// Begins a race, and watches it.
    async fn begin(&self) -> Result<Playing, Anything> {
        let mut line = Line::open(self.from, self.host).await?;
        let race = line.begin(CALM).await?;
        let url = format!("ws://{}{}/live", self.host, race.path);
        let mut request = url.into_client_request()?;
        let cookie = race.visitor.cookie.trim_start_matches("cookie: ").trim_end().parse()?;
        request.headers_mut().insert("cookie", cookie);
        let (live, _) = client_async(request, connect(self.from, self.host).await?).await?;
        Ok(Playing { line, live, race, is_holding: false })
    }
}

impl Playing {
    /// Does one thing: asks for the state, holds or releases, or pings.
    async fn step(mut self, count: u32) -> Result<Option<Self>, Anything> {
        match count % 4 {
            0 => self.ping().await?,
            1 => {
                let verb = if self.is_holding { "release" } else { "hold" };
                let key = format!("k{count}");
                let body = r#"{"seats":[7]}"#;
                expect_ok(&self.line.act(&self.race, verb, &key, body).await?)?;
                self.is_holding ^= true;
            }
            _ => {
                let cookie = &self.race.visitor.cookie;
                let seen = self.line.ask("GET", &self.race.path, cookie, "").await?;
                expect_ok(&seen)?;
                let _pass = text(&seen.body, "pass")?;
            }
        }
        Ok(Some(self))
    }

    /// Waits for the pong of a ping.
    async fn ping(&mut self) -> Result<(), Anything> {
        self.live.send(Message::text(r#"{"type":"ping","echo":1}"#)).await?;
        loop {
            let heard = timeout(PONG_WITHIN, self.live.next()).await?;
            match heard.ok_or("the live connection was closed")?? {
                Message::Text(said) if said.contains("\"pong\"") => return Ok(()),
                Message::Close(_) => return Err("the live connection was closed".into()),
                Message::Text(_)
                | Message::Binary(_)
                | Message::Ping(_)
                | Message::Pong(_)
                | Message::Frame(_) => {}
            }
        }
    }

    /// Leaves the race and reads its report.
    async fn end(mut self) -> Result<Option<Self>, Anything> {
        expect_ok(&self.line.act(&self.race, "leave", "leave", "{}").await?)?;
        let path = format!("{}/report", self.race.path);
        expect_ok(&self.line.ask("GET", &path, &self.race.visitor.cookie, "").await?)?;
        Ok(None)
    }
}

fn expect_ok(answer: &Answer) -> Result<(), Anything> {
    if answer.status == 200 {
        return Ok(());
    }
    let code = text(&answer.body, "code").unwrap_or_default();
    Err(format!("{} {code}", answer.status).into())
}

impl Experience {
    /// Takes in what others noticed.
    pub(crate) fn add(&mut self, other: Self) {
        self.took_ms.extend(other.took_ms);
        self.heavy_ms.extend(other.heavy_ms);
        self.failures.extend(other.failures);
        self.took_ms.sort_unstable_by(f64::total_cmp);
        self.heavy_ms.sort_unstable_by(f64::total_cmp);
    }

    /// Within how many milliseconds 99 of 100 answers came.
    pub(crate) fn most_ms(&self) -> f64 {
        part(&self.took_ms, 99)
    }

    pub(crate) fn show(&self) -> String {
        let [half, most, all] = [50, 99, 100].map(|of_hundred| part(&self.took_ms, of_hundred));
        format!("{half:.2} / {most:.2} / {all:.2}, {} answers", self.took_ms.len())
    }

    pub(crate) fn show_heavy(&self) -> String {
        let [half, all] = [50, 100].map(|of_hundred| part(&self.heavy_ms, of_hundred));
        format!("{half:.0} / {all:.0}")
    }

    /// How many requests failed; must be none.
    pub(crate) fn show_failures(&self) -> String {
        let first =
            self.failures.first().map_or_else(String::new, |first| format!(", such as `{first}`"));
        let verdict = if self.failures.is_empty() { "met" } else { "missed" };
        format!("{}; none: {verdict}{first}", self.failures.len())
    }
}

/// The number that this many of a hundred do not exceed; the numbers are in order of size.
fn part(numbers: &[f64], of_hundred: usize) -> f64 {
    let at = numbers.len() * of_hundred / 100;
    let last = numbers.len().saturating_sub(1);
    numbers.get(at.min(last)).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::disallowed_methods, reason = "a bench is a shell of its own")]
fn now() -> Instant {
    Instant::now()
}
