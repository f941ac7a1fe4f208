//! Small races with members for the tests.

use practice::{Act, MemberId, Note, PersonId, Practice};
use sale::{Moment, Outcome, Refusal};
use scenario::{Course, Library, Overrides, Recipe};

pub(crate) fn course(rivals: u32, style: Option<&str>) -> Course {
    let overrides = Overrides { rivals: Some(rivals), style: style.map(str::to_owned) };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap();
    Course::new(recipe).unwrap()
}

pub(crate) fn practice(course: &Course, seed: u64) -> Practice {
    Practice::new(course.scenario.clone(), seed, course.ends_at).unwrap()
}

/// Has a person join.
pub(crate) fn join(practice: &mut Practice, number: u32) -> MemberId {
    let (person, at) = (PersonId(u128::from(number) + 1), practice.sale().now());
    practice.keep(at, None, Note::Joined { person }).unwrap();
    practice.member_of(person).unwrap()
}

/// Has a member act at `at`, or at the first later moment at which the sale takes a command.
pub(crate) fn act(
    practice: &mut Practice,
    at: Moment,
    member: MemberId,
    act: Act,
) -> Result<Outcome, Refusal> {
    let command = act.command(practice.member(member).visitor());
    practice.advance(at, crowd::ignore);
    let at = practice.sale().stamp(at);
    practice.handle(at, command, crowd::ignore)
}
