//! What cost the seat: runs the race again with one step changed after the other, and says whose change gives the
//! best outcome.

use alloc::vec::Vec;
use core::cmp::Ordering;

use protocol::{Fault, OwnTime, Pace, RunOutcome, StepKey, Verdict, VerdictKind, WhatIf};
use sale::{Moment, Span};

use crate::limits::WHAT_IF_RUNS_MAX;
use crate::report::chronicle::Chronicle;
use crate::report::distribution::Distribution;
use crate::run::Run;
use crate::step::Step;
use crate::what_if::{Change, Lever, Original, PAGE_QUICK, Stopped, UsualTimes, compare};
use crate::wire::millis_of;

/// What the coach found.
pub(super) struct Coaching {
    pub(super) what_ifs: Vec<WhatIf>,
    pub(super) own: Vec<OwnTime>,
    pub(super) verdict: Verdict,
}

impl Coaching {
    /// Of the run of an exercise: a script did the steps before, and nothing comes after, so no step is to blame.
    pub(super) fn of_exercise(outcome: &RunOutcome) -> Self {
        Self { what_ifs: Vec::new(), own: Vec::new(), verdict: without_what_if(outcome) }
    }
}

/// The verdict on a run of which no what-if can be told.
fn without_what_if(outcome: &RunOutcome) -> Verdict {
    let kind = if outcome.paid { VerdictKind::WonBest } else { VerdictKind::Unfinished };
    Verdict { kind, step: None, fault: Fault::None, what_if: None }
}

/// The times of the rivals of a race.
pub(super) struct Paces([Distribution; Lever::ALL.len()]);

impl Paces {
    /// Of the rivals who had done each step by `until`.
    pub(super) fn of(chronicle: &Chronicle, until: Moment) -> Self {
        Self(Lever::ALL.map(|lever| match lever {
            Lever::Press => chronicle.rivals(Step::Placed, until),
            // Nobody knows the press of a rival, and so not the page either.
            Lever::Page => Distribution::default(),
            Lever::Captcha => chronicle.rivals(Step::Captcha, until),
            Lever::FirstSeat => chronicle.rivals(Step::FirstSeat, until),
            Lever::Held => chronicle.recoveries(until),
            Lever::Paid => chronicle.rivals(Step::Paid, until),
        }))
    }

    fn at(&self, lever: Lever, pace: Pace) -> Option<Span> {
        let times = &self.0[lever as usize];
        match pace {
            Pace::Quick => times.percentile(10),
            Pace::Usual => times.percentile(50),
            Pace::Chosen => None,
        }
    }

    /// The median times.
    pub(super) fn medians(&self) -> UsualTimes {
        let median = |lever| self.at(lever, Pace::Usual);
        UsualTimes {
            captcha: median(Lever::Captcha),
            first_seat: median(Lever::FirstSeat),
            held: median(Lever::Held),
            paid: median(Lever::Paid),
        }
    }

    /// Whether there is no rival to compare with.
    fn are_empty(&self) -> bool {
        self.0.iter().all(|times| times.count() == 0)
    }
}

