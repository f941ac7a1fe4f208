//! Verdicts on each kind of clumsiness, in both styles (rule C47). `cargo xtask soak coach` tries hundreds.

use gauntlet::coach::{Clumsy, check};
use protocol::Fault;

/// Judges one run of each kind, and checks that a slow page is blamed in at least one of them.
fn judge(seeds: core::ops::Range<u64>) {
    let judged: Vec<_> = seeds.map(check).collect();
    for clumsy in Clumsy::ALL {
        assert!(judged.iter().any(|one| one.clumsy == clumsy), "{clumsy:?} was not tried");
    }
    let compared: usize = judged.iter().map(|one| one.compared).sum();
    assert!(compared > 3 * judged.len(), "only {compared} what-ifs were compared");
    assert!(judged.iter().any(|one| one.fault == Fault::SlowPage), "{judged:?}");
}

#[test]
fn c47_a_verdict_is_about_the_step_whose_change_gives_most_in_n_style() {
    judge(0..11);
}

#[test]
fn c47_a_verdict_is_about_the_step_whose_change_gives_most_in_m_style() {
    judge(11..22);
}
