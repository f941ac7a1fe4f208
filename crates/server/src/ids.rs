//! Ids of races and guests. They are random, so that nobody can guess the id of another person's race.

use std::fmt;
use std::str::FromStr;

use data_encoding::HEXLOWER;
use journal::SaleId;
use practice::PersonId;

use crate::limits::SEED_MAX;

/// A race, written as sixteen lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct RaceId(pub(crate) u64);

/// The person at one browser, written as thirty-two lower-case hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GuestId(pub(crate) u128);

/// The error for a text that is not an id.
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

/// Random bytes that nobody can guess.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// A seed that nobody has chosen, and that JSON has a number for.
pub(crate) fn random_seed() -> u64 {
    u64::from_le_bytes(random_bytes()) & SEED_MAX
}

impl fmt::Display for RaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HEXLOWER.encode_display(&self.0.to_be_bytes()).fmt(f)
    }
}

impl fmt::Display for GuestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HEXLOWER.encode_display(&self.0.to_be_bytes()).fmt(f)
    }
}

impl FromStr for RaceId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        bytes_of(text).map(u64::from_be_bytes).map(Self)
    }
}

impl FromStr for GuestId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        bytes_of(text).map(u128::from_be_bytes).map(Self)
    }
}

/// The `N` bytes that lower-case hex digits stand for. Upper-case digits are refused, so that every id
/// has one form only.
pub(crate) fn bytes_of<const N: usize>(text: &str) -> Result<[u8; N], NotAnId> {
    let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotAnId)?;
    bytes.try_into().map_err(|_| NotAnId)
}
