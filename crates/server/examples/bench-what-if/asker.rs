//! Guests who have left a race with 150,000 rivals and ask what would have come of other times.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::Anything;
use crate::wire::{Answer, InRace, Line};

/// A race with as many rivals as a time is promised for, of whom a thousand are let in each second.
const HOT: &str = r#"{"scenario":"hot"}"#;

/// The longest that a guest waits to be let in.
const LET_IN_WITHIN: Duration = Duration::from_mins(3);
/// Between two questions of a guest who was refused one.
const AGAIN: Duration = Duration::from_millis(100);

/// The steps whose times are asked about, in turn. Each question is about another time, so that no answer is kept already.
const STEPS: [&str; 3] = ["press_ms", "first_seat_ms", "pay_ms"];
/// Between the times of two questions: the times are rounded to it.
const STEP_MS: u32 = 50;

/// A guest whose race is over.
pub(crate) struct Asker {
    from: Ipv4Addr,
    race: InRace,
    question: u32,
}

/// What reports and what-ifs took while nothing else happened.
#[derive(Debug, Default)]
pub(crate) struct Alone {
    pub(crate) reports: Vec<Took>,
    pub(crate) what_ifs: Vec<Took>,
}

/// What one answer took, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Took {
    pub(crate) clock_s: f64,
    /// How long all threads of the server were on a core.
    pub(crate) core_s: f64,
}

/// What came of the questions of all guests.
#[derive(Debug, Default)]
pub(crate) struct Asking {
    pub(crate) took_s: Vec<f64>,
    /// Questions that the server refused because others waited.
    pub(crate) refused: usize,
}

impl Asking {
    /// Takes in what came of others.
    pub(crate) fn add(&mut self, other: Self) {
        self.took_s.extend(other.took_s);
        self.refused += other.refused;
    }
}

/// Lets guests race at the same time. Each goes in, tries for a seat and leaves.
pub(crate) fn get_ready(host: SocketAddr, count: u8) -> Result<Vec<Asker>, Anything> {
    runtime()?.block_on(async {
        let mut racing = JoinSet::new();
        for number in 0..count {
            racing.spawn(Asker::race(host, Ipv4Addr::new(127, 0, 2, number + 1)));
        }
        let mut askers = Vec::new();
        while let Some(raced) = racing.join_next().await {
            askers.push(raced??);
        }
        Ok(askers)
    })
}

/// Lets all guests ask at once, each the next question as soon as the last is answered, until it is over.
pub(crate) fn ask_on(
    host: SocketAddr,
    askers: &mut [Asker],
    is_over: &AtomicBool,
) -> Result<Asking, Anything> {
    runtime()?.block_on(async {
        let asked = askers.iter_mut().map(|asker| asker.ask_on(host, is_over));
        let mut all = Asking::default();
        for asking in futures_util::future::join_all(asked).await {
            all.add(asking?);
        }
        Ok(all)
    })
}

impl Asker {
    async fn race(host: SocketAddr, from: Ipv4Addr) -> Result<Self, Anything> {
        let mut line = Line::open(from, host).await?;
        let mut race = line.begin(HOT).await?;
        timeout(LET_IN_WITHIN, line.go_in(&mut race)).await??;
        // Somebody may have taken the seat; a conflict is a step, too.
        line.act(&race, "hold", "hold", r#"{"seats":[7]}"#).await?;
        expect(&line.act(&race, "leave", "leave", "{}").await?)?;
        Ok(Self { from, race, question: 0 })
    }

    /// Asks for the report and then for some what-ifs, one after the other. `core_s` tells how long the server has been on
    /// a core.
    pub(crate) fn ask_alone(
        &mut self,
        host: SocketAddr,
        questions: u32,
        alone: &mut Alone,
        core_s: impl Fn() -> Result<f64, Anything>,
    ) -> Result<(), Anything> {
        let runtime = runtime()?;
        let mut line = runtime.block_on(Line::open(self.from, host))?;
        let mut ask = |path: String| {
            let (began, core) = (now(), core_s()?);
            let answer = line.ask("GET", &path, &self.race.visitor.cookie, "");
            expect(&runtime.block_on(answer)?)?;
            let clock_s = began.elapsed().as_secs_f64();
            Ok::<_, Anything>(Took { clock_s, core_s: core_s()? - core })
        };
        alone.reports.push(ask(format!("{}/report", self.race.path))?);
        for _ in 0..questions {
            alone.what_ifs.push(ask(next(&self.race, &mut self.question))?);
        }
        Ok(())
    }

    async fn ask_on(&mut self, host: SocketAddr, is_over: &AtomicBool) -> Result<Asking, Anything> {
        let mut line = Line::open(self.from, host).await?;
        let mut asking = Asking::default();
        while !is_over.load(Ordering::Relaxed) {
            let (path, began) = (next(&self.race, &mut self.question), now());
            let answer = line.ask("GET", &path, &self.race.visitor.cookie, "").await?;
            if matches!(answer.status, 429 | 503) {
                asking.refused += 1;
                tokio::time::sleep(AGAIN).await;
            } else {
                expect(&answer)?;
                asking.took_s.push(began.elapsed().as_secs_f64());
            }
        }
        Ok(asking)
    }
}

/// The address of the next question about a race.
fn next(race: &InRace, question: &mut u32) -> String {
    let step = STEPS[*question as usize % STEPS.len()];
    *question += 1;
    format!("{}/what-if?{step}={}", race.path, *question * STEP_MS)
}

fn expect(answer: &Answer) -> Result<(), Anything> {
    if answer.status == 200 { Ok(()) } else { Err(answer.body.clone().into()) }
}

fn runtime() -> Result<Runtime, Anything> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

#[expect(clippy::disallowed_methods, reason = "a bench is a shell of its own")]
fn now() -> Instant {
    Instant::now()
}
