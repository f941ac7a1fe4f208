//! The lottery: at the opening, the visitors in the pool are shuffled with a seed. The sale
//! publishes a commitment to the seed beforehand, so that nobody can choose the result and anybody
//! can check it.

use sha2::{Digest as _, Sha256};

use crate::random::{Seed, Stream};

/// The purpose of the shuffle's draws.
const LOTTERY: u64 = 0x006c_6f74_7465_7279;

/// Prefixes of what is hashed, so that a hash made for one use cannot serve for the other.
const COMMITMENT: &[u8] = b"tingting lottery 1";
const SEED: &[u8] = b"tingting lottery seed 1";

/// SHA-256 over a fixed prefix and the lottery's seed in little-endian bytes, published before the
/// opening (rule Q6).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Commitment(pub [u8; 32]);

impl Commitment {
    /// The commitment to a seed.
    pub fn to(lottery_seed: u64) -> Self {
        Self(hash(COMMITMENT, &lottery_seed.to_le_bytes()))
    }
}

/// The lottery's seed, computed from the sale's own seed. The draw shows the lottery's seed, but
/// the sale's seed, which also decides the captchas, must stay secret. SHA-256 cannot be computed
/// backwards; a [`Stream`] can.
pub(crate) fn seed_of(sale_seed: Seed) -> u64 {
    let hash = match sale_seed.high() {
        0 => hash(SEED, &sale_seed.low().to_le_bytes()),
        _ => hash(SEED, &sale_seed.0.to_le_bytes()),
    };
    u64::from_le_bytes(*hash.first_chunk().expect("32 bytes are more than 8"))
}

fn hash(purpose: &[u8], seed: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(purpose);
    hasher.update(seed);
    hasher.finalize().into()
}

/// Shuffles `entrants` by the seed (Fisher and Yates, from the end).
pub(crate) fn shuffle<T>(lottery_seed: u64, entrants: &mut [T]) {
    let stream = Stream::new(lottery_seed, LOTTERY, 1);
    for last in (1..entrants.len()).rev() {
        let pick = stream.below(last as u64, last as u64 + 1);
        entrants.swap(last, usize::try_from(pick).expect("at most `last`"));
    }
}
