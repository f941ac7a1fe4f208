//! What a backend must do. Its behaviour is written down as tests in `contract`.
//!
//! ```text
//! owner     (sale, epoch, header)                 one row a sale
//! journal   (sale, seq, epoch, records)           append only
//! snapshot  (sale, seq, version, state)           at most one row a sale, the newest
//! ```

use crate::error::JournalError;
use crate::names::{Epoch, SaleId, Seq};

/// A batch to be appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    /// To which sale.
    pub sale: SaleId,
    /// As which batch: the one after the last.
    pub seq: Seq,
    /// Under which claim.
    pub epoch: Epoch,
    /// The sealed [`Batch`](crate::Batch).
    pub records: Vec<u8>,
}

/// A batch as it stands in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredBatch<'a> {
    /// Its number.
    pub seq: Seq,
    /// The claim it was written under.
    pub epoch: Epoch,
    /// The bytes, not looked at yet.
    pub records: &'a [u8],
}

/// A whole state, to go on from without the log before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The last batch that is in it.
    pub seq: Seq,
    /// The version of the rules that made it.
    pub version: u16,
    /// What [`sale::Machine::snapshot`] gave; with a checksum behind it in a store.
    pub state: Vec<u8>,
}

/// Keeps the logs of sales durably. One value is one connection; its calls block.
///
/// [`Fenced`](JournalError::Fenced) and [`Gap`](JournalError::Gap) are verdicts: nothing was
/// written and the store goes on. Any other failure of a write leaves it unknown what is on disk,
/// so every later call says [`Poisoned`](JournalError::Poisoned) (rule J6).
pub trait Store {
    /// Creates a sale and claims it. The header is kept as it is: all that is needed to set up the
    /// machine anew.
    ///
    /// # Errors
    ///
    /// [`JournalError::SaleExists`] if there is one.
    fn create(&mut self, sale: SaleId, header: &[u8]) -> Result<Epoch, JournalError>;

    /// Claims a sale: whoever claimed it before can no longer write.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`] if there is none.
    fn claim(&mut self, sale: SaleId) -> Result<Epoch, JournalError>;

    /// Appends batches of one or many sales, all or none of them, and returns when they are safe
    /// from a loss of power.
    ///
    /// # Errors
    ///
    /// [`JournalError::Fenced`], [`JournalError::Gap`] or [`JournalError::UnknownSale`] for the
    /// first batch that may not be appended.
    fn append(&mut self, appends: &[Append]) -> Result<(), JournalError>;

    /// Keeps a snapshot in place of an older one.
    ///
    /// # Errors
    ///
    /// [`JournalError::Fenced`], or [`JournalError::Gap`] if the log does not reach as far or the
    /// snapshot there is newer.
    fn write_snapshot(
        &mut self,
        sale: SaleId,
        epoch: Epoch,
        snapshot: &Snapshot,
    ) -> Result<(), JournalError>;

    /// Removes all that is kept of a sale, whole or not at all; of one that is not there, nothing
    /// (rule J13). Whoever owned it can no longer write.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn remove(&mut self, sale: SaleId) -> Result<(), JournalError>;

    /// The header of a sale and its newest claim.
    ///
    /// # Errors
    ///
    /// [`JournalError::UnknownSale`] if there is no such sale.
    fn header(&mut self, sale: SaleId) -> Result<(Vec<u8>, Epoch), JournalError>;

    /// The newest snapshot of a sale.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn snapshot(&mut self, sale: SaleId) -> Result<Option<Snapshot>, JournalError>;

    /// Shows every batch after `after` in order, until one is not wanted.
    ///
    /// # Errors
    ///
    /// What the engine or `visit` says.
    fn read_batches(
        &mut self,
        sale: SaleId,
        after: Seq,
        visit: &mut dyn FnMut(StoredBatch<'_>) -> Result<(), JournalError>,
    ) -> Result<(), JournalError>;

    /// All sales in order of their numbers.
    ///
    /// # Errors
    ///
    /// What the engine says.
    fn sales(&mut self) -> Result<Vec<SaleId>, JournalError>;
}
