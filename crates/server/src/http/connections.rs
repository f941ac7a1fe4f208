//! Accepts connections and serves HTTP on them: so many at once, so many from one address, and none in silence.

mod line;
mod pace;
mod table;

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use axum::http::{Request, Response, StatusCode};
use hyper::server::conn::http1::Builder;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::yield_now;
use tokio::time::{Instant, Interval, interval, sleep};
use tower::{ServiceExt as _, service_fn};

use self::line::{Connection, Line};
use self::pace::Pace;
use self::table::{Place, Share, Table, Turn, Turns};
use super::connection_limits::ConnectionLimits;
use super::front::Front;
use crate::limits::{ACCEPTED_IN_A_ROW, HEAD_BYTES_MAX};

/// How long the listener rests after the system refused a connection for want of files or memory. Connections
/// that end in the meantime make room.
const REST: Duration = Duration::from_millis(100);

/// The time between two looks while more clients are too slow than end in one go.
const SOON: Duration = Duration::from_millis(10);

/// The time after which addresses that open nothing more are forgotten.
const SWEEP_EVERY: Duration = Duration::from_secs(10);

/// The time between two lines of the log about the same trouble, however often it happens.
const SAY_EVERY: Duration = Duration::from_mins(1);

/// The address of the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// A listener with limits.
#[derive(Debug)]
pub(crate) struct Connections {
    listener: TcpListener,
    pace: Pace,
    limits: ConnectionLimits,
    table: Arc<Table>,
    front: Front,
}

impl Connections {
    /// `name` is the value of the label `listener` in the metrics.
    pub(crate) fn new(listener: TcpListener, limits: ConnectionLimits, name: &'static str) -> Self {
        let (pace, table) = (Pace::new(&limits), Table::new(limits, name));
        Self { listener, pace, limits, table, front: Front::default() }
    }

    /// The same connections behind these proxies, which have no share of their own.
    pub(crate) fn behind(self, front: Front) -> Self {
        Self { front, ..self }
    }

    /// Serves until `stop` is ready. Then accepts nothing more, and waits for the requests that are being answered.
    pub(crate) async fn serve(self, router: Router, stop: impl Future<Output = ()>) {
        let Self { listener, pace, limits, table, front } = self;
        // HTTP/1 alone: a connection of HTTP/2 would carry any number of requests at once.
        let mut http = Builder::new();
        // The table knows better than the protocol how long a connection has been silent.
        http.header_read_timeout(None).max_buf_size(HEAD_BYTES_MAX);
        let (stopping, open) = watch::channel(());
        let mut stop = pin!(stop);
        let mut looks = interval(limits.look_every());
        let mut sweeps = interval(SWEEP_EVERY);
        let mut trouble = Trouble::default();
        let mut in_a_row = 0;
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, address)) => match take(&pace, &table, &front, stream, address) {
                        Taken::In(connection) => serve_one(&http, open.clone(), &router, connection, address),
                        Taken::TooFast => table.count("pace"),
                        Taken::NoRoom => trouble.full(),
                    },
                    Err(error) if ends_one_connection(&error) => {}
                    Err(error) => {
                        trouble.refused(&error);
                        table.end_one();
                        sleep(REST).await;
                    }
                },
                now = looks.tick() => look(&table, &mut looks, now),
                _now = sweeps.tick() => pace.sweep(),
                () = &mut stop => break,
            }
            in_a_row += 1;
            if in_a_row >= ACCEPTED_IN_A_ROW {
                in_a_row = 0;
                yield_now().await;
            }
        }
        drop(listener);
        table.end_waiting();
        drop(open);
        stopping.send_replace(());
        // Each connection has a receiver until it ends or speaks another protocol.
        let mut answered = pin!(stopping.closed());
        loop {
            tokio::select! {
                () = &mut answered => return,
                now = looks.tick() => look(&table, &mut looks, now),
            }
        }
    }
}

/// What came of a new connection.
enum Taken {
    In(Connection<Place>),
    /// Its address opens connections too fast.
    TooFast,
    /// All places are taken, and no other connection can give way.
    NoRoom,
}

/// Takes a connection in, if the limits allow it.
fn take(
    pace: &Pace,
    table: &Arc<Table>,
    front: &Front,
    stream: TcpStream,
    address: SocketAddr,
) -> Taken {
    let share = if front.trusts(address.ip()) { Share::Whole } else { Share::Limited };
    if share == Share::Limited && pace.is_too_fast(address.ip()) {
        return Taken::TooFast;
    }
    let line = Arc::new(Line::new(stream));
    let place = Table::admit(table, Instant::now(), Arc::clone(&line), address.ip(), share);
    place.map_or(Taken::NoRoom, |place| Taken::In(Connection { line, place }))
}

/// Ends connections whose clients take too long. Where there are many, it looks again soon.
fn look(table: &Table, looks: &mut Interval, now: Instant) {
    if table.end_slow(now) {
        looks.reset_after(SOON);
    }
}

/// Begins to serve a connection.
fn serve_one(
    http: &Builder,
    mut stopping: watch::Receiver<()>,
    router: &Router,
    connection: Connection<Place>,
    address: SocketAddr,
) {
    let (router, turns) = (router.clone(), connection.place.turns());
    let service =
        service_fn(move |request| answer(router.clone(), turns.clone(), address, request));
    let service = TowerToHyperService::new(service);
    let served = http.serve_connection(TokioIo::new(connection), service).with_upgrades();
    tokio::spawn(async move {
        let mut served = pin!(served);
        // A connection that breaks or is too slow simply ends: the other side knows.
        tokio::select! {
            _broken = &mut served => return,
            _stopping = stopping.changed() => served.as_mut().graceful_shutdown(),
        }
        let _broken = served.await;
    });
}

/// Answers one request, and notes in the table when that begins and ends.
async fn answer<B>(
    router: Router,
    turns: Turns,
    address: SocketAddr,
    request: Request<B>,
) -> Result<Response<Body>, Infallible>
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    let mut turn = turns.answering(Instant::now());
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(Peer(address)));
    let response = router.oneshot(request).await?;
    if response.status() == StatusCode::SWITCHING_PROTOCOLS {
        turn.goes_live();
    }
    Ok(response.map(|body| Body::new(Answer { body, _turn: turn })))
}

/// Whether an error of accepting is only about the one connection that was to be accepted.
fn ends_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// The body of an answer. The answer lasts until the body is dropped.
struct Answer {
    body: Body,
    _turn: Turn,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        ctx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(ctx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}

/// Logs troubles of a listener, each once in a while, since clients can cause them as often as they like.
#[derive(Debug, Default)]
struct Trouble {
    said_full: Option<Instant>,
    said_refused: Option<Instant>,
}

impl Trouble {
    fn full(&mut self) {
        if is_time(&mut self.said_full) {
            tracing::warn!("a connection was closed, since all places are taken and none gave way");
        }
    }

    fn refused(&mut self, error: &io::Error) {
        if is_time(&mut self.said_refused) {
            tracing::warn!(%error, "the system refuses connections: raise `ulimit -n`");
        }
    }
}

fn is_time(said: &mut Option<Instant>) -> bool {
    let now = Instant::now();
    let is_time = said.is_none_or(|said| now.duration_since(said) >= SAY_EVERY);
    if is_time {
        *said = Some(now);
    }
    is_time
}
