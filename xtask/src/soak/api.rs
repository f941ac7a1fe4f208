//! `cargo xtask soak api`: lets schemathesis look for requests whose answers are not those of the description.
//!
//! It reads the description from the running server and sends what the description allows, what it forbids, and requests
//! that build on the answers of others. `xtask/schemathesis.toml` says what it must know beside the description.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, ExitCode, Stdio},
    time::Duration,
};

use anyhow::Context as _;

use crate::{
    misuse::misuse,
    process::{built_with_tests, root, step},
    stage::{Finish, Stage},
    tools,
};

/// A minute of the search, from the same seed each time.
pub(crate) const STAGE: Stage = Stage { name: "api", run: bounded };

/// Chosen: any number is as good.
const SEED: u64 = 9;

const BOUNDED_SECONDS: u64 = 60;
const BOUNDED_EXAMPLES: u64 = 15;

/// The checks that the search of a minute does without: they take a refusal that follows from what another request has just
/// changed for a loss. What they report depends on the order in which answers come, so people must judge it.
const BOUNDED_WITHOUT: &str = "ensure_resource_availability,use_after_free";

const MINUTES: u64 = 30;
/// More than a run of half an hour gets through.
const EXAMPLES: u64 = 10_000;

/// All requests come from one guest, who sends more of them than the server allows by default.
const CONFIGURATION: &str = "requests_per_guest = 100000\nrequests_per_address = 100000\n";

/// The longest wait for an answer of the server.
const BOUND: Duration = Duration::from_mins(1);

/// `cargo xtask soak api [--minutes N] [--seed N]`.
pub(crate) fn api_soak(args: &[&str]) -> anyhow::Result<ExitCode> {
    let (mut minutes, mut seed, mut rest) = (MINUTES, None, args);
    while let [name, value, more @ ..] = rest {
        let number = value.parse().ok().filter(|number| *number > 0);
        match (*name, number) {
            ("--minutes", Some(number)) => minutes = number,
            ("--seed", Some(number)) => seed = Some(number),
            (_, Some(_) | None) => break,
        }
        rest = more;
    }
    if !rest.is_empty() {
        return Err(misuse(
            format!("`soak api` does not know `{}`", rest.join(" ")),
            "it takes --minutes N and --seed N",
        ));
    }
    search(minutes * 60, EXAMPLES, seed, None)?;
    Ok(ExitCode::SUCCESS)
}

fn bounded() -> anyhow::Result<Finish> {
    search(BOUNDED_SECONDS, BOUNDED_EXAMPLES, Some(SEED), Some(BOUNDED_WITHOUT))?;
    Ok(Finish::Passed)
}

/// Searches for so many seconds at most. Without a seed, schemathesis draws one and prints it. It does without the checks
/// named in `without`.
fn search(
    seconds: u64,
    examples: u64,
    seed: Option<u64>,
    without: Option<&str>,
) -> anyhow::Result<()> {
    let schemathesis = tools::ensure_schemathesis()?;
    let tingting = built_with_tests("tingting")?;
    let folder = root().join("target/soak-api");
    let served = Served::start(&tingting, &folder)?;
    let guest = Guest::new(&served.address)?;
    let known = fs::read_to_string(root().join("xtask/schemathesis.toml"))?;
    fs::write(folder.join("schemathesis.toml"), known.replace("A-RACE", &guest.begin_race()?))?;
    let mut command = Command::new(schemathesis);
    command
        .args(["--config-file", "schemathesis.toml", "run"])
        .arg(format!("http://{}/openapi.json", served.address))
        .args(["--checks", "all", "--request-timeout", "60", "--no-color", "--continue-on-failure"])
        .args(["--max-time", &seconds.to_string(), "--max-examples", &examples.to_string()])
        .args(["--header", &format!("Cookie: {}", guest.cookie)])
        .env("PYTHONPATH", root().join("xtask"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SCHEMATHESIS_HOOKS", "schemathesis_hooks")
        .current_dir(&folder);
    if let Some(seed) = seed {
        command.args(["--seed", &seed.to_string()]);
    }
    if let Some(without) = without {
        command.args(["--exclude-checks", without]);
    }
    step(&mut command)
}

/// A server in an empty folder, which ends with this value.
struct Served {
    child: Child,
    address: String,
    /// Kept open, since the server may print more.
    _stdout: BufReader<ChildStdout>,
}

impl Served {
    fn start(program: &Path, folder: &Path) -> anyhow::Result<Self> {
        let _absent = fs::remove_dir_all(folder);
        fs::create_dir_all(folder)?;
        fs::write(folder.join("tingting.toml"), CONFIGURATION)?;
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--metrics", "off", "--log", "warn"])
            .args(["--data", "data", "--config", "tingting.toml"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .context("the server does not start")?;
        let mut stdout = BufReader::new(child.stdout.take().context("it is piped")?);
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        let address = line.trim().strip_prefix("http://").unwrap_or_default().to_owned();
        Ok(Self { child, address, _stdout: stdout })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.child.kill();
        let _ended = self.child.wait();
    }
}

/// A guest of the server.
struct Guest {
    address: String,
    cookie: String,
}

impl Guest {
    fn new(address: &str) -> anyhow::Result<Self> {
        let mut guest = Self { address: address.to_owned(), cookie: String::new() };
        let answer = guest.ask("GET /api/clock", "")?;
        let line = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
        let pair = line.and_then(|line| line.split(';').next());
        pair.context("the server gives no cookie")?.clone_into(&mut guest.cookie);
        Ok(guest)
    }

    /// Begins a race, and returns its id.
    fn begin_race(&self) -> anyhow::Result<String> {
        let answer = self.ask("POST /api/races", r#"{"scenario":"theatre-small","rivals":100}"#)?;
        let line = answer.lines().find_map(|line| line.strip_prefix("location: /api/races/"));
        line.map(str::to_owned).context("the server begins no race")
    }

    /// Sends one request, and returns the answer with its head.
    fn ask(&self, what: &str, body: &str) -> anyhow::Result<String> {
        let Self { address, cookie } = self;
        let mut stream = TcpStream::connect(address).context("the server is not reached")?;
        stream.set_read_timeout(Some(BOUND))?;
        let request = format!(
            "{what} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookie}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}
