//! What-ifs and verdicts, of runs with deliberately bad steps.

use practice::report::{Retold, answer};
use practice::what_if::{Change, Lever, Original, UsualTimes, compare};
use protocol::{Fault, Gain, Pace, Report, RunOutcome, StepKey, VerdictKind};
use sale::Span;
use scenario::Course;

use crate::many::subject;
use crate::scene::{course, practice};
use crate::script::{GOOD, ME, Script, play};

const STYLES: [&str; 2] = ["n-style", "m-style"];

fn go() -> bool {
    true
}

fn original(retold: &Retold) -> Original<'_> {
    retold.original(ME, 0.0, UsualTimes::default(), &mut go).unwrap()
}

fn chosen(lever: Lever, to: Span) -> Change {
    Change { lever, to, pace: Pace::Chosen }
}

fn ms(millis: u64) -> Span {
    Span::from_millis(millis)
}

/// Runs with a bad step each, and what each is.
fn bad() -> Vec<(&'static str, Script)> {
    vec![
        ("won", GOOD),
        ("late press", Script { press: 5_600, captcha: 6_500, ..GOOD }),
        ("slow captcha", Script { captcha: 32_000, ..GOOD }),
        ("missed captcha", Script { captcha: 20_000, misses: true, ..GOOD }),
        ("slow choice", Script { first: 35_000, ..GOOD }),
        ("eight conflicts", Script { unlucky: 8, retry: 2_700, age: 2_500, ..GOOD }),
        ("slow payment", Script { pay: Some(900_000), ..GOOD }),
        ("no payment", Script { pay: None, ..GOOD }),
        ("refresh", Script { refresh: Some(6_000), ..GOOD }),
        ("nothing left", Script { press: 60_000, ..GOOD }),
        ("all slow", Script { press: 4_000, captcha: 12_000, first: 12_000, ..GOOD }),
        ("a worse seat", Script { better: 40, press: 900, ..GOOD }),
    ]
}

/// What the two have in common, whoever played the race.
fn core(outcome: &RunOutcome) -> RunOutcome {
    RunOutcome { ended_ms: 0.0, ..outcome.clone() }
}

#[test]
fn c46_a_what_if_that_changes_nothing_gives_the_run_as_it_was() {
    for (style, seed) in STYLES.into_iter().zip([3, 4]) {
        let course = course(1_500, Some(style));
        for (name, script) in bad() {
            let retold = play(practice(&course, seed), script);
            let original = original(&retold);
            for lever in [Lever::Press, Lever::Captcha, Lever::FirstSeat, Lever::Paid] {
                if script.refresh.is_some() && lever == Lever::Press {
                    continue; // A changed press is never refreshed.
                }
                if original.is_due(lever) && original.took_ms(lever).is_some() {
                    let same = chosen(lever, original.time(lever));
                    let told = original.what_if(&[same], &mut go).unwrap();
                    let what = format!("{name}, {style}, {lever:?}");
                    assert_eq!(core(&told.outcome), core(original.outcome()), "{what}");
                    assert_eq!(told.gain, Gain::None, "{what}");
                }
            }
        }
    }
}

#[test]
fn c46_a_what_if_is_the_run_of_somebody_who_took_that_time() {
    let mut compared = 0;
    for (style, seed) in STYLES.into_iter().zip([5, 6]) {
        let course = course(1_500, Some(style));
        for (name, script) in bad() {
            if script.unlucky > 0 || script.better > 0 {
                continue; // These people choose by what is gone, or by a rank that depends on the hall.
            }
            let retold = play(practice(&course, seed), script);
            let original = original(&retold);
            let changed = [
                (Lever::Press, 400, Script { press: 400, refresh: None, ..script }),
                (Lever::Captcha, 3_000, Script { captcha: 3_000, misses: false, ..script }),
                (Lever::FirstSeat, 2_500, Script { first: 2_500, ..script }),
                (Lever::Paid, 20_000, Script { pay: Some(20_000), ..script }),
            ];
            for (lever, to, other) in changed {
                // Nobody knows what a step takes somebody who never came so far.
                let is_known = Lever::ALL.into_iter().filter(|&step| step != Lever::Held);
                let is_known = is_known.filter(|&step| step != lever && step != Lever::Press);
                let mut is_known = is_known.map(|step| original.took_ms(step).is_some());
                if !original.is_due(lever) || !is_known.all(|known| known) {
                    continue;
                }
                let first = original.time(Lever::FirstSeat);
                if first != ms(script.first) {
                    continue; // The hall was full for a moment, which is no time of this person (rule C50).
                }
                compared += 1;
                let told = original.what_if(&[chosen(lever, ms(to))], &mut go).unwrap();
                let lived = play(practice(&course, seed), other);
                let lived = self::original(&lived).outcome().clone();
                let what = format!("{name}, {style}, {lever:?}");
                assert_eq!(told.outcome.place, lived.place, "{what}");
                assert_eq!(told.outcome.free_on_admission, lived.free_on_admission, "{what}");
                let counts = |outcome: &RunOutcome| (outcome.paid, outcome.held, outcome.free_then);
                assert_eq!(counts(&told.outcome), counts(&lived), "{what}");
                assert_eq!(told.outcome.best_seat, lived.best_seat, "{what}");
            }
        }
    }
    assert!(compared >= 30, "only {compared} what-ifs could be compared");
}

