//! Verdicts, on outcomes made by hand.

use alloc::vec;
use alloc::vec::Vec;

use protocol::{Gain, StepChange};

use super::*;

fn outcome(paid: bool, quality: Option<f64>, place: u32) -> RunOutcome {
    RunOutcome {
        paid,
        held: quality.is_some(),
        seats: vec![],
        quality,
        place: Some(place),
        free_on_admission: None,
        best_seat: None,
        best_quality: None,
        free_then: None,
        ended_ms: 0.0,
    }
}

fn what_if(steps: &[StepKey], outcome: RunOutcome) -> WhatIf {
    let change = |&step| StepChange { step, from_ms: None, to_ms: 1.0, pace: Pace::Quick };
    let changes = steps.iter().map(change).collect();
    WhatIf { changes, outcome, gain: Gain::None, assumed: vec![] }
}

fn judged(real: &RunOutcome, what_ifs: &[WhatIf]) -> (VerdictKind, Option<StepKey>, Option<u32>) {
    let said = verdict(real, what_ifs, |_| Fault::LatePress);
    (said.kind, said.step, said.what_if)
}

#[test]
fn c47_each_kind_of_verdict_follows_from_the_outcomes() {
    use StepKey::{Captcha, Paid, Press};
    let lost = outcome(false, None, 900);
    let seat = |quality| outcome(true, Some(quality), 90);
    let nearer = outcome(false, None, 90);
    let cases: Vec<(RunOutcome, Vec<WhatIf>, _)> = vec![
        (lost.clone(), vec![], (VerdictKind::Nothing, None, None)),
        (
            lost.clone(),
            vec![what_if(&[Press], seat(0.9)), what_if(&[Captcha], seat(0.5))],
            (VerdictKind::OneStep, Some(Press), Some(0)),
        ),
        (
            lost.clone(),
            vec![
                what_if(&[Press, Captcha], seat(0.9)),
                what_if(&[Captcha], nearer.clone()),
                what_if(&[Press], lost.clone()),
            ],
            (VerdictKind::TwoSteps, Some(Captcha), Some(0)),
        ),
        (
            lost.clone(),
            vec![what_if(&[Press], nearer), what_if(&[Paid], lost.clone())],
            (VerdictKind::Better, Some(Press), Some(0)),
        ),
        (seat(0.5), vec![what_if(&[Press], seat(0.9))], (VerdictKind::Won, Some(Press), Some(0))),
        (seat(0.9), vec![what_if(&[Press], seat(0.5))], (VerdictKind::WonBest, None, None)),
    ];
    for (real, what_ifs, expected) in cases {
        assert_eq!(judged(&real, &what_ifs), expected);
    }
}
