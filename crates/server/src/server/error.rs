//! Why a server does not start, or fails while it runs.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use catalogue::CatalogueError;
use journal::JournalError;

use crate::rooms::StoreError;
use crate::shows::NotOpened;

/// Why a server did not start or failed while it ran.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The folder cannot be used.
    #[error("the folder {} cannot be used", path.display())]
    Folder {
        /// Its path.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The key cannot be used.
    #[error("the key {} cannot be used", path.display())]
    Key {
        /// Its path.
        path: PathBuf,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The journal cannot be used.
    #[error("the journal {} cannot be used", path.display())]
    Journal {
        /// Its path.
        path: PathBuf,
        /// The cause.
        #[source]
        source: JournalError,
    },
    /// The file of the rooms cannot be used, or failed while the server ran. Everything that was acknowledged is in
    /// it.
    #[error("the rooms in {} cannot be used", path.display())]
    Rooms {
        /// Its path.
        path: PathBuf,
        /// The cause.
        #[source]
        source: StoreError,
    },
    /// The catalogue cannot be used.
    #[error("the catalogue {place} cannot be used")]
    Catalogue {
        /// The path of its file, or the URL of its database without person and password.
        place: String,
        /// The cause.
        #[source]
        source: Box<CatalogueError>,
    },
    /// The catalogue's accounts or openings cannot be read.
    #[error("cannot read the accounts and the openings")]
    Accounts(#[source] Box<CatalogueError>),
    /// The server cannot listen on the address.
    #[error("cannot listen at {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The cause.
        #[source]
        source: io::Error,
    },
    /// The system cannot start a thread.
    #[error("the system gives no thread")]
    Thread(#[source] io::Error),
    /// The journal failed. Everything that was acknowledged is on disk, and the next start recovers
    /// it.
    #[error("the journal failed and nothing more can be promised")]
    JournalFailed(#[source] Arc<JournalError>),
    /// A shard failed. Everything that was acknowledged is on disk, and the next start recovers it.
    #[error("a shard failed and nothing more can be promised")]
    ShardFailed,
}

impl From<NotOpened> for ServerError {
    fn from(not: NotOpened) -> Self {
        match not {
            NotOpened::File { path, source } => Self::Folder { path, source },
            NotOpened::Database { place, source } => Self::Catalogue { place, source },
        }
    }
}