/// Checks that the verdict is about the step whose change gives the best outcome, by running each change again
/// here.
fn check_verdict(course: &Course, seed: u64, name: &str, script: Script) -> Report {
    let retold = play(practice(course, seed), script);
    let report = answer(retold.clone(), subject(ME));
    let original = original(&retold);
    let what = format!("{name}, seed {seed}: {:?} {:?}", report.verdict, report.outcome);
    assert_eq!(core(&report.outcome), core(original.outcome()));
    let mut best: Option<RunOutcome> = None;
    for lever in Lever::ALL.into_iter().filter(|&lever| original.is_due(lever)) {
        for what_if in report.what_ifs.iter().filter(|one| one.changes.len() == 1) {
            let change = what_if.changes[0];
            if change.step == lever.key() {
                let to = Span::from_secs_f64(change.to_ms / 1000.0);
                let again = original.what_if(&[chosen(lever, to)], &mut go).unwrap();
                assert_eq!(again.outcome, what_if.outcome, "{what}");
                assert_eq!(again.gain, what_if.gain, "{what}");
                let is_better =
                    best.as_ref().is_none_or(|best| compare(&again.outcome, best).is_gt());
                best = if is_better { Some(again.outcome) } else { best };
            }
        }
    }
    let Some(index) = report.verdict.what_if else {
        let better = best.filter(|best| compare(best, &report.outcome).is_gt());
        let is_won = report.outcome.paid;
        let same_seat = |best: &RunOutcome| best.quality <= report.outcome.quality;
        assert!(better.is_none_or(|best| is_won && same_seat(&best)), "{what}");
        return report;
    };
    let proof = &report.what_ifs[index as usize];
    assert!(compare(&proof.outcome, &report.outcome).is_gt(), "{what}");
    let steps: Vec<StepKey> = proof.changes.iter().map(|change| change.step).collect();
    assert!(report.verdict.step.is_some_and(|step| steps.contains(&step)), "{what}");
    if report.verdict.kind == VerdictKind::TwoSteps {
        assert!(steps.len() == 2 && proof.outcome.paid, "{what}");
        assert!(best.is_none_or(|best| !best.paid), "{what}: one step alone pays");
    } else {
        let best = best.expect("there is a single step");
        assert!(compare(&best, &proof.outcome).is_eq(), "{what}: another step gives more");
    }
    report
}

#[test]
fn c47_the_verdict_is_the_step_whose_change_gives_the_best_outcome() {
    for (style, seed) in STYLES.into_iter().zip([11, 12]) {
        let course = course(1_500, Some(style));
        for (name, script) in bad() {
            check_verdict(&course, seed, name, script);
        }
    }
}

#[test]
fn c47_a_late_press_is_blamed_and_not_the_captcha() {
    let late = Script { press: 5_600, captcha: 6_500, better: 3, ..GOOD };
    let report = check_verdict(&course(1_500, None), 1, "late", late);
    assert!(report.place.unwrap() > 1_000, "{:?}", report.place);
    assert_eq!(report.verdict.step, Some(StepKey::Press), "{:?}", report.verdict);
    assert_eq!(report.verdict.fault, Fault::LatePress);
    let proof = &report.what_ifs[report.verdict.what_if.unwrap() as usize];
    assert!(proof.outcome.place.unwrap() < 300 && proof.outcome.paid, "{:?}", proof.outcome);
}

#[test]
fn c47_a_captcha_is_not_blamed_where_no_seat_was_left_before_it() {
    let late = Script { press: 40_000, captcha: 32_000, leaves: true, ..GOOD };
    let report = check_verdict(&course(6_000, None), 2, "hopeless", late);
    assert!(!report.outcome.paid, "{:?}", report.outcome);
    assert_eq!(report.verdict.step, Some(StepKey::Press), "{:?}", report.verdict);
}

#[test]
fn c47_c50_a_wait_for_a_returned_seat_is_not_a_slow_choice() {
    let course = course(3_000, None);
    let late = Script { press: 12_000, pay: Some(20_000), ..GOOD };
    let report = (1..40).map(|seed| answer(play(practice(&course, seed), late), subject(ME)));
    let waited = |report: &Report| {
        let first = report.steps.iter().find(|step| step.key == StepKey::FirstSeat).unwrap();
        report.outcome.paid && first.took_ms.is_some_and(|took| took > 60_000.0)
    };
    let mut reports = report.filter(waited);
    let report = reports.next().expect("somebody gets a returned seat after a minute");
    assert_ne!(report.verdict.fault, Fault::SlowChoice, "{:?}", report.verdict);
    assert_eq!(report.verdict.step, Some(StepKey::Press), "{:?}", report.verdict);
}

