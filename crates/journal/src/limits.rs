//! Named upper bounds. Whatever would go past one is refused; nothing grows without a limit.

/// Records in one batch. Sixteen times the commands that a busy sale has in flight at once.
pub const BATCH_RECORDS_MAX: usize = 16_384;

/// Bytes of one note. Its length has 16 bits, and whoever keeps more should keep it elsewhere.
pub const NOTE_BYTES_MAX: usize = 16 * 1024;

/// Bytes of one batch. A sync of 1 MiB costs some three times one of 4 KiB, so a larger batch would
/// gain nothing and keep those in it waiting.
pub const BATCH_BYTES_MAX: usize = 1024 * 1024;

/// Answers that wait for a batch in one ledger. Beyond it the disk is too slow for what comes in.
pub const REPLIES_WAITING_MAX: usize = 65_536;

/// Batches on their way to one writer. A ledger has one under way, so this bounds ledgers that can
/// hand in without waiting.
pub const TASKS_WAITING_MAX: usize = 4096;

/// Batch bytes that go into one transaction, so that the log a crash leaves stays quick to read.
pub const TRANSACTION_BYTES_MAX: usize = 8 * 1024 * 1024;

const _: () = assert!(BATCH_BYTES_MAX <= TRANSACTION_BYTES_MAX);
const _: () = assert!(NOTE_BYTES_MAX <= u16::MAX as usize);
const _: () = assert!(BATCH_RECORDS_MAX <= u32::MAX as usize);
const _: () = assert!(BATCH_RECORDS_MAX <= REPLIES_WAITING_MAX);

/// Sales whose last batch a store keeps in memory, rather than asking for it with each append.
pub const HEADS_MAX: usize = 4096;

/// About how long SQLite's log may grow before it is moved into the main file. Longer is faster, as
/// fewer pages are written twice, and slower to recover: this much is read in some 10 ms.
pub const WAL_BYTES_MAX: usize = 16 * 1024 * 1024;
