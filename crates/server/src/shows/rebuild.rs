//! Making anew what the catalogue shows of all sales. Rules K45 and K53.

use std::path::Path;
use std::sync::Arc;

use catalogue::Catalogue;
use journal::SqliteStore;

use crate::gateway::Gateway;
use crate::openings::{rebuild_all, rebuild_folder};

/// Makes the projection of every sale in a folder without a server anew from its log, and returns how many sales that were.
///
/// # Errors
/// If the journal or the database fails, in words for the operator.
pub(crate) async fn rebuild_offline(data: &Path, catalogue: &Catalogue) -> Result<u64, String> {
    let path = data.join("journal.sqlite");
    if !path.is_file() {
        return Ok(0);
    }
    let mut store = SqliteStore::open(&path).map_err(|error| error.to_string())?;
    let rebuilt = rebuild_folder(&mut store, catalogue).await.map_err(|error| error.to_string());
    let closed = store.close().map_err(|error| error.to_string());
    let sales = rebuilt?;
    closed.map(|()| u64::from(sales))
}

/// The same on a running server.
///
/// # Errors
/// As [`rebuild_offline`].
pub(crate) async fn rebuild(gateway: &Arc<Gateway>) -> Result<u64, String> {
    let sales = rebuild_all(gateway).await.map_err(|error| error.code().to_string())?;
    Ok(u64::from(sales))
}
