//! One connection: its socket, and when something was last written to it.

use std::io;
use std::net::Shutdown;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use governor::{DefaultDirectRateLimiter, Quota};
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::limits::{LIVE_BYTES_BURST, LIVE_BYTES_PER_S};

/// The value of `Line::stuck_at_ms` while the other side reads.
const NOT_STUCK: u64 = u64::MAX;

/// A socket that somebody else than its reader can close.
#[derive(Debug)]
pub(super) struct Line {
    stream: TcpStream,
    opened: Instant,
    is_closed: AtomicBool,
    /// The bytes that the other side may send, where it may not send any number.
    budget: OnceLock<DefaultDirectRateLimiter>,
    /// When bytes were last written, counted from `opened`.
    written_at_ms: AtomicU64,
    /// Since when the other side has read nothing although bytes wait for it, counted from `opened`.
    stuck_at_ms: AtomicU64,
}

impl Line {
    pub(super) fn new(stream: TcpStream) -> Self {
        // Without this, the system may hold a small answer back to send it with the next one.
        let _unsupported = stream.set_nodelay(true);
        Self {
            stream,
            opened: Instant::now(),
            is_closed: AtomicBool::new(false),
            budget: OnceLock::new(),
            written_at_ms: AtomicU64::new(0),
            stuck_at_ms: AtomicU64::new(NOT_STUCK),
        }
    }

    /// Ends the connection in both directions. Whoever reads it finds its end.
    pub(super) fn close(&self) {
        self.is_closed.store(true, Ordering::Relaxed);
        // It may have ended by itself.
        let _ended = SockRef::from(&self.stream).shutdown(Shutdown::Both);
    }

    /// Limits the bytes that the other side may send from here on. Where it sends more, the connection ends.
    pub(super) fn limit_bytes(&self) {
        self.budget.get_or_init(|| {
            let above_nothing = |count| NonZeroU32::new(count).expect("a budget is above nothing");
            let quota = Quota::per_second(above_nothing(LIVE_BYTES_PER_S));
            DefaultDirectRateLimiter::direct(quota.allow_burst(above_nothing(LIVE_BYTES_BURST)))
        });
    }

    /// Whether these bytes are within the budget, if there is one.
    fn may_send(&self, bytes: usize) -> bool {
        let (Some(budget), Some(bytes)) =
            (self.budget.get(), u32::try_from(bytes).ok().and_then(NonZeroU32::new))
        else {
            return true;
        };
        budget.check_n(bytes).is_ok_and(|within| within.is_ok())
    }

    pub(super) fn written_at(&self) -> Instant {
        self.opened + Duration::from_millis(self.written_at_ms.load(Ordering::Relaxed))
    }

    /// Since when the other side has not read what waits for it. `None` if it reads.
    pub(super) fn stuck_since(&self) -> Option<Instant> {
        let at_ms = self.stuck_at_ms.load(Ordering::Relaxed);
        (at_ms != NOT_STUCK).then(|| self.opened + Duration::from_millis(at_ms))
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(NOT_STUCK)
    }

    /// Writes with `attempt` as soon as the socket takes bytes, and notes when it did and whether it does not.
    fn write(
        &self,
        ctx: &mut Context<'_>,
        attempt: impl Fn(&TcpStream) -> io::Result<usize>,
    ) -> Poll<io::Result<usize>> {
        loop {
            if self.stream.poll_write_ready(ctx)?.is_pending() {
                let (now_ms, free) = (self.now_ms(), NOT_STUCK);
                let (set, get) = (Ordering::Relaxed, Ordering::Relaxed);
                // If it was stuck before, it stays so from that time on.
                let _before = self.stuck_at_ms.compare_exchange(free, now_ms, set, get);
                return Poll::Pending;
            }
            match attempt(&self.stream) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                written => {
                    self.stuck_at_ms.store(NOT_STUCK, Ordering::Relaxed);
                    self.written_at_ms.store(self.now_ms(), Ordering::Relaxed);
                    return Poll::Ready(written);
                }
            }
        }
    }
}

/// The reader and writer of a line.
#[derive(Debug)]
pub(super) struct Connection<P> {
    pub(super) line: Arc<Line>,
    /// Dropped together with the connection.
    pub(super) place: P,
}

impl<P: Unpin> AsyncRead for Connection<P> {
    fn poll_read(
        self: Pin<&mut Self>,
        ctx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            // Some systems go on delivering what arrives on a socket that is closed for reading.
            if self.line.is_closed.load(Ordering::Relaxed) {
                return Poll::Ready(Ok(()));
            }
            ready!(self.line.stream.poll_read_ready(ctx))?;
            match self.line.stream.try_read_buf(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Ok(count) if !self.line.may_send(count) => self.line.close(),
                read => return Poll::Ready(read.map(|_| ())),
            }
        }
    }
}

impl<P: Unpin> AsyncWrite for Connection<P> {
    fn poll_write(
        self: Pin<&mut Self>,
        ctx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.line.write(ctx, |stream| stream.try_write(bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        ctx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.line.write(ctx, |stream| stream.try_write_vectored(parts))
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        match SockRef::from(&self.line.stream).shutdown(Shutdown::Write) {
            // The other side was first.
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Poll::Ready(Ok(())),
            ended => Poll::Ready(ended),
        }
    }
}
