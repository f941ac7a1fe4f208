//! What-ifs and verdicts, of runs with deliberately bad steps.

use practice::report::{Retold, answer};
use practice::what_if::{Change, Lever, Original, UsualTimes, compare};
use practice::{Mark, Note};
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

fn original(retold: &Retold) -> Original {
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
        ("slow page", Script { page: 5_000, ..GOOD }),
        ("slow page again", Script { page: 2_000, refresh: Some(3_000), ..GOOD }),
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
            for lever in Lever::ALL {
                let presses = matches!(lever, Lever::Press | Lever::Page);
                if lever == Lever::Held || script.refresh.is_some() && presses {
                    continue; // A changed press is never refreshed, and `held` is a mean of several times.
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
fn b18_a_confirmed_payment_counts_as_paid_in_run_report_and_what_if() {
    for (style, seed) in STYLES.into_iter().zip([3, 4]) {
        let course = course(1_500, Some(style));
        let told = [false, true].map(|pays_in_two_steps| {
            let retold = play(practice(&course, seed), Script { pays_in_two_steps, ..GOOD });
            let run = retold.practice().member(ME).run();
            assert_eq!(run.ended().unwrap().ending, practice::Ending::Paid);
            let booking = run.booking().unwrap();
            let row = retold.practice().sale().booking(booking).unwrap();
            assert_eq!(row.payment.is_some(), pays_in_two_steps);
            let findings = retold.findings(ME);
            let fates: Vec<_> =
                findings.catches.iter().map(|catch| (catch.seat, catch.fate)).collect();
            let original = original(&retold);
            let faster = chosen(Lever::Paid, ms(20_000));
            let faster = original.what_if(&[faster], &mut go).unwrap();
            (core(original.outcome()), core(&faster.outcome), fates)
        });
        assert!(told[1].0.paid && told[1].1.paid, "{told:?}");
        assert_eq!(told[0], told[1], "{style}");
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
            if script.page > 0 && script.refresh.is_some() {
                continue; // Nothing is known of the page that gave the last place.
            }
            let retold = play(practice(&course, seed), script);
            let original = original(&retold);
            let changed = [
                (Lever::Press, 400, Script { press: 400, refresh: None, ..script }),
                (Lever::Page, 200, Script { page: 200, refresh: None, ..script }),
                (Lever::Captcha, 3_000, Script { captcha: 3_000, misses: false, ..script }),
                (Lever::FirstSeat, 2_500, Script { first: 2_500, ..script }),
                (Lever::Paid, 20_000, Script { pay: Some(20_000), ..script }),
            ];
            for (lever, to, other) in changed {
                // Nobody knows what a step takes somebody who never came so far.
                let is_known = Lever::ALL.into_iter().filter(|&step| step != Lever::Held);
                let is_known = is_known.filter(|&step| step != lever && step != Lever::Press);
                if lever == Lever::Page && script.page == 0 {
                    continue; // Nobody marked the press.
                }
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

#[test]
fn c46_who_presses_before_the_opening_did_not_wait_for_a_slow_page() {
    let course = course(1_500, None);
    let mut retold = play(practice(&course, 4), GOOD);
    let opens_ms = practice::wire::millis(course.scenario.rules.opens_at);
    let mark = Mark { name: "press".to_owned(), at_ms: opens_ms - 400.0, error_ms: None };
    let marked = Note::Marked { member: ME, marks: vec![mark] };
    retold.keep(retold.race().sale().now(), None, marked).unwrap();
    let original = original(&retold);
    assert_eq!((original.time(Lever::Press), original.time(Lever::Page)), (ms(0), ms(300)));
    for lever in [Lever::Press, Lever::Page] {
        let told = original.what_if(&[chosen(lever, original.time(lever))], &mut go).unwrap();
        assert_eq!(core(&told.outcome), core(original.outcome()), "{lever:?}");
    }
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
fn c56_a_slow_page_is_blamed_and_not_the_press() {
    for (style, seed) in STYLES.into_iter().zip([1, 2]) {
        let course = course(1_500, Some(style));
        let slow = Script { press: 250, page: 5_600, better: 3, ..GOOD };
        let report = check_verdict(&course, seed, "slow page", slow);
        assert_eq!(report.verdict.step, Some(StepKey::Placed), "{:?}", report.verdict);
        assert_eq!(report.verdict.fault, Fault::SlowPage);
        let proof = &report.what_ifs[report.verdict.what_if.unwrap() as usize];
        assert_eq!(proof.changes[0].from_ms, Some(5_600.0));
        assert!(proof.outcome.place < report.place, "{:?}", proof.outcome);
        // Somebody who presses late on a quick page is not told that the page was slow.
        let late = Script { press: 5_600, page: 250, better: 3, ..GOOD };
        let report = check_verdict(&course, seed, "late press", late);
        assert_eq!(report.verdict.fault, Fault::LatePress, "{:?}", report.verdict);
    }
}

#[test]
fn c56_a_page_that_is_loaded_again_in_the_queue_is_not_a_slow_page() {
    let again = Script { page: 80, refresh: Some(6_000), ..GOOD };
    let report = check_verdict(&course(1_500, None), 1, "refresh", again);
    assert_eq!(report.verdict.fault, Fault::Refresh, "{:?}", report.verdict);
    let page = report.own.iter().find(|own| own.step == StepKey::Placed).unwrap();
    assert!(page.took_ms.abs() < 0.001, "{page:?}");
}

/// How long a step took by the report, and the self.
fn took(report: &Report, step: StepKey) -> (Option<f64>, f64) {
    let told = report.steps.iter().find(|told| told.key == step).unwrap();
    let own = report.own.iter().find(|own| own.step == step).unwrap();
    (told.took_ms, own.took_ms)
}

#[test]
fn c57_a_choice_has_the_same_time_in_the_steps_in_lists_and_for_the_self() {
    let (mut waited, course) = (0, course(3_000, None));
    let late = Script { press: 12_000, pay: Some(20_000), ..GOOD };
    for seed in 1..30 {
        let retold = play(practice(&course, seed), late);
        let report = answer(retold.clone(), subject(ME));
        let (told_ms, own_ms) = took(&report, StepKey::FirstSeat);
        let Some(told_ms) = told_ms else { continue };
        assert!((told_ms - own_ms).abs() < 0.01, "seed {seed}: {told_ms} and {own_ms}");
        let listed = retold.practice().steps_taken(ME, 0.0);
        let listed = listed.iter().find(|step| step.key == StepKey::FirstSeat).unwrap();
        assert!((listed.took_ms - told_ms).abs() < 0.01, "seed {seed}");
        let at = |step| report.steps.iter().find(|told| told.key == step).unwrap().at_ms.unwrap();
        let wall_ms = at(StepKey::FirstSeat) - at(StepKey::Captcha);
        waited += u32::from(wall_ms > told_ms + 1_000.0);
    }
    assert!(waited > 0, "nobody waited with no seat free");
}

#[test]
fn c57_rivals_choose_by_the_same_clock() {
    // Six thousand rivals, twelve hundred seats: who comes in late waits for minutes and has little to choose from.
    let late = Script { press: 40_000, pay: Some(20_000), ..GOOD };
    let report = answer(play(practice(&course(6_000, None), 2), late), subject(ME));
    let first = report.steps.iter().find(|told| told.key == StepKey::FirstSeat).unwrap();
    let rivals = first.rivals.as_ref().unwrap();
    assert!(rivals.p90_ms < 60_000.0, "{} ms of choosing", rivals.p90_ms);
    let own = report.own.iter().find(|own| own.step == StepKey::FirstSeat).unwrap();
    assert_eq!((own.quick_ms, own.usual_ms), (Some(rivals.p10_ms), Some(rivals.p50_ms)));
}

#[test]
fn c57_the_time_to_recover_is_the_mean_of_all_conflicts_by_that_clock() {
    let unlucky = Script { unlucky: 8, retry: 2_700, age: 2_500, press: 1_500, ..GOOD };
    let mut compared = 0;
    for seed in 1..8 {
        let retold = play(practice(&course(1_500, None), seed), unlucky);
        let told = retold.practice().recovery_took(ME);
        let original = original(&retold);
        let own = original.took_ms(Lever::Held);
        assert_eq!(told.is_some(), own.is_some(), "seed {seed}");
        if let (Some(told), Some(own)) = (told, own) {
            assert!((practice::wire::millis_of(told) - own).abs() < 0.01, "{told:?} and {own}");
            compared += 1;
        }
    }
    assert!(compared > 3);
}

#[test]
fn c58_nobody_presses_before_they_joined() {
    let course = course(1_500, None);
    let late = Script { joins: 4_000, press: 5_000, ..GOOD };
    let retold = play(practice(&course, 3), late);
    let report = answer(retold.clone(), subject(ME));
    let press = report.own.iter().find(|own| own.step == StepKey::Press).unwrap();
    assert!((press.least_ms - 4_000.0).abs() < 0.01, "{press:?}");
    for what_if in &report.what_ifs {
        let press = what_if.changes.iter().find(|change| change.step == StepKey::Press);
        assert!(press.is_none_or(|press| press.to_ms >= 3_999.99), "{what_if:?}");
    }
    let original = original(&retold);
    let told = |to| original.what_if(&[chosen(Lever::Press, ms(to))], &mut go).unwrap();
    let (asked, joined) = (told(100), told(4_000));
    assert!((asked.changes[0].to_ms - 4_000.0).abs() < 0.01, "the answer says when: {asked:?}");
    assert_eq!(asked, joined);
    let lived = play(practice(&course, 3), Script { press: 4_000, ..late });
    assert_eq!(asked.outcome.place, self::original(&lived).outcome().place);
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
        let at = |key| report.steps.iter().find(|step| step.key == key).unwrap().at_ms;
        let wall = at(StepKey::FirstSeat).zip(at(StepKey::Captcha));
        report.outcome.paid && wall.is_some_and(|(clicked, passed)| clicked - passed > 60_000.0)
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
fn c48_who_left_a_full_hall_leaves_after_the_same_time_in_vain() {
    let course = course(6_000, None);
    let mut left = 0;
    for seed in 1..12 {
        let late = Script { press: 9_000, first: 20_000, leaves: true, ..GOOD };
        let retold = play(practice(&course, seed), late);
        let original = original(&retold);
        let ended = retold.practice().member(ME).run().ended().unwrap().ending;
        if ended != practice::Ending::Left || !original.is_due(Lever::FirstSeat) {
            continue;
        }
        left += 1;
        let same = chosen(Lever::Captcha, original.time(Lever::Captcha));
        let told = original.what_if(&[same], &mut go).unwrap().outcome;
        let off_ms = told.ended_ms - original.outcome().ended_ms;
        assert!(off_ms.abs() < 0.01, "seed {seed}: leaves {off_ms} ms later");
    }
    assert!(left > 0, "nobody left a full hall");
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
