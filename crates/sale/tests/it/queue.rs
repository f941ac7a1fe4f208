//! Places, positions, refreshes and the early press.

use sale::random::Stream;
use sale::{
    Command, Departure, Event, Order, Outcome, Place, Refresh, Refusal, Rules, Standing, Visitor,
    limits,
};

use crate::story::{
    FREE, JUNHO, MINA, OPENING, SEED, SORA, Story, held_by, ms, one_a_second, one_inside, placed,
    plain, secs,
};

#[test]
fn q1_places_are_given_in_order_of_arrival() {
    let mut story = Story::opened(one_inside());
    assert_eq!(story.enter(SORA), placed(1));
    assert_eq!(story.enter(MINA), placed(2));
    assert_eq!(story.enter(JUNHO), placed(3));
    assert_eq!(story.sale.places_given(), 3);
    assert_eq!(story.sale.waiting_at(Place(2)), Some(MINA));
}

#[test]
fn q1_a_place_given_up_is_given_to_nobody_else() {
    let mut story = Story::inside(one_inside(), SORA);
    assert_eq!(story.enter(MINA), placed(2));
    story.leave(MINA).unwrap();
    assert_eq!(story.sale.waiting_at(Place(2)), None);
    assert_eq!(story.enter(JUNHO), placed(3));
    assert_eq!(story.enter(MINA), placed(4));
}

#[test]
fn q2_visitors_are_let_in_in_the_order_of_their_places() {
    let mut story = Story::opened(one_a_second());
    for visitor in [JUNHO, SORA, MINA] {
        story.enter(visitor).unwrap();
    }
    story.until(secs(20));
    let order: Vec<Visitor> = story.admissions().iter().map(|&(visitor, _)| visitor).collect();
    assert_eq!(order, [JUNHO, SORA, MINA]);
    assert_eq!(story.sale.places_served(), 3);
}

/// Several thousand visitors wait, many give up, some are let in. The positions are compared with a
/// count of all who wait.
#[test]
fn q3_a_position_is_one_more_than_the_number_who_wait_before() {
    let crowd = 5_000;
    let mut story = Story::opened(one_a_second());
    for number in 0..crowd {
        story.enter(Visitor(number)).unwrap();
    }
    let draws = Stream::new(SEED, 3, 3);
    for (round, leavers) in [(0_u64, 0_u64), (1, 900), (2, 1_500), (3, 0)] {
        for draw in 0..leavers {
            let pick = draws.below(round << 32 | draw, u64::from(crowd));
            // Some are picked twice, are inside, or have left already. They are refused or leave
            // too.
            let _ = story.leave(Visitor(u32::try_from(pick).unwrap()));
        }
        assert_positions_are_counted_right(&story, crowd);
        story.until(secs(400 * (round + 1)));
        assert_positions_are_counted_right(&story, crowd);
    }
    assert!(story.sale.waiting_count() > 500, "some must still wait, or the test shows nothing");
}

fn assert_positions_are_counted_right(story: &Story, crowd: u32) {
    let mut waiting: Vec<(Place, u32)> = Vec::new();
    for number in 0..crowd {
        if let Standing::Waiting { place, position } = story.sale.standing(Visitor(number)) {
            waiting.push((place, position));
        }
    }
    waiting.sort_unstable();
    for (before, (place, position)) in (0..).zip(&waiting) {
        assert_eq!(*position, before + 1, "{place:?}");
    }
    assert_eq!(waiting.len(), story.sale.waiting_count() as usize);
}

#[test]
fn q4_everybody_behind_moves_up_when_a_place_is_given_up() {
    let mut story = Story::inside(one_inside(), Visitor(9));
    for visitor in [MINA, JUNHO, SORA] {
        story.enter(visitor).unwrap();
    }
    assert_eq!(story.position(SORA), 3);
    story.leave(MINA).unwrap();
    assert_eq!((story.position(JUNHO), story.position(SORA)), (1, 2));
    story.does(Command::Leave { visitor: JUNHO, cause: Departure::Lost }).unwrap();
    assert_eq!(story.position(SORA), 1);
    story.leave(Visitor(9)).unwrap();
    assert!(story.is_inside(SORA));
    assert!(story.is_away(MINA) && story.is_away(JUNHO));
}

