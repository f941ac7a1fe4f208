//! Numbers of members and people.

use borsh::{BorshDeserialize, BorshSerialize};

/// A member of a race, from 0 in the order in which people joined.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct MemberId(pub u32);

/// Who a person is outside the race, as a number that nobody can guess. It is never shown to others.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize,
)]
pub struct PersonId(pub u128);
