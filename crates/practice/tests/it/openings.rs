//! Openings: a person comes in again, cancels, and is not turned away by a hall that is sold out.

use crowd::Visits;
use practice::{Act, Ending, MemberId, Objection, PersonId, Practice, RaceClock};
use protocol::You;
use sale::{BookingId, Machine, Moment, Outcome, Refusal, Seat, Seats, Span, Stage};
use scenario::{Course, Library, Opening, Recipe, Returning};

use crate::scene::{act, join};

/// The sale of a performance that opens after ten seconds and is open for an hour, for people alone.
fn opening() -> Opening {
    Opening {
        title: "봄밤 콘서트".to_owned(),
        plan: "theatre".to_owned(),
        style: "n-style".to_owned(),
        rivals: 0,
        prices: vec![("VIP".to_owned(), 77_000)],
        lobby_s: 10.0,
        open_s: 3_600.0,
        seats_max: 3,
        cancelled: Returning::AtOnce,
        visits: Visits::Many,
    }
}

fn course(opening: &Opening) -> Course {
    Course::new(Recipe::of_opening(&Library::built_in(), opening).unwrap()).unwrap()
}

fn fresh(opening: &Opening) -> Practice {
    let course = course(opening);
    Practice::new(course.scenario, 7, course.ends_at).unwrap()
}

fn after_opening(practice: &Practice, secs: u64) -> Moment {
    practice.sale().rules().opens_at + Span::from_millis(secs * 1_000)
}

/// Has a member come in, pass the captcha and pay for seats, beginning so many seconds after the opening.
fn book(practice: &mut Practice, member: MemberId, secs: u64, seats: &[u32]) -> Outcome {
    let at = after_opening(practice, secs);
    act(practice, at, member, Act::Enter).unwrap();
    let at = at + Span::from_millis(5_000);
    practice.advance(at, crowd::ignore);
    let visitor = practice.member(member).visitor();
    if let Some(asked) = practice.sale().challenge(visitor) {
        let answer = Act::AnswerCaptcha { challenge: asked.number, letters: asked.letters };
        act(practice, at, member, answer).unwrap();
    }
    let seats: Vec<Seat> = seats.iter().copied().map(Seat).collect();
    let seats = Seats::new(&seats).unwrap();
    let held = act(practice, at, member, Act::HoldSeats(seats)).unwrap();
    assert!(matches!(held, Outcome::Held { .. }), "{held:?}");
    act(practice, at, member, Act::Pay { expected_won: 0 }).unwrap()
}

fn you(practice: &Practice, member: MemberId) -> You {
    let clock = RaceClock { started_at_ms: 0.0, now: Machine::now(practice) };
    practice.state(member, clock, |_, _| String::new()).you
}

#[test]
fn b12_who_has_paid_may_come_in_again_within_the_limit() {
    let mut practice = fresh(&opening());
    let me = join(&mut practice, 1);
    book(&mut practice, me, 1, &[0, 1]);
    assert_eq!(practice.member(me).run().ended().unwrap().ending, Ending::Paid);
    assert!(practice.is_over_for(me));
    assert_eq!(practice.check_act(me, Act::Enter), Ok(()));
    assert_eq!(practice.check_act(me, Act::Leave), Err(Objection::RunOver));
    book(&mut practice, me, 60, &[2]);
    assert_eq!(practice.sale().bookings().len(), 2);
    let at = after_opening(&practice, 120);
    assert_eq!(act(&mut practice, at, me, Act::Enter), Err(Refusal::LimitReached));
    // A cancelled seat no longer counts.
    let cancel = Act::CancelBooking(BookingId(0));
    assert_eq!(practice.check_act(me, cancel), Ok(()));
    assert_eq!(act(&mut practice, at, me, cancel), Ok(Outcome::Cancelled));
    assert_eq!(act(&mut practice, at, me, cancel), Err(Refusal::NoSuchBooking));
    book(&mut practice, me, 180, &[0, 1]);
    practice.sale().audit();
}

/// Lets a member in who presses so many seconds after the opening, up to the map. Returns the moment.
fn go_in(practice: &mut Practice, member: MemberId, after_s: u64) -> Moment {
    let at = after_opening(practice, after_s);
    act(practice, at, member, Act::Enter).unwrap();
    practice.advance(at + Span::from_millis(5_000), crowd::ignore);
    let now = practice.sale().now();
    let asked = practice.sale().challenge(practice.member(member).visitor()).unwrap();
    let answer = Act::AnswerCaptcha { challenge: asked.number, letters: asked.letters };
    act(practice, now, member, answer).unwrap();
    now
}

