//! `tingting serve` as a real process: the tests start it, kill it and start it again.

#![expect(clippy::unwrap_used, reason = "what tests do beside their cases fails as loudly")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use journal::{Append, SaleId, Seq, SqliteStore, Store};
use serde_json::{Value, json};

use crate::tingting::TestFolder;

/// The longest wait. Nothing takes as long, even on a busy machine.
const BOUND: Duration = Duration::from_mins(1);

/// A server process that dies with the test.
pub(crate) struct Served {
    child: Child,
    stdout: BufReader<ChildStdout>,
    address: String,
}

impl Served {
    pub(crate) fn start(folder: &TestFolder, arguments: &[&str]) -> Self {
        let mut command = folder.command(&["serve", "--listen", "127.0.0.1:0", "--log", "warn"]);
        Self::spawn(command.args(["--data", "data"]).args(arguments).stderr(Stdio::null()))
    }

    fn spawn(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").expect("the address comes first");
        Self { address: address.to_owned(), child, stdout }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Kills the process, and waits until it is gone.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends one request on a new connection.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        cookie: &str,
        more: &str,
        body: &Value,
    ) -> Reply {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(BOUND)).unwrap();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\ncookie: {cookie}\r\n\
             content-type: application/json\r\ncontent-length: {length}\r\n{more}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Reply { head: head.to_owned(), body: serde_json::from_str(body).unwrap_or_default() }
    }

    fn race(&self, id: &str, cookie: &str) -> Value {
        self.ask("GET", &format!("/api/races/{id}"), cookie, "", &Value::Null).race()
    }

    fn act(&self, race: &Value, path: &str, cookie: &str, key: &str, body: &Value) -> Value {
        let pass = pass(race);
        let more = format!("idempotency-key: {key}\r\npass: {pass}\r\n");
        let id = race["id"].as_str().unwrap();
        self.ask("POST", &format!("/api/races/{id}/{path}"), cookie, &more, body).body
    }

    /// Waits until the race meets a condition.
    fn race_when(&self, id: &str, cookie: &str, is: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..2000 {
            let race = self.race(id, cookie);
            if is(&race) {
                return race;
            }
            std::thread::park_timeout(Duration::from_millis(40));
        }
        panic!("it comes within the bound: {}", self.race(id, cookie))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // The process may have ended by itself.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

fn pass(race: &Value) -> &str {
    race["you"]["pass"].as_str().unwrap_or_default()
}

pub(crate) struct Reply {
    head: String,
    pub(crate) body: Value,
}

impl Reply {
    /// The guest's cookie.
    pub(crate) fn cookie(&self) -> &str {
        self.head.split_once("set-cookie: ").unwrap().1.split(';').next().unwrap()
    }

    /// The id of the race.
    fn id(&self) -> &str {
        self.body["race"]["id"].as_str().unwrap()
    }

    /// What stays the same of the race and what changes, as one object.
    fn race(&self) -> Value {
        let mut all = self.body["race"].clone();
        let state = self.body["state"].as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(state);
        all
    }

    pub(crate) fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }
}

const STYLE: &str = r#"
title = { ko = "시험", en = "Test", ja = "テスト" }
[queue]
order = "arrival"
early_lock = 0.2
refresh = "goes-to-end"
refresh_inside = "keeps"
[captcha]
step = "never"
letters = 6
valid = 300
put_off = false
after_wrong = "keeps-letters"
[seats]
hold_at = "click"
hold = 300
pass = 300
after_hold = "leaves"
fee_won = 1000
[map]
refreshes = "by-itself"
every = { uniform = [3, 4] }
[seen]
notice = []
click = []
[pay]
steps = ["price", "receipt", "payment"]
[screen]
words = "plain"
skin = "round"
"#;

const SCENARIO: &str = r#"
title = { ko = "시험", en = "Test", ja = "テスト" }
plan = "theatre"
demand = "practice"
style = "open"
people = "fans"
rivals = 200
lobby = 0.3
length = 300
"#;

pub(crate) fn library(folder: &TestFolder) {
    for name in ["library", "library/styles", "library/scenarios"] {
        std::fs::create_dir(folder.path(name)).unwrap();
    }
    folder.put("library/styles/open.toml", STYLE);
    folder.put("library/scenarios/brisk.toml", SCENARIO);
}

