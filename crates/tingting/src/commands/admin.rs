//! `tingting admin`: who may make concerts.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use server::DatabaseUrl;
use server::control::Errand;

use super::errand;
use crate::error::CommandError;
use crate::output::Output;

/// Say who may make concerts
#[derive(Debug, Args)]
pub(crate) struct Admin {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Grant(Grant),
}

/// Make the person at a browser an administrator
///
/// Works beside a running server and without one.
#[derive(Debug, Args)]
struct Grant {
    /// The browser's cookie `tingting_guest`, or its first 32 characters
    #[arg(value_name = "GUEST")]
    guest: String,
    /// Folder of the server [default: tingting in the user's data folder]
    #[arg(long, value_name = "DIR", env = "TINGTING_DATA")]
    data: Option<PathBuf>,
    /// PostgreSQL database of the shows, postgres://… [default: a file in the data folder]
    #[arg(long, value_name = "URL", env = "TINGTING_DATABASE", hide_env_values = true)]
    database: Option<DatabaseUrl>,
}

pub(crate) fn run(arguments: &Admin, output: &Output) -> Result<(), CommandError> {
    let What::Grant(Grant { guest, data, database }) = &arguments.what;
    let errand = Errand::Grant { guest: guest.clone() };
    errand::run(data.as_deref(), database.as_ref(), &errand)?;
    output.note("granted: this person may make concerts from now on");
    Ok(())
}
