//! What those are told who watch a race.

use practice::limits::WATCH_PEOPLE_MAX;
use practice::{Act, MemberId, Practice, RaceClock, watch};
use protocol::{WatchPerson, WatchState, WatchStep};
use sale::{Moment, Seat, Seats, Span, Standing};

use crate::scene::{act, course, join, practice};

fn seen(practice: &Practice) -> WatchState {
    let now = practice.sale().now();
    watch(practice, RaceClock { started_at_ms: 1_000.0, now })
}

fn person(practice: &Practice, member: MemberId) -> WatchPerson {
    let mut people = seen(practice).people.into_iter();
    people.find(|person| person.member == member.0).unwrap()
}

/// Lets the race go on until a member is inside.
fn admit(practice: &mut Practice, member: MemberId) {
    for _ in 0..10_000 {
        if matches!(practice.standing(member), Standing::Inside { .. }) {
            return;
        }
        let next = practice.sale().now() + Span::from_millis(100);
        practice.advance(next, crowd::ignore);
    }
    panic!("the member does not come in");
}

#[test]
fn c45_each_step_of_a_member_is_told() {
    for (style, held) in [("n-style", WatchStep::Holding), ("m-style", WatchStep::Paying)] {
        let course = course(10, Some(style));
        let mut practice = practice(&course, 5);
        let me = join(&mut practice, 1);
        let step = |practice: &Practice| person(practice, me).step;
        let opens_at = course.scenario.rules.opens_at;
        assert_eq!(step(&practice), WatchStep::Away);
        act(&mut practice, opens_at, me, Act::Enter).unwrap();
        if step(&practice) == WatchStep::Waiting {
            let told = person(&practice, me);
            let now_ms = practice::wire::millis(practice.sale().now());
            assert_eq!(Some(told.since_ms), Some(now_ms));
            assert!(told.position.is_some());
        }
        admit(&mut practice, me);
        assert_eq!(step(&practice), WatchStep::Captcha);
        let now = |practice: &Practice| practice.sale().now();
        let asked = practice.sale().challenge(practice.member(me).visitor()).unwrap();
        let answer = Act::AnswerCaptcha { challenge: asked.number, letters: asked.letters };
        let at = now(&practice);
        act(&mut practice, at, me, answer).unwrap();
        assert_eq!(step(&practice), WatchStep::Map);
        let mut seats = (0..practice.sale().layout().seat_count()).map(Seat);
        let free = seats.find(|&seat| practice.sale().is_free(seat)).unwrap();
        let at = now(&practice);
        act(&mut practice, at, me, Act::HoldSeats(Seats::one(free))).unwrap();
        assert_eq!(step(&practice), held, "{style}");
        let at = now(&practice);
        act(&mut practice, at, me, Act::Pay { expected_won: 0 }).unwrap();
        assert_eq!(step(&practice), WatchStep::Booked);
        let late = join(&mut practice, 2);
        let at = now(&practice);
        act(&mut practice, at, late, Act::Enter).unwrap();
        let at = now(&practice);
        act(&mut practice, at, late, Act::Leave).unwrap();
        assert_eq!(person(&practice, late).step, WatchStep::Gone);
    }
}

#[test]
fn c45_who_is_nearest_to_a_booking_comes_first_and_the_rest_is_counted() {
    let course = course(300, None);
    let mut practice = practice(&course, 5);
    let members: Vec<MemberId> = (0..250).map(|number| join(&mut practice, number)).collect();
    let told = seen(&practice);
    assert_eq!((told.people.len(), told.more), (WATCH_PEOPLE_MAX, 50));
    assert!(told.people.iter().all(|person| person.step == WatchStep::Away));
    // The last ones enter, in the opposite order of their numbers.
    let opens_at = course.scenario.rules.opens_at;
    practice.advance(opens_at + Span::from_millis(2_000), crowd::ignore);
    for &member in members.iter().rev().take(60) {
        act(&mut practice, Moment::START, member, Act::Enter).unwrap();
    }
    let told = seen(&practice);
    assert_eq!((told.people.len(), told.more), (WATCH_PEOPLE_MAX, 50));
    let steps: Vec<WatchStep> = told.people.iter().map(|person| person.step).collect();
    assert!(steps.is_sorted_by(|one, other| one >= other), "{steps:?}");
    let waiting = told.people.iter().filter_map(|person| person.position);
    assert!(waiting.clone().count() > 40 && waiting.is_sorted());
    assert!(told.people[..60].iter().all(|person| person.step != WatchStep::Away));
    assert_eq!(Some(told.started_at_ms), Some(1_000.0));
    assert_eq!(told.counts.waiting, practice.sale().waiting_count());
}
