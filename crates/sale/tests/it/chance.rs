//! Seeds of 128 bits, and captchas under a secret.

use sale::random::{Seed, Stream};
use sale::{CaptchaSecret, CaptchaStep, Chance, Rules, Sale, SnapshotError, Visitor};

use crate::story::{MINA, SEED, Story, hall, plain};

/// The bytes 0, 1, 2 … 15.
fn secret() -> CaptchaSecret {
    CaptchaSecret(std::array::from_fn(|at| u8::try_from(at).unwrap()))
}

fn asking() -> Rules {
    let mut rules = plain();
    rules.captcha.step = CaptchaStep::BeforeMap;
    rules
}

/// The letters of the first three images of the first visitor.
fn shown(chance: Chance) -> Vec<String> {
    let mut story = Story::going_on(Sale::new(asking(), hall(), chance).unwrap());
    story.until(crate::story::OPENING);
    story.enter(MINA).unwrap();
    let image = |story: &mut Story| {
        let letters = story.sale.challenge(MINA).unwrap().letters;
        story.renew(MINA).unwrap();
        letters.as_str().to_owned()
    };
    (0..3).map(|_| image(&mut story)).collect()
}

#[test]
fn c40_a_seed_below_two_to_the_power_of_64_draws_what_the_number_drew() {
    for seed in [0, 1, SEED, u64::MAX] {
        let (wide, narrow) = (Stream::of(Seed(seed.into()), 1, 2), Stream::new(seed, 1, 2));
        assert_eq!(wide, narrow);
        let sale = |chance: Chance| Sale::new(plain(), hall(), chance).unwrap();
        let (one, other) = (sale(seed.into()), sale(Seed(seed.into()).into()));
        assert_eq!(one.lottery_commitment(), other.lottery_commitment());
        assert_eq!(one.snapshot(), other.snapshot());
    }
}

#[test]
fn c40_each_bit_of_a_seed_changes_what_is_drawn() {
    let base = Seed(u128::from(SEED) | 1 << 100);
    let drawn = |seed: Seed| Stream::of(seed, 1, 2).at(0);
    let lottery = |seed: Seed| Sale::new(plain(), hall(), seed).unwrap().lottery_commitment();
    let derived = |seed: Seed| [0, 1].map(|position| seed.derived(1, position));
    for bit in 0..128 {
        let other = Seed(base.0 ^ 1 << bit);
        assert_ne!(drawn(other), drawn(base), "bit {bit}");
        assert_ne!(lottery(other), lottery(base), "bit {bit}");
        let halves = derived(other).into_iter().zip(derived(base));
        assert!(halves.into_iter().all(|(one, two)| one != two), "bit {bit}");
    }
    assert_eq!(Seed::from(SEED).derived(1, 0).high(), 0);
}

/// Golden, because races of several people must be replayed for ever. Computed with another program.
#[test]
fn c40_wide_streams_are_stable() {
    let seed = Seed(0x0123_4567_89AB_CDEF_0011_2233_4455_6677);
    let stream = Stream::of(seed, 1, 2);
    assert_eq!([0, 1].map(|at| stream.at(at)), [0x7710_95A3_C7F4_40EF, 0xE6EE_B5F0_A136_DC29]);
    assert_eq!(seed.derived(1, 0).0, 0x6594_8DEB_8319_F3AC_215B_5979_55B8_2E89);
}

/// The letters were computed with another implementation of SipHash-2-4.
#[test]
fn c41_letters_under_a_secret_are_a_keyed_hash_of_place_and_image() {
    let chance = Chance { seed: Seed(7), captcha_secret: Some(secret()) };
    assert_eq!(shown(chance), ["HKKASM", "DVUCSA", "SCTYSB"]);
    assert_eq!(shown(Chance { seed: Seed(8), ..chance }), shown(chance), "the seed has no part");
    let mut other = secret();
    other.0[15] ^= 1;
    assert_ne!(shown(Chance { captcha_secret: Some(other), ..chance }), shown(chance));
}

#[test]
fn c41_a_snapshot_holds_no_secret_and_goes_on_only_under_its_own() {
    let chance = Chance { seed: Seed(u128::from(SEED) | 1 << 90), captcha_secret: Some(secret()) };
    let mut story = Story::going_on(Sale::new(asking(), hall(), chance).unwrap());
    story.until(crate::story::OPENING);
    story.enter(Visitor(3)).unwrap();
    let bytes = story.sale.snapshot();
    assert!(!bytes.windows(16).any(|window| window == secret().0));
    let restore = |chance: Chance| Sale::restore(asking(), hall(), chance, &bytes).map(|_| ());
    assert_eq!(restore(chance), Ok(()));
    let others = [
        Chance { captcha_secret: None, ..chance },
        Chance { captcha_secret: Some(CaptchaSecret([9; 16])), ..chance },
        Chance { seed: Seed(chance.seed.0 ^ 1), ..chance },
        Chance { seed: Seed(chance.seed.0 ^ 1 << 91), ..chance },
    ];
    for other in others {
        assert_eq!(restore(other), Err(SnapshotError::Foreign));
    }
    assert_eq!(format!("{chance:?}").matches("10, 11").count(), 0, "no log shows the secret");
}
