//! Why a command ends without success, and with which exit code.

use std::fmt;

/// A command's failure as the user is told of it: `error: …`, its causes, then `hint: …` lines.
#[derive(Debug)]
pub(crate) struct CommandError {
    /// Whose doing it is.
    pub(crate) kind: ErrorKind,
    /// The message and its chain of causes.
    pub(crate) error: anyhow::Error,
    /// What the user can do, one line each.
    pub(crate) hints: Vec<String>,
}

/// Whose doing a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The command line asks for something that does not exist.
    Usage,
    /// A file or a value was refused, or cannot be read or written.
    Input,
    /// A mistake of ours.
    Internal,
}

impl ErrorKind {
    /// 2 for a wrong command line as clap has it, 1 for refused input, 70 (`EX_SOFTWARE`) for
    /// mistakes of ours.
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

    /// What was given is refused.
    pub(crate) fn input(error: impl Into<anyhow::Error>) -> Self {
        Self::new(ErrorKind::Input, error.into())
    }

    /// What was given is refused, in our own words.
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

/// Anything that was not foreseen is a mistake of ours.
impl From<anyhow::Error> for CommandError {
    fn from(error: anyhow::Error) -> Self {
        Self::new(ErrorKind::Internal, error)
    }
}
