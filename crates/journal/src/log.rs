//! A copy of all that a store keeps of one sale. It can be replayed while the store serves others.

use std::ops::ControlFlow;

use sale::Machine;

use crate::error::{BoxError, Corruption, JournalError};
use crate::names::{Epoch, SaleId, Seq};
use crate::record::{BatchError, Entry, Records};
use crate::recovery::{Origin, Replay, Replayed, Start};
use crate::seal::unseal;
use crate::store::{Snapshot, Store, StoredBatch};

/// A copy of what a journal keeps of one sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    sale: SaleId,
    origin: Origin,
    batches: Vec<(Seq, Epoch, Vec<u8>)>,
}

impl Log {
    /// Claims a sale and copies its header, its newest snapshot, the last batch in that and the
    /// batches after it.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`], [`JournalError::Corrupt`], or another error of the store.
    pub fn claim(store: &mut (impl Store + ?Sized), sale: SaleId) -> Result<Self, JournalError> {
        // Claiming first shuts out the earlier owner, who could otherwise add to the log after this
        // read.
        store.claim(sale)?;
        Self::read(store, sale, Start::Snapshot)
    }

    /// Copies a sale without claiming it: its header, the snapshot at which `start` begins, the last
    /// batch in that and the batches after it.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`], [`JournalError::Corrupt`], or another error of the store.
    pub fn read(
        store: &mut (impl Store + ?Sized),
        sale: SaleId,
        start: Start,
    ) -> Result<Self, JournalError> {
        let origin = Origin::read(store, sale, start)?;
        let after = origin.snapshot.as_ref().map_or(Seq::NONE, |snapshot| snapshot.seq);
        let mut batches = Vec::new();
        store.read_batches(sale, Seq(after.0.saturating_sub(1)), &mut |batch| {
            batches.push((batch.seq, batch.epoch, batch.records.to_vec()));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(Self { sale, origin, batches })
    }

    /// The header of a sale, without copying anything else.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`], [`JournalError::Corrupt`], or another error of the store.
    pub fn header_of(
        store: &mut (impl Store + ?Sized),
        sale: SaleId,
    ) -> Result<Vec<u8>, JournalError> {
        let (header, _) = store.header(sale)?;
        unseal(header, sale, Seq::NONE)
    }

    /// The number of the sale.
    pub fn sale(&self) -> SaleId {
        self.sale
    }

    /// The epoch of the sale's newest claim.
    pub fn owner(&self) -> Epoch {
        self.origin.owner
    }

    /// The last batch in the snapshot at which the copy begins; [`Seq::NONE`] if it begins with the sale.
    pub fn snapshot_through(&self) -> Seq {
        self.origin.snapshot.as_ref().map_or(Seq::NONE, |snapshot| snapshot.seq)
    }

    /// The last batch that was copied; [`Seq::NONE`] if the sale has none.
    pub fn last(&self) -> Seq {
        self.batches.last().map_or(Seq::NONE, |(seq, ..)| *seq)
    }

    /// The bytes from which the sale was set up.
    pub fn header(&self) -> &[u8] {
        &self.origin.header
    }

    /// Whether the sale's snapshot is damaged, so that this copy begins at the first batch instead.
    pub fn lost_snapshot(&self) -> bool {
        self.origin.lost_snapshot
    }

    /// Calls `see` with every record and note that was copied, in order. After a snapshot these begin
    /// with the last batch in it.
    ///
    /// # Errors
    ///
    /// [`JournalError::Corrupt`] if a batch is damaged.
    pub fn entries(&self, mut see: impl FnMut(Entry<'_>)) -> Result<(), JournalError> {
        for (seq, _, records) in &self.batches {
            let damaged = |error: BatchError| JournalError::Corrupt {
                sale: self.sale,
                seq: *seq,
                offset: error.offset,
                reason: Corruption::Batch(error.reason),
            };
            let mut records = Records::of(records).map_err(damaged)?;
            while let Some(entry) = records.next_entry() {
                see(entry.map_err(damaged)?.1);
            }
        }
        Ok(())
    }

    /// Checks that the copied batches follow each other, reach as far as the log is known to have
    /// reached, and are whole, without a machine to replay them.
    ///
    /// # Errors
    ///
    /// [`JournalError::Corrupt`] for the first batch that is not as it should be.
    pub fn check(&self) -> Result<(), JournalError> {
        let corrupt =
            |seq, reason| JournalError::Corrupt { sale: self.sale, seq, offset: 0, reason };
        let first = self.origin.snapshot.as_ref().map_or(1, |snapshot| snapshot.seq.0.max(1));
        let (mut expected, mut newest) = (Seq(first), Epoch(1));
        for &(seq, epoch, _) in &self.batches {
            if seq != expected {
                return Err(corrupt(seq, Corruption::Missing { expected }));
            }
            if epoch < newest || epoch > self.origin.owner {
                return Err(corrupt(seq, Corruption::Epoch { epoch }));
            }
            (expected, newest) = (seq.next(), epoch);
        }
        if expected <= self.origin.reach {
            return Err(corrupt(expected, Corruption::Missing { expected }));
        }
        self.entries(|_| ())
    }

    /// Makes the machine again, as [`replay`](crate::replay) does.
    ///
    /// # Errors
    ///
    /// As [`replay`](crate::replay).
    pub fn replay<M: Machine>(
        &self,
        revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
    ) -> Result<Replayed<M>, JournalError> {
        let replayed = self.replay_while(revive, || true)?;
        Ok(replayed.expect("nothing stops this replay"))
    }

    /// Makes the machine again for as long as `go_on` returns true; `None` if that ended. It asks
    /// before each record and after each 50 ms of the sale's time, and gives the machine the same as
    /// [`replay`](Self::replay) does.
    ///
    /// # Errors
    ///
    /// As [`replay`](crate::replay).
    pub fn replay_while<M: Machine>(
        &self,
        revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Option<Replayed<M>>, JournalError> {
        let mut replay = Replay::begin(self.sale, &self.origin, revive)?;
        for (seq, epoch, records) in &self.batches {
            let batch = StoredBatch { seq: *seq, epoch: *epoch, records };
            if !replay.batch(&batch, &mut go_on)? {
                return Ok(None);
            }
        }
        replay.finish().map(Some)
    }
}