#[test]
fn h27_who_is_silent_while_paying_is_looked_for_when_the_payment_has_ended() {
    let mut practice = fresh(&opening());
    let me = join(&mut practice, 1);
    book(&mut practice, me, 1, &[0]);
    let now = go_in(&mut practice, me, 60);
    act(&mut practice, now, me, Act::HoldSeats(Seats::one(Seat(7)))).unwrap();
    let patience = Span::from_millis(10_000);
    let is_looked_for = |practice: &Practice, after_s: u64| {
        let now = now + Span::from_millis(after_s * 1_000);
        practice.lost_members(now, patience).any(|(member, _)| member == me)
    };
    assert!(is_looked_for(&practice, 20), "nobody heard of the member");
    let wrong = Act::BeginPayment { expected_won: 1 };
    assert_eq!(practice.check_act(me, wrong), Err(Objection::TotalDiffers { total_won: 132_000 }));
    let begun = act(&mut practice, now, me, Act::BeginPayment { expected_won: 132_000 }).unwrap();
    let Outcome::PaymentBegun { payment, until, total: 132_000 } = begun else {
        panic!("{begun:?}")
    };
    assert!(!is_looked_for(&practice, 20));
    let You::Inside { hold: Some(hold), .. } = you(&practice, me) else { panic!("inside") };
    assert_eq!(hold.paying_until_ms, Some(practice::wire::millis(until)));
    act(&mut practice, now, me, Act::EndPayment(payment)).unwrap();
    assert!(is_looked_for(&practice, 20));
    let You::Inside { hold: Some(hold), .. } = you(&practice, me) else { panic!("inside") };
    assert_eq!(hold.paying_until_ms, None);
}

#[test]
fn b12_reports_and_lists_tell_the_first_visit() {
    let mut practice = fresh(&opening());
    let me = join(&mut practice, 1);
    book(&mut practice, me, 1, &[0, 1]);
    let first = practice.member(me).told_run().clone();
    book(&mut practice, me, 60, &[2]);
    assert_eq!(practice.member(me).told_run(), &first);
    assert_ne!(practice.member(me).run(), &first);
    assert_eq!(practice.member(me).run().visitors_ahead(), Some(0));
}

#[test]
fn b12_a_hall_that_is_sold_out_ends_nobodys_race() {
    let course = course(&Opening { open_s: 86_400.0, ..opening() });
    let seats = course.scenario.layout.seat_count();
    let mut practice = Practice::new(course.scenario, 7, course.ends_at).unwrap();
    let watcher = join(&mut practice, 0);
    let mut last = watcher;
    for (number, from) in (1_u32..).zip((0..seats).step_by(3)) {
        last = join(&mut practice, number);
        let list: Vec<u32> = (from..(from + 3).min(seats)).collect();
        book(&mut practice, last, 10 * u64::from(number), &list);
    }
    assert_eq!(practice.sale().free_count(), 0);
    assert_eq!(practice.member(watcher).run().ended(), None, "seats may return");
    assert!(!practice.is_final());
    let newcomer = join(&mut practice, 9_999);
    assert_eq!(practice.member(newcomer).run().ended(), None);
    let booking = practice.member(last).run().booking().unwrap();
    let now = practice.sale().now();
    act(&mut practice, now, last, Act::CancelBooking(booking)).unwrap();
    assert!(practice.sale().free_count() > 0);
    assert!(matches!(you(&practice, last), You::Gone { .. }), "the booking is gone");
}

#[test]
fn b12_where_people_come_once_nobody_cancels_or_returns() {
    let course = crate::scene::course(0, Some("n-style"));
    let mut practice = crate::scene::practice(&course, 7);
    let me = join(&mut practice, 1);
    book(&mut practice, me, 1, &[0]);
    for act in [Act::Enter, Act::CancelBooking(BookingId(0))] {
        assert_eq!(practice.check_act(me, act), Err(Objection::RunOver));
    }
}

#[test]
fn b12_visits_survive_a_snapshot() {
    let mut practice = fresh(&opening());
    let me = join(&mut practice, 1);
    book(&mut practice, me, 1, &[0, 1]);
    book(&mut practice, me, 60, &[2]);
    let bytes = Machine::snapshot(&practice);
    let course = course(&opening());
    let back = Practice::restore(course.scenario, 7, course.ends_at, &bytes).unwrap();
    assert_eq!(back.member(me), practice.member(me));
    assert_eq!(back.member(me).told_run(), practice.member(me).told_run());
}

#[test]
fn b10_where_no_seat_is_free_people_are_told_when_the_next_batch_returns() {
    let mut practice = fresh(&Opening { cancelled: Returning::InBatches, ..opening() });
    let me = join(&mut practice, 1);
    book(&mut practice, me, 1, &[0, 1]);
    let now = practice.sale().now();
    act(&mut practice, now, me, Act::CancelBooking(BookingId(0))).unwrap();
    assert_eq!(practice.sale().cancelled_return_at(), Some(after_opening(&practice, 600)));
    assert_eq!(practice.returns_at(), None, "other seats are free");
    practice.advance(after_opening(&practice, 600), crowd::ignore);
    assert_eq!(practice.sale().cancelled_return_at(), None);
    assert_eq!(practice.sale().stage(), Stage::Open);
}