#[test]
fn q5_an_early_press_locks_the_button() {
    let mut story = Story::of(plain());
    story.until(ms(9_000) + sale::Span::from_nanos(1));
    let locked_until = ms(12_001);
    assert_eq!(story.enter(MINA), Ok(Outcome::TooEarly { locked_until }));
    assert_eq!(story.sale.standing(MINA), Standing::Away { locked_until });
    story.until(ms(9_500));
    assert_eq!(story.enter(MINA), Err(Refusal::Locked));
    story.until(OPENING);
    assert_eq!(story.enter(MINA), Err(Refusal::Locked), "the opening does not end the lock");
    story.until(ms(12_000));
    assert_eq!(
        story.enter(MINA),
        Err(Refusal::Locked),
        "pressing again does not end or lengthen the lock"
    );
    story.until(ms(12_001));
    assert_eq!(story.enter(MINA), placed(1));
}

#[test]
fn q5_a_visitor_who_waits_for_the_opening_is_not_locked() {
    let mut story = Story::of(plain());
    story.until(ms(9_999));
    story.enter(MINA).unwrap();
    assert_eq!(story.enter(JUNHO), Ok(Outcome::TooEarly { locked_until: ms(13_000) }));
    story.until(OPENING);
    assert_eq!(story.enter(SORA), placed(1));
}

#[test]
fn q12_a_refresh_in_the_queue_keeps_the_place_or_goes_to_the_end() {
    for (rule, position, news) in [(Refresh::Keeps, 1, 0), (Refresh::GoesToEnd, 2, 2)] {
        let mut story = Story::inside(Rules { refresh_waiting: rule, ..one_inside() }, SORA);
        story.enter(MINA).unwrap();
        story.enter(JUNHO).unwrap();
        story.news();
        let place = if news == 0 { 2 } else { 4 };
        assert_eq!(story.enter(MINA), placed(place));
        assert_eq!(story.position(MINA), position);
        assert_eq!(story.position(JUNHO), 3 - position);
        let events: Vec<Event> = story.news().iter().map(|stamped| stamped.event).collect();
        let told = [
            Event::PlaceGivenUp { visitor: MINA, place: Place(2) },
            Event::Placed { visitor: MINA, place: Place(4) },
        ];
        assert_eq!(events, told[..news]);
    }
}

#[test]
fn q13_a_refresh_inside_keeps_everything_where_the_rules_say_so() {
    let mut story = Story::inside(one_inside(), MINA);
    story.hold(MINA, &[0, 1]).unwrap();
    let before = story.sale.standing(MINA);
    assert_eq!(story.enter(MINA), Ok(Outcome::Inside));
    assert_eq!(story.sale.standing(MINA), before);
}

#[test]
fn q13_a_refresh_inside_costs_pass_and_hold_where_the_rules_say_so() {
    let mut story =
        Story::inside(Rules { refresh_inside: Refresh::GoesToEnd, ..one_inside() }, MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[0, 1]).unwrap();
    assert_eq!(story.enter(MINA), placed(3));
    assert_eq!(story.seat(0), FREE);
    assert!(story.is_inside(JUNHO));
    assert_eq!(story.position(MINA), 1);
}

#[test]
fn q14_a_refresh_costs_nothing_while_the_sale_is_paused() {
    let hard = Rules {
        refresh_waiting: Refresh::GoesToEnd,
        refresh_inside: Refresh::GoesToEnd,
        ..one_inside()
    };
    let mut story = Story::inside(hard, MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[0]).unwrap();
    story.does(Command::Pause).unwrap();
    assert_eq!(story.enter(JUNHO), Err(Refusal::Paused));
    assert_eq!(story.enter(MINA), Err(Refusal::Paused));
    assert_eq!(story.place(JUNHO), Place(2));
    assert_eq!(story.seat(0), held_by(MINA));
}