#[test]
fn a5_a_race_goes_on_after_the_process_was_killed() {
    let folder = TestFolder::new();
    library(&folder);
    let served = Served::start(&folder, &["--library", "library"]);
    let new = json!({"scenario": "brisk", "seed": 4});
    let begun = served.ask("POST", "/api/races", "", "", &new);
    let (cookie, id) = (begun.cookie(), begun.id());
    served.race_when(id, cookie, |race| race["stage"] == "open");
    let entered = served.act(&begun.race(), "enter", cookie, "enter", &json!({}));
    assert_eq!(entered["outcome"]["kind"], "placed", "{entered}");
    let inside = served.race_when(id, cookie, |race| race["you"]["kind"] == "inside");
    let hold = json!({"seats": [1199]});
    let held = served.act(&inside, "hold", cookie, "hold", &hold);
    assert_eq!(held["outcome"]["kind"], "held", "{held}");
    // SIGKILL: the process can neither save nor print anything.
    drop(served);
    let served = Served::start(&folder, &["--library", "library"]);
    let back = served.race(id, cookie);
    assert_eq!(back["you"], held["state"]["you"], "the same place, pass and seats");
    assert_eq!(back["started_at_ms"], begun.race()["started_at_ms"]);
    let again = served.act(&back, "hold", cookie, "hold", &hold);
    assert_eq!(again["outcome"], held["outcome"], "asked again, answered the same");
    let total = back["you"]["hold"]["total_won"].clone();
    let paid = served.act(&back, "pay", cookie, "pay", &json!({"expected_won": total}));
    assert_eq!(paid["outcome"]["kind"], "booked", "{paid}");
    drop(served);
    let served = Served::start(&folder, &["--library", "library"]);
    let over = served.race(id, cookie);
    assert_eq!(over["you"], paid["state"]["you"]);
    let again = served.act(&back, "pay", cookie, "pay", &json!({"expected_won": total}));
    assert_eq!(again["outcome"], paid["outcome"], "paid once");
}

#[test]
fn a29_a_used_key_gets_no_other_request_an_answer_after_a_kill() {
    let folder = TestFolder::new();
    library(&folder);
    let start = || Served::start(&folder, &["--library", "library"]);
    let served = start();
    let (begin, new) = ("idempotency-key: begin\r\n", json!({"scenario": "brisk", "seed": 4}));
    let first = served.ask("POST", "/api/races", "", "", &Value::Null);
    let cookie = first.cookie();
    let begun = served.ask("POST", "/api/races", cookie, begin, &new);
    let id = begun.id();
    served.race_when(id, cookie, |race| race["stage"] == "open");
    served.act(&begun.race(), "enter", cookie, "enter", &json!({}));
    let inside = served.race_when(id, cookie, |race| race["you"]["kind"] == "inside");
    let send = |served: &Served, path: &str, key: &str, body: &Value| {
        served.act(&inside, path, cookie, key, body)
    };
    let held = send(&served, "hold", "hold", &json!({"seats": [1198, 1199]}));
    let total = held["state"]["you"]["hold"]["total_won"].as_u64().unwrap();
    let refused = send(&served, "pay", "refused", &json!({"expected_won": total + 1}));
    assert_eq!(refused["code"], "total-differs");
    drop(served);
    let served = start();
    let fewer = send(&served, "hold", "hold", &json!({"seats": [1198]}));
    assert_eq!(fewer["code"], "idempotency-key-reused");
    let right = send(&served, "pay", "refused", &json!({"expected_won": total}));
    assert_eq!(right["code"], "idempotency-key-reused", "nobody paid under the refused key");
    let paid = send(&served, "pay", "paid", &json!({"expected_won": total}));
    assert_eq!(paid["outcome"]["kind"], "booked", "{paid}");
    drop(served);
    let served = start();
    let other = send(&served, "pay", "paid", &json!({"expected_won": total + 1}));
    assert_eq!(other["code"], "idempotency-key-reused");
    let again = send(&served, "pay", "paid", &json!({"expected_won": total}));
    assert_eq!(again["outcome"], paid["outcome"]);
    let other = json!({"scenario": "brisk", "seed": 5});
    let other = served.ask("POST", "/api/races", cookie, begin, &other);
    assert_eq!(other.body["code"], "idempotency-key-reused");
    let again = served.ask("POST", "/api/races", cookie, begin, &new);
    assert_eq!((again.id(), &again.race()["you"]), (id, &paid["state"]["you"]));
}

