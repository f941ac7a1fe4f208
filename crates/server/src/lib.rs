//! Tokio and axum around the race: HTTP, live connections, shards and the journal.
//!
//! ```text
//!            HTTP, WebSocket             asks, replies              batches, reports
//!  client ◀────────────────▶ handlers ◀─────────────▶ shards ◀──────────────────▶ journal
//!                            carry bytes              own races, one thread each   one thread
//! ```
//!
//! This crate decides no rule of a sale: handlers turn requests into commands and outcomes into answers.
//! This is the only crate with an executor. Rule numbers (*A1*, *F1* …) refer to `docs/RULES.md`.

mod accounts;
mod captcha;
mod choice;
mod client;
mod clock;
mod context;
pub mod control;
mod data_folder;
mod exercise;
mod gateway;
mod http;
mod ids;
mod index;
mod journal_thread;
mod keys;
mod language;
mod leaving;
pub mod limits;
mod open_files;
mod openings;
pub mod operate;
mod options;
mod outages;
mod payments;
mod plan_address;
mod problem;
mod progress;
mod providers;
mod recent;
mod report;
mod retold;
mod rooms;
mod run;
mod server;
mod shard;
mod sheet;
mod shows;
mod snapshot_shelf;
mod tally;
mod telemetry;
mod what_if;
mod words;
mod workshop;

pub use context::{Capacity, Patience};
pub use data_folder::CATALOGUE_FILE;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub use http::fuzzing;
pub use http::{
    ConnectionLimits, Front, HostName, HostNameInvalid, MetricsAt, RequestRates, TrustedProxy,
};
pub use openings::{ShowsFault, examine_folder, rebuild_folder};
pub use options::{Options, Retention};
pub use providers::{ProviderOptions, Secret};
pub use rooms::{OpenTurn, StoreError as RoomStoreError, Timetable};
pub use run::run;
pub use server::{Server, ServerError};
pub use shows::{DatabaseUrl, DatabaseUrlInvalid, home, stock};
pub use telemetry::{LogForm, LogLevel, log_to_stderr};

/// The description of the API as it is checked in.
///
/// # Panics
///
/// Never, since every description can be written as JSON.
pub fn openapi() -> String {
    let text = http::description().to_pretty_json().expect("a description becomes JSON");
    format!("{text}\n")
}
