//! How a race comes into its shard: created in the journal, or loaded from it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;

use journal::{JournalError, Log, Seq, SqliteStore, Store as _};

use super::ask::Setup;
use super::loaded_race::LoadedRace;
use super::revived::{LoadError, Revived, revive};
use super::{Event, Shard};
use crate::clock::UnixTime;
use crate::ids::RaceId;
use crate::problem::ApiError;
use crate::workshop::{Asker, Work};

/// Tells the shard what became of a load, even if the work is dropped or panics.
struct Arrival {
    id: RaceId,
    tx: Sender<Event>,
    is_told: bool,
}

impl Arrival {
    fn tell(mut self, loaded: Result<Box<Revived>, LoadError>) {
        self.is_told = true;
        // Sending fails only if the shard has ended.
        let _gone = self.tx.send(Event::Loaded(self.id, loaded));
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        if !self.is_told {
            let _gone = self.tx.send(Event::Loaded(self.id, Err(LoadError::GivenUp)));
        }
    }
}

impl Shard {
    /// Creates a race in the journal. The thread that owns the store does this.
    pub(super) fn create(&self, id: RaceId, setup: Setup) {
        let tx = self.tx.clone();
        self.journal.call(move |store| {
            let Setup { sheet, recipe, header, ledger } = setup;
            let bytes = header.encode(&recipe);
            let removed = remove_stillborn(store, id);
            let ledger = removed.and_then(|()| ledger.create_in(store, &bytes));
            let created = ledger.map(|ledger| {
                Box::new(Revived { header, sheet, ledger, saved_through: Seq::NONE })
            });
            let created = created.map_err(LoadError::from);
            // Sending fails only if the shard has ended.
            let _gone = tx.send(Event::Created(id, created));
        });
    }

    pub(super) fn created(
        &mut self,
        now: UnixTime,
        id: RaceId,
        result: Result<Box<Revived>, LoadError>,
    ) {
        if result.is_err() {
            self.context.index.remove(id);
        }
        self.loaded(now, id, result);
    }

    /// Loads a race. The workshop replays it, so that neither the journal nor the shard waits, and copies the log
    /// when its turn has come.
    pub(super) fn load(&self, id: RaceId, asker: Asker) {
        let journal = Arc::clone(&self.journal);
        let arrival = Arrival { id, tx: self.tx.clone(), is_told: false };
        self.context.workshop.post(Work::Load, asker, move |wanted| {
            // The journal ends only when the server does.
            let Some(log) = journal.ask(move |store| Log::claim(store, id.sale())) else { return };
            if log.as_ref().is_ok_and(Log::lost_snapshot) {
                tracing::warn!(race.id = %id, "a snapshot is damaged: the whole log is replayed");
            }
            let loaded = log.map_err(LoadError::from);
            let loaded = loaded
                .and_then(|log| revive(id, &log, || wanted.is_wanted()).map_err(LoadError::Race));
            if let Some(loaded) = loaded.transpose() {
                arrival.tell(loaded.map(Box::new));
            }
        });
    }

    pub(super) fn loaded(
        &mut self,
        now: UnixTime,
        id: RaceId,
        result: Result<Box<Revived>, LoadError>,
    ) {
        let asks = self.coming.remove(&id).map_or_else(Vec::new, |coming| coming.letters);
        let problem = match result {
            Ok(loaded) => {
                let race = LoadedRace::new(&self.context, id, *loaded, now);
                race.note_end(&self.context);
                self.races.insert(id, race);
                self.touched.push(id);
                for letter in asks {
                    self.ask(now, id, letter);
                }
                return self.measure();
            }
            Err(LoadError::Race(error)) => {
                tracing::error!(race.id = %id, error = &*error, "a race cannot be set up");
                ApiError::RaceDamaged
            }
            Err(LoadError::Journal(error)) => self.context.judge(id, &error),
            Err(LoadError::GivenUp) => ApiError::Overloaded,
        };
        self.context.loaded.fetch_sub(1, Ordering::Relaxed);
        for letter in asks {
            letter.ask.refuse(&problem);
        }
        self.measure();
    }
}

/// Removes what a full disk may have kept of an earlier try to create a race. Nobody was told of that
/// race, so it has no batch.
fn remove_stillborn(store: &mut SqliteStore, id: RaceId) -> Result<(), JournalError> {
    match store.header(id.sale()) {
        Err(JournalError::UnknownSale { .. }) => return Ok(()),
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    let mut is_begun = false;
    store.read_batches(id.sale(), Seq::NONE, &mut |_| {
        is_begun = true;
        Ok(ControlFlow::Break(()))
    })?;
    if is_begun { Ok(()) } else { store.remove(id.sale()) }
}

#[cfg(test)]
mod tests;
