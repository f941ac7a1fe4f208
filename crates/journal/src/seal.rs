//! A checksum behind bytes that are opaque here: headers and snapshots. Bound to the batch they belong
//! to, so that a right state in a wrong place is found as well.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::error::{Corruption, JournalError};
use crate::names::{SaleId, Seq};

/// Bytes of the checksum.
const SUM: usize = size_of::<u64>();

/// `bytes` and their checksum.
pub(crate) fn seal(mut bytes: Vec<u8>, seq: Seq) -> Vec<u8> {
    let sum = xxh3_64_with_seed(&bytes, seq.0);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

/// The bytes that were sealed.
///
/// # Errors
///
/// [`JournalError::Corrupt`] with the offset of the checksum if it does not fit.
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
