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

/// An endless sequence of numbers for one purpose and one index. A number is read by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]
pub struct Stream {
    key: u64,
}

impl Stream {
    /// The sequence of `seed` for `purpose` (any constant that names the use) and `index`.
    pub const fn new(seed: u64, purpose: u64, index: u64) -> Self {
        let purpose_key = mix(seed ^ mix(purpose.wrapping_add(GOLDEN)));
        Self { key: mix(purpose_key.wrapping_add(index.wrapping_mul(GOLDEN))) }
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
