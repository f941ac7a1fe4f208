//! Doors to the decoders of the files beside a journal, for the fuzz targets.

use xxhash_rust::xxh3::xxh3_64;

use crate::mark::{Mark, is_before};
use crate::names::{SaleId, Seq};
use crate::wal;

/// Reads a mark, as it is and with a checksum that fits.
///
/// # Panics
///
/// If a mark that was read is not read the same after it is written again.
pub fn mark(bytes: &[u8]) {
    let body = &bytes[..bytes.len().saturating_sub(8)];
    let sealed = [body, &xxh3_64(body).to_le_bytes()].concat();
    for bytes in [bytes, &sealed] {
        if let Some(mark) = Mark::decode(bytes) {
            assert_eq!(
                Mark::decode(&mark.encode()),
                Some(mark),
                "a mark changes when it is written"
            );
        }
    }
}

/// A mark of two sales.
pub fn right_mark() -> Vec<u8> {
    let mut mark = Mark { commits: 7, at_ns: 1, ..Mark::default() };
    mark.reach(SaleId(1), Seq(3));
    mark.reach(SaleId(2), Seq::NONE);
    mark.encode()
}

/// The number of the newest commit in a log of SQLite.
pub fn newest_commit(log: &[u8]) -> Option<u32> {
    wal::newest_commit(log, is_before)
}
