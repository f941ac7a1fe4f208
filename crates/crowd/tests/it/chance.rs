//! Races with seeds of 128 bits and with captchas under a secret.

use crowd::{Race, Scenario};
use sale::random::Seed;
use sale::{CaptchaSecret, CaptchaStep, Chance, SnapshotError};

use crate::world::{SEED, after, busy};

/// Three hundred rivals, who are asked for a captcha.
fn asked() -> Scenario {
    let mut scenario = busy(300);
    scenario.rules.captcha.step = CaptchaStep::BeforeMap;
    scenario
}

fn whole(chance: impl Into<Chance>) -> Race {
    let mut race = Race::new(asked(), chance).unwrap();
    race.advance(after(600.0), crowd::ignore);
    race
}

#[test]
fn c40_a_race_of_a_small_seed_is_the_race_of_that_number() {
    let (one, other) = (whole(SEED), whole(Seed(SEED.into())));
    assert_eq!(one.hash(), other.hash());
    assert_eq!(one.snapshot(), other.snapshot());
}

#[test]
fn c40_the_upper_half_of_a_seed_gives_another_race() {
    let races = [0, 1, 2, 1 << 63].map(|high| whole(Seed(high << 64 | u128::from(SEED))));
    for (at, race) in races.iter().enumerate() {
        for other in &races[..at] {
            assert_ne!(race.hash(), other.hash());
        }
        assert!(race.tally().sold() > 0);
    }
}

#[test]
fn c41_a_secret_changes_the_letters_and_nothing_else_in_a_race() {
    let seed = Seed(1 << 77 | u128::from(SEED));
    let captcha_secret = Some(CaptchaSecret([5; 16]));
    let (open, keyed) = (whole(seed), whole(Chance { seed, captcha_secret }));
    assert_eq!(open.hash(), keyed.hash(), "rivals answer captchas under a secret too");
    assert_ne!(open.snapshot(), keyed.snapshot());
}

#[test]
fn c29_a_snapshot_of_a_race_with_another_secret_or_upper_half_is_refused() {
    let chance = Chance { seed: Seed(3 << 64), captcha_secret: Some(CaptchaSecret([5; 16])) };
    let bytes = whole(chance).snapshot();
    let restore = |chance: Chance| Race::restore(asked(), chance, &bytes).err();
    assert_eq!(restore(chance), None);
    let no_secret = Chance { captcha_secret: None, ..chance };
    assert_eq!(restore(no_secret), Some(SnapshotError::Foreign));
    let other_half = Chance { seed: Seed(2 << 64), ..chance };
    assert_eq!(restore(other_half), Some(SnapshotError::Foreign));
}
