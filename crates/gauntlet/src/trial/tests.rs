//! Trials pass, and the same seed always gives the same trial.

use super::*;

#[test]
fn g2_the_same_seed_is_the_same_trial() {
    for seed in 0..8 {
        assert_eq!(run(seed), run(seed), "seed {seed}");
    }
    let digests: std::collections::BTreeSet<_> =
        (0..8).map(|seed| run(seed).map(|passed| passed.digest).ok()).collect();
    assert_eq!(digests.len(), 8, "another seed gives another trial");
}

#[test]
fn g3_g4_g5_g6_g7_g12_g13_sixty_trials_pass_every_check() {
    let mut total = Counts::default();
    for seed in 0..60 {
        match run(seed) {
            Ok(passed) => total += passed.counts,
            Err(failed) => panic!("{failed}"),
        }
    }
    assert!(total.recoveries > 200 && total.payments > 50, "the checks had work to do: {total}");
    let ways = [total.confirmed_payments, total.ended_payments, total.lapsed_payments];
    assert!(ways.iter().all(|&count| count > 10), "payments end in every way: {total}");
    let people = [total.joins, total.leaves, total.reports];
    assert!(people.iter().all(|&count| count > 300), "people come and go: {total}");
}

#[test]
fn g9_a_failed_trial_names_the_command_that_shows_it_again() {
    let failed = Failed { seed: 1234, reason: "a seat is sold twice".to_owned() };
    let expected = "gauntlet: seed 1234 failed: a seat is sold twice\n\
                    replay with: cargo xtask gauntlet --seed 1234";
    assert_eq!(failed.to_string(), expected);
}
