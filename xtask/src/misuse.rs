//! Command lines that cannot be understood.

use std::fmt;

/// A command line that we do not understand. It is not a failure of the work: the caller has to correct it.
#[derive(Debug)]
pub(crate) struct Misuse {
    /// What is wrong.
    message: String,
    /// How to say it right.
    pub(crate) hint: &'static str,
}

impl fmt::Display for Misuse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Misuse {}

/// An error that ends the program with status 2.
pub(crate) fn misuse(message: String, hint: &'static str) -> anyhow::Error {
    Misuse { message, hint }.into()
}

/// Refuses arguments where a command takes none.
pub(crate) fn no_arguments(command: &str, args: &[&str]) -> anyhow::Result<()> {
    match args {
        [] => Ok(()),
        [first, ..] => Err(misuse(
            format!("`{command}` takes no argument, but was given `{first}`"),
            "`cargo xtask help` tells what each command takes",
        )),
    }
}
