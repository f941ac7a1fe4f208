//! The errors of commands, with their hints and exit codes.

use std::fmt;

/// A failure of a command. It is printed as `error: …`, its causes, then `hint: …` lines.
#[derive(Debug)]
pub(crate) struct CommandError {
    /// The origin of the failure.
    pub(crate) kind: ErrorKind,
    /// The message and its chain of causes.
    pub(crate) error: anyhow::Error,
    /// What the user can do, one line each.
    pub(crate) hints: Vec<String>,
}

/// The origin of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The command line asks for something that does not exist.
    Usage,
    /// A file or a value was refused, or cannot be read or written.
    Input,
    /// A bug in this program.
    Internal,
}

impl ErrorKind {
    /// 2 for a wrong command line as clap has it, 1 for refused input, 70 (`EX_SOFTWARE`) for
    /// a bug in this program.
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::Input => 1,
            Self::Internal => 70,
        }
    }
}

impl CommandError {
    /// The command line asks for something that does not exist.
    pub(crate) fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self::new(ErrorKind::Usage, error.into())
    }

    /// A file or a value was refused, or cannot be read or written.
    pub(crate) fn input(error: impl Into<anyhow::Error>) -> Self {
        Self::new(ErrorKind::Input, error.into())
    }

    /// The same with a message instead of an error.
    pub(crate) fn refused(message: impl fmt::Display) -> Self {
        Self::input(anyhow::Error::msg(message.to_string()))
    }

    /// Adds a line on what the user can do.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    fn new(kind: ErrorKind, error: anyhow::Error) -> Self {
        Self { kind, error, hints: Vec::new() }
    }
}

/// An error that no command expects is a bug in this program.
impl From<anyhow::Error> for CommandError {
    fn from(error: anyhow::Error) -> Self {
        Self::new(ErrorKind::Internal, error)
    }
}
