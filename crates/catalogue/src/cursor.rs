//! Cursors: where a list goes on. A client gives back what it was given, and cannot make one of its own.
//!
//! ```text
//! offset  0        1            9         17        25        33        49
//!         ├ form ──┼ list ──────┼ first ──┼ second ─┼ third ──┼ HMAC ───┤
//! ```
//!
//! `list` is a hash of what is listed and how it is ordered, so that a cursor of one search does not fit another.
//! `first` to `third` are the values of the last row by which the list is ordered; a list that needs fewer leaves the others
//! at zero. The whole is base64 for addresses.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::limits::CURSOR_CHARS_MAX;

const FORM: u8 = 1;
const BODY_BYTES: usize = 33;
const MAC_BYTES: usize = 16;

/// The key with which cursors are signed. The caller keeps it, over restarts if lists shall go on after one.
#[derive(Clone)]
pub struct CursorKey(pub [u8; 32]);

impl std::fmt::Debug for CursorKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CursorKey")
    }
}

/// The error for a text that is no cursor of this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this list")]
pub struct BadCursor;

/// The values of the last row of a page, by which its list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) first: i64,
    pub(crate) second: i64,
    pub(crate) third: i64,
}

impl Place {
    /// The place of a row in a list that two values order.
    pub(crate) fn of(first: i64, second: i64) -> Self {
        Self { first, second, third: 0 }
    }
}

/// What is listed, and how it is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ListTag([u8; 8]);

impl ListTag {
    /// The tag of the list with this name and these filters. A filter that is absent differs from an empty one.
    pub(crate) fn new(name: &str, filters: &[Option<&str>]) -> Self {
        let mut hash = Sha256::new();
        for part in std::iter::once(&Some(name)).chain(filters) {
            let text = part.unwrap_or_default();
            hash.update([u8::from(part.is_some())]);
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        let hash = hash.finalize();
        Self(std::array::from_fn(|index| hash[index]))
    }
}

pub(crate) fn write(key: &CursorKey, list: ListTag, place: Place) -> String {
    let mut bytes = Vec::with_capacity(BODY_BYTES + MAC_BYTES);
    bytes.push(FORM);
    bytes.extend(list.0);
    bytes.extend(place.first.to_be_bytes());
    bytes.extend(place.second.to_be_bytes());
    bytes.extend(place.third.to_be_bytes());
    let mac = mac(key, &bytes).finalize().into_bytes();
    bytes.extend(&mac[..MAC_BYTES]);
    BASE64URL_NOPAD.encode(&bytes)
}

pub(crate) fn read(key: &CursorKey, list: ListTag, text: &str) -> Result<Place, BadCursor> {
    if text.len() > CURSOR_CHARS_MAX {
        return Err(BadCursor);
    }
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| BadCursor)?;
    let (body, signed) = bytes.split_at_checked(BODY_BYTES).ok_or(BadCursor)?;
    if signed.len() != MAC_BYTES {
        return Err(BadCursor);
    }
    mac(key, body).verify_truncated_left(signed).map_err(|_| BadCursor)?;
    if body[0] != FORM || body[1..9] != list.0 {
        return Err(BadCursor);
    }
    let number = |at: usize| i64::from_be_bytes(std::array::from_fn(|index| body[at + index]));
    Ok(Place { first: number(9), second: number(17), third: number(25) })
}

fn mac(key: &CursorKey, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key.0).expect("HMAC takes keys of any length");
    mac.update(b"tingting cursor 1");
    mac.update(body);
    mac
}

#[cfg(test)]
mod tests;
