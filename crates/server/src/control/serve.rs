//! The server's end of the control socket.

use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustix::process::geteuid;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};

use super::{Answer, Errand, LINE_BYTES_MAX, socket_path};
use crate::gateway::Gateway;
use crate::shows::{grant, rebuild};

/// How long the operator's program may take to send its errand.
const READ_WITHIN: Duration = Duration::from_secs(5);

/// Serves the operator for as long as it is polled, one errand after the other. A server without the socket works as
/// well, so a failure is only logged.
pub(crate) async fn serve(gateway: Arc<Gateway>, data: std::path::PathBuf) {
    let listener = match listen(&data) {
        Ok(listener) => listener,
        Err(error) => {
            tracing::warn!(%error, "no control socket: stop the server before `tingting admin`");
            return;
        }
    };
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                if let Err(error) = answer(&gateway, stream).await {
                    tracing::warn!(%error, "an errand of the operator failed");
                }
            }
            Err(error) => {
                tracing::warn!(%error, "the control socket takes no connection");
                tokio::time::sleep(READ_WITHIN).await;
            }
        }
    }
}

/// Makes the socket, readable by its owner only. One that a killed server left is replaced: this server has the journal, so
/// no other one runs on the folder.
fn listen(data: &Path) -> io::Result<UnixListener> {
    let path = socket_path(data);
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let listener = UnixListener::bind(&path)?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

async fn answer(gateway: &Arc<Gateway>, stream: UnixStream) -> io::Result<()> {
    // The file's mode keeps others out; this holds also in the moment before it is set.
    let peer = stream.peer_cred()?.uid();
    if peer != geteuid().as_raw() && peer != 0 {
        return Ok(());
    }
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    let mut limited = (&mut stream).take(LINE_BYTES_MAX);
    tokio::time::timeout(READ_WITHIN, limited.read_line(&mut line)).await??;
    let answer = match serde_json::from_str(&line) {
        Ok(errand) => run(gateway, errand).await,
        Err(error) => Answer::Refused { reason: error.to_string() },
    };
    let mut text = serde_json::to_vec(&answer)?;
    text.push(b'\n');
    stream.into_inner().write_all(&text).await
}

async fn run(gateway: &Arc<Gateway>, errand: Errand) -> Answer {
    let context = &gateway.context;
    let done = match errand {
        Errand::Grant { who } => {
            grant(&context.catalogue, &who, context.clock.now()).await.map(|()| 0)
        }
        Errand::Rebuild => rebuild(gateway).await,
    };
    match done {
        Ok(sales) => Answer::Done { sales },
        Err(reason) => Answer::Refused { reason },
    }
}
