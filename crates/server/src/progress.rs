//! What a guest's runs show together: best and usual times, and the last ones. Pure.
//!
//! Halls are never mixed: a time counts for the hall, the demand tier, the number of rivals and the style in which it was
//! taken. A race whose seed somebody chose counts for nothing, because who knows the seed knows the race.

use std::collections::HashMap;

use practice::Exercise;
use practice::what_if::UsualTimes;
use protocol::{
    ExerciseProgress, ExerciseRun, HallProgress, HallRun, Progress, StepKey, StepProgress, StepRun,
    Title,
};

use sale::Span;

use crate::ids::RaceId;
use crate::index::PastRun;
use crate::limits::{PROGRESS_ENTRIES_MAX, PROGRESS_RUNS_MAX};

/// The progress that runs show, which come newest first. `title_of` says what a plan is called.
pub(crate) fn progress(runs: &[PastRun], title_of: impl Fn(&str) -> Option<Title>) -> Progress {
    let counting = || runs.iter().filter(|run| !run.is_seed_chosen);
    let halls = groups(counting().filter(|run| run.exercise.is_none()), |run| kind(run));
    let exercises = counting().filter_map(|run| Some((run.exercise?, run)));
    let exercises = groups(exercises, |(exercise, run)| (*exercise, run.style.as_str()));
    Progress {
        halls: halls.iter().map(|runs| hall(runs, &title_of)).collect(),
        exercises: exercises.iter().map(|runs| of_exercise(runs)).collect(),
    }
}

/// The hall, the crowd and the style of a run: only the times of runs in which they are equal compare.
fn kind(run: &PastRun) -> (&str, &str, u32, &str) {
    (&run.plan, &run.demand, run.rivals, &run.style)
}

/// The median times of the other runs of the kind of a race. A run that is over in `race` itself
/// names these; without one there are none.
pub(crate) fn usual_times(runs: &[PastRun], race: RaceId) -> UsualTimes {
    let Some(this) = runs.iter().find(|run| run.race == race) else {
        return UsualTimes::default();
    };
    let is_like = |run: &&PastRun| {
        let counts = !run.is_seed_chosen && run.exercise.is_none();
        counts && run.race != race && kind(run) == kind(this)
    };
    let like: Vec<&PastRun> = runs.iter().filter(is_like).collect();
    let span = |usual_ms: f64| Span::from_secs_f64(usual_ms.max(0.0) / 1000.0);
    let usual = |key| {
        let times = like.iter().filter_map(|run| run.tally.steps().find(|step| step.key == key));
        median(times.map(|step| step.took_ms)).map(span)
    };
    UsualTimes {
        captcha: usual(StepKey::Captcha),
        first_seat: usual(StepKey::FirstSeat),
        held: median(like.iter().filter_map(|run| run.tally.recovery_ms())).map(span),
        paid: usual(StepKey::Paid),
    }
}

/// The runs of each kind, in the order of the newest run of each; at most [`PROGRESS_ENTRIES_MAX`] kinds.
fn groups<T: Copy, K: Eq + std::hash::Hash>(
    runs: impl Iterator<Item = T>,
    key: impl Fn(&T) -> K,
) -> Vec<Vec<T>> {
    let (mut at, mut groups) = (HashMap::new(), Vec::<Vec<T>>::new());
    for run in runs {
        let index = *at.entry(key(&run)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[index].push(run);
    }
    groups.truncate(PROGRESS_ENTRIES_MAX);
    groups
}

fn hall(runs: &[&PastRun], title_of: impl Fn(&str) -> Option<Title>) -> HallProgress {
    let newest = runs[0];
    let mut steps: Vec<(StepKey, Vec<(&PastRun, f64)>)> = Vec::new();
    for run in runs {
        for step in run.tally.steps() {
            match steps.iter_mut().find(|(key, _)| *key == step.key) {
                Some((_, times)) => times.push((run, step.took_ms)),
                None => steps.push((step.key, vec![(run, step.took_ms)])),
            }
        }
    }
    steps.sort_by_key(|(key, _)| *key as u8);
    let paid = runs.iter().filter(|run| run.tally.ending == protocol::Ending::Paid).count();
    HallProgress {
        plan: newest.plan.clone(),
        demand: newest.demand.clone(),
        rivals: newest.rivals,
        style: newest.style.clone(),
        title: title_of(&newest.plan).unwrap_or_else(|| newest.title.clone()),
        runs: count(runs.len()),
        paid: count(paid),
        steps: steps.into_iter().filter_map(|(key, times)| step(key, &times)).collect(),
        last: runs.iter().take(PROGRESS_RUNS_MAX).map(|run| hall_run(run)).collect(),
    }
}

fn hall_run(run: &PastRun) -> HallRun {
    HallRun {
        race: run.race.to_string(),
        at_ms: run.began_at.as_millis_f64(),
        ending: run.tally.ending,
        place: run.tally.place,
        steps: run.tally.steps().collect(),
    }
}

/// The times of one step, those of the newest run first; `None` without any.
fn step(key: StepKey, times: &[(&PastRun, f64)]) -> Option<StepProgress> {
    let (best, best_ms) = times.iter().min_by(|one, two| one.1.total_cmp(&two.1))?;
    let last = times.iter().take(PROGRESS_RUNS_MAX).map(|(run, took_ms)| StepRun {
        race: run.race.to_string(),
        at_ms: run.began_at.as_millis_f64(),
        took_ms: *took_ms,
    });
    Some(StepProgress {
        key,
        best_ms: *best_ms,
        best_at_ms: best.began_at.as_millis_f64(),
        usual_ms: median(times.iter().map(|(_, took_ms)| *took_ms))?,
        last: last.collect(),
    })
}

fn of_exercise(runs: &[(Exercise, &PastRun)]) -> ExerciseProgress {
    let (exercise, newest) = runs[0];
    let reached = || runs.iter().filter_map(|(_, run)| Some((run, run.tally.goal_ms()?)));
    let best = reached().min_by(|one, two| one.1.total_cmp(&two.1));
    let last = runs.iter().take(PROGRESS_RUNS_MAX).map(|(_, run)| ExerciseRun {
        race: run.race.to_string(),
        at_ms: run.began_at.as_millis_f64(),
        took_ms: run.tally.goal_ms(),
        press: run.tally.press(),
    });
    ExerciseProgress {
        exercise: exercise.told(),
        style: newest.style.clone(),
        runs: count(runs.len()),
        best_ms: best.map(|(_, took_ms)| took_ms),
        best_at_ms: best.map(|(run, _)| run.began_at.as_millis_f64()),
        usual_ms: median(reached().map(|(_, took_ms)| took_ms)),
        last: last.collect(),
    }
}

/// The middle of the times, or of two the mean; `None` without any.
fn median(times: impl Iterator<Item = f64>) -> Option<f64> {
    let mut times: Vec<f64> = times.collect();
    times.sort_by(f64::total_cmp);
    let half = times.len() / 2;
    let upper = *times.get(half)?;
    let is_odd = times.len() % 2 == 1;
    Some(if is_odd { upper } else { f64::midpoint(times[half - 1], upper) })
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
