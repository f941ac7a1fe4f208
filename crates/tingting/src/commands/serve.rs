//! `tingting serve`: runs the server until the process is asked to end.

use std::io;
use std::net::{AddrParseError, IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::num::NonZero;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use clap::{Args, ValueEnum};
use etcetera::BaseStrategy as _;
use journal::JournalError;
use serde::Deserialize;
use server::{
    Capacity, ConnectionLimits, Front, HostName, LogForm, LogLevel, MetricsAt, OpenTurn, Options,
    Patience, RequestRates, Retention, RoomStoreError, ServerError, Timetable, TrustedProxy,
    log_to_stderr,
};

use super::configuration;
use super::database::DatabaseOption;
use super::provider::{Provider, providers};
use crate::error::CommandError;
use crate::folder::{BROKEN, LOST};
use crate::output::Output;

/// What a person is told whose configuration file cannot be used.
const KEYS: &str = "keys: listen, data, library, metrics, log, log_form, shards, connections, requests_per_guest, \
    requests_per_address, trusted_proxies, hosts, lost_after, unload_after, keep_days, races, disk_mb, open_races, \
    database, demo, providers";

/// The longest time between two open races: a day.
const OPEN_EVERY_MINUTES_MAX: u32 = 1_440;

/// The most ways in which open races are played in turn. Each is read at the first list.
const OPEN_TURNS_MAX: usize = 100;

/// The most threads that may own races. Chosen: more than any machine has cores to run them.
const SHARDS_MAX: usize = 256;

const LISTEN: &str = "127.0.0.1:8080";

/// The port that exporters of metrics to Prometheus use by convention.
const METRICS: &str = "127.0.0.1:9464";

/// Tells a person at a terminal what to do with the address.
const NEXT: &str = "Open it in a browser to practise. Ctrl-C stops; races under way are kept.";
/// Stands before the address for other machines.
const NETWORK: &str = "on a phone in the same network: ";
const LOST_AFTER_S: u64 = 120;
const UNLOAD_AFTER_S: u64 = 60;
const DAY: Duration = Duration::from_hours(24);

/// Serve practice races until asked to end
///
/// The first line on standard output is the address. To practise on a phone in the same network, listen at all
/// addresses (`--listen 0.0.0.0:8080`) and open the address in the second line. An option on the command line wins over an
/// environment variable, which wins over the configuration file.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address to listen at; port 0 takes any that is free [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR", env = "TINGTING_LISTEN")]
    listen: Option<SocketAddr>,
    /// Folder of journal and key [default: tingting in the user's data folder]
    #[arg(long, value_name = "DIR", env = "TINGTING_DATA")]
    data: Option<PathBuf>,
    /// Folder of scenarios, plans, styles … that take the place of the built-in ones
    #[arg(long, value_name = "DIR", env = "TINGTING_LIBRARY")]
    library: Option<PathBuf>,
    /// Configuration file (TOML)
    #[arg(long, value_name = "FILE", env = "TINGTING_CONFIG")]
    config: Option<PathBuf>,
    /// Address to serve the metrics at, or `off` [default: 127.0.0.1:9464]
    #[arg(long, value_name = "ADDR", env = "TINGTING_METRICS")]
    metrics: Option<MetricsChoice>,
    /// Proxy whose word on clients is taken: an address or a network such as 10.0.0.0/8; may come several times
    #[arg(long, value_name = "NET", env = "TINGTING_TRUSTED_PROXY", value_delimiter = ',')]
    trusted_proxy: Vec<TrustedProxy>,
    /// Name under which the server is reached; may come several times [default: every name]
    #[arg(long, value_name = "NAME", env = "TINGTING_HOST", value_delimiter = ',')]
    host: Vec<HostName>,
    /// Hold no open races, which everybody may enter [default: one every five minutes]
    #[arg(long, env = "TINGTING_NO_OPEN_RACES")]
    no_open_races: bool,
    #[command(flatten)]
    database: DatabaseOption,
    /// Invent no concerts [default: while there are no others]
    #[arg(long, env = "TINGTING_NO_DEMO")]
    no_demo: bool,
    /// What is logged on standard error [default: info]
    #[arg(long, value_name = "LEVEL", env = "TINGTING_LOG")]
    log: Option<Level>,
    /// How a line of the log looks [default: text]
    #[arg(long, value_name = "FORM", env = "TINGTING_LOG_FORM")]
    log_form: Option<Form>,
}

