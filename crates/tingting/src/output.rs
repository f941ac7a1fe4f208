//! The only place that prints.

use std::fmt;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::error::{CommandError, ErrorKind};

/// Standard output and standard error of this process.
#[derive(Debug)]
pub(crate) struct Output {
    stdout: io::Stdout,
}

impl Output {
    pub(crate) fn new() -> Self {
        Self { stdout: io::stdout() }
    }

    /// Writes to standard output. A reader that has gone away, such as `head`, is no failure:
    /// the rest is not wanted.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), CommandError> {
        let mut stdout = self.stdout.lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CommandError::input(
                anyhow::Error::new(error).context("cannot write to standard output"),
            )),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Writes lines on standard error: what is worth knowing and not part of the answer.
    #[expect(clippy::unused_self, reason = "whoever prints holds the output")]
    pub(crate) fn note(&self, text: impl fmt::Display) {
        // Standard error may be closed; there is nobody left to tell.
        let _closed = writeln!(io::stderr().lock(), "{text}");
    }

    /// Prints what clap has to say: help on standard output, complaints on standard error.
    #[expect(clippy::unused_self, reason = "whoever prints holds the output")]
    pub(crate) fn usage(&self, error: &clap::Error) -> ExitCode {
        let _closed = error.print();
        if error.use_stderr() {
            ExitCode::from(ErrorKind::Usage.exit_code())
        } else {
            ExitCode::SUCCESS
        }
    }

    /// Prints a failure: `error:`, its causes, then hints.
    pub(crate) fn failure(&self, failure: &CommandError) -> ExitCode {
        let label = if failure.kind == ErrorKind::Internal { "internal error" } else { "error" };
        let mut lines = vec![format!("{label}: {}", failure.error)];
        // A cause of several lines stays below its first one.
        let indented = |cause: &dyn fmt::Display| cause.to_string().replace('\n', "\n    ");
        let causes = failure.error.chain().skip(1);
        lines.extend(causes.map(|cause| format!("  caused by: {}", indented(&cause))));
        lines.extend(failure.hints.iter().map(|hint| format!("hint: {hint}")));
        self.note(lines.join("\n"));
        ExitCode::from(failure.kind.exit_code())
    }
}