#[test]
fn a18_marks_that_were_acknowledged_survive_a_kill() {
    let folder = TestFolder::new();
    library(&folder);
    let start = || Served::start(&folder, &["--library", "library"]);
    let served = start();
    let begun = served.ask("POST", "/api/races", "", "", &json!({"scenario": "brisk"}));
    let cookie = begun.cookie();
    let race = served.race_when(begun.id(), cookie, |race| race["stage"] == "open");
    let press = race["started_at_ms"].as_f64().unwrap() + race["opens_at_ms"].as_f64().unwrap();
    let mark =
        |name: &str| json!({"marks": [{"name": name, "at_ms": press + 1.0, "error_ms": 4.5}]});
    let kept = |served: &Served, key: &str, name: &str| {
        served.act(&begun.race(), "marks", cookie, key, &mark(name))["kept"].clone()
    };
    assert_eq!(kept(&served, "first", "press"), 1);
    served.act(&begun.race(), "enter", cookie, "enter", &json!({}));
    // SIGKILL comes right after the answer.
    drop(served);
    let served = start();
    assert_eq!(kept(&served, "second", "queue-seen"), 2, "the first one is there");
    assert_eq!(kept(&served, "first", "press"), 2, "sent again, kept once");
    served.act(&begun.race(), "leave", cookie, "leave", &json!({}));
    assert_eq!(kept(&served, "third", "map-seen"), 3, "a run that is over takes marks too");
    drop(served);
    let served = start();
    assert_eq!(kept(&served, "third", "map-seen"), 3);
    let path = format!("/api/races/{}/report", begun.id());
    let report = served.ask("GET", &path, cookie, "", &Value::Null).body;
    assert_eq!(report["clock"]["error_ms"], 4.5, "{report}");
}

/// Limits files to half a megabyte. Writes beyond that fail without ending the process, as on a full disk.
#[cfg(unix)]
fn on_a_small_disk(folder: &TestFolder) -> Command {
    let serve = folder.command(&["serve", "--listen", "127.0.0.1:0", "--library", "library"]);
    let mut shell = Command::new("sh");
    shell.arg("-c").arg("ulimit -f 1024 && exec \"$0\" \"$@\"");
    shell.arg(serve.get_program()).args(serve.get_args()).args(["--data", "data"]);
    shell.current_dir(folder.path(".")).stderr(Stdio::piped());
    shell
}

#[cfg(target_os = "linux")]
#[test]
fn a44_a_log_that_cannot_be_written_ends_nothing() {
    let folder = TestFolder::new();
    library(&folder);
    let mut command = folder.command(&["serve", "--listen", "127.0.0.1:0", "--data", "data"]);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let served =
        Served::spawn(command.args(["--library", "library", "--log", "debug"]).stderr(full));
    served.ask("POST", "/api/races", "", "", &json!({"scenario": "brisk"}));
}

