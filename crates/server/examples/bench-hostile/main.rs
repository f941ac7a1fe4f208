//! `cargo xtask bench hostile`: what an innocent person notices while a visitor attacks the server, and what the server then uses.
//! Writes its section of `docs/BENCHMARKS.md`.
//!
//! The server has the first core for itself. The innocent people and the attacker share the second one; the attacker gets only
//! what of it nobody else wants, so that the attacker's own work does not look like a slow server. The same people are measured
//! undisturbed first, on the same server, beside a program that keeps the second core as busy as an attacker does. Each attack
//! meets a server of its own with an empty folder.

#[path = "../shared/answer.rs"]
mod answer;
mod attack;
#[path = "../shared/innocent.rs"]
mod innocent;
#[path = "../shared/library.rs"]
mod library;
#[path = "../shared/program.rs"]
mod program;
mod races;
mod usage;
#[path = "../shared/wire.rs"]
mod wire;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use attack::Attack;
use gauntlet::bench::document::{Row, section, write};
use gauntlet::bench::machine;
use innocent::Experience;
use program::Program;
use usage::Usage;

type Anything = Box<dyn std::error::Error + Send + Sync>;

/// The innocent people.
const PEOPLE: u8 = 4;

/// How long people are watched undisturbed, and how long under an attack.
const WATCHED: Duration = Duration::from_secs(30);
const ATTACKED: Duration = Duration::from_secs(30);
/// The same for a run that only shows whether the bench works.
const QUICK: Duration = Duration::from_secs(5);
/// How long the server is left alone after an attack before its use is taken.
const REST: Duration = Duration::from_secs(5);

/// The least share of its core that the burner has on a quiet machine.
const QUIET_MIN: f64 = 0.7;

/// Promised: 99 of 100 answers come within this many times what they take undisturbed.
const RATIO_MAX: f64 = 1.5;

/// The names under which this program starts itself: as the burner, and as an attacker.
const BURNER: &str = "--burn";
const ATTACKER: &str = "--attack";

const METHOD: &str = "Four innocent people play on one connection each, from addresses of their own: every 50 ms each asks \
for the state, holds or releases a seat or pings, and every five seconds begins another race and asks for the report of the last. A \
time runs from the moment at which a request was due to the end of its answer. Beside them one attacker does one thing, from an \
address of its own and without a pause. *Undisturbed* is the same server before the attack, with the attacker's core just as busy. The \
server has one core, people and attacker the other; the attacker gets what people leave of it. *After* is five seconds after the attack. The machine must be quiet: whatever else runs on it takes time from the attacker first. Promised: 99 of 100 answers take at most 1.5 times as long as undisturbed, and no request of an innocent person \
fails.";

/// What the command line asks for.
struct Asked {
    is_quick: bool,
    program: PathBuf,
    attacks: Vec<Attack>,
}

/// What an attack came to.
struct Found {
    attack: Attack,
    undisturbed: Experience,
    attacked: Experience,
    /// Which share of its core the burner had, and then the attacker.
    busy: [f64; 2],
    before: Usage,
    most: Usage,
    after: Usage,
    stopped_in: Option<Duration>,
}

fn main() -> Result<(), Anything> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [BURNER] => burn(),
        [ATTACKER, name, address] => {
            let attack = Attack::named(name).ok_or("there is no such attack")?;
            attack.go_on(address.parse()?)
        }
        arguments => measure(&parse(arguments)?),
    }
}

fn parse(arguments: &[&str]) -> Result<Asked, Anything> {
    let beside = std::env::current_exe()?;
    let folder = beside.parent().and_then(Path::parent).ok_or("this program has a folder")?;
    let mut asked =
        Asked { is_quick: false, program: folder.join("tingting"), attacks: Vec::new() };
    let mut arguments = arguments.iter();
    while let Some(&argument) = arguments.next() {
        match argument {
            "--quick" => asked.is_quick = true,
            "--program" => asked.program = arguments.next().ok_or("which program")?.into(),
            name => asked.attacks.push(Attack::named(name).ok_or_else(|| {
                format!("there is no attack `{name}`: {}", Attack::ALL.map(Attack::name).join(", "))
            })?),
        }
    }
    if asked.attacks.is_empty() {
        asked.attacks.extend(Attack::ALL);
    }
    Ok(asked)
}

