//! Where the catalogue is, and how the server opens it.

use std::path::Path;

use catalogue::{Catalogue, CatalogueError, CatalogueOptions, Home};

use super::database_url::DatabaseUrl;
use crate::data_folder;
use crate::keys::Keys;
use crate::server::ServerError;

/// The file of the catalogue in the data folder.
pub const CATALOGUE_FILE: &str = "catalogue.sqlite3";

/// Where the catalogue is: in the database, or without one in a file of the data folder.
pub fn home(data: &Path, database: Option<&DatabaseUrl>) -> Home {
    match database {
        Some(url) => Home::Postgres(url.secret().to_owned()),
        None => Home::File(data.join(CATALOGUE_FILE)),
    }
}

/// Opens the catalogue, and makes it if there is none.
pub(crate) async fn open(
    data: &Path,
    database: Option<&DatabaseUrl>,
    keys: &Keys,
) -> Result<Catalogue, ServerError> {
    let home = home(data, database);
    if let Home::File(path) = &home {
        data_folder::make_private(path)
            .map_err(|source| ServerError::Folder { path: path.clone(), source })?;
    }
    let options = CatalogueOptions { home, cursor_key: keys.cursors() };
    Catalogue::open(options).await.map_err(|source| failed(data, database, source))
}

fn failed(data: &Path, database: Option<&DatabaseUrl>, source: CatalogueError) -> ServerError {
    let place = match database {
        Some(url) => url.to_string(),
        None => data.join(CATALOGUE_FILE).display().to_string(),
    };
    ServerError::Catalogue { place, source: Box::new(source) }
}