#[cfg(unix)]
#[test]
fn a44_a_full_disk_is_said_and_survived() {
    let folder = TestFolder::new();
    library(&folder);
    let mut served = Served::spawn(&mut on_a_small_disk(&folder));
    let begun = served.ask("POST", "/api/races", "", "", &json!({"scenario": "brisk", "seed": 4}));
    let (cookie, id) = (begun.cookie(), begun.id());
    served.race_when(id, cookie, |race| race["stage"] == "open");
    served.act(&begun.race(), "enter", cookie, "enter", &json!({}));
    let inside = served.race_when(id, cookie, |race| race["you"]["kind"] == "inside");
    let command = |turn: usize| {
        let verb = if turn.is_multiple_of(2) { "hold" } else { "release" };
        (verb, format!("turn-{turn}"), json!({"seats": [1199]}))
    };
    let send = |served: &Served, turn: usize| {
        let (verb, key, body) = command(turn);
        let more = format!("idempotency-key: {key}\r\npass: {}\r\n", pass(&inside));
        served.ask("POST", &format!("/api/races/{id}/{verb}"), cookie, &more, &body)
    };
    let mut told = Vec::new();
    let mut refusals = 0;
    // The journal goes on in its old log once that has been moved into the main file. So there is room
    // again after each time that the disk is full.
    while refusals < 2 || told.len() < 20 {
        let answer = send(&served, told.len());
        match answer.status() {
            "200" => told.push(answer.body),
            // The rate of a guest is limited.
            "429" => std::thread::park_timeout(Duration::from_millis(100)),
            _ => {
                assert_eq!((answer.status(), &answer.body["code"]), ("503", &json!("disk-full")));
                refusals += 1;
            }
        }
    }
    assert!(served.child.try_wait().unwrap().is_none(), "the process goes on");
    // SIGKILL: nothing can be saved.
    drop(served);
    let served = Served::start(&folder, &["--library", "library"]);
    let back = served.race(id, cookie);
    let last = told.last().unwrap();
    assert_eq!(back["you"]["hold"]["seats"], last["state"]["you"]["hold"]["seats"]);
    for (turn, before) in told.iter().enumerate().rev().take(20) {
        assert_eq!(send(&served, turn).body["outcome"], before["outcome"], "turn {turn}");
    }
    let anew = send(&served, told.len());
    assert_eq!(anew.status(), "200", "what was not acknowledged can be sent again: {}", anew.body);
}

#[cfg(unix)]
#[test]
fn a19_a44_a_failed_journal_is_reported_and_acknowledged_races_survive() {
    let folder = TestFolder::new();
    library(&folder);
    let mut served = Served::spawn(&mut on_a_small_disk(&folder));
    let begin = || served.ask("POST", "/api/races", "", "", &json!({"scenario": "brisk"}));
    let mut begun = Vec::new();
    let mut refusals = 0;
    // Three refusals in a row: neither the log nor the main file has room.
    while refusals < 3 {
        let answer = begin();
        match answer.status() {
            "201" => (begun.push(answer), refusals = 0).0,
            "429" => std::thread::park_timeout(Duration::from_millis(100)),
            _ => {
                assert_eq!(answer.body["code"], "disk-full", "{}", answer.body);
                refusals += 1;
            }
        }
    }
    assert_eq!(served.ask("GET", "/readyz", "", "", &Value::Null).status(), "503");
    assert_eq!(served.ask("GET", "/healthz", "", "", &Value::Null).status(), "200");
    let path = folder.path("data/journal.sqlite");
    let whole = std::fs::read(&path).unwrap();
    // The journal finds this when it opens its file again.
    std::fs::write(&path, "this is no journal any more").unwrap();
    let status = served.child.wait().unwrap();
    assert_eq!(status.code(), Some(1), "{status}");
    let mut said = String::new();
    served.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("error: the journal failed"), "{said}");
    assert!(said.contains("the journal could not open the file again"), "it says why: {said}");
    assert!(said.contains("hint: nothing that was acknowledged is lost"), "{said}");
    std::fs::write(&path, whole).unwrap();
    let served = Served::start(&folder, &["--library", "library"]);
    for one in &begun {
        assert_eq!(served.race(one.id(), one.cookie())["id"], one.id());
    }
}

