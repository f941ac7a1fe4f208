//! Files of the library, plans in the form of pretix, and recipes.

use ::scenario::plan::pretix::{GuidPolicy, export, import as import_plan};
use ::scenario::plan::{Plan, limits};
use ::scenario::{Course, Recipe};
use practice::Practice;
use sale::{Moment, Span};
use serde_json::Value;

use crate::scene::{self, SEED};

/// How long a race is played that an accepted file makes: until some seconds after the opening.
const PLAYED: Span = Span::from_millis(3_000);

/// A scenario file.
pub(crate) fn scenario(bytes: &[u8]) {
    course_with("scenario", bytes);
}

/// The spec of a hall.
pub(crate) fn plan(bytes: &[u8]) {
    course_with("plan", bytes);
}

/// A style file.
pub(crate) fn style(bytes: &[u8]) {
    course_with("style", bytes);
}

/// The file of a demand tier.
pub(crate) fn demand(bytes: &[u8]) {
    course_with("demand", bytes);
}

/// A people file.
pub(crate) fn people(bytes: &[u8]) {
    course_with("people", bytes);
}

/// A plan that is accepted keeps all limits, and is accepted again when it is exported, with the same seats.
pub(crate) fn import(bytes: &[u8]) {
    for policy in [GuidPolicy::Keep, GuidPolicy::Renumber] {
        let Some(accepted) = import_plan(bytes, policy).accepted else { continue };
        check_plan(&accepted.plan);
        assert_eq!(accepted.guids.len(), accepted.plan.seats.len());
        let again = import_plan(export(&accepted.plan).to_string().as_bytes(), policy);
        let again = again.accepted.expect("what was exported is accepted").plan;
        assert_eq!(again.seats.len(), accepted.plan.seats.len());
    }
}

/// A recipe that is read is read again from what is written.
pub(crate) fn recipe(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let Ok(recipe) = Recipe::from_json(text) else { return };
    assert_eq!(Recipe::from_json(&recipe.to_json()).expect("what was written is read"), recipe);
}

/// Reads the course of the small race with one of its files replaced. A course that is accepted can be played.
fn course_with(file: &str, bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let recipe = scene::course().recipe.to_json();
    let mut recipe: Value = serde_json::from_str(&recipe).expect("a recipe is JSON");
    recipe[file]["text"] = Value::from(text);
    let recipe = Recipe::from_json(&recipe.to_string()).expect("a recipe with another text");
    let Ok(course) = Course::new(recipe) else { return };
    check_plan(&course.plan);
    assert!(Moment::START <= course.scenario.rules.opens_at);
    assert!(course.scenario.rules.opens_at < course.ends_at);
    let until = course.scenario.rules.opens_at + PLAYED;
    let race = Practice::new(course.scenario, SEED, course.ends_at);
    race.expect("an accepted course can be played").advance(until, crowd::ignore);
}

fn check_plan(plan: &Plan) {
    let within = |count: usize, max: u32| count <= max as usize;
    assert!(within(plan.seats.len(), limits::SEATS_MAX));
    assert!(within(plan.rows.len(), limits::ROWS_MAX));
    assert!(within(plan.sections.len(), limits::SECTIONS_MAX));
    assert!(within(plan.grades.len(), limits::GRADES_MAX));
    for seat in &plan.seats {
        assert!((0.0..=plan.width).contains(&seat.x) && (0.0..=plan.height).contains(&seat.y));
        assert!((0.0..=1.0).contains(&seat.quality));
    }
}