fn measure(asked: &Asked) -> Result<(), Anything> {
    let mut rows = Vec::new();
    for &attack in &asked.attacks {
        let found = try_attack(asked, attack)?;
        let [burned, _] = found.busy;
        if burned < QUIET_MIN && !asked.is_quick {
            let share = burned * 100.0;
            return Err(format!(
                "the machine is busy: the attacker would get {share:.0} % of a core"
            )
            .into());
        }
        for Row(what, figure) in found.rows() {
            writeln!(std::io::stdout().lock(), "{what}: {figure}")?;
            rows.push(Row(what, figure));
        }
    }
    let section = section("Hostile", METHOD, &machine::describe(), &rows);
    if !asked.is_quick && asked.attacks.len() == Attack::ALL.len() {
        write("Hostile", &section)?;
    }
    Ok(())
}

fn try_attack(asked: &Asked, attack: Attack) -> Result<Found, Anything> {
    let folder = tempfile::tempdir()?;
    let mut server = Program::start(&asked.program, folder.path())?;
    let data = folder.path().join(program::DATA);
    let (watched, attacked) = if asked.is_quick { (QUICK, QUICK) } else { (WATCHED, ATTACKED) };
    let address = server.address();
    let burner = Beside::start(&[BURNER.to_owned()])?;
    let undisturbed = innocent::play(PEOPLE, address, watched, || Ok(()))?;
    let burned = burner.end(watched)?;
    let before = Usage::of(&server, &data)?;
    let arguments = [ATTACKER.to_owned(), attack.name().to_owned(), address.to_string()];
    let attacker = Beside::start(&arguments)?;
    let mut most = before;
    let experience = innocent::play(PEOPLE, address, attacked, || {
        most = most.most(Usage::of(&server, &data)?);
        Ok(())
    })?;
    let busy = [burned, attacker.end(attacked)?];
    program::rest(REST);
    let after = Usage::of(&server, &data)?;
    let stopped_in = server.stop()?;
    Ok(Found { attack, undisturbed, attacked: experience, busy, before, most, after, stopped_in })
}

/// This program once more, on the second core, where it gets what nobody else wants.
struct Beside(Child);

impl Beside {
    fn start(arguments: &[String]) -> Result<Self, Anything> {
        let idle = ["--cpu-list", program::SECOND_CORE, "chrt", "--idle", "0"];
        let this = std::env::current_exe()?;
        Ok(Self(Command::new("taskset").args(idle).arg(this).args(arguments).spawn()?))
    }

    /// Ends it, and returns which share of the time it had the core.
    fn end(self, length: Duration) -> Result<f64, Anything> {
        let path = format!("/proc/{}/schedstat", self.0.id());
        let text = std::fs::read_to_string(path)?;
        let on_core_ns: u64 = text.split(' ').next().ok_or("a number")?.parse()?;
        Ok(Duration::from_nanos(on_core_ns).div_duration_f64(length))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // An attacker must not outlive a bench that failed.
        if self.0.kill().is_ok() {
            let _ended = self.0.wait().is_ok();
        }
    }
}

/// Keeps a core busy until the process is killed.
fn burn() -> ! {
    let mut number = 0u64;
    loop {
        number = std::hint::black_box(number.wrapping_mul(3).wrapping_add(1));
    }
}

impl Found {
    fn rows(&self) -> Vec<Row> {
        let Self { attack, undisturbed, attacked, busy, before, most, after, stopped_in } = self;
        let row = |what: &str, figure| Row(format!("{}: {what}", attack.title()), figure);
        let ratio = attacked.most_ms() / undisturbed.most_ms();
        let verdict = if ratio <= RATIO_MAX { "met" } else { "missed" };
        let stopped =
            stopped_in.map_or("killed".to_owned(), |took| format!("{:.1}", took.as_secs_f64()));
        let limits = attack.limits();
        vec![
            row("undisturbed, ms: half of them / 99 of 100 / longest", undisturbed.show()),
            row("attacked, ms: half of them / 99 of 100 / longest", attacked.show()),
            row(
                "99 of 100, times undisturbed",
                format!("{ratio:.2}; at most {RATIO_MAX}: {verdict}"),
            ),
            row(
                "a race begun, a report read, ms: half of them / longest, undisturbed and attacked",
                format!("{} and {}", undisturbed.show_heavy(), attacked.show_heavy()),
            ),
            row(
                "% of its core that the burner had, and then the attacker",
                busy.map(|share| format!("{:.0}", share * 100.0)).join(" and "),
            ),
            row("requests of innocent people, failed", attacked.show_failures()),
            row("MiB of memory: before / most / after", limits.memory(before, most, after)),
            row("threads: before / most / after", limits.threads(before, most, after)),
            row("open files: before / most / after", limits.files(before, most, after)),
            row("MiB on disk: before / most / after", limits.disk(before, most, after)),
            row("s until the server has stopped", stopped),
        ]
    }
}
