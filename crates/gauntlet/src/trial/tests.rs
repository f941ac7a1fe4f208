//! Trials that pass, and always in the same way.

use super::*;

#[test]
fn g2_the_same_seed_is_the_same_trial() {
    for seed in 0..8 {
        assert_eq!(run(seed), run(seed), "seed {seed}");
    }
    let digests: std::collections::BTreeSet<_> =
        (0..8).map(|seed| run(seed).map(|passed| passed.digest).ok()).collect();
    assert_eq!(digests.len(), 8, "and another seed is another one");
}

#[test]
fn g3_g4_g5_g6_g7_trials_pass_every_check() {
    let mut total = Counts::default();
    for seed in 0..60 {
        match run(seed) {
            Ok(passed) => total += passed.counts,
            Err(failed) => panic!("{failed}"),
        }
    }
    assert!(total.recoveries > 200 && total.payments > 50, "they have something to check: {total}");
}

#[test]
fn g9_a_failure_tells_how_to_see_it_again() {
    let failed = Failed { seed: 1234, reason: "a seat is sold twice".to_owned() };
    let expected = "gauntlet: seed 1234 failed: a seat is sold twice\n\
                    replay with: cargo xtask gauntlet --seed 1234";
    assert_eq!(failed.to_string(), expected);
}