/// One visitor uses up all sixteen million places by refreshing.
#[test]
fn q14_q17_a_full_queue_refuses_and_nobody_loses_a_place() {
    let hard = Rules {
        refresh_waiting: Refresh::GoesToEnd,
        refresh_inside: Refresh::GoesToEnd,
        ..one_inside()
    };
    let mut story = Story::inside(hard, MINA);
    story.enter(JUNHO).unwrap();
    let mut at = story.sale.now();
    while story.sale.places_given() < limits::PLACES_MAX {
        at = at.next();
        story.sale.handle(at, Command::Enter { visitor: JUNHO }).unwrap();
        while story.sale.poll_event().is_some() {}
    }
    story.until(at.next());
    let place = Place(limits::PLACES_MAX);
    assert_eq!(story.enter(JUNHO), Err(Refusal::QueueFull));
    assert_eq!(story.enter(MINA), Err(Refusal::QueueFull));
    assert_eq!(story.enter(SORA), Err(Refusal::QueueFull));
    assert_eq!(story.place(JUNHO), place);
    assert_eq!(story.position(JUNHO), 1);
    assert!(story.is_inside(MINA));
    story.leave(MINA).unwrap();
    assert!(story.is_inside(JUNHO), "the last place is served like any other");
}

#[test]
fn q15_a_visitor_who_may_come_in_at_once_is_inside_at_once() {
    let mut story = Story::opened(one_a_second());
    assert_eq!(story.enter(MINA), placed(1));
    assert!(story.is_inside(MINA));
    assert_eq!(story.admissions(), [(MINA, OPENING)]);
}

#[test]
fn q16_a_visitor_with_all_seats_allowed_gets_no_place_until_a_booking_is_cancelled() {
    let mut story = Story::inside(Rules { seats_max: 2, ..plain() }, MINA);
    story.hold(MINA, &[0, 1]).unwrap();
    story.pay(MINA).unwrap();
    assert_eq!(story.enter(MINA), Err(Refusal::LimitReached));
    story.cancel(MINA, 0).unwrap();
    assert_eq!(story.enter(MINA), placed(2));
}

#[test]
fn q17_visitor_numbers_have_a_limit() {
    let mut story = Story::opened(plain());
    assert_eq!(story.enter(Visitor(limits::VISITORS_MAX)), Err(Refusal::SaleFull));
    assert_eq!(story.enter(Visitor(u32::MAX)), Err(Refusal::SaleFull));
    assert_eq!(story.enter(Visitor(limits::VISITORS_MAX - 1)), placed(1));
}

#[test]
fn q18_leaving_ends_any_presence() {
    let mut pooled = Story::of(Rules { order: Order::Lottery, ..plain() });
    pooled.enter(MINA).unwrap();
    let mut waiting = Story::inside(one_inside(), SORA);
    waiting.enter(MINA).unwrap();
    let mut inside = Story::inside(one_inside(), MINA);
    inside.hold(MINA, &[3]).unwrap();
    for story in [&mut pooled, &mut waiting, &mut inside] {
        story.news();
        assert_eq!(story.leave(MINA), Ok(Outcome::Left));
        assert!(story.is_away(MINA));
        let last = story.news().pop().unwrap().event;
        assert_eq!(last, Event::Left { visitor: MINA, cause: Departure::Left });
        assert_eq!(story.leave(MINA), Err(Refusal::NotInQueue));
    }
    assert_eq!(inside.seat(3), FREE);
}

#[test]
fn q18_a_visitor_who_leaves_cannot_claim_to_have_paid() {
    let recorded = [
        (Departure::Left, Departure::Left),
        (Departure::Lost, Departure::Lost),
        (Departure::Paid, Departure::Left),
        (Departure::PassEnded, Departure::Left),
        (Departure::HoldEnded, Departure::Left),
        (Departure::Closed, Departure::Left),
    ];
    for (claimed, cause) in recorded {
        let mut story = Story::inside(plain(), MINA);
        story.does(Command::Leave { visitor: MINA, cause: claimed }).unwrap();
        let last = story.news().pop().unwrap().event;
        assert_eq!(last, Event::Left { visitor: MINA, cause });
    }
}
