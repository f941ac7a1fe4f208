//! Small races with members for the tests.

use practice::{Act, MemberId, Note, PersonId, Practice};
use sale::{Moment, Outcome, Refusal};
use scenario::{Library, Overrides, Recipe, Staged};

pub(crate) fn staged(rivals: u32, style: Option<&str>) -> Staged {
    let overrides = Overrides { rivals: Some(rivals), style: style.map(str::to_owned) };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap();
    recipe.stage().unwrap()
}

pub(crate) fn practice(staged: &Staged, seed: u64) -> Practice {
    Practice::new(staged.scenario.clone(), seed, staged.ends_at).unwrap()
}

/// Has a person join.
pub(crate) fn join(practice: &mut Practice, number: u32) -> MemberId {
    let (person, at) = (PersonId(u128::from(number) + 1), practice.sale().now());
    practice.keep(at, None, Note::Joined { person }).unwrap();
    practice.member_of(person).unwrap()
}

/// Has a member do something at the first moment from `at` on that is free.
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
