//! A server as a whole process: from the start to a signal.

use std::net::SocketAddr;

use tokio::runtime::Builder;
use tokio::signal;

use crate::server::{Options, Server, ServerError};

/// Serves until the process is asked to end, or can no longer serve. `ready` is told where it listens.
///
/// # Errors
///
/// [`ServerError`] says why it did not start, or ended by itself.
pub fn run(options: Options, ready: impl FnOnce(SocketAddr)) -> Result<(), ServerError> {
    let runtime = Builder::new_multi_thread().enable_all().build().map_err(ServerError::Thread)?;
    runtime.block_on(async {
        let server = Server::start(options).await?;
        ready(server.address());
        tracing::info!(address = %server.address(), "serving");
        tokio::select! {
            () = asked_to_end() => tracing::info!("stopping"),
            () = server.failed() => tracing::error!("stopping: nothing more can be promised"),
        }
        server.stop().await
    })
}

#[cfg(unix)]
async fn asked_to_end() {
    use signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).expect("signals can be waited for");
    tokio::select! {
        // Where it cannot be waited for, the other one is.
        interrupted = signal::ctrl_c() => interrupted.unwrap_or_default(),
        _ = terminate.recv() => {}
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    signal::ctrl_c().await.unwrap_or_default();
}
