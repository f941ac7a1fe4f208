//! The digest of every event in order: equal histories, equal digests, on every machine.

use alloc::vec::Vec;
use core::fmt;

use borsh::io::{Result, Write};
use borsh::{BorshDeserialize, BorshSerialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::event::Stamped;

/// Events are hashed in blocks of about this many bytes, each beginning with the hash of the block
/// before. One block is then all there is to keep in a snapshot.
const BLOCK: usize = 4096;

/// Room for any event's recorded form: a booking of eight seats takes 8 + 1 + 4 + 4 + 33 + 8 bytes.
const EVENT_BYTES_MAX: usize = 64;

/// A 128-bit digest, printed as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, BorshSerialize, BorshDeserialize)]
pub struct Hash(pub u128);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// An event's recorded form in the making. Fields are a few bytes each, and there are millions of
/// them: written here, a field is one store.
struct Form {
    bytes: [u8; EVENT_BYTES_MAX],
    len: usize,
}

impl Write for Form {
    #[inline]
    fn write(&mut self, field: &[u8]) -> Result<usize> {
        let end = self.len + field.len();
        self.bytes[self.len..end].copy_from_slice(field);
        self.len = end;
        Ok(field.len())
    }

    #[inline]
    fn write_all(&mut self, field: &[u8]) -> Result<()> {
        self.write(field).map(|_| ())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// A running digest (XXH3, 128 bits, over the events' recorded form). It tells histories apart; it
/// is no proof against somebody who forges one.
#[derive(Clone, Debug, Default, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Digest {
    block: Vec<u8>,
    count: u64,
}

impl Digest {
    /// Adds an event.
    pub fn add(&mut self, event: &Stamped) {
        let mut form = Form { bytes: [0; EVENT_BYTES_MAX], len: 0 };
        event.serialize(&mut form).expect("every event fits");
        self.block.extend_from_slice(&form.bytes[..form.len]);
        self.count += 1;
        if self.block.len() >= BLOCK {
            let hash = self.hash();
            self.block.clear();
            self.block.extend_from_slice(&hash.0.to_le_bytes());
        }
    }

    /// How many events were added.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The digest of all events so far.
    pub fn hash(&self) -> Hash {
        Hash(xxh3_128(&self.block))
    }
}
