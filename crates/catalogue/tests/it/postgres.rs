//! A PostgreSQL of our own: in a temporary folder, behind a socket there, and gone when the test ends.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use catalogue::Home;

/// PostgreSQL refuses to run as root, so root runs it as *nobody*.
const NOBODY: u32 = 65_534;

/// Ends the server when its input ends, however the test that started it ends.
const GUARD: &str = r#""$@" & server=$!; read -r _; kill -QUIT $server; wait $server"#;

/// A running server. It ends when this is dropped.
pub(crate) struct Postgres {
    guard: Child,
    folder: tempfile::TempDir,
}

impl Postgres {
    /// Starts a server and waits until it takes connections.
    pub(crate) fn start() -> Self {
        let programs = programs();
        // Short, because the path of a socket may have 107 bytes.
        let folder = tempfile::Builder::new().prefix("tt-pg-").tempdir_in("/tmp").unwrap();
        if is_root() {
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let data = folder.path().join("data");
        let made = as_nobody(Command::new(programs.join("initdb")), folder.path())
            .args(["--no-sync", "--auth=trust", "--locale=C.UTF-8", "--encoding=UTF8"])
            .args(["--username=tingting", "-D"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        Self { guard: run(folder.path()), folder }
    }

    /// Stops the server as a crash would.
    #[allow(dead_code, reason = "the server's tests do that")]
    pub(crate) fn stop(&mut self) {
        drop(self.guard.stdin.take());
        self.guard.wait().unwrap();
    }

    /// Starts the server again after [`Self::stop`].
    #[allow(dead_code, reason = "the server's tests do that")]
    pub(crate) fn go_on(&mut self) {
        self.guard = run(self.folder.path());
    }

    /// Where a database of this server is.
    pub(crate) fn home(&self, database: &str) -> Home {
        let socket = self.folder.path().display();
        Home::Postgres(format!("postgres://tingting@localhost/{database}?host={socket}"))
    }
}

/// Runs a server on the files in a folder, and waits until it takes connections.
fn run(folder: &Path) -> Child {
    let mut guard = as_nobody(Command::new("sh"), folder)
        .args(["-c", GUARD, "guard"])
        .arg(programs().join("postgres"))
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder)
        .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off"])
        .args(["-c", "shared_buffers=128MB", "-c", "max_wal_size=4GB"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(guard.stderr.take().unwrap()).lines();
    let is_ready = log.by_ref().map_while(Result::ok).any(|line| line.contains("ready to accept"));
    assert!(is_ready, "the server ended instead of starting");
    // A server whose log nobody reads would stop when the pipe is full.
    std::thread::spawn(move || log.for_each(drop));
    guard
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        drop(self.guard.wait());
    }
}

/// The folder of the newest version's programs.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let folders = versions.map(|version| version.path().join("bin"));
    let newest = folders.filter(|folder| folder.join("initdb").exists()).max();
    newest.unwrap_or_else(|| {
        let output = Command::new("pg_config").arg("--bindir").output();
        let output = output.expect("PostgreSQL is installed: `cargo xtask test` sees to it");
        PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
    })
}

fn as_nobody(mut command: Command, folder: &Path) -> Command {
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.current_dir(folder);
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|itself| itself.uid() == 0)
}
