//! What a backend must do. The tests in `contract` say how it must behave.
//!
//! ```text
//! owner     (sale, epoch, header)                 one row for each sale
//! journal   (sale, seq, epoch, records)           append only
//! snapshot  (sale, seq, version, state)           at most one row for each sale, the newest
//! result    (sale, person, version, result)       at most one row for each person of a sale
//! ```

use std::ops::ControlFlow;

use crate::error::JournalError;
use crate::names::{Epoch, SaleId, Seq};

/// A batch to be appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    /// The sale.
    pub sale: SaleId,
    /// The number of the batch: one more than the sale's last.
    pub seq: Seq,
    /// The epoch of the owner who writes.
    pub epoch: Epoch,
    /// The sealed [`Batch`](crate::Batch).
    pub records: Vec<u8>,
}

/// A batch as it stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredBatch<'a> {
    /// The number of the batch.
    pub seq: Seq,
    /// The epoch of the owner who wrote it.
    pub epoch: Epoch,
    /// The bytes of the batch, which the store did not check.
    pub records: &'a [u8],
}

/// The whole state of a machine, so that a recovery need not replay the log before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The last batch whose records are in the state.
    pub seq: Seq,
    /// The version that the shell gave to [`Ledger::snapshot`](crate::Ledger::snapshot).
    pub version: u16,
    /// The bytes that [`sale::Machine::snapshot`] gave. In a store a checksum follows them.
    pub state: Vec<u8>,
}

/// Something that was made once from a sale's log for one person. The journal does not look into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptResult {
    /// The version of the form of the bytes, which the caller chooses.
    pub version: u16,
    /// What was made, at most [`RESULT_BYTES_MAX`](crate::limits::RESULT_BYTES_MAX).
    pub bytes: Vec<u8>,
}

/// Keeps the logs of sales durably. One value is one connection. Its calls block.
///
/// With [`Fenced`](JournalError::Fenced), [`Gap`](JournalError::Gap),
/// [`UnknownSale`](JournalError::UnknownSale) and [`SaleExists`](JournalError::SaleExists) a store
/// turns a write down: it has written nothing and goes on. [`Damaged`](JournalError::Damaged)
/// concerns the sale alone (rule J15); after [`DiskFull`](JournalError::DiskFull) the sales that were
/// to be written must be recovered (rule J18). After any other failure of a write nobody knows what
/// is on disk, so every later call returns [`Poisoned`](JournalError::Poisoned) (rule J6).
pub trait Store {
    /// Creates a sale and claims it. The store keeps the bytes of `header`, from which the caller
    /// can set the machine up again.
    ///
    /// # Errors
    ///
    /// [`JournalError::SaleExists`] if a sale has this number.
    fn create(&mut self, sale: SaleId, header: &[u8]) -> Result<Epoch, JournalError>;

    /// Claims a sale under a new epoch. Earlier owners can no longer write.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`] if no sale has this number.
    fn claim(&mut self, sale: SaleId) -> Result<Epoch, JournalError>;

    /// Appends batches of one or many sales, either all of them or none. When it returns, they are
    /// safe from a loss of power.
    ///
    /// # Errors
    ///
    /// [`JournalError::Fenced`], [`JournalError::Gap`] or [`JournalError::UnknownSale`] for the
    /// first batch that may not be appended.
    fn append(&mut self, appends: &[Append]) -> Result<(), JournalError>;

    /// Replaces the sale's snapshot by a newer one.
    ///
    /// # Errors
    ///
    /// [`JournalError::Fenced`], [`JournalError::UnknownSale`], or [`JournalError::Gap`] if the log
    /// ends before the snapshot or the stored snapshot is newer.
    fn write_snapshot(
        &mut self,
        sale: SaleId,
        epoch: Epoch,
        snapshot: &Snapshot,
    ) -> Result<(), JournalError>;

    /// Removes everything of a sale, or nothing if it fails (rule J13). The sale's owner can no
    /// longer write. A sale that does not exist is no error.
    ///
    /// # Errors
    ///
    /// An error of the engine.
    fn remove(&mut self, sale: SaleId) -> Result<(), JournalError>;

