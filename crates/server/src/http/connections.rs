//! Accepts connections and serves HTTP on them: so many at once, so many from one address, and none in silence.

use std::collections::HashMap;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

use crate::client::Network;
use crate::limits::{
    CONNECTIONS_MAX, CONNECTIONS_PER_ADDRESS_MAX, FILES_KEPT, HEAD_BYTES_MAX, HEAD_TIMEOUT,
    READ_TIMEOUT, REQUEST_TIMEOUT,
};
use crate::open_files;

/// How long the listener rests after the system refused a connection for want of files or memory. Connections
/// that end in the meantime make room.
const REST: Duration = Duration::from_millis(100);

/// The address of the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// How many connections there may be, and how long they may be silent.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Connections at once. Further clients wait until one ends.
    pub all: usize,
    /// Connections at once from one address, or from one network of an IPv6 subscriber. Further ones are closed.
    pub from_one_address: usize,
    /// How long a client may take to send the head of a request. The time between two requests counts as well, so
    /// this is also how long an idle connection is kept.
    pub head_within: Duration,
    /// How long a request may take, from its head to the head of the answer. The body is sent in this time, too.
    pub answer_within: Duration,
    /// How long a client may take to read some of what is written to it.
    pub read_within: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            all: CONNECTIONS_MAX,
            from_one_address: CONNECTIONS_PER_ADDRESS_MAX,
            head_within: HEAD_TIMEOUT,
            answer_within: REQUEST_TIMEOUT,
            read_within: READ_TIMEOUT,
        }
    }
}

impl ConnectionLimits {
    /// The default limits, lowered to what the system allows. Logs a warning if it allows less.
    pub fn that_fit() -> Self {
        let default = Self::default();
        let Some(files) = open_files::raise_limit() else { return default };
        let all = default.all.min(files.saturating_sub(FILES_KEPT)).max(1);
        if all < default.all {
            tracing::warn!(
                connections = all,
                wanted = default.all,
                "the system allows few open files: raise `ulimit -n`"
            );
        }
        let from_one_address = default.from_one_address.min(all.div_ceil(2));
        Self { all, from_one_address, ..default }
    }
}

/// A listener with limits.
#[derive(Debug)]
pub(crate) struct Connections {
    listener: TcpListener,
    limits: ConnectionLimits,
    room: Arc<Semaphore>,
    shares: Arc<Shares>,
}

impl Connections {
    pub(crate) fn new(listener: TcpListener, limits: ConnectionLimits) -> Self {
        let room = Arc::new(Semaphore::new(limits.all));
        let shares = Arc::new(Shares { taken: Mutex::default(), max: limits.from_one_address });
        Self { listener, limits, room, shares }
    }

    /// Serves until `stop` is ready. Then accepts nothing more, and waits for the requests that are being answered.
    pub(crate) async fn serve(self, router: Router, stop: impl Future<Output = ()>) {
        let mut http = Builder::new(TokioExecutor::new()).http1_only();
        http.http1()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head_within)
            .max_buf_size(HEAD_BYTES_MAX);
        let (open, mut stop) = (GracefulShutdown::new(), pin!(stop));
        loop {
            let (connection, peer) = tokio::select! {
                accepted = self.accept() => accepted,
                () = &mut stop => break,
            };
            let router = router.clone().map_request(move |request: Request<_>| {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(ConnectInfo(peer));
                request
            });
            let service = TowerToHyperService::new(router);
            let served = http.serve_connection_with_upgrades(TokioIo::new(connection), service);
            let served = open.watch(served.into_owned());
            tokio::spawn(async move {
                // A connection that breaks or is too slow simply ends: the other side knows.
                let _broken = served.await;
            });
        }
        drop(self.listener);
        open.shutdown().await;
    }

    /// The next connection that the limits allow.
    async fn accept(&self) -> (Connection, Peer) {
        loop {
            let room = Arc::clone(&self.room);
            let place = room.acquire_owned().await.expect("the room is never closed");
            let (stream, address) = match self.listener.accept().await {
                Ok(accepted) => accepted,
                Err(error) => {
                    if !ends_one_connection(&error) {
                        tracing::warn!(%error, "the system refuses connections: raise `ulimit -n`");
                        tokio::time::sleep(REST).await;
                    }
                    continue;
                }
            };
            let Some(share) = Shares::take(&self.shares, address.ip()) else {
                metrics::counter!("tingting_connections_refused_total").increment(1);
                continue;
            };
            // Without this, the system may hold a small answer back to send it with the next one.
            let _unsupported = stream.set_nodelay(true);
            let mut stream = TimeoutStream::new(stream);
            stream.set_write_timeout(Some(self.limits.read_within));
            let stream = Box::pin(stream);
            return (Connection { stream, _place: place, _share: share }, Peer(address));
        }
    }
}

/// Whether an error of accepting is only about the one connection that was to be accepted.
fn ends_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// How many connections each address has.
#[derive(Debug)]
struct Shares {
    taken: Mutex<HashMap<Network, usize>>,
    max: usize,
}

impl Shares {
    /// One more connection of an address, unless it has its share already.
    fn take(shares: &Arc<Self>, ip: IpAddr) -> Option<Share> {
        let owner = Network::of(ip);
        let mut taken = shares.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(owner).or_default();
        if *count >= shares.max {
            return None;
        }
        *count += 1;
        metrics::gauge!("tingting_connections").increment(1.0);
        Some(Share { shares: Arc::clone(shares), owner })
    }
}

/// A connection's part of its address's share, which dropping returns.
#[derive(Debug)]
struct Share {
    shares: Arc<Shares>,
    owner: Network,
}

impl Drop for Share {
    fn drop(&mut self) {
        metrics::gauge!("tingting_connections").decrement(1.0);
        let mut taken = self.shares.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(self.owner).or_default();
        *count = count.saturating_sub(1);
        if *count == 0 {
            taken.remove(&self.owner);
        }
    }
}

/// A connection with its places, which are returned when the connection is dropped.
#[derive(Debug)]
struct Connection {
    stream: Pin<Box<TimeoutStream<TcpStream>>>,
    _place: OwnedSemaphorePermit,
    _share: Share,
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        ctx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_read(ctx, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        ctx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream.as_mut().poll_write(ctx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        ctx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.stream.as_mut().poll_write_vectored(ctx, parts)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, ctx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_flush(ctx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, ctx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.as_mut().poll_shutdown(ctx)
    }
}
