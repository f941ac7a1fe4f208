//! Ids and amounts: newtypes, so that nobody swaps two of them.

use std::fmt;

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A concert: what is played.
    ConcertId
);
id!(
    /// One date of a concert. It also names the performance's opening, since each performance has one at most.
    PerformanceId
);
id!(
    /// A venue.
    VenueId
);
id!(
    /// Who plays.
    PerformerId
);
id!(
    /// A person: one guest, or later an account with all its browsers.
    PersonId
);

/// The random number of 128 bits by which the server knows the guest at one browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GuestKey(pub u128);

/// The number of a sale in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SaleNumber(pub u64);

/// The number of a booking in its sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookingNumber(pub u32);

/// How far a log was read: the number of the newest batch that was applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogSeq(pub u64);

/// The number of a payment in its sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentNumber(pub u32);

impl GuestKey {
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.0.to_be_bytes().to_vec()
    }

    pub(crate) fn from_kept(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(u128::from_be_bytes).map(Self)
    }
}

impl SaleNumber {
    /// The same 64 bits as the databases keep them: they know only signed numbers.
    pub(crate) fn kept(self) -> i64 {
        self.0.cast_signed()
    }

    pub(crate) fn from_kept(kept: i64) -> Self {
        Self(kept.cast_unsigned())
    }
}
