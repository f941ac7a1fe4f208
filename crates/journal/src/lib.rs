//! The fenced batch log: makes a [`sale::Machine`] durable by logging its commands, and recovers
//! it.
//!
//! ```text
//!  commands ─▶ Ledger ──sealed batch──▶ Writer ─▶ Store: one transaction, one sync
//!              decides at once,         a thread    │
//!  replies  ◀─ holds answers back ◀──── reports ◀───┘
//! ```
//!
//! A [`Ledger`] decides each command at once, collects the accepted ones in a batch, and gives out
//! an answer only when the batch is on disk. A [`Writer`] appends the batches of many ledgers on
//! its own thread; one sync serves all batches that arrived meanwhile. A [`Store`] keeps the
//! batches: [`SqliteStore`] in this crate, any other engine with transactions elsewhere. [`replay`]
//! turns a store's log back into a machine.
//!
//! This crate reads no clock, uses no executor and does not look at the meaning of a command. Rule
//! numbers (*J1*, *J2* …) refer to `docs/RULES.md`; `docs/FORMAT.md` describes the bytes.

mod beside;
#[cfg(feature = "contract")]
pub mod contract;
mod durable;
mod error;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod ledger;
pub mod limits;
mod log;
mod mark;
mod names;
mod record;
mod recovery;
#[cfg(feature = "contract")]
pub mod sample;
mod seal;
mod sqlite;
mod store;
mod wal;
mod writer;

pub use beside::{Beside, write_whole};
pub use durable::Durable;
pub use error::{BoxError, Corruption, JournalError};
pub use ledger::{Answer, Caller, Ledger, Reply, SubmitError};
pub use log::Log;
pub use names::{Epoch, SaleId, Seq};
pub use record::{Batch, BatchError, Damage, Entry, Note, NoteKind, Record, Records};
pub use recovery::{Replayed, Start, header, replay};
pub use sqlite::{Examination, Notice, SqliteStore};
pub use store::{Append, KeptResult, Snapshot, Store, StoredBatch};
pub use writer::{Task, TaskResult, Writer};
