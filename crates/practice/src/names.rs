//! The numbers that name members and people.

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