/// The configuration file. Every key has a default; keys that are not here are refused.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    library: Option<PathBuf>,
    metrics: Option<MetricsChoice>,
    log: Option<Level>,
    log_form: Option<Form>,
    /// How many threads own races. Default: the number of cores.
    shards: Option<usize>,
    /// How many connections there may be at once, half of them from one address.
    connections: Option<NonZero<usize>>,
    /// How many requests a second of one guest are answered, lasting.
    requests_per_guest: Option<NonZero<u32>>,
    /// How many requests a second of one address are answered, lasting.
    requests_per_address: Option<NonZero<u32>>,
    /// The proxies whose word on clients is taken.
    #[serde(default)]
    trusted_proxies: Vec<TrustedProxy>,
    /// The names under which the server is reached. Default: every name.
    #[serde(default)]
    hosts: Vec<HostName>,
    /// After so many seconds of silence a visitor counts as lost.
    lost_after: Option<u64>,
    /// A finished race leaves the memory when nobody has asked for it for so many seconds.
    unload_after: Option<u64>,
    /// Days for which a race is kept after its time is over.
    keep_days: Option<NonZero<u32>>,
    /// Races in memory at once. The one that nobody needs gives way.
    races: Option<NonZero<usize>>,
    /// Megabytes of the journal beyond which no race begins.
    disk_mb: Option<NonZero<u32>>,
    /// The open races.
    #[serde(default)]
    open_races: OpenRaces,
    /// The PostgreSQL database of the shows.
    database: Option<String>,
    /// Whether the server invents concerts while there are no others. Default: true.
    demo: Option<bool>,
    /// Those by whom people can log in. Default: nobody.
    #[serde(default)]
    providers: Vec<Provider>,
}

/// When open races open, and how they are played.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenRaces {
    /// Minutes between two openings. 0 for no open races.
    #[serde(default = "five_minutes")]
    every_minutes: u32,
    /// How they are played, in turn. Default: four tiers of demand, each in both styles.
    #[serde(default)]
    turns: Vec<Turn>,
}

/// How one open race is played.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn {
    scenario: String,
    style: Option<String>,
}

impl Default for OpenRaces {
    fn default() -> Self {
        Self { every_minutes: five_minutes(), turns: Vec::new() }
    }
}

fn five_minutes() -> u32 {
    5
}

/// An address, or the word `off`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
enum MetricsChoice {
    Off,
    At(SocketAddr),
}

impl FromStr for MetricsChoice {
    type Err = AddrParseError;

    fn from_str(word: &str) -> Result<Self, AddrParseError> {
        if word == "off" { Ok(Self::Off) } else { word.parse().map(Self::At) }
    }
}

impl TryFrom<String> for MetricsChoice {
    type Error = AddrParseError;

    fn try_from(word: String) -> Result<Self, AddrParseError> {
        word.parse()
    }
}

#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
enum Level {
    Warn,
    Info,
    Debug,
}

#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
enum Form {
    Text,
    Json,
}

