//! From a log back to a machine: the newest snapshot, then every batch after it through the same
//! `handle` that decided it.
//!
//! Nothing is skipped and nothing is guessed: a log that does not replay exactly is an error that
//! names the batch and the byte.

use sale::{Machine, Moment};

use crate::error::{BoxError, Corruption, JournalError};
use crate::names::{Epoch, SaleId, Seq};
use crate::record::{BatchError, Record, Records};
use crate::seal::unseal;
use crate::store::{Snapshot, Store, StoredBatch};

/// Where a replay begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the newest snapshot, if there is one.
    Snapshot,
    /// At the first batch, whatever snapshots there are.
    Beginning,
}

/// A machine as far as its log goes.
#[derive(Debug)]
pub struct Replayed<M> {
    /// The machine.
    pub machine: M,
    /// The last batch of the log.
    pub last: Seq,
    /// When the last record that was read happened.
    pub last_at: Option<Moment>,
    /// Records that were replayed.
    pub record_count: u64,
}

/// Replays a sale without claiming it. `revive` makes the machine from the header and, if one is
/// used, the snapshot; `settle` is called after every batch, to take the events.
///
/// # Errors
///
/// [`JournalError::Corrupt`] if the log is not one that these machines write;
/// [`JournalError::Revive`] if `revive` fails; what the store says.
pub fn replay<M: Machine>(
    store: &mut (impl Store + ?Sized),
    sale: SaleId,
    start: Start,
    revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
    mut settle: impl FnMut(&mut M),
) -> Result<Replayed<M>, JournalError> {
    let (header, owner) = store.header(sale)?;
    let header = unseal(header, sale, Seq::NONE)?;
    let snapshot = match start {
        Start::Snapshot => store.snapshot(sale)?,
        Start::Beginning => None,
    };
    let snapshot = match snapshot {
        None => None,
        Some(Snapshot { seq, version, state }) => {
            Some(Snapshot { seq, version, state: unseal(state, sale, seq)? })
        }
    };
    let machine = revive(&header, snapshot.as_ref());
    let mut machine = machine.map_err(|source| JournalError::Revive { sale, source })?;
    settle(&mut machine);
    let base = snapshot.map_or(Seq::NONE, |snapshot| snapshot.seq);
    // The last batch in the snapshot is looked at again: the log must go on where it ended.
    let after = Seq(base.0.saturating_sub(1));
    let mut replay = Replay {
        machine,
        sale,
        owner,
        base,
        last: after,
        epoch: Epoch(1),
        last_at: None,
        record_count: 0,
    };
    store.read_batches(sale, after, &mut |batch| {
        replay.batch(&batch)?;
        settle(&mut replay.machine);
        Ok(())
    })?;
    if replay.last < base {
        return Err(replay.corrupt(base, 0, Corruption::Missing { expected: base }));
    }
    let Replay { machine, last, last_at, record_count, .. } = replay;
    Ok(Replayed { machine, last, last_at, record_count })
}

struct Replay<M> {
    machine: M,
    sale: SaleId,
    owner: Epoch,
    /// The last batch that is in the snapshot.
    base: Seq,
    last: Seq,
    epoch: Epoch,
    last_at: Option<Moment>,
    record_count: u64,
}

impl<M: Machine> Replay<M> {
    fn batch(&mut self, batch: &StoredBatch<'_>) -> Result<(), JournalError> {
        let &StoredBatch { seq, epoch, records } = batch;
        let expected = self.last.next();
        if seq != expected {
            return Err(self.corrupt(seq, 0, Corruption::Missing { expected }));
        }
        if epoch < self.epoch || epoch > self.owner {
            return Err(self.corrupt(seq, 0, Corruption::Epoch { epoch }));
        }
        (self.last, self.epoch) = (seq, epoch);
        for record in Records::of(records).map_err(|error| self.damaged(seq, error))? {
            let (offset, record) = record.map_err(|error| self.damaged(seq, error))?;
            self.record(seq, offset, &record)?;
        }
        Ok(())
    }

    fn record(&mut self, seq: Seq, offset: usize, record: &Record) -> Result<(), JournalError> {
        let &Record { at, command } = record;
        let in_snapshot = seq <= self.base;
        let too_early = self.last_at >= Some(at) || (!in_snapshot && at < self.machine.now());
        if too_early {
            return Err(self.corrupt(seq, offset, Corruption::Time));
        }
        self.last_at = Some(at);
        if in_snapshot {
            return Ok(());
        }
        self.record_count += 1;
        match self.machine.handle(at, command) {
            Ok(_) => Ok(()),
            Err(refusal) => Err(self.corrupt(seq, offset, Corruption::Refused { refusal })),
        }
    }

    fn damaged(&self, seq: Seq, error: BatchError) -> JournalError {
        self.corrupt(seq, error.offset, Corruption::Batch(error.reason))
    }

    fn corrupt(&self, seq: Seq, offset: usize, reason: Corruption) -> JournalError {
        JournalError::Corrupt { sale: self.sale, seq, offset, reason }
    }
}
