//! Where the catalogue is, and how the server opens it.

use std::io;
use std::path::{Path, PathBuf};

use catalogue::{Catalogue, CatalogueError, CatalogueOptions, Home};

use super::database_url::DatabaseUrl;
use crate::data_folder::{self, CATALOGUE_FILE};
use crate::keys::Keys;

/// Why the catalogue was not opened.
#[derive(Debug)]
pub(crate) enum NotOpened {
    /// Its file cannot be made.
    File { path: PathBuf, source: io::Error },
    /// The database.
    Database { place: String, source: Box<CatalogueError> },
}

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
) -> Result<Catalogue, NotOpened> {
    let home = home(data, database);
    if let Home::File(path) = &home {
        data_folder::make_private(path)
            .map_err(|source| NotOpened::File { path: path.clone(), source })?;
    }
    let options = CatalogueOptions { home, cursor_key: keys.cursors() };
    Catalogue::open(options).await.map_err(|source| failed(data, database, source))
}

fn failed(data: &Path, database: Option<&DatabaseUrl>, source: CatalogueError) -> NotOpened {
    let place = match database {
        Some(url) => url.to_string(),
        None => data.join(CATALOGUE_FILE).display().to_string(),
    };
    NotOpened::Database { place, source: Box::new(source) }
}
