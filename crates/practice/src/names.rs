//! The numbers that name members and people.

use core::fmt;

use borsh::{BorshDeserialize, BorshSerialize};

/// The number of a member in a race, from 0 in the order in which people joined.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct MemberId(pub u32);

/// Who a person is outside the race. The shell chooses a number that nobody can guess, and never
/// shows it to other people.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct PersonId(pub u128);

/// The performance of which a race is the sale, by its number in the catalogue.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct PerformanceId(pub i64);

impl fmt::Display for PerformanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
