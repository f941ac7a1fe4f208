//! `tingting rebuild`: makes anew what the catalogue shows of sales.

use std::path::PathBuf;

use clap::Args;
use server::DatabaseUrl;
use server::control::Errand;

use super::errand;
use crate::error::CommandError;
use crate::output::Output;
use crate::text::grouped;

/// Make anew what the catalogue shows of all sales
///
/// Bookings and seats are read from the journal, which is the truth about them. Works beside a running server and without
/// one.
#[derive(Debug, Args)]
pub(crate) struct Rebuild {
    /// Folder of the server [default: tingting in the user's data folder]
    #[arg(long, value_name = "DIR", env = "TINGTING_DATA")]
    data: Option<PathBuf>,
    /// PostgreSQL database of the shows, postgres://… [default: a file in the data folder]
    #[arg(long, value_name = "URL", env = "TINGTING_DATABASE", hide_env_values = true)]
    database: Option<DatabaseUrl>,
}

pub(crate) fn run(arguments: &Rebuild, output: &Output) -> Result<(), CommandError> {
    let (data, database) = (arguments.data.as_deref(), arguments.database.as_ref());
    let sales = errand::run(data, database, &Errand::Rebuild)?;
    output.note(format_args!("made anew: what is shown of {} sales", grouped(sales)));
    Ok(())
}
