//! Random numbers without a state: each is a function of a seed, a purpose, an index and a
//! position.
//!
//! A draw is `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
//! OOPSLA 2014) of a key made from the seed, a purpose and an index. Because a draw consumes
//! nothing, no generator has to be kept for a rival that only waits, and one more draw for one
//! purpose does not change the draws for another. These numbers are not fit for secrets.

use borsh::{BorshDeserialize, BorshSerialize};

/// 2^64 divided by the golden ratio, odd: the increment of `SplitMix64`.
const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

/// `SplitMix64`'s output function: a bijection in which every input bit moves about half the
/// output.
pub const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The number from which all chance is drawn, 128 bits. With a seed below 2^64, everything is as it was
/// when seeds had 64 bits (rule C40).
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Seed(pub u128);

impl Seed {
    /// The lower 64 bits.
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    pub const fn low(self) -> u64 {
        self.0 as u64
    }

    /// The upper 64 bits.
    pub const fn high(self) -> u64 {
        (self.0 >> 64) as u64
    }

    /// Another seed, which `purpose` and `position` name. It is below 2^64 only if this one is.
    #[must_use]
    pub const fn derived(self, purpose: u64, position: u64) -> Self {
        let low = Stream::of(self, purpose, 0).at(position);
        if self.high() == 0 {
            return Self(low as u128);
        }
        // Each half comes from a stream of its own, because a stream knows only 64 bits.
        let high = Stream::of(self, purpose, 1).at(position);
        Self((high as u128) << 64 | low as u128)
    }
}

impl From<u64> for Seed {
    fn from(seed: u64) -> Self {
        Self(seed.into())
    }
}

/// An endless sequence of numbers for one purpose and one index. A number is read by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Stream {
    key: u64,
}

impl Stream {
    /// The sequence of a `seed` of 64 bits for `purpose` (any constant that names the use) and `index`.
    pub const fn new(seed: u64, purpose: u64, index: u64) -> Self {
        let purpose_key = mix(seed ^ mix(purpose.wrapping_add(GOLDEN)));
        Self { key: mix(purpose_key.wrapping_add(index.wrapping_mul(GOLDEN))) }
    }

    /// The sequence of `seed` for `purpose` and `index`: that of its lower half, mixed with its upper
    /// half if that is not zero.
    pub const fn of(seed: Seed, purpose: u64, index: u64) -> Self {
        let low = Self::new(seed.low(), purpose, index);
        match seed.high() {
            0 => low,
            high => Self { key: mix(low.key ^ mix(high ^ purpose)) },
        }
    }

    /// The number at `position`.
    pub const fn at(self, position: u64) -> u64 {
        mix(self.key.wrapping_add(position.wrapping_add(1).wrapping_mul(GOLDEN)))
    }

    /// The number at `position`, in 0..`bound`, by the multiply-shift method. The bias is below
    /// `bound` / 2^64.
    pub const fn below(self, position: u64, bound: u64) -> u64 {
        ((self.at(position) as u128 * bound as u128) >> 64) as u64
    }

    /// The number at `position` as a fraction strictly between 0 and 1.
    #[expect(clippy::cast_precision_loss, reason = "52 bits and a half fit exactly")]
    pub const fn unit(self, position: u64) -> f64 {
        // With one more bit the largest fraction would be rounded up to 1.
        ((self.at(position) >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }
}
