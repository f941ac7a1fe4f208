//! The fenced batch log: makes a [`sale::Machine`] durable by logging its inputs, and recovers it.
//!
//! ```text
//!  commands ─▶ Ledger ──sealed batch──▶ Writer ─▶ Store: one transaction, one sync
//!              decides at once,         a thread    │
//!  replies  ◀─ holds answers back ◀──── reports ◀───┘
//! ```
//!
//! A [`Ledger`] decides commands as they come and collects the accepted ones in a batch; answers
//! leave only when their batch is on disk. A [`Writer`] appends batches of many ledgers on its own
//! thread, one sync for all that arrived meanwhile. A [`Store`] is where they end: [`SqliteStore`]
//! here, any engine with transactions elsewhere. [`replay`] turns a store's log back into machines.
//!
//! What never happens here: a clock is read, an executor is used, or the meaning of a command is
//! looked at. Rule numbers (*J1*, *J2* …) refer to `docs/RULES.md`, the bytes to `docs/FORMAT.md`.

#[cfg(feature = "contract")]
pub mod contract;
mod durable;
mod error;
mod ledger;
pub mod limits;
mod log;
mod names;
mod record;
mod recovery;
#[cfg(feature = "contract")]
pub mod sample;
mod seal;
mod sqlite;
mod store;
mod writer;

pub use durable::Durable;
pub use error::{BoxError, Corruption, JournalError};
pub use ledger::{Answer, Caller, Ledger, Reply, SubmitError};
pub use log::Log;
pub use names::{Epoch, SaleId, Seq};
pub use record::{Batch, BatchError, Damage, Entry, Note, NoteKind, Record, Records};
pub use recovery::{Replayed, Start, header, replay};
pub use sqlite::SqliteStore;
pub use store::{Append, Snapshot, Store, StoredBatch};
pub use writer::{Report, Task, Writer};
