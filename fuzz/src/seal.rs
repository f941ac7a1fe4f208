//! Writes the checksums that fit changed bytes.
//!
//! A checksum refuses almost all changed bytes, so a fuzzer would never get behind it. Accidents on a disk do not get behind it
//! either, but what is there must not panic all the same.

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// Bytes of a batch, of which the last eight become the checksum of the others.
pub(crate) fn batch(bytes: &[u8]) -> Vec<u8> {
    let body = &bytes[..bytes.len().saturating_sub(8)];
    [body, &xxh3_64(body).to_le_bytes()].concat()
}

/// Bytes of a snapshot, of which the last sixteen become the checksum of the others.
pub(crate) fn snapshot(bytes: &[u8]) -> Vec<u8> {
    let body = &bytes[..bytes.len().saturating_sub(16)];
    [body, &xxh3_128(body).to_le_bytes()].concat()
}

/// Bytes of a recording in which the checksum of every chunk fits, and that of every batch in it.
pub(crate) fn recording(bytes: &[u8]) -> Vec<u8> {
    const MAGIC: usize = 8;
    let mut sealed = bytes[..bytes.len().min(MAGIC)].to_vec();
    let mut rest = &bytes[sealed.len()..];
    while let Some((&[letter, a, b, c, d], after)) = rest.split_first_chunk() {
        let len = u32::from_le_bytes([a, b, c, d]) as usize;
        let Some((payload, after)) = after.split_at_checked(len) else { break };
        let mut chunk = vec![letter, a, b, c, d];
        if letter == b'B' && len >= 8 {
            chunk.extend(batch(payload));
        } else {
            chunk.extend(payload);
        }
        let sum = xxh3_64(&chunk).to_le_bytes();
        sealed.extend(chunk);
        sealed.extend(sum);
        rest = after.get(sum.len()..).unwrap_or_default();
    }
    sealed.extend(rest);
    sealed
}
