//! The server as a program of its own.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Anything;
use crate::library;

/// The server's own files, in the folder that it is given.
pub(crate) const DATA: &str = "data";

/// The core of the server, and the core of everybody else, as `taskset` names them.
const FIRST_CORE: &str = "0";
pub(crate) const SECOND_CORE: &str = "1";

/// Short spans, so that a bench of a minute sees what a server sees in an hour: after these many seconds a silent person is lost,
/// and a race that nobody asks for leaves the memory.
const CONFIG: &str = "lost_after = 10\nunload_after = 5\nmetrics = \"off\"\nlog = \"warn\"\n";

/// How long the server may take to stop before it is killed.
const STOP_MAX: Duration = Duration::from_mins(1);
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A server that runs.
pub(crate) struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    /// Starts the server on the first core, with its files in `folder`.
    pub(crate) fn start(program: &Path, folder: &Path) -> Result<Self, Anything> {
        let [library, data, config] =
            ["library", DATA, "config.toml"].map(|name| folder.join(name));
        library::fill(&library)?;
        fs::write(&config, CONFIG)?;
        let mut child = Command::new("taskset")
            .args(["--cpu-list", FIRST_CORE])
            .arg(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--library"])
            .args([&library, Path::new("--data"), &data, Path::new("--config"), &config])
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", program.display()))?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("a pipe")?).read_line(&mut line)?;
        let address = line.trim().trim_start_matches("http://").parse()?;
        Ok(Self { child, address })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder in which the system tells about the process.
    pub(crate) fn process(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}", self.child.id()))
    }

    /// Asks the server to stop, and returns how long that took; `None` if it had to be killed.
    pub(crate) fn stop(&mut self) -> Result<Option<Duration>, Anything> {
        let asked_at = now();
        Command::new("kill").arg(self.child.id().to_string()).status()?;
        while asked_at.elapsed() < STOP_MAX {
            if self.child.try_wait()?.is_some() {
                return Ok(Some(asked_at.elapsed()));
            }
            rest(LOOK_EVERY);
        }
        Ok(None)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A bench that failed must not leave a server behind; one that stopped is gone already.
        if self.child.kill().is_ok() {
            let _ended = self.child.wait().is_ok();
        }
    }
}

/// Leaves the server alone for a while.
#[expect(clippy::disallowed_methods, reason = "a bench is a shell of its own")]
pub(crate) fn rest(length: Duration) {
    std::thread::sleep(length);
}

#[expect(clippy::disallowed_methods, reason = "a bench is a shell of its own")]
fn now() -> Instant {
    Instant::now()
}
