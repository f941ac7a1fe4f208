//! The log: one line an event, constant words, values as fields.
//!
//! No secret, no cookie, no letters of a captcha and no address of a person is ever a field.

use std::io;

use tracing::level_filters::LevelFilter;

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogForm {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// What is worth a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogLevel {
    /// What somebody should look at.
    Warn,
    /// Starts and stops as well.
    Info,
    /// Every request as well.
    Debug,
}

/// Sends the log of this process to standard error. Later calls change nothing.
pub fn log_to_stderr(level: LogLevel, form: LogForm) {
    let level = match level {
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let lines = tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr);
    // One log a process: the first one stays.
    let _second = match form {
        LogForm::Text => lines.try_init(),
        LogForm::Json => lines.json().try_init(),
    };
}
