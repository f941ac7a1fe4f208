//! The log: one line for each event, with constant words and with values as fields.
//!
//! A field never holds a secret, a cookie, the letters of a captcha or a person's address.

use std::io;

use tracing::level_filters::LevelFilter;

/// The form of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogForm {
    /// Text for people.
    Text,
    /// JSON for programs.
    Json,
}

/// Which events get a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// Events that an operator should look at.
    Warn,
    /// Also starts and stops.
    Info,
    /// Also every request.
    Debug,
}

/// Sends the log of this process to standard error. Only the first call has an effect.
pub fn log_to_stderr(level: LogLevel, form: LogForm) {
    let level = match level {
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    // A log that cannot be written, such as on a full disk, is lost and ends nothing. Telling that on
    // the same stream would end the process.
    let lines = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(io::stderr)
        .log_internal_errors(false);
    // A process has one log, so a second call fails and is ignored.
    let _second = match form {
        LogForm::Text => lines.try_init(),
        LogForm::Json => lines.json().try_init(),
    };
}