/// Runs the what-ifs of a run and judges them (rules C46 and C47).
///
/// # Errors
///
/// [`Stopped`] once `go_on` returns false.
pub(super) fn coach(
    original: &Original,
    paces: &Paces,
    run: &Run,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Coaching, Stopped> {
    let (real, own) = (original.outcome(), own_times(original, paces));
    if real.place.is_none() || paces.are_empty() {
        let verdict = without_what_if(real);
        return Ok(Coaching { what_ifs: Vec::new(), own, verdict });
    }
    let mut what_ifs = Vec::new();
    for change in candidates(original, paces) {
        what_ifs.push(original.what_if(&[change], go_on)?);
    }
    sort(original, &mut what_ifs);
    let wins = |what_if: &WhatIf| what_if.outcome.paid;
    if !real.paid && !what_ifs.iter().any(wins) {
        what_ifs.extend(best_pair(original, paces, what_ifs.first(), go_on)?);
        sort(original, &mut what_ifs);
    }
    let verdict = verdict(real, &what_ifs, |step| fault(step, run));
    Ok(Coaching { what_ifs, own, verdict })
}

/// Each step that was due, at the paces at which the person would have been quicker.
fn candidates(original: &Original, paces: &Paces) -> Vec<Change> {
    let mut changes = Vec::new();
    for lever in Lever::ALL.into_iter().filter(|&lever| original.is_due(lever)) {
        let quick = change(original, paces, lever, Pace::Quick);
        let usual = change(original, paces, lever, Pace::Usual);
        changes.extend(quick);
        changes.extend(usual.filter(|usual| quick.is_none_or(|quick| quick.to != usual.to)));
    }
    changes
}

/// The change of a step to a pace of the rivals, if it makes the person quicker.
fn change(original: &Original, paces: &Paces, lever: Lever, pace: Pace) -> Option<Change> {
    let to = target(original, paces, lever, pace)?.max(original.least(lever));
    (to < original.time(lever)).then_some(Change { lever, to, pace })
}

/// The time of a step at a pace of the rivals; `None` if no rival did it.
fn target(original: &Original, paces: &Paces, lever: Lever, pace: Pace) -> Option<Span> {
    match (lever, pace) {
        (Lever::Page, Pace::Quick) => Some(PAGE_QUICK),
        (Lever::Page, Pace::Usual | Pace::Chosen) => None,
        (Lever::Press, _) => {
            // The rivals' time is that of the place; the person presses as much earlier as the page then takes.
            let (placed, page) = (paces.at(lever, pace)?, original.time(Lever::Page));
            Some(Span::from_nanos(placed.as_nanos().saturating_sub(page.as_nanos())))
        }
        (Lever::Captcha | Lever::FirstSeat | Lever::Held | Lever::Paid, _) => paces.at(lever, pace),
    }
}

/// How long each step takes the self if nothing is changed, and the rivals.
fn own_times(original: &Original, paces: &Paces) -> Vec<OwnTime> {
    let own = |lever| {
        let rivals = |pace| target(original, paces, lever, pace).map(millis_of);
        let (is_page, assumed) = (lever == Lever::Page, original.is_assumed(lever));
        // Somebody who never pressed might as well have pressed as most rivals did.
        let unpressed = target(original, paces, lever, Pace::Usual);
        let unpressed = unpressed.filter(|_| assumed && lever == Lever::Press);
        let took = unpressed.map_or(original.time(lever), |usual| usual.max(original.least(lever)));
        OwnTime {
            step: lever.key(),
            took_ms: millis_of(took),
            assumed,
            least_ms: millis_of(original.least(lever)),
            quick_ms: rivals(Pace::Quick).filter(|_| !is_page),
            usual_ms: rivals(Pace::Usual),
        }
    };
    Lever::ALL.into_iter().filter(|&lever| original.has(lever)).map(own).collect()
}

/// The best pair of steps with which the person would have paid, if it is better than the best single step.
fn best_pair(
    original: &Original,
    paces: &Paces,
    single: Option<&WhatIf>,
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Option<WhatIf>, Stopped> {
    let due = Lever::ALL.into_iter().filter(|&lever| original.is_due(lever));
    let quick: Vec<Change> =
        due.filter_map(|lever| change(original, paces, lever, Pace::Quick)).collect();
    let least = single.map_or(original.outcome(), |single| &single.outcome);
    let mut best: Option<WhatIf> = None;
    let pairs = quick
        .iter()
        .enumerate()
        .flat_map(|(at, &one)| quick[at + 1..].iter().map(move |&other| [one, other]));
    for pair in pairs.take(WHAT_IF_RUNS_MAX - (2 * Lever::ALL.len() - 1)) {
        let what_if = original.what_if(&pair, go_on)?;
        let most = best.as_ref().map_or(least, |best| &best.outcome);
        if what_if.outcome.paid && compare(&what_if.outcome, most).is_gt() {
            best = Some(what_if);
        }
    }
    Ok(best)
}

/// Sorts what-ifs, the best outcome first; of equal ones, the one that saves most time.
fn sort(original: &Original, what_ifs: &mut [WhatIf]) {
    let saved = |what_if: &WhatIf| -> f64 {
        let saved = what_if.changes.iter().map(|change| {
            let lever = Lever::ALL.into_iter().find(|lever| lever.key() == change.step);
            lever.map_or(0.0, |lever| millis_of(original.time(lever)) - change.to_ms)
        });
        saved.sum()
    };
    let order = |one: &WhatIf, other: &WhatIf| -> Ordering {
        compare(&other.outcome, &one.outcome).then(saved(other).total_cmp(&saved(one)))
    };
    what_ifs.sort_by(order);
}

/// What the what-ifs, the best first, say of the run.
fn verdict(real: &RunOutcome, what_ifs: &[WhatIf], fault: impl Fn(StepKey) -> Fault) -> Verdict {
    let nothing = |kind| Verdict { kind, step: None, fault: Fault::None, what_if: None };
    let said = |kind, step, index: usize| Verdict {
        kind,
        step: Some(step),
        fault: fault(step),
        what_if: u32::try_from(index).ok(),
    };
    let better = |what_if: &WhatIf| compare(&what_if.outcome, real).is_gt();
    let single = what_ifs.iter().position(|what_if| what_if.changes.len() == 1);
    let single = single.filter(|&index| better(&what_ifs[index]));
    let single = single.map(|index| (index, &what_ifs[index]));
    if real.paid {
        return match single {
            Some((index, what_if)) if what_if.outcome.quality > real.quality => {
                said(VerdictKind::Won, what_if.changes[0].step, index)
            }
            Some(_) | None => nothing(VerdictKind::WonBest),
        };
    }
    if let Some((index, what_if)) = single.filter(|(_, what_if)| what_if.outcome.paid) {
        return said(VerdictKind::OneStep, what_if.changes[0].step, index);
    }
    let pair = what_ifs.iter().position(|what_if| what_if.changes.len() == 2);
    if let Some(index) = pair.filter(|&index| what_ifs[index].outcome.paid) {
        return said(VerdictKind::TwoSteps, weightier(what_ifs, index), index);
    }
    match single {
        Some((index, what_if)) => said(VerdictKind::Better, what_if.changes[0].step, index),
        None => nothing(VerdictKind::Nothing),
    }
}

/// Of the two steps of a pair, the one that gains more by itself.
fn weightier(what_ifs: &[WhatIf], pair: usize) -> StepKey {
    let steps: Vec<StepKey> = what_ifs[pair].changes.iter().map(|change| change.step).collect();
    let singles = what_ifs.iter().filter(|what_if| what_if.changes.len() == 1);
    let mut singles = singles.map(|what_if| what_if.changes[0].step);
    singles.find(|step| steps.contains(step)).unwrap_or(steps[0])
}

/// What was wrong with a step.
fn fault(step: StepKey, run: &Run) -> Fault {
    match step {
        StepKey::Press if run.places() > 1 => Fault::Refresh,
        StepKey::Press if run.early_presses() > 0 => Fault::EarlyPress,
        StepKey::Press => Fault::LatePress,
        StepKey::Placed => Fault::SlowPage,
        StepKey::Admitted => Fault::None,
        StepKey::Captcha if run.captcha_misses() > 0 => Fault::MissedCaptcha,
        StepKey::Captcha => Fault::SlowCaptcha,
        StepKey::FirstSeat => Fault::SlowChoice,
        StepKey::Held => Fault::Conflicts,
        StepKey::Paid => Fault::SlowPay,
    }
}

#[cfg(test)]
mod tests;
