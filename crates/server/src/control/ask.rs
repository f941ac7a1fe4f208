//! The operator's end of the control socket. It waits without a runtime, so it is for the command line.

use std::io;
use std::path::Path;

use super::{Answer, Errand};

/// Why a running server could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The socket cannot be used.
    #[error("the server cannot be asked")]
    Socket(#[from] io::Error),
    /// The answer is none: the server is of another version, or ended.
    #[error("the server gave no answer")]
    NoAnswer,
}

/// Asks the server that runs on a data folder to do an errand; `None` if no server runs on it.
///
/// # Errors
/// If the server cannot be asked.
#[cfg(unix)]
pub fn ask(data: &Path, errand: &Errand) -> Result<Option<Answer>, ControlError> {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::os::unix::net::UnixStream;

    use super::{LINE_BYTES_MAX, socket_path};

    let mut stream = match UnixStream::connect(socket_path(data)) {
        Ok(stream) => stream,
        Err(error) => {
            let is_absent =
                matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused);
            // A path that is too long for a socket has none.
            let is_too_long = error.kind() == io::ErrorKind::InvalidInput;
            return if is_absent || is_too_long { Ok(None) } else { Err(error.into()) };
        }
    };
    let mut line = serde_json::to_vec(errand).map_err(io::Error::from)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    let mut answer = String::new();
    BufReader::new(stream.take(LINE_BYTES_MAX)).read_line(&mut answer)?;
    serde_json::from_str(&answer).map(Some).map_err(|_| ControlError::NoAnswer)
}

/// Asks the server that runs on a data folder to do an errand. This system has no such sockets, so there is none.
///
/// # Errors
/// Never.
#[cfg(not(unix))]
pub fn ask(_data: &Path, _errand: &Errand) -> Result<Option<Answer>, ControlError> {
    Ok(None)
}
