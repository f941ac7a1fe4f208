//! `cargo xtask soak people`: a thousand scripted people in one race, over real sockets, while the server is killed three times.
//!
//! Afterwards the server is asked again for everything that it acknowledged, for every seat and for every report. The program
//! fails if anything is missing or a seat has two owners.

#[path = "shared/library.rs"]
mod library;
#[path = "shared/people.rs"]
mod people;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{COOKIE, SET_COOKIE};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};

use people::{Found, Person, Scene};

type Anything = Box<dyn std::error::Error + Send + Sync>;

/// People, and kills of the server, unless the command line says otherwise.
const PEOPLE: u32 = 1_000;
const KILLS: u32 = 3;
/// People who share an address of this machine.
const PEOPLE_PER_ADDRESS: u32 = 50;
/// Seats of the hall in which everybody is.
const SEATS: u32 = 1_200;
/// The longest that the whole may take.
const BOUND: Duration = Duration::from_mins(20);
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The server as a program of its own, which is killed without a warning.
struct Program {
    child: Child,
    base: String,
}

impl Program {
    fn start(program: &Path, folder: &Path) -> Result<Self, Anything> {
        let (library, data) = (folder.join("library"), folder.join("data"));
        let config = folder.join("config.toml");
        fs::write(&config, "metrics = \"off\"\nlog = \"warn\"\nrequests_per_address = 100000\n")?;
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--library"])
            .args([&library, Path::new("--data"), &data, Path::new("--config"), &config])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", program.display()))?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("a pipe")?).read_line(&mut line)?;
        Ok(Self { child, base: line.trim().to_owned() })
    }

    /// Ends the process as `kill -9` does.
    fn kill(&mut self) -> Result<(), Anything> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A soak that failed must not leave a server behind.
        let _ended = self.kill();
    }
}

fn main() -> Result<(), Anything> {
    let mut arguments = std::env::args().skip(1);
    let people = arguments.next().map_or(Ok(PEOPLE), |people| people.parse())?;
    let kills = arguments.next().map_or(Ok(KILLS), |kills| kills.parse())?;
    let beside = std::env::current_exe()?;
    let folder = beside.parent().and_then(Path::parent).ok_or("this program has a folder")?;
    let program = arguments.next().map_or_else(|| folder.join("tingting"), PathBuf::from);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let found = runtime.block_on(async {
        timeout(BOUND, soak(&program, people, kills)).await.map_err(|_| "it takes too long")?
    })?;
    let Found { acknowledged, reports, booked, faults, .. } = &found;
    say(&format!(
        "{people} people, {kills} kills: {acknowledged} acknowledged, {booked} booked, {reports} reports"
    ))?;
    for fault in faults {
        say(fault)?;
    }
    let is_whole = faults.is_empty() && *reports == people as usize;
    if is_whole { Ok(()) } else { Err("something is missing".into()) }
}

fn say(line: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{line}")
}

async fn soak(program: &Path, people: u32, kills: u32) -> Result<Found, Anything> {
    let folder = tempfile::tempdir()?;
    library::fill(&folder.path().join("library"))?;
    let mut server = Program::start(program, folder.path())?;
    let (race, crowd) = gather(&server.base, people).await?;
    let scene = Arc::new(Scene::new(server.base.clone(), race, SEATS));
    let mut playing = JoinSet::new();
    for person in crowd {
        playing.spawn(person.play(Arc::clone(&scene)));
    }
    let mut over = Vec::new();
    for kill in 1..=kills {
        // The kills are spread over the time until everybody is over.
        let share = people as usize * kill as usize / (kills as usize + 2);
        while over.len() < share {
            over.push(playing.join_next().await.ok_or("nobody is left")??);
        }
        let mut started = Err("the server was not started".into());
        let change = async {
            started = server.kill().and_then(|()| Program::start(program, folder.path()));
            started.as_ref().map(|next| next.base.clone()).unwrap_or_default()
        };
        scene.change_server(change).await;
        server = started?;
        say(&format!("killed for the {kill}. time, {} are over", over.len()))?;
    }
    while let Some(person) = playing.join_next().await {
        over.push(person?);
    }
    let mut found = Found::default();
    for person in &over {
        person.check(&scene, &mut found).await;
    }
    Ok(found)
}

/// Opens a room, has everybody join it, and starts its race. Returns the race and the people.
async fn gather(base: &str, people: u32) -> Result<(String, Vec<Person>), Anything> {
    let settings = json!({"scenario": "calm", "start": {"kind": "button"}, "countdown_s": 10});
    let room = json!({"settings": settings, "name": "host"});
    let host = client(1)?;
    let (opened, cookie) = post(&host, &format!("{base}/api/rooms"), None, &room).await?;
    let code = opened["code"].as_str().ok_or("a room has a code")?.to_owned();
    let mut crowd = vec![(host.clone(), cookie.clone())];
    for number in 2..=people {
        let (http, name) = (client(number)?, json!({"name": format!("n{number}")}));
        let url = format!("{base}/api/rooms/{code}/members");
        let (_, cookie) = post(&http, &url, None, &name).await?;
        crowd.push((http, cookie));
    }
    let start = format!("{base}/api/rooms/{code}/start");
    let (mut room, _) = post(&host, &start, Some(&cookie), &json!({})).await?;
    let mut looks = interval(LOOK_EVERY);
    while room["race"].is_null() {
        looks.tick().await;
        let url = format!("{base}/api/rooms/{code}");
        room = host.get(url).header(COOKIE, &cookie).send().await?.json().await?;
    }
    let race = room["race"].as_str().ok_or("a race has an id")?.to_owned();
    let person = |(number, (http, cookie))| Person::new(number, http, cookie);
    Ok((race, (1..).zip(crowd).map(person).collect()))
}

/// A client at an address of this machine that it shares with some others.
fn client(number: u32) -> Result<reqwest::Client, Anything> {
    let group = u8::try_from(number / PEOPLE_PER_ADDRESS)?;
    let address = IpAddr::from(Ipv4Addr::new(127, 0, 1, group + 1));
    Ok(reqwest::Client::builder().local_address(Some(address)).build()?)
}

/// Sends a request that must be accepted. Returns the answer, and the cookie of the guest.
async fn post(
    http: &reqwest::Client,
    url: &str,
    cookie: Option<&str>,
    body: &Value,
) -> Result<(Value, String), Anything> {
    let mut looks = interval(LOOK_EVERY);
    for number in 0..100u32 {
        let mut request = http.post(url).json(body).header("idempotency-key", format!("k{number}"));
        if let Some(cookie) = cookie {
            request = request.header(COOKIE, cookie);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let set = response.headers().get(SET_COOKIE).and_then(|set| set.to_str().ok());
        let pair = set.and_then(|set| set.split(';').next()).or(cookie).unwrap_or_default();
        let pair = pair.to_owned();
        let answer = response.json().await?;
        match status {
            200..300 => return Ok((answer, pair)),
            429 | 503 => looks.tick().await,
            _ => return Err(format!("{url}: {status} {answer}").into()),
        };
    }
    Err(format!("{url}: no answer").into())
}
