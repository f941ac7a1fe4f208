//! `tingting admin`: who may make concerts.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use server::control::Errand;

use super::database::DatabaseOption;
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

/// Make a person an administrator
///
/// Works beside a running server and without one.
#[derive(Debug, Args)]
struct Grant {
    /// The cookie `tingting_guest` (behind https `__Host-tingting_guest`) of a browser that is not logged in, or its first 32
    /// characters; for an account the address of the provider and the person's name there, as the file says that one's own page gives to download (`issuer`, `subject`)
    #[arg(value_name = "GUEST | ISSUER SUBJECT", required = true, num_args = 1..=2)]
    who: Vec<String>,
    /// Folder of the server [default: tingting in the user's data folder]
    #[arg(long, value_name = "DIR", env = "TINGTING_DATA")]
    data: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseOption,
}

pub(crate) fn run(arguments: &Admin, output: &Output) -> Result<(), CommandError> {
    let What::Grant(Grant { who, data, database }) = &arguments.what;
    let errand = Errand::Grant { who: who.join(" ") };
    errand::run(data.as_deref(), database.url(None)?.as_ref(), &errand)?;
    output.note("granted: this person may make concerts from now on");
    Ok(())
}
