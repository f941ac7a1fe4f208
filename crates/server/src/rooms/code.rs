//! Codes of rooms: random, so that nobody can guess the link of another room.

use std::fmt;
use std::str::FromStr;

use data_encoding::BASE32_NOPAD;

use crate::ids::{NotAnId, random_bytes};

/// The bytes of a code: 80 random bits.
const BYTES: usize = 10;

/// The letters of a code.
const LETTERS: usize = 16;

/// A room's code, written as sixteen letters of lower-case base32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RoomCode([u8; BYTES]);

impl RoomCode {
    /// The first of all codes in their order.
    pub(super) const FIRST: Self = Self([0; BYTES]);

    pub(crate) fn random() -> Self {
        Self(random_bytes())
    }

    /// The code that the head of a digest stands for.
    pub(crate) fn of_digest(digest: &[u8; 32]) -> Self {
        let (head, _) = digest.split_first_chunk().expect("a digest is longer");
        Self(*head)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The code with these bytes, as the store keeps them.
    pub(super) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Display for RoomCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        BASE32_NOPAD.encode(&self.0).to_ascii_lowercase().fmt(f)
    }
}

impl FromStr for RoomCode {
    type Err = NotAnId;

    /// Upper-case letters are refused, so that every code has one form only.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || (b'2'..=b'7').contains(&byte);
        if text.len() != LETTERS || !text.bytes().all(is_plain) {
            return Err(NotAnId);
        }
        let bytes = BASE32_NOPAD.decode(text.to_ascii_uppercase().as_bytes());
        bytes.ok().and_then(|bytes| Self::of_bytes(&bytes)).ok_or(NotAnId)
    }
}
