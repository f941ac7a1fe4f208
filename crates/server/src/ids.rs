//! Ids of races and guests: random, so that nobody finds another's by counting.

use std::fmt;
use std::str::FromStr;

use journal::SaleId;
use practice::PersonId;

/// A race, written as sixteen lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RaceId(pub(crate) u64);

/// Whoever plays from one browser, written as thirty-two lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GuestId(pub(crate) u128);

/// A text that is no id.
#[derive(Debug, thiserror::Error)]
#[error("not an id")]
pub(crate) struct NotAnId;

impl RaceId {
    pub(crate) fn random() -> Self {
        Self(u64::from_le_bytes(random_bytes()))
    }

    pub(crate) fn sale(self) -> SaleId {
        SaleId(self.0)
    }
}

impl GuestId {
    /// Who the guest is in a race.
    pub(crate) fn person(self) -> PersonId {
        PersonId(self.0)
    }

    pub(crate) fn random() -> Self {
        Self(u128::from_le_bytes(random_bytes()))
    }
}

/// Bytes nobody can guess.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

impl fmt::Display for RaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for GuestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for RaceId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = hex_digits(text, 16)?;
        u64::from_str_radix(digits, 16).map(Self).map_err(|_| NotAnId)
    }
}

impl FromStr for GuestId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let digits = hex_digits(text, 32)?;
        u128::from_str_radix(digits, 16).map(Self).map_err(|_| NotAnId)
    }
}

/// Every id has one form only.
fn hex_digits(text: &str, count: usize) -> Result<&str, NotAnId> {
    let plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() == count && text.bytes().all(plain) { Ok(text) } else { Err(NotAnId) }
}
