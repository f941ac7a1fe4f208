//! Verdicts of reports, tried on the runs of people who do something badly: the step of a verdict must be the one
//! whose change gives the best outcome (rule C47).

use practice::report::{Retold, Subject, answer};
use practice::what_if::{Change, Lever, Original, PAGE_QUICK, UsualTimes, compare};
use practice::{About, Practice, Title};
use protocol::{Fault, OwnTime, Pace, Report, RunOutcome, StepKey, VerdictKind};
use sale::Span;
use scenario::{Course, Library, Overrides, Recipe};

use crate::dice::Dice;
use crate::script::{GOOD, ME, Script, play};

/// The purpose of the draws for scripts.
const SCRIPT: u64 = 0x7363_7269_7074;

/// What somebody does badly in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clumsy {
    /// Nothing: the race may be won.
    Nothing,
    /// A late press.
    LatePress,
    /// A slow page.
    SlowPage,
    /// A slow captcha.
    SlowCaptcha,
    /// A captcha that is first answered wrongly.
    MissedCaptcha,
    /// A slow choice.
    SlowChoice,
    /// Eight clicks in a row for seats that are gone.
    Conflicts,
    /// A payment after minutes, in time or not.
    SlowPay,
    /// No payment.
    NoPay,
    /// A refresh in the queue.
    Refresh,
    /// A press so late that no seat is left on entry.
    NothingLeft,
}

impl Clumsy {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Nothing,
        Self::LatePress,
        Self::SlowPage,
        Self::SlowCaptcha,
        Self::MissedCaptcha,
        Self::SlowChoice,
        Self::Conflicts,
        Self::SlowPay,
        Self::NoPay,
        Self::Refresh,
        Self::NothingLeft,
    ];

    fn spoil(self, script: &mut Script, dice: &mut Dice) {
        match self {
            Self::Nothing => {}
            Self::LatePress => script.press = dice.within(2_000, 20_000),
            Self::SlowPage => script.page = dice.within(2_000, 20_000),
            Self::SlowCaptcha => script.captcha = dice.within(10_000, 60_000),
            Self::MissedCaptcha => {
                (script.captcha, script.misses) = (dice.within(8_000, 30_000), true);
            }
            Self::SlowChoice => script.first = dice.within(10_000, 60_000),
            Self::Conflicts => script.unlucky = 8,
            Self::SlowPay => script.pay = Some(dice.within(200_000, 900_000)),
            Self::NoPay => script.pay = None,
            Self::Refresh => script.refresh = Some(dice.within(500, 20_000)),
            Self::NothingLeft => {
                (script.press, script.leaves) = (dice.within(20_000, 90_000), true);
            }
        }
    }
}

/// What a verdict said of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What was done badly.
    pub clumsy: Clumsy,
    /// What kind of verdict it is.
    pub kind: VerdictKind,
    /// What it blames.
    pub fault: Fault,
    /// How many what-ifs were run again and compared.
    pub compared: usize,
}

/// Plays a run that `seed` chooses, and checks its verdict by running each change again. Twenty-two seeds in a row have
/// each [`Clumsy`] in both styles.
///
/// # Panics
///
/// If the verdict is about another step than the one whose change gives the best outcome. The message has the seed.
pub fn check(seed: u64) -> Judged {
    let mut dice = Dice::new(seed, SCRIPT);
    let kinds = Clumsy::ALL.len() as u64;
    let clumsy = Clumsy::ALL[usize::try_from(seed % kinds).expect("fewer than the kinds")];
    let style = if (seed / kinds).is_multiple_of(2) { "n-style" } else { "m-style" };
    let rivals = dice.pick(&[800, 1_500, 3_000, 6_000]);
    let script = script(clumsy, &mut dice);
    let what = format!("coach seed {seed}: {style}, {rivals} rivals, {script:?}");
    let course = course("first-time", rivals, Some(style));
    let retold = play(practice(&course, seed), script);
    let report = answer(retold.clone(), subject());
    let original = original(&retold);
    assert!(same(&report.outcome, original.outcome()), "{what}: another outcome");
    let unchanged = [Lever::Press, Lever::Page, Lever::Captcha, Lever::FirstSeat, Lever::Paid];
    for lever in unchanged.into_iter().filter(|&lever| original.is_due(lever)) {
        let was_refreshed = script.refresh.is_some() && lever <= Lever::Page;
        if original.took_ms(lever).is_some() && !was_refreshed {
            let told = run(&original, lever, original.time(lever));
            assert!(same(&told, original.outcome()), "{what}: {lever:?} unchanged gives {told:?}");
        }
    }
    let compared = check_report(&original, &report, &what);
    Judged { clumsy, kind: report.verdict.kind, fault: report.verdict.fault, compared }
}

/// A run with a bad step, or with another one beside it.
fn script(clumsy: Clumsy, dice: &mut Dice) -> Script {
    let mut script = Script {
        press: dice.within(50, 900),
        page: dice.within(20, 300),
        captcha: dice.within(2_000, 5_000),
        first: dice.within(1_500, 5_000),
        retry: dice.within(1_200, 4_000),
        pay: Some(dice.within(15_000, 90_000)),
        age: dice.within(100, 3_500),
        better: dice.index(6),
        ..GOOD
    };
    clumsy.spoil(&mut script, dice);
    if dice.below(3) == 0 {
        dice.pick(&Clumsy::ALL).spoil(&mut script, dice);
    }
    script
}