#[test]
fn b12_an_openings_seats_cost_what_the_concert_says() {
    let course = course(&opening());
    let vip = course.plan.grades.iter().position(|grade| grade.name == "VIP").unwrap();
    assert_eq!(course.plan.grades[vip].price_won, 77_000);
    let seat = course.plan.seats.iter().position(|seat| usize::from(seat.grade) == vip).unwrap();
    assert_eq!(course.scenario.layout.price_of(Seat(u32::try_from(seat).unwrap())), 77_000);
    assert_eq!(course.scenario.rules.seats_max, 3);
}

#[test]
fn l15_members_who_are_one_person_share_the_limit_of_seats() {
    let mut practice = fresh(&opening());
    let (first, second) = (join(&mut practice, 1), join(&mut practice, 2));
    let same = [PersonId(2), PersonId(3), PersonId(99)];
    let hold = |seats: &[u32]| {
        let seats: Vec<Seat> = seats.iter().copied().map(Seat).collect();
        Act::HoldSeats(Seats::new(&seats).unwrap())
    };
    let check = |practice: &Practice, act| practice.check_shared_limit(second, act, same);
    book(&mut practice, first, 1, &[0, 1]);
    assert_eq!(check(&practice, Act::Enter), Ok(()));
    assert_eq!(check(&practice, hold(&[2])), Ok(()));
    assert_eq!(check(&practice, hold(&[2, 3])), Err(Refusal::TooManySeats));
    assert_eq!(practice.check_shared_limit(second, hold(&[2, 3]), [PersonId(3)]), Ok(()));
    // Who held too many before the log-in cannot pay for them, and can give them up.
    let at = go_in(&mut practice, second, 60);
    act(&mut practice, at, second, hold(&[2, 3])).unwrap();
    assert_eq!(check(&practice, Act::Pay { expected_won: 0 }), Err(Refusal::TooManySeats));
    assert_eq!(check(&practice, hold(&[4])), Err(Refusal::TooManySeats));
    let released = Act::ReleaseSeats(Seats::new(&[Seat(3)]).unwrap());
    assert_eq!(check(&practice, released), Ok(()));
    act(&mut practice, at, second, released).unwrap();
    let expected_won = match you(&practice, second) {
        You::Inside { hold: Some(hold), .. } => hold.total_won,
        you => panic!("{you:?}"),
    };
    let pay = Act::Pay { expected_won };
    assert_eq!(check(&practice, pay), Ok(()));
    act(&mut practice, at, second, pay).unwrap();
    assert_eq!(check(&practice, Act::Enter), Err(Refusal::LimitReached));
    assert_eq!(practice.check_shared_limit(first, Act::Enter, same), Err(Refusal::LimitReached));
}

#[test]
fn l15_seats_that_the_same_person_holds_as_another_member_count() {
    let mut practice = fresh(&opening());
    let (first, second) = (join(&mut practice, 1), join(&mut practice, 2));
    let hold = |seats: &[u32]| {
        let seats: Vec<Seat> = seats.iter().copied().map(Seat).collect();
        Act::HoldSeats(Seats::new(&seats).unwrap())
    };
    let at = go_in(&mut practice, first, 1);
    act(&mut practice, at, first, hold(&[0, 1])).unwrap();
    let same = [PersonId(2), PersonId(3)];
    let check = |act| practice.check_shared_limit(second, act, same);
    assert_eq!(check(hold(&[2])), Ok(()));
    assert_eq!(check(hold(&[2, 3])), Err(Refusal::TooManySeats));
}

#[test]
fn l15_what_the_same_person_is_paying_for_as_another_member_counts_as_booked() {
    let mut practice = fresh(&opening());
    let (first, second) = (join(&mut practice, 1), join(&mut practice, 2));
    let hold = |seats: [u32; 2]| Act::HoldSeats(Seats::new(&seats.map(Seat)).unwrap());
    let total = |practice: &Practice, id| match you(practice, id) {
        You::Inside { hold: Some(hold), .. } => hold.total_won,
        you => panic!("{you:?}"),
    };
    let at = go_in(&mut practice, first, 1);
    act(&mut practice, at, first, hold([0, 1])).unwrap();
    let at = go_in(&mut practice, second, 60).max(at);
    act(&mut practice, at, second, hold([2, 3])).unwrap();
    let begin = Act::BeginPayment { expected_won: total(&practice, second) };
    let same = [PersonId(2), PersonId(3)];
    assert_eq!(practice.check_shared_limit(second, begin, same), Ok(()));
    let expected_won = total(&practice, first);
    act(&mut practice, at, first, Act::BeginPayment { expected_won }).unwrap();
    let refused = practice.check_shared_limit(second, begin, same);
    assert_eq!(refused, Err(Refusal::TooManySeats));
}
