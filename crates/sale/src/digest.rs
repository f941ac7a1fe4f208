//! The digest of all events in order. Equal histories have equal digests on every machine.

use alloc::vec::Vec;
use core::fmt;

use borsh::io::{Result, Write};
use borsh::{BorshDeserialize, BorshSerialize};
use xxhash_rust::xxh3::xxh3_128;

use crate::event::Stamped;

/// Events are hashed in blocks of about this many bytes. Each block begins with the hash of the
/// block before, so a snapshot needs to keep only the last one.
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

/// The recorded form of an event while it is written. There are millions of fields of a few bytes
/// each; into an array, each is written by a single store.
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

/// A running digest (XXH3, 128 bits, over the events' recorded form). It tells different histories
/// apart, but does not protect against a history that somebody forges on purpose.
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