#[test]
fn c47_eight_conflicts_in_a_row_are_not_a_slow_choice() {
    let unlucky = Script { unlucky: 8, retry: 2_700, age: 2_500, press: 1_500, ..GOOD };
    let course = course(1_500, None);
    let seed = (1..20).find(|&seed| {
        let retold = play(practice(&course, seed), unlucky);
        let count = retold.practice().member(ME).run().conflicts().len();
        count >= 6
    });
    let report = check_verdict(&course, seed.expect("an unlucky seed"), "unlucky", unlucky);
    assert_ne!(report.verdict.fault, Fault::SlowChoice, "{:?}", report.verdict);
    let held = report.what_ifs.iter().find(|one| one.changes[0].step == StepKey::Held);
    let from = held.expect("recovering is tried").changes[0].from_ms.unwrap();
    assert!((2_000.0..3_500.0).contains(&from), "{from} for one conflict");
}

#[test]
fn c47_who_pays_in_time_is_not_told_to_pay_faster() {
    let careful = Script { better: 1, pay: Some(150_000), ..GOOD };
    let report = check_verdict(&course(1_500, None), 4, "won", careful);
    let kinds = [VerdictKind::Won, VerdictKind::WonBest];
    assert!(kinds.contains(&report.verdict.kind), "{:?}", report.verdict);
    assert_ne!(report.verdict.step, Some(StepKey::Paid));
}

#[test]
fn c48_times_of_steps_never_reached_are_told_as_assumed() {
    let course = course(6_000, None);
    let retold = play(practice(&course, 2), Script { press: 90_000, leaves: true, ..GOOD });
    let original = original(&retold);
    assert_eq!(original.took_ms(Lever::FirstSeat), None, "{:?}", original.outcome());
    let told = original.what_if(&[chosen(Lever::Press, ms(300))], &mut go).unwrap();
    assert!(told.outcome.paid, "{told:?}");
    assert!(told.assumed.contains(&StepKey::FirstSeat) && told.assumed.contains(&StepKey::Paid));
    let usual = UsualTimes { paid: Some(ms(500_000)), ..UsualTimes::default() };
    let slow = retold.original(ME, 0.0, usual, &mut go).unwrap();
    let told = slow.what_if(&[chosen(Lever::Press, ms(300))], &mut go).unwrap();
    assert!(told.outcome.held && !told.outcome.paid, "who usually pays too late does so here");
}

#[test]
fn c48_a_payment_that_came_too_late_stays_too_late_when_another_step_changes() {
    let retold = play(practice(&course(1_500, None), 4), Script { pay: None, ..GOOD });
    let original = original(&retold);
    let told = original.what_if(&[chosen(Lever::Captcha, ms(1_500))], &mut go).unwrap();
    assert!(told.outcome.held && !told.outcome.paid, "{told:?}");
    let told = original.what_if(&[chosen(Lever::Paid, ms(30_000))], &mut go).unwrap();
    assert_eq!(told.gain, Gain::Seat);
}

#[test]
fn c49_the_hall_is_kept_as_it_was_at_the_first_click() {
    let retold = play(practice(&course(1_500, None), 4), Script { press: 2_000, ..GOOD });
    let report = answer(retold, subject(ME));
    let hall = report.hall.expect("somebody clicked");
    let bits = data_encoding::BASE64.decode(hall.free.as_bytes()).unwrap();
    let free: u32 = bits.iter().map(|byte| byte.count_ones()).sum();
    assert_eq!(Some(free), report.outcome.free_then);
    assert_eq!(hall.clicked.len(), 1);
    assert_eq!(hall.taken.len(), report.conflicts.len());
    for (taken, conflict) in hall.taken.iter().zip(&report.conflicts) {
        assert_eq!(taken.seat, conflict.seat);
        assert!((conflict.at_ms - conflict.late_ms - taken.at_ms).abs() < 0.001);
    }
    let first = report.steps.iter().find(|step| step.key == StepKey::FirstSeat).unwrap();
    assert_eq!(first.at_ms, Some(hall.at_ms));
}

#[test]
fn c51_a_chance_is_counted_in_races_with_other_crowds() {
    let course = course(1_500, None);
    let retold = play(practice(&course, 4), GOOD);
    let original = original(&retold);
    let others = || (100..104).map(|seed| practice(&course, seed));
    let chance = original.chance(&[], others(), &mut go).unwrap();
    let lived = others().map(|race| self::original(&play(race, GOOD)).outcome().paid);
    let lived = lived.filter(|&paid| paid).count();
    assert_eq!((chance.runs, chance.paid), (4, u32::try_from(lived).unwrap()));
    let late = [chosen(Lever::Paid, ms(900_000))];
    let hopeless = original.chance(&late, others(), &mut go).unwrap();
    assert_eq!((hopeless.runs, hopeless.paid), (4, 0));
}

#[test]
fn c52_a_what_if_ends_when_nobody_waits() {
    let retold = play(practice(&course(1_500, None), 4), Script { press: 5_000, ..GOOD });
    let original = original(&retold);
    let mut asked = 0;
    let mut stop = || {
        asked += 1;
        asked < 20
    };
    let press = chosen(Lever::Press, ms(300));
    assert!(original.what_if(&[press], &mut stop).is_err());
    assert_eq!(asked, 20);
}