#[cfg(unix)]
#[test]
fn a44_lost_commits_are_refused_until_somebody_accepts_the_loss() {
    let folder = TestFolder::new();
    library(&folder);
    let served = Served::start(&folder, &["--library", "library"]);
    let begin = || served.ask("POST", "/api/races", "", "", &json!({"scenario": "brisk"}));
    let begun: Vec<_> = (0..3).map(|_| begin()).collect();
    let mark = folder.path("data/journal.sqlite-mark");
    for _ in 0..600 {
        if mark.exists() && folder.path("data/journal.sqlite-wal").exists() {
            break;
        }
        std::thread::park_timeout(Duration::from_millis(50));
    }
    let early = std::fs::read(folder.path("data/journal.sqlite")).unwrap();
    stop(served);
    std::fs::write(folder.path("data/journal.sqlite"), early).unwrap();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--library", "library", "--data", "data"];
    let said = folder.run(&serve);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stderr.contains("lost writes that were acknowledged"), "{said:?}");
    assert!(said.stderr.contains("--accept-loss"), "{said:?}");
    let said = folder.run(&["doctor", "--data", "data"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stdout.contains("lost writes that were acknowledged"), "{said:?}");
    let said = folder.run(&["doctor", "--data", "data", "--accept-loss"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let served = Served::start(&folder, &["--library", "library"]);
    let answer = begun[2].id();
    assert_eq!(
        served
            .ask("GET", &format!("/api/races/{answer}"), begun[2].cookie(), "", &Value::Null)
            .status(),
        "404"
    );
}

#[cfg(unix)]
#[test]
fn a10_a_signal_ends_the_server_in_good_order() {
    let folder = TestFolder::new();
    let mut served = Served::start(&folder, &[]);
    let id = served.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    let status = served.child.wait().unwrap();
    assert!(status.success(), "{status}");
    let mut rest = String::new();
    served.stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "one line on standard output");
    assert!(folder.path("data/journal.sqlite").exists());
    assert!(!folder.path("data/journal.sqlite-wal").exists(), "closed whole");
}

#[test]
fn a10_a_taken_port_is_an_error_with_a_hint() {
    let folder = TestFolder::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = folder.run(&["serve", "--listen", &address, "--data", "data"]);
    assert_eq!(said.code, Some(1));
    assert!(said.stderr.contains(&format!("error: cannot listen at {address}")), "{}", said.stderr);
    assert!(said.stderr.contains("hint: another program listens there"), "{}", said.stderr);
}

#[test]
fn a31_a_server_at_all_addresses_names_one_for_here_and_one_for_the_network() {
    let folder = TestFolder::new();
    let mut command = folder.command(&["serve", "--listen", "0.0.0.0:0", "--log", "warn"]);
    let mut served = Served::spawn(command.args(["--data", "data"]).stderr(Stdio::null()));
    assert!(served.address.starts_with("127.0.0.1:"), "{}", served.address);
    let port = served.address.rsplit(':').next().unwrap().to_owned();
    assert_eq!(served.ask("GET", "/api/clock", "", "", &Value::Null).status(), "200");
    // A machine without a network has no second address to tell.
    let has_network = UdpSocket::bind("0.0.0.0:0")
        .unwrap()
        .connect(SocketAddr::from(([192, 0, 2, 1], 9)))
        .is_ok();
    if has_network {
        let mut line = String::new();
        served.stdout.read_line(&mut line).unwrap();
        let (words, address) = line.trim().split_once("http://").unwrap();
        assert_eq!(words, "on a phone in the same network: ");
        assert!(address.ends_with(&format!(":{port}")), "{address}");
        served.address = address.to_owned();
        assert_eq!(served.ask("GET", "/api/clock", "", "", &Value::Null).status(), "200");
    }
    stop(served);
}

#[test]
fn a10_a_folder_in_use_is_an_error_with_a_hint() {
    let folder = TestFolder::new();
    let _served = Served::start(&folder, &[]);
    let said = folder.run(&["serve", "--listen", "127.0.0.1:0", "--data", "data"]);
    assert_eq!(said.code, Some(1));
    assert!(said.stderr.contains("hint: another server uses this folder"), "{}", said.stderr);
}

#[test]
fn a47_a_number_of_shards_that_no_machine_can_run_is_refused() {
    let folder = TestFolder::new();
    for count in ["0", "257", "100000"] {
        folder.put("shards.toml", format!("data = \"data\"\nshards = {count}\n"));
        let said = folder.run(&["serve", "--config", "shards.toml"]);
        assert_eq!(said.code, Some(1), "{}", said.stderr);
        let told = format!("shards = {count} is out of range");
        assert!(said.stderr.contains(&told), "{}", said.stderr);
    }
}

#[test]
fn a10_o47_the_configuration_is_read_and_unknown_keys_are_refused() {
    let folder = TestFolder::new();
    folder.put(
        "serve.toml",
        "listen = \"127.0.0.1:0\"\ndata = \"kept\"\nlog = \"warn\"\nkeep_days = 7\n",
    );
    let served = Served::spawn(&mut folder.command(&["serve", "--config", "serve.toml"]));
    assert!(folder.path("kept/secret.key").exists());
    drop(served);
    folder.put("wrong.toml", "listne = \"127.0.0.1:0\"\n");
    let said = folder.run(&["serve", "--config", "wrong.toml"]);
    assert_eq!(said.code, Some(1));
    assert!(said.stderr.contains("unknown field `listne`"), "{}", said.stderr);
    assert!(said.stderr.contains("hint: keys: listen, data"), "{}", said.stderr);
    let said = folder.run(&["serve", "--library", "nowhere", "--data", "data"]);
    assert!(said.stderr.contains("the library nowhere is no folder"), "{}", said.stderr);
}

#[test]
fn a10_a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let folder = TestFolder::new();
    folder.put("serve.toml", "listen = \"127.0.0.1:1\"\ndata = \"of-file\"\n");
    let mut command = folder.command(&["serve", "--config", "serve.toml", "--data", "of-flag"]);
    command.env("TINGTING_LISTEN", "127.0.0.1:0").env("TINGTING_DATA", "of-env");
    drop(Served::spawn(&mut command));
    assert!(folder.path("of-flag").exists());
    assert!(!folder.path("of-env").exists() && !folder.path("of-file").exists());
}

