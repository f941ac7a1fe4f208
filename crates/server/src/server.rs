//! The whole server: it recovers from its data folder, serves, and stops.

mod error;
mod recovery;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::Duration;

use catalogue::Catalogue;
use journal::{SaleId, SqliteStore, TaskResult};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use scenario::Library;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task;

pub use self::error::ServerError;
use self::recovery::{Opened, check_clock, journal_path, open};
use crate::accounts::{Accounts, sessions};
use crate::clock::UnixTime;
use crate::context::{Context, Health};
use crate::gateway::{Gateway, shard_of};
use crate::http::{App, Connections, MetricsAt, router, serve_metrics};
use crate::ids::RaceId;
use crate::journal_thread::JournalThread;
use crate::keys::Keys;
use crate::leaving::Leaving;
use crate::limits::{FAREWELL, SAVES_WAITING_MAX, STOP_TIMEOUT};
use crate::openings::{self, Openings};
use crate::options::{Options, Retention};
use crate::outages::Pulse;
use crate::payments::{self, Payments};
use crate::providers::Providers;
use crate::rooms::{RoomStore, Rooms, Timetable, begin};
use crate::shard::{Event, spawn};
use crate::shows::{self, Asks, keep_demo};
use crate::workshop::Workshop;

/// The time between two sweeps of rate limits and metrics.
const SWEEP_EVERY: Duration = Duration::from_secs(30);

/// The time between two rests of the journal (rule J16).
const REST_EVERY: Duration = Duration::from_secs(1);

/// The time between two removals of old races (rule A22).
const REMOVE_EVERY: Duration = Duration::from_hours(24);

/// A running server.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    metrics_address: Option<SocketAddr>,
    gateway: Arc<Gateway>,
    journal: Arc<JournalThread>,
    shards: Vec<JoinHandle<()>>,
    serving: task::JoinHandle<()>,
    /// What goes on beside the requests, and ends with the server.
    beside: Vec<task::JoinHandle<()>>,
    rooms: Arc<Rooms>,
    journal_path: PathBuf,
    rooms_path: PathBuf,
}

impl Server {
    /// Opens the data folder, recovers the races under way and begins to serve. Call it in a Tokio
    /// runtime.
    ///
    /// # Errors
    ///
    /// [`ServerError`] says what cannot be used and why.
    pub async fn start(options: Options) -> Result<Self, ServerError> {
        let address = options.listen;
        let listen = |source| ServerError::Listen { address, source };
        // Listening comes first, so that a taken port is reported before anything is recovered.
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let metrics = bind_metrics(options.metrics).await?;
        let metrics_address = metrics.as_ref().and_then(|listener| listener.local_addr().ok());
        let data = options.data.clone();
        let ahead = options.clock_ahead;
        #[expect(clippy::disallowed_methods, reason = "once, before anybody asks for anything")]
        let opened = task::spawn_blocking(move || open(&data, ahead)).await;
        let Opened { keys, store, index, shelf, used_at, clock, outages, pulse, rooms } =
            opened.expect("opening does not panic")?;
        let (catalogue, accounts, openings) = open_catalogue(&options, &keys, clock.now()).await?;
        let (health, _) = watch::channel(Health::Serving);
        check_clock(clock.now(), used_at.max(index.newest()));
        let context = Arc::new(Context {
            keys,
            clock,
            catalogue,
            asks: Asks::default(),
            accounts,
            leaving: Leaving::default(),
            index,
            outages,
            patience: options.patience,
            capacity: options.capacity,
            shelf,
            disk_bytes: AtomicU64::new(0),
            full_at: AtomicU64::new(0),
            workshop: Workshop::start().map_err(ServerError::Thread)?,
            health,
            cause: OnceLock::new(),
            saving: Arc::new(Semaphore::new(SAVES_WAITING_MAX)),
            settle: options.retention.settle,
            loaded: AtomicUsize::new(0),
            disk_is_full: AtomicBool::new(false),
            asking: AtomicUsize::new(0),
            openings,
            payments: Payments::default(),
        });
        let (gateway, journal, shards) = set_up(&options, &context, store, pulse)?;
        let rooms_path = rooms.path().to_owned();
        let (rooms, beginning) =
            start_rooms(rooms, &context, &gateway, options.open_races.clone())?;
        let mut beside = serve_shows(&gateway, &options);
        beside.push(beginning);
        let app = app(&options, &gateway, &rooms);
        beside.extend(metrics.map(|listener| task::spawn(serve_metrics(listener, prometheus()))));
        beside.push(task::spawn(sweep(app.clone(), options.retention)));
        beside.push(task::spawn(rest(Arc::clone(&journal))));
        let stopping = context.health.subscribe();
        options.front.log();
        let connections =
            Connections::new(listener, options.connections, "people").behind(options.front);
        let serving = task::spawn(connections.serve(router(app), until_stopping(stopping)));
        let journal_path = journal_path(&options.data);
        Ok(Self {
            address,
            metrics_address,
            gateway,
            journal,
            shards,
            serving,
            beside,
            rooms,
            journal_path,
            rooms_path,
        })
    }

