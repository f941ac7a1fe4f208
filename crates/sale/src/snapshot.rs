//! Snapshots: the whole state as bytes with a checksum, and back.

use alloc::vec::Vec;

use borsh::{BorshDeserialize, BorshSerialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::chance::Chance;
use crate::layout::Layout;
use crate::rules::Rules;
use crate::sale::{Sale, State};

/// Bytes of the checksum that ends a snapshot.
const SUM: usize = size_of::<u128>();

/// The form of a sale's snapshot. It changes when the fields of the state change, not when
/// [`RULES_VERSION`](crate::RULES_VERSION) does, so a race that was stopped under one version goes
/// on under the next.
pub const FORM: u16 = 5;

/// Why a sale cannot be restored from a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// The bytes are not those that were written.
    #[error("the snapshot is damaged")]
    Damaged,
    /// It was written in another form.
    #[error("the snapshot has form {found}, this program reads form {here}")]
    Version {
        /// The form it has.
        found: u16,
        /// The form that this program reads.
        here: u16,
    },
    /// It is of a sale with other rules, another layout or another seed.
    #[error("the snapshot is of a sale with other rules, another layout or another seed")]
    Foreign,
}

/// A number that differs between sales with different rules, layouts or secrets, or with seeds of
/// which the upper half differs. The lower half is in the state.
fn fingerprint(rules: &Rules, layout: &Layout, chance: &Chance) -> u128 {
    let mut bytes = borsh::to_vec(&(rules, layout)).expect("memory takes every write");
    bytes.extend(chance.extra_bytes());
    xxh3_128(&bytes)
}

/// Appends a checksum of all bytes so far.
fn seal(bytes: &mut Vec<u8>) {
    let sum = xxh3_128(bytes);
    bytes.extend_from_slice(&sum.to_le_bytes());
}

/// The bytes before the checksum; `None` if the checksum is wrong.
fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(SUM)?)?;
    (xxh3_128(body).to_le_bytes() == sum).then_some(body)
}

/// A state as bytes: the form, the state, and a checksum of both.
pub fn encode<T: BorshSerialize>(form: u16, state: &T) -> Vec<u8> {
    let mut bytes = form.to_le_bytes().to_vec();
    borsh::to_writer(&mut bytes, state).expect("memory takes every write");
    seal(&mut bytes);
    bytes
}

/// The state that [`encode`] made these bytes from.
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
    /// The whole state as bytes, for [`restore`](Self::restore).
    ///
    /// # Panics
    ///
    /// If [`poll_event`](Self::poll_event) still has events: they would be lost.
    pub fn snapshot(&self) -> Vec<u8> {
        assert!(self.is_quiet(), "events are taken before a snapshot");
        encode(FORM, &(fingerprint(&self.rules, &self.layout, &self.chance), &self.state))
    }

    /// Restores the sale from a snapshot. Rules, layout and chance must be those of the sale that made
    /// it: the snapshot has no secret in it.
    ///
    /// # Errors
    ///
    /// [`SnapshotError`] if the bytes are damaged, of another form, or of another sale.
    pub fn restore(
        rules: Rules,
        layout: Layout,
        chance: impl Into<Chance>,
        bytes: &[u8],
    ) -> Result<Self, SnapshotError> {
        let chance = chance.into();
        let (of, state): (u128, State) = decode(FORM, bytes)?;
        let is_ours = of == fingerprint(&rules, &layout, &chance);
        if !is_ours || state.seed != chance.seed.low() {
            return Err(SnapshotError::Foreign);
        }
        Ok(Self::assemble(rules, layout, chance, state))
    }
}
