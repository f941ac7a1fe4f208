//! The commitment to seed and secret.

use practice::{Commitment, Fair};
use sale::Chance;

const SEED: u128 = 0x0123_4567_89ab_cdef_0011_2233_4455_6677;

/// The bytes 0, 1, 2 … 15.
fn secret() -> [u8; 16] {
    std::array::from_fn(|at| u8::try_from(at).unwrap())
}

/// The hashes were computed with `sha256sum`, as `docs/FORMAT.md` shows.
#[test]
fn c42_a_commitment_is_the_hash_of_a_text_that_anybody_can_write() {
    let told = Fair::keyed(SEED, secret()).commitment().to_string();
    assert_eq!(told, "33eb551daf4db1a22ef19f9e952dc16ee011edb3caf9409f5fcdd34e8c4b9095");
    let told = Fair::chosen(5).commitment().to_string();
    assert_eq!(told, "6b78e1c00288b09e2b8b9ca79bb6cbeeb87c87f0d3c0a63d78a094ba54b085bb");
    assert_eq!(Fair::keyed(SEED, secret()).seed_hex(), "0123456789abcdef0011223344556677");
    let hex = Fair::keyed(SEED, secret()).secret_hex();
    assert_eq!(hex.as_deref(), Some("000102030405060708090a0b0c0d0e0f"));
}

#[test]
fn c42_another_seed_or_secret_has_another_commitment() {
    let base = Fair::keyed(SEED, secret());
    let mut others = vec![Fair { secret: None, ..base }];
    others.extend((0..128).map(|bit| Fair::keyed(SEED ^ 1 << bit, secret())));
    others.extend((0..128).map(|bit| {
        let mut other = secret();
        other[bit / 8] ^= 1 << (bit % 8);
        Fair::keyed(SEED, other)
    }));
    for other in others {
        assert_ne!(other.commitment(), base.commitment());
        assert_ne!(Chance::from(other), Chance::from(base));
    }
}

#[test]
fn c42_a_commitment_is_read_as_it_was_shown() {
    let commitment = Fair::keyed(SEED, secret()).commitment();
    assert_eq!(commitment.to_string().parse(), Ok(commitment));
    assert_eq!(commitment.to_string().to_uppercase().parse(), Ok(commitment));
    for text in ["", "33eb", &"g".repeat(64), &"가".repeat(22), &"0".repeat(65)] {
        assert!(text.parse::<Commitment>().is_err(), "{text}");
    }
}
