//! The option that names the database of the shows.

use clap::Args;
use server::DatabaseUrl;

use crate::error::CommandError;

/// Where the shows are kept. The text is checked later: a fault of the command line would be printed with the password.
#[derive(Debug, Args)]
pub(super) struct DatabaseOption {
    /// PostgreSQL database of the shows, postgres://… [default: a file in the data folder]
    #[arg(long, value_name = "URL", env = "TINGTING_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl DatabaseOption {
    /// The database that is named on the command line, or in the configuration file.
    pub(super) fn url(&self, config: Option<&str>) -> Result<Option<DatabaseUrl>, CommandError> {
        let Some(text) = self.database.as_deref().or(config) else { return Ok(None) };
        let url = text.parse().map_err(|error| CommandError::usage(anyhow::Error::new(error)))?;
        Ok(Some(url))
    }
}
