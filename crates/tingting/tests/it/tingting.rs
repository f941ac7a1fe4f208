//! Runs `tingting` in a temporary folder and captures its output.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The temporary folder of a test, removed at its end.
pub(crate) struct TestFolder {
    folder: tempfile::TempDir,
}

/// The output of a run and its exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl TestFolder {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("the system can make a temporary folder") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("the folder is writable");
    }

    /// The command in this folder, ready to be changed and run.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tingting"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().expect("the binary is built");
        Said {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("the output is UTF-8"),
        }
    }
}

impl Said {
    /// Exit code and standard error in one text.
    pub(crate) fn failure(&self) -> String {
        format!("{}\n{}", self.code.expect("the process was not killed"), self.stderr)
    }
}
