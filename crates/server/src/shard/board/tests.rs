//! Tests: how often the rows of results are made, and whose they are in a large race.

use std::cell::Cell;
use std::time::Duration;

use practice::{Act, Fair, MemberId, Note, PersonId, Practice};
use sale::Span;
use scenario::{Course, Library, Overrides, Recipe};

use super::{Board, Rows, foremost};
use crate::clock::UnixTime;

const START: UnixTime = UnixTime::from_millis(1_800_000_000_000);

#[test]
fn a82_rows_are_made_once_a_second_however_many_ask() {
    let (mut board, made) = (Board::default(), Cell::new(0));
    let mut ask = |millis: u64, is_over| {
        let make = || {
            made.set(made.get() + 1);
            Rows { members: made.get(), ..Rows::default() }
        };
        board.rows(START.after(Duration::from_millis(millis)), is_over, make).members
    };
    for millis in 0..1_000 {
        assert_eq!(ask(millis, false), 1);
    }
    assert_eq!(ask(1_000, false), 2);
    assert_eq!(ask(1_001, true), 3, "the end of the race is seen at once");
    assert_eq!(ask(1_500, true), 3);
    assert_eq!(ask(0, true), 4, "a clock that was set back keeps nothing for long");
}

#[test]
fn a82_whoever_has_the_first_places_has_a_row_in_a_large_race() {
    let overrides = Overrides { rivals: Some(0), style: None };
    let recipe = Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap();
    let course = Course::new(recipe).unwrap();
    let (opens_at, ends_at) = (course.scenario.rules.opens_at, course.ends_at);
    let mut practice = Practice::new(course.scenario, Fair::drawn(7), ends_at).unwrap();
    for person in (0..10).map(PersonId) {
        practice.keep(practice.sale().now(), None, Note::Joined { person }).unwrap();
    }
    for (member, after_ms) in [(8, 1), (3, 2), (9, 3)] {
        let enter = Act::Enter.command(practice.member(MemberId(member)).visitor());
        practice.handle(opens_at + Span::from_millis(after_ms), enter, |_, _| ()).unwrap();
    }
    let numbers = |most| foremost(&practice, most).iter().map(|id| id.0).collect::<Vec<_>>();
    assert_eq!(numbers(2), [3, 8]);
    assert_eq!(numbers(5), [0, 1, 3, 8, 9], "then come those who joined first");
    assert_eq!(numbers(10).len(), 10);
}
