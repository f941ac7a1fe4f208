//! Tests: halls are not mixed, chosen seeds do not count, and lists have an end.

use std::sync::Arc;

use practice::Exercise;
use protocol::{Ending, StepKey, Title};
use serde_json::json;

use super::{progress, usual_times};
use crate::clock::UnixTime;
use crate::ids::RaceId;
use crate::index::PastRun;
use crate::limits::{PROGRESS_ENTRIES_MAX, PROGRESS_RUNS_MAX};

fn title(text: &str) -> Title {
    Title { ko: text.to_owned(), en: text.to_owned(), ja: text.to_owned() }
}

/// A run in a hall, whose press took so long. A later number is a newer run.
fn run(number: u64, plan: &str, press_ms: f64) -> PastRun {
    let steps = json!([press_ms, null, null, 3_000.0, null, null, null]);
    let tally = json!({"ending": "paid", "place": 1, "steps": steps, "recovery": null, "goal": null, "press": null});
    PastRun {
        race: RaceId(number),
        began_at: UnixTime::from_nanos(number * 1_000_000),
        title: title("a race"),
        plan: plan.to_owned(),
        demand: "hot".to_owned(),
        style: "n-style".to_owned(),
        rivals: 1,
        exercise: None,
        is_seed_chosen: false,
        tally: Arc::new(serde_json::from_value(tally).unwrap()),
    }
}

/// A run of an exercise, with the time to the goal.
fn exercise(number: u64, took_ms: Option<f64>) -> PastRun {
    let tally = json!({"ending": "done", "place": 1, "steps": vec![None::<f64>; 7], "recovery": null, "goal": took_ms,
        "press": {"reaction_ms": 200.0, "network_ms": 50.0, "error_ms": 4.0}});
    let tally = Arc::new(serde_json::from_value(tally).unwrap());
    PastRun { exercise: Some(Exercise::Press), tally, ..run(number, "theatre", 0.0) }
}

#[test]
fn a94_times_of_different_halls_crowds_and_styles_stay_apart() {
    let mut runs = [300.0, 100.0, 200.0, 900.0, 500.0].map(|press_ms| run(0, "theatre", press_ms));
    for (number, run) in (1..).zip(&mut runs) {
        run.race = RaceId(number);
    }
    runs[1].plan = "arena".to_owned();
    runs[2].demand = "small".to_owned();
    runs[3].style = "m-style".to_owned();
    runs[4].rivals = 7;
    let told = progress(&runs, |plan| (plan == "arena").then(|| title("Arena")));
    let seen = told.halls.iter().map(|hall| (hall.plan.as_str(), hall.steps[0].best_ms, hall.runs));
    let seen: Vec<_> = seen.collect();
    let theatre = |best_ms| ("theatre", best_ms, 1);
    let arena = ("arena", 100.0, 1);
    assert_eq!(seen, [theatre(300.0), arena, theatre(200.0), theatre(900.0), theatre(500.0)]);
    assert_eq!(told.halls[4].rivals, 7);
    assert_eq!(
        (&told.halls[1].title.en, &told.halls[0].title.en),
        (&"Arena".into(), &"a race".into())
    );
}

#[test]
fn a94_a_race_with_a_chosen_seed_counts_for_nothing() {
    let chosen = PastRun { is_seed_chosen: true, ..run(2, "theatre", -500.0) };
    let told = progress(&[chosen.clone(), run(1, "theatre", 300.0)], |_| None);
    assert_eq!((told.halls[0].runs, told.halls[0].steps[0].best_ms), (1, 300.0));
    assert!(progress(&[chosen], |_| None).halls.is_empty());
}

#[test]
fn a93_best_usual_and_last_times_are_those_of_the_runs() {
    let times = [400.0, 100.0, 300.0, 200.0];
    let runs: Vec<_> = [4, 3, 2, 1]
        .into_iter()
        .zip(times.into_iter().rev())
        .map(|(number, ms)| run(number, "theatre", ms))
        .collect();
    let told = progress(&runs, |_| None);
    let [press, captcha] = &told.halls[0].steps[..] else { panic!("two steps were taken") };
    assert_eq!((press.key, captcha.key), (StepKey::Press, StepKey::Captcha));
    assert_eq!((press.best_ms, press.best_at_ms, press.usual_ms), (100.0, 2.0, 250.0));
    let last: Vec<_> = press.last.iter().map(|run| (run.at_ms, run.took_ms)).collect();
    assert_eq!(last, [(4.0, 200.0), (3.0, 300.0), (2.0, 100.0), (1.0, 400.0)]);
    assert_eq!((told.halls[0].runs, told.halls[0].paid), (4, 4));
}