/// The time of a step at the pace of the quickest tenth of the rivals, or of a quick page; `None` if the member was no slower.
/// It is taken from the times of the report and not from its what-ifs, so that a step left out there is noticed.
fn quick(own: &OwnTime) -> Option<(Lever, Span)> {
    let lever = Lever::ALL.into_iter().find(|lever| lever.key() == own.step);
    let lever = lever.expect("a step that can be changed");
    let to = match own.quick_ms {
        Some(quick_ms) => Span::from_secs_f64(quick_ms.max(own.least_ms) / 1000.0),
        None if lever == Lever::Page => PAGE_QUICK,
        None => return None,
    };
    (to < Span::from_secs_f64(own.took_ms / 1000.0)).then_some((lever, to))
}

/// Runs each change of a report again, and checks that the verdict is about the best of them. Returns how many there
/// were.
fn check_report(original: &Original, report: &Report, what: &str) -> usize {
    let mut best: Option<RunOutcome> = None;
    let mut compared = 0;
    let mut note = |again: RunOutcome| {
        let is_better = best.as_ref().is_none_or(|best| compare(&again, best).is_gt());
        best = if is_better { Some(again) } else { best.take() };
        compared += 1;
    };
    for what_if in report.what_ifs.iter().filter(|what_if| what_if.changes.len() == 1) {
        let change = what_if.changes[0];
        let lever = Lever::ALL.into_iter().find(|lever| lever.key() == change.step);
        let lever = lever.expect("a step that can be changed");
        let again = run(original, lever, Span::from_secs_f64(change.to_ms / 1000.0));
        assert!(again == what_if.outcome, "{what}: {change:?} gives {again:?}, told {what_if:?}");
        note(again);
    }
    let due = report.own.iter().filter_map(quick).filter(|&(lever, _)| original.is_due(lever));
    due.for_each(|(lever, to)| note(run(original, lever, to)));
    check_proof(report, best, what);
    compared
}

/// Checks that the verdict of a report rests on the best outcome that changes a single step, or on a pair where no single
/// step gives a seat.
fn check_proof(report: &Report, best: Option<RunOutcome>, what: &str) {
    let proof = report.verdict.what_if.map(|index| &report.what_ifs[index as usize]);
    match (report.verdict.kind, proof) {
        (VerdictKind::TwoSteps, Some(proof)) => {
            assert!(proof.outcome.paid && best.is_none_or(|best| !best.paid), "{what}");
        }
        (_, Some(proof)) => {
            let best = best.expect("the proof is one of them");
            assert!(compare(&best, &proof.outcome).is_eq(), "{what}: {:?}", report.verdict);
            assert!(compare(&best, &report.outcome).is_gt(), "{what}: {:?}", report.verdict);
            assert_eq!(report.verdict.step, Some(proof.changes[0].step), "{what}");
            let is_page = report.verdict.fault == Fault::SlowPage;
            assert_eq!(is_page, report.verdict.step == Some(StepKey::Placed), "{what}");
        }
        (_, None) => {
            let better = best.filter(|best| compare(best, &report.outcome).is_gt());
            let same_seat = |best: &RunOutcome| best.quality <= report.outcome.quality;
            let is_right = better.is_none_or(|best| report.outcome.paid && same_seat(&best));
            assert!(is_right, "{what}: {:?}", report.verdict);
        }
    }
}

/// Whether two outcomes are the same, but for the moment at which they were known.
fn same(one: &RunOutcome, other: &RunOutcome) -> bool {
    RunOutcome { ended_ms: other.ended_ms, ..one.clone() } == *other
}

fn run(original: &Original, lever: Lever, to: Span) -> RunOutcome {
    let change = Change { lever, to, pace: Pace::Chosen };
    original.what_if(&[change], &mut || true).expect("nothing stops this").outcome
}

pub(crate) fn original(retold: &Retold) -> Original {
    let usual = UsualTimes::default();
    retold.original(ME, 0.0, usual, &mut || true).expect("nothing stops this")
}

pub(crate) fn course(scenario: &str, rivals: u32, style: Option<&str>) -> Course {
    let overrides = Overrides { rivals: Some(rivals), style: style.map(str::to_owned) };
    let recipe = Recipe::load(&Library::built_in(), scenario, &overrides);
    Course::new(recipe.expect("a built-in scenario")).expect("a built-in scenario can be raced")
}

pub(crate) fn practice(course: &Course, seed: u64) -> Practice {
    let practice = Practice::new(course.scenario.clone(), seed, course.ends_at);
    practice.expect("a course can be raced")
}

pub(crate) fn subject() -> Subject {
    let name = || "coach".to_owned();
    let title = Title { ko: name(), en: name(), ja: name() };
    let (scenario, plan, demand, style) = (name(), name(), name(), name());
    let about = About {
        scenario,
        title,
        plan,
        demand,
        style,
        rivals: 0,
        seats: 0,
        exercise: None,
        performance: None,
        rehearses: None,
    };
    let usual = UsualTimes::default();
    Subject { member: ME, id: name(), about, seed: None, started_at_ms: 0.0, usual }
}