pub(crate) fn run(arguments: &Serve, output: &Output) -> Result<(), CommandError> {
    let config = arguments
        .config
        .as_deref()
        .map_or(Ok(Config::default()), |path| configuration::read(path, KEYS))?;
    log_to_stderr(
        match arguments.log.or(config.log).unwrap_or(Level::Info) {
            Level::Warn => LogLevel::Warn,
            Level::Info => LogLevel::Info,
            Level::Debug => LogLevel::Debug,
        },
        match arguments.log_form.or(config.log_form).unwrap_or(Form::Text) {
            Form::Text => LogForm::Text,
            Form::Json => LogForm::Json,
        },
    );
    let default = LISTEN.parse().expect("an address");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let rates = rates(&config);
    let open_races = timetable(config.open_races, arguments.no_open_races)?;
    let options = Options {
        listen: arguments.listen.or(config.listen).unwrap_or(default),
        data: arguments.data.clone().or(config.data).unwrap_or_else(data_folder),
        library: arguments.library.clone().or(config.library),
        shards: shards(config.shards)?.unwrap_or(cores.min(SHARDS_MAX)),
        patience: Patience {
            lost_after: Duration::from_secs(config.lost_after.unwrap_or(LOST_AFTER_S)),
            unload_after: Duration::from_secs(config.unload_after.unwrap_or(UNLOAD_AFTER_S)),
            silent_after: server::limits::SILENCE_MAX,
        },
        connections: ConnectionLimits::that_fit(
            config.connections.map_or(server::limits::CONNECTIONS_MAX, NonZero::get),
        ),
        rates,
        front: Front {
            trusted_proxies: or(&arguments.trusted_proxy, config.trusted_proxies),
            hosts: or(&arguments.host, config.hosts),
        },
        metrics: metrics(arguments.metrics.or(config.metrics)),
        clock_ahead: Duration::ZERO,
        retention: config.keep_days.map_or_else(Retention::default, |days| Retention {
            keep: DAY * days.get(),
            ..Retention::default()
        }),
        capacity: capacity(config.races, config.disk_mb),
        open_races,
        database: arguments.database.url(config.database.as_deref())?,
        demo: !arguments.no_demo && config.demo.unwrap_or(true),
        providers: providers(config.providers)?,
    };
    if let Some(library) = options.library.as_ref().filter(|library| !library.is_dir()) {
        let message = format!("the library {} is no folder", library.display());
        return Err(CommandError::refused(message).hint("name a folder with scenarios/, styles/ …"));
    }
    let ready = |address: SocketAddr| {
        // Standard output may be closed; then the program that started this one knows the address.
        let _closed = output.write(addresses(address).as_bytes());
        if output.is_terminal() {
            output.note(NEXT);
        }
    };
    server::run(options, ready).map_err(explain)
}

/// The list of the command line, or that of the configuration file if the first one is empty.
fn or<T: Clone>(arguments: &[T], config: Vec<T>) -> Vec<T> {
    if arguments.is_empty() { config } else { arguments.to_vec() }
}

fn rates(config: &Config) -> RequestRates {
    let default = RequestRates::default();
    RequestRates {
        per_guest: config.requests_per_guest.unwrap_or(default.per_guest),
        per_address: config.requests_per_address.unwrap_or(default.per_address),
    }
}

/// The timetable of open races; `None` for a server without.
fn timetable(asked: OpenRaces, is_off: bool) -> Result<Option<Timetable>, CommandError> {
    let OpenRaces { every_minutes, turns } = asked;
    if is_off || every_minutes == 0 {
        return Ok(None);
    }
    if every_minutes > OPEN_EVERY_MINUTES_MAX || turns.len() > OPEN_TURNS_MAX {
        let message = "the timetable of open races is out of range";
        let hint = "open_races.every_minutes must be 0 to 1440, and there can be 100 turns";
        return Err(CommandError::refused(message).hint(hint));
    }
    let default = Timetable::default();
    let turn = |Turn { scenario, style }| OpenTurn { scenario, style };
    let turns: Vec<OpenTurn> = turns.into_iter().map(turn).collect();
    Ok(Some(Timetable {
        every: Duration::from_mins(u64::from(every_minutes)),
        turns: if turns.is_empty() { default.turns } else { turns },
    }))
}

/// How many shards the configuration asks for, if it does.
fn shards(asked: Option<usize>) -> Result<Option<usize>, CommandError> {
    match asked {
        Some(count) if !(1..=SHARDS_MAX).contains(&count) => {
            let message = format!("shards = {count} is out of range");
            let hint = "shards must be 1 to 256; without the key there is one for each core";
            Err(CommandError::refused(message).hint(hint))
        }
        asked => Ok(asked),
    }
}

/// Where the metrics are served. The default address is not worth failing for, so that a second server on the same
/// machine starts without being told another one.
fn metrics(choice: Option<MetricsChoice>) -> Option<MetricsAt> {
    match choice {
        None => {
            let address = METRICS.parse().expect("an address");
            Some(MetricsAt { address, is_required: false })
        }
        Some(MetricsChoice::At(address)) => Some(MetricsAt { address, is_required: true }),
        Some(MetricsChoice::Off) => None,
    }
}

