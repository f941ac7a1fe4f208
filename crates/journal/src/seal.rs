//! Checksums behind headers and snapshots, whose bytes the journal does not understand. A checksum
//! includes the batch number, so that an undamaged snapshot in the wrong place is found as well.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::error::{Corruption, JournalError};
use crate::names::{SaleId, Seq};

/// The bytes of a checksum.
const SUM: usize = size_of::<u64>();

/// `bytes`, followed by their checksum.
pub(crate) fn seal(mut bytes: Vec<u8>, seq: Seq) -> Vec<u8> {
    let sum = xxh3_64_with_seed(&bytes, seq.0);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

/// The bytes that were sealed, without their checksum.
///
/// # Errors
///
/// [`JournalError::Corrupt`] with the offset of the checksum if it does not fit the bytes.
pub(crate) fn unseal(mut bytes: Vec<u8>, sale: SaleId, seq: Seq) -> Result<Vec<u8>, JournalError> {
    let len = bytes.len().saturating_sub(SUM);
    let sum = xxh3_64_with_seed(&bytes[..len], seq.0);
    if bytes[len..] != sum.to_le_bytes() {
        let reason = Corruption::Seal;
        return Err(JournalError::Corrupt { sale, seq, offset: len, reason });
    }
    bytes.truncate(len);
    Ok(bytes)
}
