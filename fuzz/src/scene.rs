//! The small race that targets restore, replay and play.

use std::sync::LazyLock;

use practice::Practice;
use scenario::{Course, Library, Overrides, Recipe};

/// The seed of all chance in the race.
pub(crate) const SEED: u64 = 7;

/// So few that a target can play the race to its end within milliseconds.
const RIVALS: u32 = 40;

static COURSE: LazyLock<Course> = LazyLock::new(|| {
    let overrides = Overrides { rivals: Some(RIVALS), style: None };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides);
    Course::new(recipe.expect("a scenario of the library")).expect("it can be played")
});

/// Makes the course, so that no target is charged for it.
pub(crate) fn prepare() {
    LazyLock::force(&COURSE);
}

pub(crate) fn course() -> &'static Course {
    &COURSE
}

/// The race before anything happened in it.
pub(crate) fn practice() -> Practice {
    let course = course();
    Practice::new(course.scenario.clone(), SEED, course.ends_at).expect("the race can be played")
}
