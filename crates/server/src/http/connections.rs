//! Accepts connections and serves HTTP on them: so many at once, so many from one address, and none in silence.

mod line;
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
use tokio::time::{Instant, interval, sleep};
use tower::{ServiceExt as _, service_fn};

use self::line::{Connection, Line};
use self::table::{Place, Share, Table, Turn, Turns};
use super::connection_limits::ConnectionLimits;
use super::front::Front;
use crate::limits::HEAD_BYTES_MAX;

/// How long the listener rests after the system refused a connection for want of files or memory. Connections
/// that end in the meantime make room.
const REST: Duration = Duration::from_millis(100);

/// The time between two lines of the log about the same trouble, however often it happens.
const SAY_EVERY: Duration = Duration::from_mins(1);

/// The address of the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// A listener with limits.
#[derive(Debug)]
pub(crate) struct Connections {
    listener: TcpListener,
    limits: ConnectionLimits,
    table: Arc<Table>,
    front: Front,
}

impl Connections {
    /// `name` is the value of the label `listener` in the metrics.
    pub(crate) fn new(listener: TcpListener, limits: ConnectionLimits, name: &'static str) -> Self {
        Self { listener, limits, table: Table::new(limits, name), front: Front::default() }
    }

    /// The same connections behind these proxies, which have no share of their own.
    pub(crate) fn behind(self, front: Front) -> Self {
        Self { front, ..self }
    }

    /// Serves until `stop` is ready. Then accepts nothing more, and waits for the requests that are being answered.
    pub(crate) async fn serve(self, router: Router, stop: impl Future<Output = ()>) {
        let Self { listener, limits, table, front } = self;
        // HTTP/1 alone: a connection of HTTP/2 would carry any number of requests at once.
        let mut http = Builder::new();
        // The table knows better than the protocol how long a connection has been silent.
        http.header_read_timeout(None).max_buf_size(HEAD_BYTES_MAX);
        let (stopping, open) = watch::channel(());
        let mut stop = pin!(stop);
        let mut looks = interval(limits.look_every());
        let mut trouble = Trouble::default();
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, address)) => match take(&table, &front, stream, address) {
                        Some(connection) => serve_one(&http, open.clone(), &router, connection, address),
                        None => trouble.full(),
                    },
                    Err(error) if ends_one_connection(&error) => {}
                    Err(error) => {
                        trouble.refused(&error);
                        table.end_one();
                        sleep(REST).await;
                    }
                },
                now = looks.tick() => table.end_slow(now),
                () = &mut stop => break,
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
                now = looks.tick() => table.end_slow(now),
            }
        }
    }
}

/// The connection, if the limits allow it.
fn take(
    table: &Arc<Table>,
    front: &Front,
    stream: TcpStream,
    address: SocketAddr,
) -> Option<Connection<Place>> {
    let line = Arc::new(Line::new(stream));
    let share = if front.trusts(address.ip()) { Share::Whole } else { Share::Limited };
    let place = Table::admit(table, Instant::now(), Arc::clone(&line), address.ip(), share)?;
    Some(Connection { line, place })
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
