//! A race that was created or loaded, on its way to its shard.

use std::sync::Arc;

use journal::{BoxError, JournalError, Ledger, Log, Seq, Snapshot};
use practice::{Header, Origin, Practice};
use scenario::{Course, Recipe};

use super::ask::Letter;
use crate::client::Network;
use crate::exercise::play;
use crate::ids::RaceId;
use crate::sheet::Sheet;
use crate::workshop::Wanted;

/// A race that was created or loaded, on its way to its shard.
pub(crate) struct Revived {
    pub(super) header: Header,
    pub(super) sheet: Sheet,
    pub(super) ledger: Ledger<Practice>,
    /// The last batch that is in a snapshot on disk.
    pub(super) saved_through: Seq,
}

/// Why a race was not created or loaded.
pub(crate) enum LoadError {
    /// The journal could not create or read the race. `Context::judge` says whom this concerns.
    Journal(Arc<JournalError>),
    /// The race cannot be made from its log. Other races can.
    Race(BoxError),
    /// The work was dropped before it was done.
    GivenUp,
}

impl From<JournalError> for LoadError {
    fn from(error: JournalError) -> Self {
        Self::Journal(Arc::new(error))
    }
}

/// A race that is being created or loaded.
pub(super) struct Coming {
    /// From where the first question came.
    pub(super) from: Option<Network>,
    pub(super) letters: Vec<Letter>,
}

/// Makes a race from its log; `None` if nobody wants it any more.
pub(super) fn revive(id: RaceId, log: &Log, wanted: &Wanted) -> Result<Option<Revived>, BoxError> {
    let (header, recipe) = Header::decode_whole(log.header())?;
    let course = Course::new(Recipe::from_json(&recipe)?)?;
    let origin = Origin { fair: header.fair, shared: header.shared };
    let sheet = Sheet::new(id, &course, &header.about, header.ends_at, origin);
    let make = |_: &[u8], snapshot: Option<&Snapshot>| {
        let (scenario, fair, ends_at) = (course.scenario, header.fair, header.ends_at);
        Ok(match snapshot {
            None => {
                header.versions.check()?;
                Practice::new(scenario, fair, ends_at)?
            }
            // A snapshot has a form of its own, which `restore` checks.
            Some(snapshot) => Practice::restore(scenario, fair, ends_at, &snapshot.state)?,
        })
    };
    let ledger = Ledger::from_log_while(log, make, || wanted.is_wanted())?;
    let saved_through = log.snapshot_through();
    let Some(mut ledger) = ledger else { return Ok(None) };
    if let (Some(exercise), Some(begun)) = (header.about.exercise, header.begun)
        && log.last() == Seq::NONE
    {
        // The server ended right after it had created the race. The prelude is the same again.
        play(&mut ledger, exercise, begun.host)?;
    }
    Ok(Some(Revived { header, sheet, ledger, saved_through }))
}
