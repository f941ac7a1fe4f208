//! Snapshots: the whole state as bytes, and back, checked on both ways.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::RULES_VERSION;
use crate::layout::Layout;
use crate::rules::Rules;
use crate::sale::{Sale, State};

/// Bytes of the checksum that ends a snapshot.
const SUM: usize = size_of::<u128>();

/// Why a snapshot cannot be gone on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// The bytes are not what was written.
    #[error("the snapshot is damaged")]
    Damaged,
    /// It was made by another version of the rules.
    #[error("the snapshot was made under version {found} of the rules, this is version {here}")]
    Version {
        /// The version that made it.
        found: u16,
        /// The version that reads it.
        here: u16,
    },
    /// It is of a sale with other rules or another layout.
    #[error("the snapshot is of a sale with other rules or another layout")]
    Foreign,
}

/// Tells sales with other rules or seats apart.
fn fingerprint(rules: &Rules, layout: &Layout) -> u128 {
    xxh3_128(&borsh::to_vec(&(rules, layout)).expect("memory takes every write"))
}

/// Appends a checksum of all bytes so far.
fn seal(bytes: &mut Vec<u8>) {
    let sum = xxh3_128(bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
}

/// The bytes before the checksum, if it is right.
fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM)?)?;
    (xxh3_128(body).to_le_bytes() == sum).then_some(body)
}

/// A state as checked bytes under a version.
pub fn encode<T: BorshSerialize>(version: u16, state: &T) -> Vec<u8> {
    let mut bytes = version.to_le_bytes().to_vec();
    borsh::to_writer(&mut bytes, state).expect("memory takes every write");
    seal(&mut bytes);
    bytes
}

/// The state of checked bytes.
///
/// # Errors
///
/// [`SnapshotError::Damaged`] or [`SnapshotError::Version`].
pub fn decode<T: BorshDeserialize>(version: u16, bytes: &[u8]) -> Result<T, SnapshotError> {
    let body = unseal(bytes).ok_or(SnapshotError::Damaged)?;
    let (found, state) = body.split_first_chunk().ok_or(SnapshotError::Damaged)?;
    let found = u16::from_le_bytes(*found);
    if found != version {
        return Err(SnapshotError::Version { found, here: version });
    }
    borsh::from_slice(state).map_err(|_| SnapshotError::Damaged)
}

impl Sale {
    /// The whole state as bytes, to go on from with [`restore`](Self::restore).
    ///
    /// # Panics
    ///
    /// If events were not taken yet: they would be lost.
    pub fn snapshot(&self) -> Vec<u8> {
        assert!(self.is_quiet(), "events are taken before a snapshot");
        encode(RULES_VERSION, &(fingerprint(&self.rules, &self.layout), &self.state))
    }

    /// The sale that `bytes` are a snapshot of. Rules and layout are those it was set up with.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`]: nothing is guessed from bytes that are not whole.
    pub fn restore(rules: Rules, layout: Layout, bytes: &[u8]) -> Result<Self, SnapshotError> {
        let (of, state): (u128, State) = decode(RULES_VERSION, bytes)?;
        if of != fingerprint(&rules, &layout) {
            return Err(SnapshotError::Foreign);
        }
        Ok(Self::assemble(rules, layout, state))
    }
}
