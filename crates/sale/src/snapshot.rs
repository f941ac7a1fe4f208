//! Snapshots: the whole state as bytes, and back, checked on both ways.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::layout::Layout;
use crate::rules::Rules;
use crate::sale::{Sale, State};

/// Bytes of the checksum that ends a snapshot.
const SUM: usize = size_of::<u128>();

/// The form of a sale's snapshot. It changes with the shape of the state, not with the rules: a race
/// stopped under one version of the rules goes on under the next.
pub const FORM: u16 = 3;

/// Why a snapshot cannot be gone on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// The bytes are not what was written.
    #[error("the snapshot is damaged")]
    Damaged,
    /// Its bytes have another form.
    #[error("the snapshot has form {found}, this program reads form {here}")]
    Version {
        /// The form it has.
        found: u16,
        /// The form that is read here.
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

/// A state as checked bytes of a form.
pub fn encode<T: BorshSerialize>(form: u16, state: &T) -> Vec<u8> {
    let mut bytes = form.to_le_bytes().to_vec();
    borsh::to_writer(&mut bytes, state).expect("memory takes every write");
    seal(&mut bytes);
    bytes
}

/// The state of checked bytes.
///
/// # Errors
///
/// [`SnapshotError::Damaged`] or [`SnapshotError::Version`].
pub fn decode<T: BorshDeserialize>(form: u16, bytes: &[u8]) -> Result<T, SnapshotError> {
    let body = unseal(bytes).ok_or(SnapshotError::Damaged)?;
    let (found, state) = body.split_first_chunk().ok_or(SnapshotError::Damaged)?;
    let found = u16::from_le_bytes(*found);
    if found != form {
        return Err(SnapshotError::Version { found, here: form });
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
        encode(FORM, &(fingerprint(&self.rules, &self.layout), &self.state))
    }

    /// The sale that `bytes` are a snapshot of. Rules and layout are those it was set up with.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`]: nothing is guessed from bytes that are not whole.
    pub fn restore(rules: Rules, layout: Layout, bytes: &[u8]) -> Result<Self, SnapshotError> {
        let (of, state): (u128, State) = decode(FORM, bytes)?;
        if of != fingerprint(&rules, &layout) {
            return Err(SnapshotError::Foreign);
        }
        Ok(Self::assemble(rules, layout, state))
    }
}
