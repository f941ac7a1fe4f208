//! Errands on a data folder: the server that runs on it does them, or this program if none runs.

use std::path::Path;

use server::DatabaseUrl;
use server::control::{Answer, Errand, ask};
use server::operate::operate;

use super::serve::data_folder;
use crate::error::CommandError;

/// Does an errand, and returns how many sales it concerned.
pub(super) fn run(
    data: Option<&Path>,
    database: Option<&DatabaseUrl>,
    errand: &Errand,
) -> Result<u64, CommandError> {
    let data = data.map_or_else(data_folder, Path::to_owned);
    let asked = ask(&data, errand).map_err(|error| {
        let message = format!("a server runs on {}", data.display());
        CommandError::input(anyhow::Error::new(error).context(message))
            .hint("run this as the user that runs the server, with the same version of the program")
    })?;
    let answer = match asked {
        Some(answer) => answer,
        None if database.is_none() && !data.is_dir() => {
            let message = format!("{} is no folder", data.display());
            return Err(CommandError::refused(message).hint("name the server's folder with --data"));
        }
        None => operate(&data, database, errand).map_err(|error| {
            CommandError::input(anyhow::Error::new(error))
                .hint("check the folder and its permissions, or the database")
        })?,
    };
    match answer {
        Answer::Done { sales } => Ok(sales),
        Answer::Refused { reason } => Err(CommandError::refused(reason)),
    }
}