    /// The address on which the server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address at which the metrics are served, if they are.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics_address
    }

    /// The way to the races, for tests inside of this crate.
    #[cfg(test)]
    pub(crate) fn gateway(&self) -> Arc<Gateway> {
        Arc::clone(&self.gateway)
    }

    /// Waits until the server fails.
    pub async fn failed(&self) {
        let mut health = self.gateway.context.health.subscribe();
        // Waiting fails only if the sender is dropped, and it lives as long as the server.
        let _dropped = health.wait_for(|health| *health == Health::Failed).await;
    }

    /// Stops accepting, closes every live connection, saves every race and closes the journal.
    ///
    /// # Errors
    ///
    /// [`ServerError::JournalFailed`] or [`ServerError::ShardFailed`] if the server had failed,
    /// [`ServerError::Journal`] if the journal cannot be closed. In each case everything that was
    /// acknowledged is on disk.
    pub async fn stop(self) -> Result<(), ServerError> {
        let Self { gateway, journal, shards, serving, beside, rooms, .. } = self;
        let had_failed = *gateway.context.health.borrow() == Health::Failed;
        gateway.context.health.send_if_modified(|health| {
            let is_first = *health == Health::Serving;
            if is_first {
                *health = Health::Stopping;
            }
            is_first
        });
        for task in beside {
            task.abort();
        }
        let abort = serving.abort_handle();
        if tokio::time::timeout(STOP_TIMEOUT, serving).await.is_err() {
            abort.abort();
        }
        gateway.stop();
        close(&gateway.context).await;
        let context = Arc::clone(&gateway.context);
        #[expect(clippy::disallowed_methods, reason = "once, after the last answer")]
        let closed = task::spawn_blocking(move || {
            let rooms_failed = rooms.close();
            // Its jobs ask the journal, so it ends before the journal does.
            context.workshop.close();
            let is_whole = shards.into_iter().all(|shard| shard.join().is_ok());
            let closed = journal.close().map_or(Ok(()), SqliteStore::close);
            (is_whole, closed, rooms_failed)
        });
        let (is_whole, closed, rooms_failed) =
            closed.await.map_err(|_| ServerError::ShardFailed)?;
        if let Some(cause) = gateway.context.cause.get() {
            return Err(ServerError::JournalFailed(Arc::clone(cause)));
        }
        if let Some(source) = rooms_failed {
            return Err(ServerError::Rooms { path: self.rooms_path, source });
        }
        if had_failed || !is_whole {
            return Err(ServerError::ShardFailed);
        }
        closed.map_err(|source| ServerError::Journal { path: self.journal_path, source })
    }
}

/// Opens the catalogue, and reads what is known from it before anybody asks: the accounts, and which openings ask for one.
async fn open_catalogue(
    options: &Options,
    keys: &Keys,
    now: UnixTime,
) -> Result<(Catalogue, Accounts, Openings), ServerError> {
    let unread = |source| ServerError::Accounts(Box::new(source));
    let catalogue = shows::open(&options.data, options.database.as_ref(), keys).await?;
    let accounts = Accounts::load(&catalogue, &options.data, now).await.map_err(unread)?;
    let openings = Openings::load(&catalogue).await.map_err(unread)?;
    Ok((catalogue, accounts, openings))
}

fn app(options: &Options, gateway: &Arc<Gateway>, rooms: &Arc<Rooms>) -> App {
    App::new(
        Arc::clone(gateway),
        Arc::clone(rooms),
        options.front.clone(),
        options.rates,
        Providers::new(options.providers.clone()),
        options.connections.answer_within,
    )
}

/// Closes the catalogue. Nothing is lost if that fails or takes too long: what was answered is on disk.
async fn close(context: &Context) {
    let closed = tokio::time::timeout(STOP_TIMEOUT, context.catalogue.clone().close()).await;
    if let Ok(Err(error)) = closed {
        tracing::warn!(%error, "the catalogue did not close");
    }
}

/// Begins what goes on for shows: the sales of performances, the payments in them, what the catalogue has still to hear of log-outs, the demo, and
/// the operator's errands on systems that have such sockets.
fn serve_shows(gateway: &Arc<Gateway>, options: &Options) -> Vec<task::JoinHandle<()>> {
    let mut tasks = vec![
        task::spawn(openings::keep(Arc::clone(gateway))),
        task::spawn(payments::keep(Arc::clone(gateway))),
        task::spawn(sessions::keep_settling(Arc::clone(&gateway.context))),
    ];
    tasks.extend(options.demo.then(|| task::spawn(keep_demo(Arc::clone(gateway)))));
    #[cfg(unix)]
    tasks.push(task::spawn(crate::control::serve(Arc::clone(gateway), options.data.clone())));
    tasks
}

