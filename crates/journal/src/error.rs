//! Everything that can go wrong with a journal, and what it means for the caller.

use sale::Refusal;

use crate::names::{Epoch, SaleId, Seq};
use crate::record::Damage;

/// An error of a backend, or of the function that makes a machine.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a journal could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The engine or the disk below failed.
    #[error("the journal could not {doing}")]
    Storage {
        /// What the journal tried to do: a verb that follows "could not".
        doing: &'static str,
        /// The engine's error.
        #[source]
        source: BoxError,
    },
    /// An earlier write failed. Nobody knows what is on disk until the store is opened again (rule
    /// J6).
    #[error("an earlier write failed; the journal must be opened anew")]
    Poisoned,
    /// Another owner has claimed the sale. Nothing was written (rule J3).
    #[error(
        "sale {sale} was claimed by another owner: this one has epoch {epoch}, that one {owner}"
    )]
    Fenced {
        /// The sale.
        sale: SaleId,
        /// The epoch of the write.
        epoch: Epoch,
        /// The epoch of the newest claim.
        owner: Epoch,
    },
    /// The batch is not the next one of its sale, or the snapshot does not fit the log. Nothing was
    /// written (rule J2).
    #[error("batch {found} of sale {sale} came where {expected} was due")]
    Gap {
        /// The sale.
        sale: SaleId,
        /// The number of the next batch.
        expected: Seq,
        /// The number that came.
        found: Seq,
    },
    /// The log does not hold what was written to it.
    #[error("batch {seq} of sale {sale} is damaged at byte {offset}: {reason}")]
    Corrupt {
        /// The sale.
        sale: SaleId,
        /// The damaged batch.
        seq: Seq,
        /// The first byte of the batch that cannot be right, from 0.
        offset: usize,
        /// What is wrong.
        reason: Corruption,
    },
    /// No sale has this number.
    #[error("there is no sale {sale}")]
    UnknownSale {
        /// The number that was asked for.
        sale: SaleId,
    },
    /// A sale has this number already.
    #[error("there is a sale {sale} already")]
    SaleExists {
        /// The number of the sale that was to be created.
        sale: SaleId,
    },
    /// The machine could not be made from what the journal keeps of it.
    #[error("sale {sale} cannot be set up from its journal")]
    Revive {
        /// The sale.
        sale: SaleId,
        /// Why it cannot be set up.
        #[source]
        source: BoxError,
    },
    /// The disk cannot give back what the journal keeps of a sale. Other sales are not concerned
    /// (rule J15).
    #[error("sale {sale} is damaged on the disk: the journal could not {doing}")]
    Damaged {
        /// The sale.
        sale: SaleId,
        /// What the journal tried to do: a verb that follows "could not".
        doing: &'static str,
        /// The engine's error.
        #[source]
        source: BoxError,
    },
    /// The disk took no more bytes, so the write was rolled back. The store opens its file again
    /// before it does anything else; what is in the file then is what was kept (rule J18).
    #[error("the disk takes no more: the journal could not {doing}")]
    DiskFull {
        /// What the journal tried to do: a verb that follows "could not".
        doing: &'static str,
        /// The disk's reason, or the engine's error.
        #[source]
        source: BoxError,
    },
    /// The journal has fewer commits than were made and acknowledged. Nothing was written to it
    /// (rule J16).
    #[error(
        "the journal lost writes that were acknowledged: it ends with commit {kept}, and commit \
         {known} was made"
    )]
    Lost {
        /// The last commit that can be read.
        kept: u32,
        /// The last commit that is known to have been made.
        known: u32,
    },
    /// What all sales share in the file is damaged: its first page or its list of tables. Nothing
    /// was written to it.
    #[error("the first page of the journal is damaged")]
    Broken {
        /// The engine's error.
        #[source]
        source: BoxError,
    },
    /// Another process, or another store in this process, has the file open.
    #[error("the journal is in use by another process")]
    InUse,
    /// The file is not a journal. Nothing was written to it.
    #[error("the file is not a journal: {found}")]
    Foreign {
        /// What the file is.
        found: &'static str,
    },
    /// A newer program wrote the journal. Nothing was written to it.
    #[error("the journal has schema {found}; this program knows schemas up to {known}")]
    NewerSchema {
        /// The schema of the file.
        found: i32,
        /// The newest schema that this program knows.
        known: i32,
    },
    /// The SQLite that is linked into the program can lose data.
    #[error("SQLite {found} can corrupt a log that is restarted; 3.51.3 or newer is needed")]
    UnsafeSqlite {
        /// The version of that SQLite.
        found: &'static str,
    },
}

/// What is wrong with a batch in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Corruption {
    /// The bytes of the batch are damaged.
    #[error(transparent)]
    Batch(Damage),
    /// A checksum is wrong: that of the sale's header for batch 0, that of the snapshot that ends
    /// with this batch for all others.
    #[error("the checksum of its header or snapshot does not fit the bytes")]
    Seal,
    /// The checksum of a kept result does not fit its bytes. The log is not concerned.
    #[error("the checksum of a kept result does not fit the bytes")]
    Result,
    /// A batch is missing before this one.
    #[error("batch {expected} is missing")]
    Missing {
        /// The missing batch.
        expected: Seq,
    },
    /// The epoch is older than that of the batch before, or newer than the newest claim.
    #[error("it was written under epoch {epoch}, which no owner had then")]
    Epoch {
        /// The epoch found.
        epoch: Epoch,
    },
    /// A record is not later than the records before it, or earlier than the machine's time.
    #[error("the time is not later than the one before")]
    Time,
    /// The machine refuses a command that it accepted before.
    #[error("a command that was accepted is refused: {refusal}")]
    Refused {
        /// Why the machine refuses it.
        refusal: Refusal,
    },
}

impl JournalError {
    /// Whether the store turned a write down and wrote nothing, so that it can go on.
    pub fn is_verdict(&self) -> bool {
        matches!(
            self,
            Self::Fenced { .. }
                | Self::Gap { .. }
                | Self::UnknownSale { .. }
                | Self::SaleExists { .. }
                | Self::Damaged { .. }
        )
    }

    /// Whether the store that returned this error refuses everything until it is opened again (rule
    /// J6).
    pub fn is_fatal(&self) -> bool {
        matches!(self, Self::Storage { .. } | Self::Poisoned)
    }
}