/// The lines that say where the server can be reached. The first one works on this machine. A server that listens
/// at all addresses has a second one for phones and other machines in the same network.
fn addresses(listening: SocketAddr) -> String {
    if !listening.ip().is_unspecified() {
        return format!("http://{listening}\n");
    }
    let here: IpAddr = match listening {
        SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    let at = |ip| format!("http://{}\n", SocketAddr::new(ip, listening.port()));
    let network = network_address().map_or_else(String::new, |ip| format!("{}{}", NETWORK, at(ip)));
    at(here) + &network
}

/// The address by which other machines in the network reach this one, if it is in a network.
fn network_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // Connecting a UDP socket sends nothing: it only chooses the route, and with it the own address. The other end
    // is one of the addresses that are kept for documentation.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_loopback() && !ip.is_unspecified()).then_some(ip)
}

fn capacity(races: Option<NonZero<usize>>, disk_mb: Option<NonZero<u32>>) -> Capacity {
    let default = Capacity::default();
    let disk_bytes = disk_mb.map_or(default.disk_bytes, |mb| u64::from(mb.get()) * 1_000_000);
    Capacity { races: races.map_or(default.races, NonZero::get), disk_bytes }
}

/// The default data folder. It does not depend on the working directory, so that a later start finds the
/// races again, except for a user without a home.
pub(super) fn data_folder() -> PathBuf {
    match etcetera::choose_base_strategy() {
        Ok(folders) => folders.data_dir().join("tingting"),
        Err(_) => PathBuf::from("tingting-data"),
    }
}

/// What to do about a damaged file of rooms. The races are in the journal, which is another file.
const ROOMS_DAMAGED: &str = "put a copy of rooms.sqlite3 and the files beside it back, or move them away to go on without \
    rooms: links of before then lead nowhere, and no race is lost";

/// Adds to a failure a hint on what the user can do about it.
fn explain(error: ServerError) -> CommandError {
    let is_taken = matches!(&error, ServerError::Listen { source, .. }
        if source.kind() == io::ErrorKind::AddrInUse);
    let hint = match &error {
        ServerError::Listen { .. } if is_taken => {
            "another program listens there: choose another port with --listen, or port 0 for any"
        }
        ServerError::Listen { .. } => "choose an address of this machine with --listen",
        ServerError::Journal { source: JournalError::InUse, .. } => {
            "another server uses this folder: stop it, or choose another folder with --data"
        }
        ServerError::Journal { source: JournalError::Lost { .. }, .. } => LOST,
        ServerError::Journal { source: JournalError::Broken { .. }, .. } => BROKEN,
        ServerError::Rooms { source: RoomStoreError::Damaged { .. }, .. } => ROOMS_DAMAGED,
        ServerError::Journal { source: JournalError::DiskFull { .. }, .. }
        | ServerError::Rooms { source: RoomStoreError::DiskFull(_), .. } => {
            "make room on the disk, or choose a folder on another one with --data"
        }
        ServerError::Rooms { source: RoomStoreError::Newer { .. }, .. } => "use the newer program",
        ServerError::Rooms { source: RoomStoreError::InUse, .. } => {
            "another process uses the file: stop it, or choose another folder with --data"
        }
        ServerError::JournalFailed(_)
        | ServerError::Rooms { source: RoomStoreError::Failed(_), .. } => {
            "nothing that was acknowledged is lost: see to the disk, and start again to go on"
        }
        ServerError::Folder { .. }
        | ServerError::Key { .. }
        | ServerError::Journal { .. }
        | ServerError::Rooms { .. } => {
            "check the folder and its permissions, or choose another one with --data"
        }
        ServerError::Catalogue { .. } | ServerError::Accounts(_) => {
            "check the database and the right to make tables in it, or leave --database out to keep the shows in the \
             data folder"
        }
        ServerError::Thread(_) => "the machine is short of memory or threads",
        ServerError::ShardFailed => "nothing that was acknowledged is lost: start again to go on",
    };
    CommandError::input(anyhow::Error::new(error)).hint(hint)
}