/// Waits until the server stops or fails.
async fn until_stopping(mut health: watch::Receiver<Health>) {
    // Waiting fails only if the sender is dropped, and it lives as long as the server.
    let changed = health.wait_for(|health| *health != Health::Serving).await;
    let has_failed = changed.is_ok_and(|health| *health == Health::Failed);
    if has_failed {
        // Clients that ask in the meantime are answered that the server failed, instead of being cut off.
        tokio::time::sleep(FAREWELL).await;
    }
}

/// Listens for those who read the metrics.
async fn bind_metrics(at: Option<MetricsAt>) -> Result<Option<TcpListener>, ServerError> {
    let Some(MetricsAt { address, is_required }) = at else { return Ok(None) };
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(Some(listener)),
        Err(source) if is_required => Err(ServerError::Listen { address, source }),
        Err(error) => {
            tracing::warn!(%address, %error, "no metrics: choose another address with --metrics");
            Ok(None)
        }
    }
}

/// Starts the keeper of the rooms and the task that begins their races.
fn start_rooms(
    store: RoomStore,
    context: &Arc<Context>,
    gateway: &Arc<Gateway>,
    timetable: Option<Timetable>,
) -> Result<(Arc<Rooms>, task::JoinHandle<()>), ServerError> {
    let path = store.path().to_owned();
    let started = Rooms::start(store, Arc::clone(context), timetable);
    let (rooms, wishes) = started.map_err(|source| ServerError::Rooms { path, source })?;
    let rooms = Arc::new(rooms);
    let serving = begin::serve(wishes, Arc::clone(gateway), Arc::clone(&rooms));
    Ok((rooms, task::spawn(serving)))
}

type Parts = (Arc<Gateway>, Arc<JournalThread>, Vec<JoinHandle<()>>);

/// Starts the journal's thread and the shards.
fn set_up(
    options: &Options,
    context: &Arc<Context>,
    store: SqliteStore,
    pulse: Pulse,
) -> Result<Parts, ServerError> {
    let count = options.shards.max(1);
    let capacity = options.capacity.races.div_ceil(count).max(1);
    let channels: Vec<_> = (0..count).map(|_| channel()).collect();
    let senders: Vec<Sender<Event>> = channels.iter().map(|(tx, _)| tx.clone()).collect();
    let routes = senders.clone();
    let route = move |results: Vec<TaskResult>| {
        let mut parts: Vec<Vec<TaskResult>> = routes.iter().map(|_| Vec::new()).collect();
        for result in results {
            let (TaskResult::Appended { sale, .. } | TaskResult::SnapshotWritten { sale, .. }) =
                &result;
            let SaleId(race) = *sale;
            parts[shard_of(RaceId(race), routes.len())].push(result);
        }
        // Each shard gets one message with all its results, so that it wakes only once.
        for (shard, part) in routes.iter().zip(parts).filter(|(_, part)| !part.is_empty()) {
            // A shard that has ended needs no result.
            let _gone = shard.send(Event::Written(part));
        }
    };
    let journal = JournalThread::new(store, pulse, Arc::clone(context), route);
    let journal = Arc::new(journal.map_err(ServerError::Thread)?);
    let start = |(number, channel)| {
        spawn(number, capacity, Arc::clone(context), Arc::clone(&journal), channel)
    };
    let shards: io::Result<Vec<_>> = channels.into_iter().enumerate().map(start).collect();
    let shards = shards.map_err(ServerError::Thread)?;
    let library = options.library.clone().map_or_else(Library::built_in, Library::with_folder);
    let gateway = Gateway::new(Arc::clone(context), library, Arc::clone(&journal), senders);
    Ok((Arc::new(gateway), journal, shards))
}

/// The metrics of this process. Only one recorder can be installed, and tests start many servers in
/// a process.
fn prometheus() -> PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    let install = || {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // If another recorder is installed already, it stays, and this one has no metrics to show.
        let _other = metrics::set_global_recorder(recorder);
        handle
    };
    HANDLE.get_or_init(install).clone()
}

/// Lets the journal rest now and then.
async fn rest(journal: Arc<JournalThread>) {
    let mut often = tokio::time::interval(REST_EVERY);
    loop {
        often.tick().await;
        journal.rest();
    }
}

/// Forgets idle guests and networks and measures the journal at each sweep, and removes old races once a day.
async fn sweep(app: App, retention: Retention) {
    let mut often = tokio::time::interval(SWEEP_EVERY);
    let first = tokio::time::Instant::now() + retention.settle;
    let mut daily = tokio::time::interval_at(first, REMOVE_EVERY);
    loop {
        tokio::select! {
            _ = often.tick() => {
                app.rates.sweep();
                prometheus().run_upkeep();
                app.gateway.drop_old_snapshots();
                app.gateway.measure_disk().await;
            }
            _ = daily.tick() => app.gateway.remove_old(retention.keep).await,
        }
    }
}