#[test]
fn a100_a_hall_tells_its_own_last_ten_runs_even_if_others_were_raced_between() {
    let mut runs: Vec<_> = (0..15).map(|number| run(number, "theatre", 1.0)).collect();
    runs.extend((15..40).map(|number| run(number, "arena", 1.0)));
    runs.push(PastRun { is_seed_chosen: true, ..run(40, "theatre", 1.0) });
    runs.push(run(41, "theatre", 9.0));
    runs.reverse();
    let told = progress(&runs, |_| None);
    let theatre = &told.halls[0];
    let races: Vec<_> = theatre.last.iter().map(|run| run.race.clone()).collect();
    let expected = [41, 14, 13, 12, 11, 10, 9, 8, 7, 6].map(|number| RaceId(number).to_string());
    assert_eq!(races, expected);
    let newest = &theatre.last[0];
    assert_eq!((newest.ending, newest.place, newest.at_ms), (Ending::Paid, Some(1), 41.0));
    let took: Vec<_> = newest.steps.iter().map(|step| (step.key, step.took_ms)).collect();
    assert_eq!(took, [(StepKey::Press, 9.0), (StepKey::Captcha, 3_000.0)]);
}

#[test]
fn a100_the_usual_time_to_recover_is_the_median_of_the_other_runs_of_the_same_kind() {
    let recovering = |number, plan, recovery_ms: Option<f64>| {
        let tally = json!({"ending": "paid", "place": 1, "steps": vec![None::<f64>; 7],
            "recovery": recovery_ms, "goal": null, "press": null});
        let tally = Arc::new(serde_json::from_value(tally).unwrap());
        PastRun { tally, ..run(number, plan, 0.0) }
    };
    let times = [Some(1_000.0), Some(3_000.0), None, Some(1_500.0)];
    let mut runs: Vec<_> =
        (1..).zip(times).map(|(number, ms)| recovering(number, "theatre", ms)).collect();
    runs.push(recovering(5, "arena", Some(9_000.0)));
    let usual = |race| usual_times(&runs, RaceId(race)).held.map(sale::Span::as_millis);
    assert_eq!((usual(3), usual(4), usual(5)), (Some(1_500), Some(2_000), None));
}

#[test]
fn a93_an_exercise_counts_apart_and_tells_runs_that_missed_the_goal() {
    let runs = [
        exercise(4, None),
        exercise(3, Some(350.0)),
        run(2, "theatre", 9.0),
        exercise(1, Some(250.0)),
    ];
    let told = progress(&runs, |_| None);
    assert_eq!((told.halls.len(), told.halls[0].runs), (1, 1), "an exercise is no run in a hall");
    let [only] = &told.exercises[..] else { panic!("one exercise in one style") };
    assert_eq!((only.exercise, only.runs), (protocol::Exercise::Press, 3));
    assert_eq!(
        (only.best_ms, only.best_at_ms, only.usual_ms),
        (Some(250.0), Some(1.0), Some(300.0))
    );
    let took: Vec<_> = only.last.iter().map(|run| run.took_ms).collect();
    assert_eq!(took, [None, Some(350.0), Some(250.0)]);
    assert_eq!(only.last[0].press.unwrap().network_ms, Some(50.0));
    let none = progress(&[exercise(1, None)], |_| None);
    assert_eq!((none.exercises[0].best_ms, none.exercises[0].usual_ms), (None, None));
}

#[test]
fn a93_what_progress_tells_has_an_end() {
    let mut runs: Vec<_> =
        (0..1_000).map(|number| run(number, &format!("hall-{}", number % 90), 1.0)).collect();
    runs.extend((1_000..1_100).map(|number| run(number, "hall-0", 1.0)));
    runs.reverse();
    let told = progress(&runs, |_| None);
    assert_eq!(told.halls.len(), PROGRESS_ENTRIES_MAX);
    assert_eq!((told.halls[0].plan.as_str(), told.halls[0].runs), ("hall-0", 112));
    assert_eq!(told.halls[0].steps[0].last.len(), PROGRESS_RUNS_MAX);
}
