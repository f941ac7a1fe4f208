//! Everything that can go wrong with a journal, and what it means for whoever uses it.

use sale::Refusal;

use crate::names::{Epoch, SaleId, Seq};
use crate::record::Damage;

/// An error of a backend or of whoever makes machines.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a journal could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The engine or the disk below failed.
    #[error("the journal could not {doing}")]
    Storage {
        /// What was tried, to be read after "could not".
        doing: &'static str,
        /// What the engine says.
        #[source]
        source: BoxError,
    },
    /// An earlier write failed, so what is on disk is not known until the store is opened anew.
    #[error("an earlier write failed; the journal must be opened anew")]
    Poisoned,
    /// Another owner claimed the sale; nothing was written (rule J3).
    #[error(
        "sale {sale} was claimed by another owner: this one has epoch {epoch}, that one {owner}"
    )]
    Fenced {
        /// Which sale.
        sale: SaleId,
        /// The epoch of the write.
        epoch: Epoch,
        /// The newest claim.
        owner: Epoch,
    },
    /// The batch is not the next one of its sale; nothing was written (rule J2).
    #[error("batch {found} of sale {sale} came where {expected} was due")]
    Gap {
        /// Which sale.
        sale: SaleId,
        /// The next number.
        expected: Seq,
        /// The number that came.
        found: Seq,
    },
    /// The log holds something that was never written there.
    #[error("batch {seq} of sale {sale} is damaged at byte {offset}: {reason}")]
    Corrupt {
        /// Which sale.
        sale: SaleId,
        /// Which batch.
        seq: Seq,
        /// The first byte of the batch that cannot be right.
        offset: usize,
        /// What is wrong.
        reason: Corruption,
    },
    /// No sale has this number.
    #[error("there is no sale {sale}")]
    UnknownSale {
        /// Which was asked for.
        sale: SaleId,
    },
    /// A sale has this number already.
    #[error("there is a sale {sale} already")]
    SaleExists {
        /// Which was to be created.
        sale: SaleId,
    },
    /// The machine could not be made from what the journal keeps of it.
    #[error("sale {sale} cannot be set up from its journal")]
    Revive {
        /// Which sale.
        sale: SaleId,
        /// Why.
        #[source]
        source: BoxError,
    },
    /// Another process, or another store of this one, has the file.
    #[error("the journal is in use by another process")]
    InUse,
    /// The file is something else; it was not touched.
    #[error("the file is not a journal: {found}")]
    Foreign {
        /// What it is.
        found: &'static str,
    },
    /// The journal was written by a newer program; it was not touched.
    #[error("the journal has schema {found}; this program knows schemas up to {known}")]
    NewerSchema {
        /// The schema of the file.
        found: i32,
        /// The newest one known here.
        known: i32,
    },
    /// The SQLite linked into the program can lose data.
    #[error("SQLite {found} can corrupt a log that is restarted; 3.51.3 or newer is needed")]
    UnsafeSqlite {
        /// Its version.
        found: &'static str,
    },
}

/// What is wrong with a batch in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Corruption {
    /// Its bytes.
    #[error(transparent)]
    Batch(Damage),
    /// The checksum behind the sale's header (batch 0) or behind the snapshot that ends with it.
    #[error("the checksum of its header or snapshot does not fit the bytes")]
    Seal,
    /// Its number: one is missing before it.
    #[error("batch {expected} is missing")]
    Missing {
        /// The one that should stand here.
        expected: Seq,
    },
    /// Its epoch is older than that of the batch before, or newer than the newest claim.
    #[error("it was written under epoch {epoch}, which no owner had then")]
    Epoch {
        /// The epoch found.
        epoch: Epoch,
    },
    /// Its first time is not later than all before.
    #[error("the time is not later than the one before")]
    Time,
    /// A command that was accepted is refused now.
    #[error("a command that was accepted is refused: {refusal}")]
    Refused {
        /// Why it is refused.
        refusal: Refusal,
    },
}

impl JournalError {
    /// Whether this says what is wrong with a write and nothing was written, so that the store can
    /// go on.
    pub(crate) fn is_verdict(&self) -> bool {
        matches!(
            self,
            Self::Fenced { .. }
                | Self::Gap { .. }
                | Self::UnknownSale { .. }
                | Self::SaleExists { .. }
        )
    }

    /// Whether the store that said so is of no use until it is opened anew (rule J6).
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Storage { .. } | Self::Poisoned)
    }
}
