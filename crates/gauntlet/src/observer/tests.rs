//! The events that the observer objects to.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sale::{
    AdmissionRules, AfterHold, CancelledSeats, CaptchaRules, CaptchaStep, Command, Order, Refresh,
    Span,
};

use super::*;

const ANN: Visitor = Visitor(1);
const BEN: Visitor = Visitor(2);

fn rules() -> Rules {
    Rules {
        opens_at: Moment::START,
        closes_at: None,
        cancelled: CancelledSeats::AtOnce,
        order: Order::Arrival,
        early_lock: Span::ZERO,
        refresh_waiting: Refresh::Keeps,
        refresh_inside: Refresh::Keeps,
        admission: AdmissionRules { per_1000_s: 1000, burst: 2, noise_permille: 0, inside_max: 2 },
        captcha: CaptchaRules {
            step: CaptchaStep::Never,
            letters: 6,
            valid_for: Span::SECOND,
            put_off: false,
        },
        pass: Span::from_millis(60_000),
        hold_at: HoldAt::Click,
        hold: Span::from_millis(10_000),
        after_hold: AfterHold::Stays,
        seats_max: 2,
        fee_won: 1_000,
        discounts: vec![],
    }
}

fn layout() -> Layout {
    Layout::new(&[10], vec![0; 10], vec![100_000]).expect("ten seats")
}

fn seats(list: &[u32]) -> Seats {
    Seats::new(&list.iter().copied().map(Seat).collect::<Vec<_>>()).expect("different ones")
}

fn at(millis: u64, event: Event) -> Stamped {
    Stamped { at: Moment::from_millis(millis), event }
}

fn admitted(millis: u64, visitor: Visitor, place: u32) -> Stamped {
    let until = Moment::from_millis(millis + 60_000);
    at(millis, Event::Admitted { visitor, place: Place(place), until })
}

fn placed(millis: u64, visitor: Visitor, place: u32) -> Stamped {
    at(millis, Event::Placed { visitor, place: Place(place) })
}

fn held(millis: u64, visitor: Visitor, list: &[u32]) -> Stamped {
    let until = Moment::from_millis(millis + 10_000);
    at(millis, Event::SeatsHeld { visitor, seats: seats(list), until })
}

fn booked(millis: u64, visitor: Visitor, number: u32, list: &[u32]) -> Stamped {
    let (booking, total) = (BookingId(number), 101_000 * list.len() as u64);
    at(millis, Event::Booked { visitor, booking, seats: seats(list), total })
}

/// Events after which Ann and Ben are inside.
fn begun() -> Vec<Stamped> {
    vec![
        at(0, Event::Opened),
        placed(1, ANN, 1),
        admitted(1, ANN, 1),
        placed(2, BEN, 2),
        admitted(2, BEN, 2),
    ]
}

fn objects_to(events: &[Stamped]) -> bool {
    let mut observer = Observer::new(rules(), layout());
    let all = begun().into_iter().chain(events.iter().copied());
    catch_unwind(AssertUnwindSafe(|| all.for_each(|event| observer.see(&event)))).is_err()
}

#[test]
fn g4_o48_a_seat_is_never_held_or_sold_to_two() {
    assert!(!objects_to(&[held(10, ANN, &[1]), held(11, BEN, &[2]), booked(20, ANN, 0, &[1])]));
    assert!(objects_to(&[held(10, ANN, &[1]), held(11, BEN, &[1])]));
    assert!(objects_to(&[held(10, ANN, &[1]), booked(20, ANN, 0, &[1]), held(21, BEN, &[1])]));
    assert!(objects_to(&[held(10, ANN, &[1]), booked(20, BEN, 0, &[1])]));
    assert!(objects_to(&[booked(20, BEN, 0, &[1])]), "Ben pays for a seat that he does not hold");
}

#[test]
fn g4_a_seat_is_returned_once_and_by_its_owner() {
    let back = |millis, visitor, cause| {
        at(millis, Event::SeatsReturned { visitor, seats: seats(&[1]), cause })
    };
    assert!(!objects_to(&[held(10, ANN, &[1]), back(20, ANN, Return::Released)]));
    assert!(objects_to(&[held(10, ANN, &[1]), back(20, BEN, Return::Released)]));
    let twice = [held(10, ANN, &[1]), back(20, ANN, Return::Released), back(21, ANN, Return::Left)];
    assert!(objects_to(&twice));
    assert!(objects_to(&[held(10, ANN, &[1]), back(20, ANN, Return::HoldEnded)]), "ends too early");
    assert!(!objects_to(&[held(10, ANN, &[1]), back(10_010, ANN, Return::HoldEnded)]));
    assert!(objects_to(&[held(10, ANN, &[1]), back(20, ANN, Return::Cancelled)]), "was not paid");
}

#[test]
fn g4_one_visitor_has_no_more_seats_than_the_rules_allow() {
    assert!(!objects_to(&[held(10, ANN, &[1, 2])]));
    assert!(objects_to(&[held(10, ANN, &[1, 2, 3])]));
}

#[test]
fn g6_no_more_are_inside_than_allowed_and_none_comes_sooner() {
    let carl = Visitor(3);
    let left = at(10, Event::Left { visitor: ANN, cause: Departure::Left });
    assert!(objects_to(&[placed(10, carl, 3), admitted(2_000, carl, 3)]), "three inside, not two");
    assert!(!objects_to(&[left, placed(10, carl, 3), admitted(1_001, carl, 3)]));
    assert!(objects_to(&[left, placed(10, carl, 3), admitted(900, carl, 3)]), "sooner than 1 s");
}

#[test]
fn g6_places_are_given_and_served_in_order() {
    let (carl, dora) = (Visitor(3), Visitor(4));
    let left = at(10, Event::Left { visitor: ANN, cause: Departure::Left });
    assert!(objects_to(&[placed(10, carl, 2)]), "place 2 is given twice");
    assert!(objects_to(&[placed(10, carl, 4)]), "place 3 is left out");
    assert!(objects_to(&[placed(10, ANN, 3)]), "Ann has a pass already");
    let both = [left, placed(11, carl, 3), placed(12, dora, 4)];
    assert!(objects_to(&[&both[..], &[admitted(3_000, dora, 4)]].concat()), "Carl is before Dora");
    assert!(!objects_to(&[&both[..], &[admitted(3_000, carl, 3)]].concat()));
}

#[test]
fn g4_g6_the_books_agree_with_the_sale() {
    let mut sale = Sale::new(rules(), layout(), 1).expect("the rules can be played");
    let mut observer = Observer::new(rules(), layout());
    let mut step = |millis, command| {
        assert!(sale.handle(Moment::from_millis(millis), command).is_ok());
        while let Some(event) = sale.poll_event() {
            observer.see(&event);
        }
        observer.check(&sale);
    };
    for number in 0..5 {
        step(1 + u64::from(number), Command::Enter { visitor: Visitor(number) });
    }
    step(10, Command::HoldSeats { visitor: Visitor(0), seats: seats(&[4, 5]) });
    step(11, Command::Leave { visitor: Visitor(3), cause: Departure::Left });
    step(12, Command::Pay { visitor: Visitor(0) });
    step(5_000, Command::CancelBooking { visitor: Visitor(0), booking: BookingId(0) });
    step(90_000, Command::Close);
    let blind = Observer::new(rules(), layout());
    assert!(catch_unwind(AssertUnwindSafe(|| blind.check(&sale))).is_err());
}
