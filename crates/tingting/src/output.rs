//! The only module that prints.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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

    /// Writes to standard output. A reader that has closed the pipe, such as `head`, is not a failure: it
    /// does not want the rest.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), CommandError> {
        let mut stdout = self.stdout.lock();
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CommandError::input(
                anyhow::Error::new(error).context("cannot write to standard output"),
            )),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Whether standard output is a terminal.
    pub(crate) fn is_terminal(&self) -> bool {
        self.stdout.is_terminal()
    }

    /// How to color standard output: with colors on a terminal unless `NO_COLOR` is set.
    pub(crate) fn paint(&self) -> Paint {
        let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        if self.is_terminal() && !is_unwanted { Paint::Colors } else { Paint::Plain }
    }

    /// A progress bar of `seats` on standard error. It is hidden if standard error is not a terminal.
    pub(crate) fn progress(&self, seats: u64) -> Progress {
        self.bar("paid", seats)
    }

    /// A progress bar of so many things on standard error, as [`progress`](Self::progress).
    pub(crate) fn count(&self, things: &str, count: u64) -> Progress {
        self.bar(things, count)
    }

    #[expect(clippy::unused_self, reason = "only the holder of the output may print")]
    fn bar(&self, things: &str, count: u64) -> Progress {
        let bar =
            ProgressBar::with_draw_target(Some(count), ProgressDrawTarget::stderr_with_hz(10));
        let template =
            format!("{{msg:>9}} {{bar:40.magenta}} {{human_pos}} of {{human_len}} {things}");
        let style = ProgressStyle::with_template(&template).expect("the template is right");
        bar.set_style(style.progress_chars("●◐·"));
        Progress { bar }
    }

    /// Writes a note on standard error: text that is not part of the answer.
    #[expect(clippy::unused_self, reason = "only the holder of the output may print")]
    pub(crate) fn note(&self, text: impl fmt::Display) {
        // Standard error may be closed; then nobody can read the note.
        let _closed = writeln!(io::stderr().lock(), "{text}");
    }

    /// Prints a message of clap: help on standard output, errors on standard error.
    #[expect(clippy::unused_self, reason = "only the holder of the output may print")]
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
        // The further lines of a cause are indented below its first one.
        let indented = |cause: &dyn fmt::Display| cause.to_string().replace('\n', "\n    ");
        let causes = failure.error.chain().skip(1);
        lines.extend(causes.map(|cause| format!("  caused by: {}", indented(&cause))));
        lines.extend(failure.hints.iter().map(|hint| format!("hint: {hint}")));
        self.note(lines.join("\n"));
        ExitCode::from(failure.kind.exit_code())
    }
}

/// Whether to color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    Colors,
    Plain,
}

impl Paint {
    /// `text` in a color, given by its number in ANSI escape codes.
    pub(crate) fn colored(self, text: &str, color: &str) -> String {
        match self {
            Self::Colors => format!("\x1b[{color}m{text}\x1b[0m"),
            Self::Plain => text.to_owned(),
        }
    }
}

/// A bar that shows the progress of a race.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Shows how many seats are paid, and the race's time.
    pub(crate) fn show(&mut self, paid: u64, clock: &str) {
        self.bar.set_message(clock.to_owned());
        self.bar.set_position(paid);
    }

    /// Removes the bar.
    pub(crate) fn clear(self) {
        self.bar.finish_and_clear();
    }
}
