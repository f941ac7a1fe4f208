//! `cargo xtask bench http`: durable holds and releases over HTTP beside a constant answer of the same
//! server, over the same connections. Writes its section of `docs/BENCHMARKS.md`.
//!
//! The client is one thread with an executor of its own, so what the whole process takes beyond that
//! thread is the server: shards, journal and HTTP. Every connection has an address of its own: limits by
//! address are left as they are and never met. Those by guest are met by asking for many guests.

#[path = "shared/answer.rs"]
mod answer;
#[path = "shared/library.rs"]
mod library;

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};

use answer::{Answer, text};
use gauntlet::bench::clock::{core_time, process_time};
use gauntlet::bench::document::{Row, section, write};
use gauntlet::bench::{Figure, machine};
use server::{Options, Patience, Server};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;

type Anything = Box<dyn Error + Send + Sync>;

const CONNECTIONS: u8 = 64;
/// Races a connection plays in turn: a guest may only ask 30 times a second, and no more races fit in.
const RACES_EACH: usize = server::limits::RACES_LOADED_MAX / CONNECTIONS as usize;
/// Runs that a median is of.
const RUNS: usize = 5;
const RUN: Duration = Duration::from_secs(3);
/// Between two looks at a race that has not opened.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A connection, and the races of the guests that ask over it.
struct Line {
    stream: TcpStream,
    address: SocketAddr,
    guests: Vec<Guest>,
    asked: usize,
}

struct Guest {
    race: String,
    cookie: String,
    pass: String,
    is_holding: bool,
}

/// What a connection came to.
#[derive(Clone, Copy, Default)]
struct Tally {
    done: u32,
    refused: u32,
}

/// What a run came to.
#[derive(Clone, Copy)]
struct Run {
    per_s: f64,
    /// Of the server alone, for one request.
    core_us: f64,
    refused: u32,
}

const METHOD: &str = "Holds and releases of one seat, each answered after its batch is on disk, of 256 guests over \
64 connections that are kept and have one request under way each; in turns with `/healthz` over the same connections, \
runs of 3 s. One HTTP thread, one shard and the journal's thread serve; the client is one thread of the same process. \
*Of a core* is the processor time of the process without the client's thread, divided by requests: what others on \
the machine do hardly shows in it, and what it shows is what one core of a server can do. Promised: 75 % of the \
constant answer.";

fn main() -> Result<(), Anything> {
    let is_quick = std::env::args().any(|argument| argument == "--quick");
    let folder = std::env::temp_dir().join(format!("tingting-bench-http-{}", std::process::id()));
    let found = measure(&folder, if is_quick { 1 } else { RUNS });
    let removed = fs::remove_dir_all(&folder);
    let section = section("HTTP", METHOD, &machine::describe(), &found?);
    removed?;
    writeln!(std::io::stdout().lock(), "{section}")?;
    if !is_quick {
        write("HTTP", &section)?;
    }
    Ok(())
}

fn measure(folder: &Path, runs: usize) -> Result<Vec<Row>, Anything> {
    let library = folder.join("library");
    library::fill(&library)?;
    let hour = Duration::from_hours(1);
    let options = Options {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        data: folder.join("data"),
        library: Some(library),
        shards: 1,
        patience: Patience { lost_after: hour, unload_after: hour, silent_after: hour },
        retention: server::Retention::default(),
        capacity: server::Capacity::default(),
        metrics: None,
        connections: server::ConnectionLimits::default(),
        rates: server::RequestRates::default(),
        front: server::Front::default(),
        open_races: None,
        database: None,
        demo: false,
        clock_ahead: Duration::ZERO,
        providers: Vec::new(),
    };
    let serving =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let asking = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let server = serving.block_on(Server::start(options))?;
    let found = asking.block_on(ask(server.address(), runs));
    serving.block_on(server.stop())?;
    found
}

async fn ask(address: SocketAddr, runs: usize) -> Result<Vec<Row>, Anything> {
    let mut lines = Vec::new();
    let mut opening = JoinSet::new();
    for number in 0..CONNECTIONS {
        opening.spawn(Line::open(address, number));
    }
    while let Some(opened) = opening.join_next().await {
        lines.push(opened??);
    }
    let mut found = Vec::new();
    for _ in 0..runs {
        let (constant, holds);
        (lines, constant) = run(lines, false).await?;
        (lines, holds) = run(lines, true).await?;
        found.push((constant, holds));
    }
    let row = |what: &str, digits, figure: fn(&(Run, Run)) -> f64| {
        Row(what.to_owned(), Figure::of(found.iter().map(figure)).show(digits))
    };
    Ok(vec![
        row("durable holds and releases a second", 0, |(_, holds)| holds.per_s),
        row("constant answers a second", 0, |(constant, _)| constant.per_s),
        row("share of the constant answer", 2, |(constant, holds)| holds.per_s / constant.per_s),
        row("a hold or release: µs of a core", 1, |(_, holds)| holds.core_us),
        row("a constant answer: µs of a core", 1, |(constant, _)| constant.core_us),
        row("holds and releases for a second of a core", 0, |(_, holds)| 1e6 / holds.core_us),
        row("share of the constant answer, for a second of a core", 2, |(constant, holds)| {
            constant.core_us / holds.core_us
        }),
        row("refused for asking too often, not counted", 0, |(_, holds)| holds.refused.into()),
    ])
}

