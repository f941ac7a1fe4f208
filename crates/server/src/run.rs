//! A server as a process: it runs until a signal ends it.

use std::net::SocketAddr;

use tokio::runtime::Builder;
use tokio::signal;

use crate::options::Options;
use crate::server::{Server, ServerError};

/// Serves until a signal asks the process to end, or until the server fails. Calls `ready` with the
/// address on which it listens.
///
/// # Errors
///
/// [`ServerError`] says why the server did not start, or why it ended by itself.
pub fn run(options: Options, ready: impl FnOnce(SocketAddr)) -> Result<(), ServerError> {
    let runtime = Builder::new_multi_thread().enable_all().build().map_err(ServerError::Thread)?;
    runtime.block_on(async {
        let _quota = refuse_to_end_at_the_quota();
        let server = Server::start(options).await?;
        // The handlers of signals are installed before `ready` is called, so that no later signal
        // is lost.
        let end = AskedToEnd::listen();
        ready(server.address());
        tracing::info!(address = %server.address(), "serving");
        tokio::select! {
            () = end.wait() => tracing::info!("stopping"),
            () = server.failed() => tracing::error!("stopping: nothing more can be promised"),
        }
        server.stop().await
    })
}

/// Takes the signal of a file that would grow beyond what the system allows (`ulimit -f`). The write then fails as on
/// a full disk, instead of ending the process.
#[cfg(unix)]
fn refuse_to_end_at_the_quota() -> std::io::Result<signal::unix::Signal> {
    /// `SIGXFSZ`, the same on Linux, macOS and the BSDs.
    const FILE_TOO_LARGE: i32 = 25;
    signal::unix::signal(signal::unix::SignalKind::from_raw(FILE_TOO_LARGE))
}

#[cfg(not(unix))]
fn refuse_to_end_at_the_quota() {}

/// The signals that ask a process to end.
#[cfg(unix)]
struct AskedToEnd {
    terminate: signal::unix::Signal,
    interrupt: signal::unix::Signal,
}

#[cfg(unix)]
impl AskedToEnd {
    fn listen() -> Self {
        use signal::unix::{SignalKind, signal};
        let listen = |kind| signal(kind).expect("the system lets a process listen for signals");
        Self {
            terminate: listen(SignalKind::terminate()),
            interrupt: listen(SignalKind::interrupt()),
        }
    }

    async fn wait(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The signals that ask a process to end.
#[cfg(not(unix))]
struct AskedToEnd;

#[cfg(not(unix))]
impl AskedToEnd {
    fn listen() -> Self {
        Self
    }

    async fn wait(self) {
        signal::ctrl_c().await.unwrap_or_default();
    }
}
