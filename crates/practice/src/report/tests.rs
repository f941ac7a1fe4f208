//! The parts of a report, on cases small enough to check by hand.

use alloc::vec;
use alloc::vec::Vec;

use sale::{Event, Moment, Place, Return, Seat, Span, Stamped, Visitor};

use super::quickest::Quickest;
use super::*;
use crate::walk::{Around, Walk};

fn secs(times: &[u64]) -> Vec<Span> {
    times.iter().map(|&time| Span::from_millis(time * 1000)).collect()
}

#[test]
fn c32_a_percentile_is_the_time_of_one_rival() {
    let ten = Distribution::of(secs(&[9, 1, 8, 2, 7, 3, 6, 4, 5, 10]));
    assert_eq!(ten.percentile(10), Some(Span::from_millis(1000)));
    assert_eq!(ten.percentile(50), Some(Span::from_millis(5000)));
    assert_eq!(ten.percentile(90), Some(Span::from_millis(9000)));
    assert_eq!(ten.quicker_than(Span::from_millis(5000)), 4);
    assert_eq!(ten.slower_than(Span::from_millis(5000)), 5);
    assert_eq!(Distribution::of(vec![]).percentile(50), None);
}

#[test]
fn c44_the_quickest_tenth_is_the_same_when_times_are_added_one_by_one() {
    let times: Vec<Span> = (0..500).map(|n| Span::from_millis(n * n % 97)).collect();
    let mut quickest = Quickest::default();
    assert_eq!(quickest.percentile(), None);
    for (at, &time) in times.iter().enumerate() {
        quickest.add(time);
        let anew = Distribution::of(times[..=at].to_vec());
        assert_eq!(quickest.percentile(), anew.percentile(10), "after {at}");
    }
}

#[test]
fn c32_a_histogram_counts_everybody_once() {
    let times: Vec<Span> = (0..1000).map(|n| Span::from_millis(n * n % 977)).collect();
    let distribution = Distribution::of(times);
    let bins = distribution.histogram(16);
    assert_eq!(bins.len(), 16);
    assert_eq!(bins.iter().map(|bin| bin.count).sum::<u32>(), 1000);
    assert!(bins.windows(2).all(|pair| pair[0].to == pair[1].from));
    assert!(Distribution::default().histogram(16).is_empty());
}

#[test]
fn c44_the_step_that_took_most_time_is_named() {
    let stride = |step, took: u64, rivals: &[u64]| Stride {
        step,
        at: None,
        took: Some(Span::from_millis(took * 1000)),
        rivals: Distribution::of(secs(rivals)),
    };
    let strides = [
        stride(Step::Placed, 2, &[1, 2, 3]),
        stride(Step::Admitted, 500, &[1, 2, 3]),
        stride(Step::Captcha, 9, &[3, 4, 5]),
        stride(Step::Paid, 4, &[4, 5, 6]),
    ];
    let loss = Loss::of(&strides, None).unwrap();
    assert_eq!((loss.step, loss.time), (Step::Captcha, Span::from_millis(6000)));
    assert_eq!(Loss::of(&strides[3..], None), None);
    let undone = Loss::of(&strides[..2], Some((Step::Placed, Span::from_millis(9000)))).unwrap();
    assert_eq!(
        undone.time,
        Span::from_millis(1000),
        "a step that was done counts with its own time"
    );
}

#[test]
fn c34_the_first_held_seat_ends_the_step_held() {
    let visitor = Visitor(7);
    let until = Moment::from_millis(60_000);
    let held = |seat| Event::SeatsHeld { visitor, seats: sale::Seats::one(Seat(seat)), until };
    let events = [
        (1, Event::SeatMissed { visitor, seat: Seat(1), late_by: Span::ZERO }),
        (2, held(2)),
        (9, held(3)),
    ];
    let mut walk = Walk::default();
    for (secs, event) in events {
        let at = Moment::from_millis(secs * 1000);
        walk.note(&Stamped { at, event }, Around::all_free(at));
    }
    assert_eq!(walk.took(Step::Held), Some(Span::from_millis(1000)));
}

#[test]
fn c44_a_visitor_who_released_all_seats_is_not_paying() {
    let (visitor, until) = (Visitor(7), Moment::from_millis(60_000));
    let seats = sale::Seats::one(Seat(2));
    let mut walk = Walk::default();
    let note = |walk: &mut Walk, secs: u64, event| {
        let at = Moment::from_millis(secs * 1000);
        walk.note(&Stamped { at, event }, Around::all_free(at));
    };
    note(&mut walk, 1, Event::Placed { visitor, place: Place(1) });
    assert_eq!(walk.under_way(true), None);
    note(&mut walk, 2, Event::Admitted { visitor, place: Place(1), until });
    assert_eq!(walk.under_way(true), Some((Step::Captcha, Moment::from_millis(2000))));
    assert_eq!(walk.under_way(false), Some((Step::FirstSeat, Moment::from_millis(2000))));
    note(&mut walk, 3, Event::CaptchaPassed { visitor });
    note(&mut walk, 4, Event::SeatsHeld { visitor, seats, until });
    assert_eq!(walk.under_way(true), Some((Step::Paid, Moment::from_millis(4000))));
    note(&mut walk, 5, Event::SeatsReturned { visitor, seats, cause: Return::Released });
    assert_eq!(walk.under_way(true), None);
}
