//! The lottery among those present before the opening: who joined in which order is shuffled with a
//! seed that was committed to beforehand, so that nobody can choose it and anybody can check it.

use sha2::{Digest as _, Sha256};

use crate::random::Stream;

/// The purpose of the shuffle's draws, and of deriving its seed from the sale's.
const LOTTERY: u64 = 0x006c_6f74_7465_7279;

/// Names what is hashed, so that the commitment means nothing else.
const DOMAIN: &[u8] = b"tingting lottery 1";

/// SHA-256 over a fixed prefix and the lottery's seed in little-endian bytes, published before the
/// opening (rule Q6).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Commitment(pub [u8; 32]);

impl Commitment {
    /// The commitment to a seed.
    pub fn to(lottery_seed: u64) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(DOMAIN);
        hasher.update(lottery_seed.to_le_bytes());
        Self(hasher.finalize().into())
    }
}

/// The lottery's seed of a sale with this seed. The sale's own seed stays secret when it is shown.
pub(crate) fn seed_of(sale_seed: u64) -> u64 {
    Stream::new(sale_seed, LOTTERY, 0).at(0)
}

/// Shuffles `entrants` as the seed says (Fisher and Yates, from the end).
pub(crate) fn shuffle<T>(lottery_seed: u64, entrants: &mut [T]) {
    let stream = Stream::new(lottery_seed, LOTTERY, 1);
    for last in (1..entrants.len()).rev() {
        let pick = stream.below(last as u64, last as u64 + 1);
        entrants.swap(last, usize::try_from(pick).expect("at most `last`"));
    }
}
