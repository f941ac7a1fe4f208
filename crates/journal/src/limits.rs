//! Named upper bounds of a journal. What would exceed one is refused or waits.

/// Records and notes in one batch. Chosen: sixteen times the commands that a busy sale has in
/// flight at once.
pub const BATCH_RECORDS_MAX: usize = 16_384;

/// Bytes of one note. Chosen: its length is written in 16 bits, and larger things belong elsewhere.
pub const NOTE_BYTES_MAX: usize = 16 * 1024;

/// Bytes of one batch. A sync of 1 MiB takes about three times as long as one of 4 KiB, so a larger
/// batch would gain little and keep its callers waiting.
pub const BATCH_BYTES_MAX: usize = 1024 * 1024;

/// Answers of one ledger that wait for the disk. If more would wait, commands come faster than the
/// disk can take them.
pub const REPLIES_WAITING_MAX: usize = 65_536;

/// Tasks that wait for one writer. A ledger has one batch under way, so this many ledgers can hand
/// in a batch without waiting.
pub const TASKS_WAITING_MAX: usize = 4096;

/// Batch bytes in one transaction, so that the log that a crash leaves behind can be read quickly.
pub const TRANSACTION_BYTES_MAX: usize = 8 * 1024 * 1024;

const _: () = assert!(BATCH_BYTES_MAX <= TRANSACTION_BYTES_MAX);
const _: () = assert!(NOTE_BYTES_MAX <= u16::MAX as usize);
const _: () = assert!(BATCH_RECORDS_MAX <= u32::MAX as usize);
const _: () = assert!(BATCH_RECORDS_MAX <= REPLIES_WAITING_MAX);

/// Sales whose last batch number a store keeps in memory. For other sales it asks the database at
/// each append.
pub const HEADS_MAX: usize = 4096;

/// The bytes to which SQLite's log may grow, approximately, before the store moves it into the main
/// file. A longer log is faster, because fewer pages are written twice, and slower to recover. This
/// much is read in some 10 ms.
pub const WAL_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Sales whose last batch the mark names. The others are still counted by the commits of the whole
/// journal. The mark then has at most 64 KiB, which one sync takes as fast as one page.
pub const MARK_SALES_MAX: usize = 4096;

/// Bytes by which a file that was cut is made as long as its first page says it is. Chosen: far more
/// than a journal has, and little enough that a damaged length does not make a file that no tool can copy.
pub const CUT_BYTES_MAX: u64 = 64 * 1024 * 1024 * 1024;

/// Lines in which SQLite tells what is wrong with a file. Chosen: nobody reads more.
pub const FINDINGS_MAX: usize = 100;
/// Bytes of one kept result. Chosen: the longest report of a run has a tenth of it.
pub const RESULT_BYTES_MAX: usize = 1024 * 1024;
