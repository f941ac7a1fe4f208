//! The state of each seat, and the counts of seats.

use sale::{Command, HoldAt, Outcome, Rules, Seat, SeatState, Section, Visitor, limits};

use crate::story::{FREE, JUNHO, MINA, SORA, Story, held_by, plain, seats, secs, sold_to};

#[test]
fn s1_of_many_visitors_who_want_a_seat_one_gets_it() {
    for hold_at in [HoldAt::Click, HoldAt::Done, HoldAt::Payment] {
        let mut story = Story::inside(Rules { hold_at, ..plain() }, MINA);
        let rivals: Vec<Visitor> = (10..60).map(Visitor).collect();
        for &rival in &rivals {
            story.enter(rival).unwrap();
        }
        let mut winners = 0;
        for &rival in &rivals {
            story.hold(rival, &[5]).unwrap();
        }
        for &rival in &rivals {
            winners += u32::from(matches!(story.pay(rival), Ok(Outcome::Booked { .. })));
        }
        assert_eq!(winners, 1, "{hold_at:?}");
        assert_eq!(story.seat(5), sold_to(rivals[0]));
        assert!(matches!(story.hold(MINA, &[5]), Ok(Outcome::SeatTaken { .. })));
    }
}

#[test]
fn s2_a_seat_goes_from_free_to_held_to_sold_and_back() {
    let mut story = Story::inside(plain(), MINA);
    assert_eq!(story.seat(7), FREE);
    story.hold(MINA, &[7]).unwrap();
    assert_eq!(story.seat(7), held_by(MINA));
    story.pay(MINA).unwrap();
    assert_eq!(story.seat(7), sold_to(MINA));
    story.cancel(MINA, 0).unwrap();
    assert_eq!(story.seat(7), FREE);
}

#[test]
fn s3_seats_add_up_in_the_hall_and_in_each_section() {
    let mut story = Story::inside(plain(), MINA);
    for visitor in [JUNHO, SORA] {
        story.enter(visitor).unwrap();
    }
    story.hold(MINA, &[0, 4, 5]).unwrap();
    story.hold(JUNHO, &[8, 9]).unwrap();
    story.pay(JUNHO).unwrap();
    let free_in = |story: &Story| [0, 1, 2].map(|at| story.sale.free_in(Section(at)));
    assert_eq!(free_in(&story), [3, 2, 0]);
    assert_eq!((story.sale.free_count(), story.sale.sold_count()), (5, 2));
    story.release(MINA, &[4]).unwrap();
    story.cancel(JUNHO, 0).unwrap();
    assert_eq!(free_in(&story), [3, 3, 2]);
    assert_eq!((story.sale.free_count(), story.sale.sold_count()), (8, 0));
    let states: Vec<bool> = (0..10).map(|seat| story.sale.is_free(Seat(seat))).collect();
    assert_eq!(states.iter().filter(|&&free| free).count(), 8);
    assert!(!states[0] && !states[5]);
}

#[test]
#[should_panic(expected = "seat is in the layout")]
fn s3_asking_for_a_seat_past_the_last_stops_the_program() {
    let state = Story::of(plain()).sale.seat_state(Seat(10));
    assert_eq!(state, SeatState::Held, "never reached");
}

/// Deadlines of holds and visits that are over stay in their queue for a while, but must not pile
/// up.
#[test]
fn s22_doing_and_undoing_does_not_make_the_sale_grow() {
    let size_after = |rounds: u32| {
        let mut story = Story::inside(plain(), MINA);
        for _ in 0..rounds {
            story.hold(MINA, &[0]).unwrap();
            story.release(MINA, &[0]).unwrap();
        }
        story.sale.snapshot().len()
    };
    let (some, many) = (size_after(3_000), size_after(9_000));
    // A deadline takes 16 bytes, and the digest keeps at most one block and one event.
    let slack = 16 * 1_100 + 4_096 + 64;
    assert!(many < some + slack, "{some} {many}");
    assert!(some < 3 * slack, "{some}");
}

#[test]
fn s22_coming_and_going_does_not_make_the_list_of_passes_grow() {
    let size_after = |rounds: u32| {
        let mut story = Story::opened(plain());
        for _ in 0..rounds {
            story.enter(MINA).unwrap();
            story.leave(MINA).unwrap();
        }
        story.sale.snapshot().len()
    };
    let (some, many) = (size_after(3_000), size_after(9_000));
    let slack = 16 * 1_100 + 4_096 + 64;
    assert!(many < some + slack, "{some} {many}");
}

#[test]
fn s22_after_sweeping_every_live_hold_still_ends() {
    let mut story = Story::inside(Rules { hold_at: HoldAt::Click, ..plain() }, MINA);
    story.enter(JUNHO).unwrap();
    story.hold(JUNHO, &[9]).unwrap();
    for _ in 0..1_500 {
        story.hold(MINA, &[0]).unwrap();
        story.release(MINA, &[0]).unwrap();
    }
    story.hold(MINA, &[1, 2]).unwrap();
    story.until(secs(45));
    assert_eq!((story.seat(9), story.seat(1)), (FREE, FREE));
    assert_eq!(story.sale.poll_timeout(), Some(secs(110)), "only the passes are left");
}

#[test]
fn s3_the_largest_layout_is_counted_right() {
    let count = limits::SEATS_MAX;
    let layout =
        sale::Layout::new(&[count - 65, 65], vec![0; count as usize], vec![1_000]).unwrap();
    let mut story = Story::going_on(sale::Sale::new(plain(), layout, 1).unwrap());
    story.does(Command::Open).unwrap();
    story.enter(MINA).unwrap();
    story.hold(MINA, &[0, 63, 64, count - 1]).unwrap();
    assert_eq!(story.sale.free_count(), count - 4);
    assert_eq!(story.sale.free_in(Section(1)), 64);
    assert_eq!(story.held(MINA).unwrap().seats, seats(&[0, 63, 64, count - 1]));
    for (seat, free) in [(1, true), (62, true), (63, false), (64, false), (65, true)] {
        assert_eq!(story.sale.is_free(Seat(seat)), free);
    }
    assert!(!story.sale.is_free(Seat(count - 1)));
}
