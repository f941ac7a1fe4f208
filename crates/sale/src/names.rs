//! A type of its own for each kind of number, so that a seat cannot be mistaken for a visitor.

use core::num::NonZeroU64;

use borsh::io::{Error, ErrorKind, Read, Result, Write};
use borsh::{BorshDeserialize, BorshSerialize};

use crate::limits::SEATS_PER_HOLD_MAX;
use crate::refusal::Refusal;

/// Money in won. Never a float.
pub type Won = u64;

/// A visitor by its number: a person or a rival. The sale cannot tell which.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct Visitor(pub u32);

/// A visitor or nobody, in four bytes: the sale keeps one for each seat and each place waited for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub(crate) struct Occupant(u32);

impl Occupant {
    /// Visitor numbers end at `VISITORS_MAX`, long before this one.
    pub(crate) const NOBODY: Self = Self(u32::MAX);

    /// The visitor, if there is one.
    pub(crate) fn visitor(self) -> Option<Visitor> {
        (self != Self::NOBODY).then_some(Visitor(self.0))
    }
}

impl From<Visitor> for Occupant {
    fn from(visitor: Visitor) -> Self {
        Self(visitor.0)
    }
}

/// A number in the queue, from 1 in order of arrival, given once and never again (rule Q1).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct Place(pub u32);

/// A seat by its index in the layout.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Default,
    BorshSerialize,
    BorshDeserialize,
)]
pub struct Seat(pub u32);

/// A section by its index in the layout.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct Section(pub u16);

/// How a shell recognises a request that is sent again, and another request that is sent under the
/// same key. The sale never looks at it; the journal keeps it beside the command (rules J11, J14).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct Tag {
    /// A number made of the sender and of the key under which the request was sent.
    pub key: NonZeroU64,
    /// A digest of everything that the request asks for. Two requests under one key with different
    /// digests are different requests.
    pub content: u64,
}

impl Tag {
    /// The tag of a request; `None` if its key is 0, which no request has.
    pub fn new(key: u64, content: u64) -> Option<Self> {
        NonZeroU64::new(key).map(|key| Self { key, content })
    }
}

/// A booking by its number in the sale, from 0 in order of payment.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct BookingId(pub u32);

/// A payment by its number in the sale, from 0 in the order in which payments began.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, BorshSerialize, BorshDeserialize,
)]
pub struct PaymentId(pub u32);

/// The price at which a seat is bought: 0 is the regular one, `n` the n-th discount of the rules.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, BorshSerialize, BorshDeserialize)]
pub struct Discount(pub u8);

impl Discount {
    /// The regular price.
    pub const NONE: Self = Self(0);
}

/// One to [`SEATS_PER_HOLD_MAX`] different seats, in the order they were chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seats {
    len: u8,
    list: [Seat; SEATS_PER_HOLD_MAX],
}

impl Seats {
    /// The seats of `list`.
    ///
    /// # Errors
    ///
    /// [`Refusal::NoSeats`] for none, [`Refusal::TooManySeats`] for more than
    /// [`SEATS_PER_HOLD_MAX`], [`Refusal::SeatTwice`] if one is named twice.
    pub fn new(list: &[Seat]) -> core::result::Result<Self, Refusal> {
        if list.is_empty() {
            return Err(Refusal::NoSeats);
        }
        let mut seats = Self::EMPTY;
        for &seat in list {
            seats.add(seat)?;
        }
        Ok(seats)
    }

    /// One seat.
    pub fn one(seat: Seat) -> Self {
        let mut seats = Self::EMPTY;
        seats.list[0] = seat;
        seats.len = 1;
        seats
    }

    pub(crate) const EMPTY: Self = Self { len: 0, list: [Seat(0); SEATS_PER_HOLD_MAX] };

    /// Adds `seat` at the end.
    pub(crate) fn add(&mut self, seat: Seat) -> core::result::Result<(), Refusal> {
        if self.contains(seat) {
            return Err(Refusal::SeatTwice);
        }
        let Some(slot) = self.list.get_mut(usize::from(self.len)) else {
            return Err(Refusal::TooManySeats);
        };
        *slot = seat;
        self.len += 1;
        Ok(())
    }

    /// Removes `seat`; the rest keep their order. Returns whether it was there.
    pub(crate) fn remove(&mut self, seat: Seat) -> bool {
        let Some(at) = self.iter().position(|other| other == seat) else {
            return false;
        };
        self.list.copy_within(at + 1..usize::from(self.len), at);
        self.len -= 1;
        // Past the end all seats are zero, so that equal lists compare as equal.
        self.list[usize::from(self.len)] = Seat(0);
        true
    }

    /// How many.
    pub const fn len(&self) -> usize {
        self.len as usize
    }

    /// True only inside this crate, for a hold whose last seat was just released.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether `seat` is one of them.
    pub fn contains(&self, seat: Seat) -> bool {
        self.iter().any(|other| other == seat)
    }

    /// The seats in order.
    pub fn iter(&self) -> impl Iterator<Item = Seat> + '_ {
        self.list[..self.len()].iter().copied()
    }

    /// The seats in order, as a slice.
    pub fn as_slice(&self) -> &[Seat] {
        &self.list[..self.len()]
    }
}

impl BorshSerialize for Seats {
    fn serialize<W: Write>(&self, writer: &mut W) -> Result<()> {
        self.len.serialize(writer)?;
        self.iter().try_for_each(|seat| seat.serialize(writer))
    }
}

impl BorshDeserialize for Seats {
    fn deserialize_reader<R: Read>(reader: &mut R) -> Result<Self> {
        let invalid = |_| Error::new(ErrorKind::InvalidData, "no seats, too many, or one twice");
        let len = usize::from(u8::deserialize_reader(reader)?);
        let mut list = [Seat(0); SEATS_PER_HOLD_MAX];
        let list = list.get_mut(..len).ok_or(Refusal::TooManySeats).map_err(invalid)?;
        for seat in list.iter_mut() {
            *seat = Seat::deserialize_reader(reader)?;
        }
        Self::new(list).map_err(invalid)
    }
}