/// Asks the server to end and waits until it has saved its races.
#[cfg(unix)]
fn stop(mut served: Served) {
    let pid = served.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(served.child.wait().unwrap().success());
}

/// What `tingting replay` says of each race of the folder, and its exit code.
fn replayed(folder: &TestFolder) -> (Option<i32>, BTreeMap<String, Value>) {
    let said = folder.run(&["replay", "data", "--json"]);
    let told: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|_| panic!("{said:?}"));
    let races = told["races"].as_array().unwrap().iter();
    let named = races.map(|race| {
        let name = race["race"].as_str().unwrap().rsplit(' ').next().unwrap();
        (name.to_owned(), race.clone())
    });
    (said.code, named.collect())
}

/// Appends a batch to a race that is not one, and adds a race whose header is not one.
fn damage(folder: &TestFolder, id: &str) {
    let mut store = SqliteStore::open(&folder.path("data/journal.sqlite")).unwrap();
    let sale = SaleId(u64::from_str_radix(id, 16).unwrap());
    let epoch = store.claim(sale).unwrap();
    let mut last = Seq::NONE;
    store
        .read_batches(sale, Seq::NONE, &mut |batch| {
            last = batch.seq;
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();
    let records = b"this is not a batch".to_vec();
    store.append(&[Append { sale, seq: last.next(), epoch, records }]).unwrap();
    store.create(SaleId(0x77), b"this is not a header").unwrap();
    store.close().unwrap();
}

#[cfg(unix)]
#[test]
fn r15_every_race_of_a_servers_folder_is_replayed() {
    let folder = TestFolder::new();
    library(&folder);
    let start = || Served::start(&folder, &["--library", "library", "--no-demo"]);
    let served = start();
    let begin = || served.ask("POST", "/api/races", "", "", &json!({"scenario": "brisk"}));
    let (finished, running) = (begin(), begin());
    for begun in [&finished, &running] {
        served.race_when(begun.id(), begun.cookie(), |race| race["stage"] == "open");
        let entered = served.act(&begun.race(), "enter", begun.cookie(), "enter", &json!({}));
        assert_eq!(entered["outcome"]["kind"], "placed", "{entered}");
    }
    served.act(&finished.race(), "leave", finished.cookie(), "leave", &json!({}));
    // SIGKILL: both are there as far as the log goes.
    drop(served);
    let (code, races) = replayed(&folder);
    assert_eq!((code, races.len()), (Some(0), 2));
    for begun in [&finished, &running] {
        let race = &races[begun.id()];
        assert_eq!((&race["outcome"], &race["people"]), (&json!("unfinished"), &json!(1)));
    }
    // Stopped in order, the race under way has a snapshot to be compared with.
    let served = start();
    served.race_when(running.id(), running.cookie(), |race| race["stage"] == "open");
    stop(served);
    let (code, races) = replayed(&folder);
    assert_eq!((code, &races[running.id()]["outcome"]), (Some(0), &json!("ok")), "{races:?}");
    damage(&folder, finished.id());
    let (code, races) = replayed(&folder);
    assert_eq!((code, races.len()), (Some(1), 3));
    assert_eq!(races[running.id()]["outcome"], "ok", "the others are replayed all the same");
    for id in [finished.id(), "0000000000000077"] {
        assert_eq!(races[id]["outcome"], "damaged", "{races:?}");
        assert!(races[id]["what"].as_str().unwrap().contains("damaged"));
    }
}
