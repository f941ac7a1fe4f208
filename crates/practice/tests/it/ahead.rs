//! Looking ahead finds the moment at which what a member waits for really happens.

use practice::{Act, Awaited, GivenUp, MemberId, Practice};
use sale::{Event, Moment, Span, Standing};

use crate::scene::{act, course, join, practice};

/// A member who pressed some seconds after the opening.
fn waiting() -> (Practice, MemberId) {
    let course = course(1_500, None);
    let mut practice = practice(&course, 7);
    let me = join(&mut practice, 0);
    let opens_at = course.scenario.rules.opens_at;
    assert!(!practice.awaits(me, Awaited::Turn), "nobody waits before pressing");
    act(&mut practice, opens_at + Span::from_millis(800), me, Act::Enter).unwrap();
    (practice, me)
}

fn just_before(at: Moment) -> Moment {
    Moment::from_nanos(at.as_nanos() - 1)
}

#[test]
fn a96_the_turn_comes_at_the_moment_that_was_found() {
    let (mut practice, me) = waiting();
    assert!(practice.awaits(me, Awaited::Turn) && !practice.awaits(me, Awaited::Returns));
    let at = practice.clone().find_ahead(me, Awaited::Turn, || true).unwrap();
    practice.advance(just_before(at), crowd::ignore);
    assert!(practice.awaits(me, Awaited::Turn));
    practice.advance(at, crowd::ignore);
    assert!(matches!(practice.standing(me), Standing::Inside { .. }));
    assert!(!practice.awaits(me, Awaited::Turn));
}

#[test]
fn a97_a95_seats_come_back_at_the_moment_that_was_found() {
    let (mut practice, me) = waiting();
    while practice.sale().free_count() > 0 {
        let next = practice.poll_timeout().unwrap();
        practice.advance(next, crowd::ignore);
    }
    assert!(practice.awaits(me, Awaited::Returns) && !practice.awaits(me, Awaited::Turn));
    let (now, returns_at) = (practice.sale().now(), practice.returns_at().unwrap());
    let at = practice.clone().find_ahead(me, Awaited::Returns, || true).unwrap();
    // The visitor whose hold ends first may pay before, and then seats come back later.
    assert!(now < at && now < returns_at);
    let mut came_back = None;
    practice.advance(at, |_, stamped| {
        if matches!(stamped.event, Event::SeatsReturned { .. }) {
            came_back = came_back.or(Some(stamped.at));
        }
    });
    assert_eq!(came_back, Some(at));
}

#[test]
fn a96_without_anything_to_come_it_is_the_end_of_the_race() {
    let (practice, me) = waiting();
    let mut left = practice.clone();
    act(&mut left, practice.sale().now(), me, Act::Leave).unwrap();
    assert!(!left.awaits(me, Awaited::Turn), "who left waits for nothing");
    assert_eq!(practice.find_ahead(me, Awaited::Turn, || false), Err(GivenUp));
}
