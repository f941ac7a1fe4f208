//! What an operator does with a catalogue while no server runs on it.

use std::fs;
use std::path::Path;

use catalogue::{Catalogue, CatalogueError, CatalogueOptions, CursorKey, Home};
pub use catalogue::{OriginalScale, Progress, Stage};
use journal::{BoxError, Store};
use scenario::Library;
use tokio::runtime::Builder;

use crate::clock::Clock;
use crate::control::{Answer, Errand};
use crate::data_folder;
use crate::openings::{ShowsFault, examine_folder};
use crate::shows::{self, DatabaseUrl, grant, utc_ms};

/// How many concerts are invented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Some forty, of which one opens every few minutes.
    Demo,
    /// So many, with people and venues in the proportion of the original service.
    Concerts(u64),
}

/// Why the catalogue could not be used.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// The folder or a thread.
    #[error("the folder of the catalogue cannot be used")]
    Folder(#[from] std::io::Error),
    /// The database.
    #[error("the catalogue cannot be used")]
    Catalogue(#[from] CatalogueError),
    /// The journal, or what it says of a sale.
    #[error("the sales of the journal cannot be compared with the catalogue")]
    Sales(#[source] BoxError),
}

/// Invents concerts in the catalogue of a data folder, or in a database. `tell` hears how far it is. Returns how many
/// concerts the demo added; the original's scale is told by `tell`.
///
/// # Errors
/// If the catalogue cannot be used. What was made until then stays.
pub fn generate(
    data: &Path,
    database: Option<&DatabaseUrl>,
    library: &Library,
    scale: Scale,
    seed: u64,
    tell: impl FnMut(Progress),
) -> Result<u32, OperateError> {
    let (stock, now) =
        (shows::stock(library), utc_ms(Clock::start(std::time::Duration::ZERO).now()));
    with_catalogue(data, database, async |catalogue| match scale {
        Scale::Demo => Ok(catalogue.renew_demo(now, seed, &stock).await?.added),
        Scale::Concerts(concerts) => {
            let scale = OriginalScale { concerts };
            catalogue.generate_original(scale, now, seed, &stock, tell).await?;
            Ok(0)
        }
    })
}

/// Does an errand while no server runs on the folder.
///
/// # Errors
/// If the catalogue or the journal cannot be used.
pub fn operate(
    data: &Path,
    database: Option<&DatabaseUrl>,
    errand: &Errand,
) -> Result<Answer, OperateError> {
    let now = Clock::start(std::time::Duration::ZERO).now();
    with_catalogue(data, database, async |catalogue| {
        let done = match errand {
            Errand::Grant { who } => grant(catalogue, who, now).await.map(|()| 0),
            Errand::Rebuild => shows::rebuild_offline(data, catalogue).await,
        };
        Ok(match done {
            Ok(sales) => Answer::Done { sales },
            Err(reason) => Answer::Refused { reason },
        })
    })
}

/// Looks through the catalogue of a data folder and compares it with the journal. Changes nothing: of a file, a copy is opened. A
/// folder without a catalogue has no faults.
///
/// # Errors
/// If the catalogue or the journal cannot be read.
pub fn examine(
    data: &Path,
    database: Option<&DatabaseUrl>,
    store: &mut (impl Store + Send),
) -> Result<Vec<ShowsFault>, OperateError> {
    let copy = tempfile::tempdir()?;
    let mut home = shows::home(data, database);
    if let Home::File(path) = &mut home {
        if !path.is_file() {
            return Ok(Vec::new());
        }
        // What a killed server committed last is in the log beside the file.
        for end in ["", "-wal"] {
            let name = format!("{}{end}", data_folder::CATALOGUE_FILE);
            if data.join(&name).is_file() {
                fs::copy(data.join(&name), copy.path().join(&name))?;
            }
        }
        *path = copy.path().join(data_folder::CATALOGUE_FILE);
    }
    let options = CatalogueOptions { home, cursor_key: CursorKey([0; 32]) };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let catalogue = Catalogue::open_as_is(options).await?;
        let faults = examine_folder(store, &catalogue).await.map_err(OperateError::Sales);
        catalogue.close().await?;
        faults
    })
}

fn with_catalogue<T>(
    data: &Path,
    database: Option<&DatabaseUrl>,
    work: impl AsyncFnOnce(&Catalogue) -> Result<T, CatalogueError>,
) -> Result<T, OperateError> {
    let home = shows::home(data, database);
    if let Home::File(path) = &home {
        data_folder::make(data)?;
        data_folder::make_private(path)?;
    }
    // Nobody follows a list here, so any key does.
    let options = CatalogueOptions { home, cursor_key: CursorKey([0; 32]) };
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let catalogue = Catalogue::open(options).await?;
        let done = work(&catalogue).await;
        let closed = catalogue.close().await;
        let done = done?;
        closed?;
        Ok(done)
    })
}