/// All connections at once, each with one request on its way.
#[expect(clippy::disallowed_methods, reason = "a bench is a shell of its own")]
async fn run(lines: Vec<Line>, holds: bool) -> Result<(Vec<Line>, Run), Anything> {
    let (start, process, own) = (Instant::now(), process_time(), core_time());
    let mut tasks = JoinSet::new();
    for mut line in lines {
        tasks.spawn(async move {
            let mut tally = Tally::default();
            while start.elapsed() < RUN {
                let status = if holds { line.toggle().await? } else { line.constant().await? };
                let count = if status == 200 { &mut tally.done } else { &mut tally.refused };
                *count += 1;
            }
            Ok::<_, Anything>((line, tally))
        });
    }
    let (mut lines, mut total) = (Vec::new(), Tally::default());
    while let Some(ended) = tasks.join_next().await {
        let (line, tally) = ended??;
        lines.push(line);
        total.done += tally.done;
        total.refused += tally.refused;
    }
    let client = core_time().saturating_sub(own);
    let server = process_time().saturating_sub(process).saturating_sub(client);
    let per_s = f64::from(total.done) / start.elapsed().as_secs_f64();
    let core_us = server.as_secs_f64() * 1e6 / f64::from(total.done);
    Ok((lines, Run { per_s, core_us, refused: total.refused }))
}

impl Line {
    async fn open(address: SocketAddr, number: u8) -> Result<Self, Anything> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from(([127, 0, 1, number + 1], 0)))?;
        let stream = socket.connect(address).await?;
        stream.set_nodelay(true)?;
        let mut line = Self { stream, address, guests: Vec::new(), asked: 0 };
        for _ in 0..RACES_EACH {
            let guest = line.begin().await?;
            line.guests.push(guest);
        }
        Ok(line)
    }

    /// A race of a new guest, who is inside.
    async fn begin(&mut self) -> Result<Guest, Anything> {
        let begun = self.send("POST", "/api/races", "", r#"{"scenario":"calm"}"#).await?;
        let (race, cookie) = (text(&begun.body, "id")?, format!("cookie: {}\r\n", begun.cookie));
        let path = format!("/api/races/{race}");
        loop {
            let seen = self.send("GET", &path, &cookie, "").await?;
            if let Ok(pass) = text(&seen.body, "pass") {
                return Ok(Guest { race, cookie, pass, is_holding: false });
            }
            if seen.body.contains("\"stage\":\"open\"") {
                let headers = format!("{cookie}idempotency-key: enter\r\n");
                self.send("POST", &format!("{path}/enter"), &headers, "{}").await?;
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn constant(&mut self) -> Result<u16, Anything> {
        Ok(self.send("GET", "/healthz", "", "").await?.status)
    }

    /// Holds a seat, or releases it.
    async fn toggle(&mut self) -> Result<u16, Anything> {
        self.asked += 1;
        let at = self.asked % self.guests.len();
        let guest = &self.guests[at];
        let verb = if guest.is_holding { "release" } else { "hold" };
        let path = format!("/api/races/{}/{verb}", guest.race);
        let (cookie, pass, key) = (&guest.cookie, &guest.pass, self.asked);
        let headers = format!("{cookie}pass: {pass}\r\nidempotency-key: k{key}\r\n");
        let answer = self.send("POST", &path, &headers, r#"{"seats":[7]}"#).await?;
        if answer.status == 200 {
            self.guests[at].is_holding ^= true;
        }
        Ok(answer.status)
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &str,
    ) -> Result<Answer, Anything> {
        let (host, len) = (self.address, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\n{headers}content-type: application/json\r\n\
             content-length: {len}\r\n\r\n{body}"
        );
        write_all(&self.stream, request.as_bytes()).await?;
        read_answer(&self.stream).await
    }
}

async fn write_all(stream: &TcpStream, mut bytes: &[u8]) -> Result<(), Anything> {
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

async fn read_answer(stream: &TcpStream) -> Result<Answer, Anything> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
    loop {
        if let Some(answer) = Answer::read(&bytes)? {
            return Ok(answer);
        }
        stream.readable().await?;
        match stream.try_read(&mut chunk) {
            Ok(0) => return Err("the server hung up".into()),
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(error) => return Err(error.into()),
        }
    }
}
