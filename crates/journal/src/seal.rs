//! Checksums behind headers, snapshots and kept results, whose bytes the journal does not understand.
//! A checksum includes the place, such as the batch number, so that undamaged bytes in the wrong
//! place are found as well.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::error::{Corruption, JournalError};
use crate::names::{SaleId, Seq};
use crate::store::KeptResult;

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

/// The bytes of a result that is kept for `person`, followed by their checksum.
pub(crate) fn seal_result(sale: SaleId, person: u128, result: &KeptResult) -> Vec<u8> {
    let mut bytes = result.bytes.clone();
    let sum = result_sum(sale, person, result);
    bytes.extend_from_slice(&sum.to_le_bytes());
    bytes
}

/// The result that was sealed for `person`.
///
/// # Errors
///
/// [`JournalError::Corrupt`] with the offset of the checksum if it does not fit.
pub(crate) fn unseal_result(
    sale: SaleId,
    person: u128,
    version: u16,
    mut bytes: Vec<u8>,
) -> Result<KeptResult, JournalError> {
    let len = bytes.len().saturating_sub(SUM);
    let sum = bytes.split_off(len);
    let result = KeptResult { version, bytes };
    if sum != result_sum(sale, person, &result).to_le_bytes() {
        let reason = Corruption::Result;
        return Err(JournalError::Corrupt { sale, seq: Seq::NONE, offset: len, reason });
    }
    Ok(result)
}

/// The seed of the checksum is that of the result's place and version.
fn result_sum(sale: SaleId, person: u128, result: &KeptResult) -> u64 {
    let KeptResult { version, bytes } = result;
    let mut place = Vec::with_capacity(26);
    place.extend_from_slice(&sale.0.to_le_bytes());
    place.extend_from_slice(&person.to_le_bytes());
    place.extend_from_slice(&version.to_le_bytes());
    xxh3_64_with_seed(bytes, xxh3_64_with_seed(&place, 0))
}
