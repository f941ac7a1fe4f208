//! A sale's part of a store, copied out: whoever replays it keeps nobody waiting for the store.

use sale::Machine;

use crate::error::{BoxError, Corruption, JournalError};
use crate::names::{Epoch, SaleId, Seq};
use crate::record::{BatchError, Entry, Records};
use crate::recovery::{Origin, Replay, Replayed, Start};
use crate::seal::unseal;
use crate::store::{Snapshot, Store, StoredBatch};

/// Everything a journal keeps of one sale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    sale: SaleId,
    origin: Origin,
    batches: Vec<(Seq, Epoch, Vec<u8>)>,
}

impl Log {
    /// Claims a sale and copies what is needed to go on with it.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`], or what the store says.
    pub fn claim(store: &mut (impl Store + ?Sized), sale: SaleId) -> Result<Self, JournalError> {
        // Claimed before it is read: whoever owned it must not add to what was read.
        store.claim(sale)?;
        Self::read(store, sale, Start::Snapshot)
    }

    /// Copies a sale without claiming it.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`], or what the store says.
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
            Ok(())
        })?;
        Ok(Self { sale, origin, batches })
    }

    /// The header of a sale by itself.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`], [`JournalError::Corrupt`], or what the store says.
    pub fn header_of(
        store: &mut (impl Store + ?Sized),
        sale: SaleId,
    ) -> Result<Vec<u8>, JournalError> {
        let (header, _) = store.header(sale)?;
        unseal(header, sale, Seq::NONE)
    }

    /// Which sale.
    pub fn sale(&self) -> SaleId {
        self.sale
    }

    /// Its newest claim.
    pub fn owner(&self) -> Epoch {
        self.origin.owner
    }

    /// What it was set up from.
    pub fn header(&self) -> &[u8] {
        &self.origin.header
    }

    /// Shows every record and note that was copied, in order.
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

    /// The machine again, as [`replay`](crate::replay) makes it.
    ///
    /// # Errors
    ///
    /// As [`replay`](crate::replay).
    pub fn replay<M: Machine>(
        &self,
        revive: impl FnOnce(&[u8], Option<&Snapshot>) -> Result<M, BoxError>,
    ) -> Result<Replayed<M>, JournalError> {
        let mut replay = Replay::begin(self.sale, &self.origin, revive)?;
        for (seq, epoch, records) in &self.batches {
            let batch = StoredBatch { seq: *seq, epoch: *epoch, records };
            replay.batch(&batch)?;
        }
        replay.finish()
    }
}