    /// The header of a sale and the epoch of its newest claim.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`] if there is no such sale.
    fn header(&mut self, sale: SaleId) -> Result<(Vec<u8>, Epoch), JournalError>;

    /// The newest snapshot of a sale; `None` if it has none.
    ///
    /// # Errors
    ///
    /// An error of the engine.
    fn snapshot(&mut self, sale: SaleId) -> Result<Option<Snapshot>, JournalError>;

    /// Calls `visit` with every batch after `after`, in order, until `visit` breaks off or returns an error.
    ///
    /// # Errors
    ///
    /// An error of the engine or of `visit`.
    fn read_batches(
        &mut self,
        sale: SaleId,
        after: Seq,
        visit: &mut dyn FnMut(StoredBatch<'_>) -> Result<ControlFlow<()>, JournalError>,
    ) -> Result<(), JournalError>;

    /// The last batch that the sale is known to have had, from a source outside of its log. A log that
    /// ends before has lost something (rule J16). [`Seq::NONE`] if there is no such source.
    fn reach(&mut self, _sale: SaleId) -> Seq {
        Seq::NONE
    }

    /// The numbers of all sales, in ascending order. Sales whose pages are damaged are among them if
    /// anything still names them.
    ///
    /// # Errors
    ///
    /// An error of the engine.
    fn sales(&mut self) -> Result<Vec<SaleId>, JournalError>;

    /// Keeps a result of a sale for one person, in place of the one that was kept before (rule
    /// J23). A checksum is kept with it. Results are not fenced: they are made from a log that
    /// changes no more.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`] if there is no such sale.
    ///
    /// # Panics
    ///
    /// If it has more than [`RESULT_BYTES_MAX`](crate::limits::RESULT_BYTES_MAX) bytes.
    fn keep_result(
        &mut self,
        sale: SaleId,
        person: u128,
        result: &KeptResult,
    ) -> Result<(), JournalError>;

    /// Keeps results of several sales and persons together, as [`keep_result`](Self::keep_result) keeps each (rule
    /// J31). A sale that does not exist is passed over.
    ///
    /// # Errors
    ///
    /// An error of the engine. Then none of them is kept, or only some.
    ///
    /// # Panics
    ///
    /// As [`keep_result`](Self::keep_result).
    fn keep_results(&mut self, results: &[(SaleId, u128, KeptResult)]) -> Result<(), JournalError> {
        for (sale, person, result) in results {
            match self.keep_result(*sale, *person, result) {
                Ok(()) | Err(JournalError::UnknownSale { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// The result that was kept last of a sale for one person; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`JournalError::Corrupt`] if its checksum does not fit, or an error of the engine.
    fn result(&mut self, sale: SaleId, person: u128) -> Result<Option<KeptResult>, JournalError>;

    /// For whom results of a sale are kept, in no order.
    ///
    /// # Errors
    ///
    /// An error of the engine.
    fn kept_for(&mut self, sale: SaleId) -> Result<Vec<u128>, JournalError>;

    /// Removes the snapshot of a sale, so that a recovery replays the whole log (rule J24). A sale
    /// without a snapshot, or one that does not exist, is no error.
    ///
    /// # Errors
    ///
    /// An error of the engine.
    fn drop_snapshot(&mut self, sale: SaleId) -> Result<(), JournalError>;

    /// The sales that have a snapshot, in ascending order, and how many bytes each snapshot has
    /// (rule J25). It does not read the snapshots.
    ///
    /// # Errors
    ///
    /// An error of the engine.
    fn snapshot_sizes(&mut self) -> Result<Vec<(SaleId, u64)>, JournalError>;

    /// The bytes of the store that hold something (rule J25). Room that a removal freed does not
    /// count, even if the file keeps it for what is written next.
    ///
    /// # Errors
    ///
    /// An error of the engine.
    fn bytes_used(&mut self) -> Result<u64, JournalError>;
}
