//! Making anew what the catalogue shows of all sales.

use std::path::Path;
use std::sync::Arc;

use catalogue::Catalogue;
use journal::SqliteStore;

use crate::gateway::Gateway;
use crate::openings;
use crate::server::journal_path;

/// Makes the projection of every sale in a folder without a server anew from its log, and returns how many sales that were.
///
/// # Errors
/// If the journal or the database fails, in words for the operator.
pub(crate) async fn rebuild_offline(data: &Path, catalogue: &Catalogue) -> Result<u64, String> {
    let mut store = SqliteStore::open(&journal_path(data)).map_err(|error| error.to_string())?;
    let rebuilt = openings::rebuild_folder(&mut store, catalogue).await;
    let closed = store.close().map_err(|error| error.to_string());
    let count = rebuilt.map_err(|error| error.to_string())?;
    closed.map(|()| count.into())
}

/// The same on a running server.
///
/// # Errors
/// As [`rebuild_offline`].
pub(crate) async fn rebuild(gateway: &Arc<Gateway>) -> Result<u64, String> {
    let rebuilt = openings::rebuild_all(gateway).await;
    rebuilt.map(u64::from).map_err(|error| error.code().as_str().to_owned())
}
