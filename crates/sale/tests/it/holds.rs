//! Taking and releasing seats, and the ends of holds and passes.

use sale::{
    AfterHold, Departure, Event, HoldAt, Moment, Outcome, Refusal, Return, Rules, Seat, SeatState,
    Seats, Section, Span, Standing,
};

use crate::story::{
    CHOSEN, FREE, JUNHO, MINA, OPENING, SORA, Story, booked, held_by, held_until, placed, plain,
    seats, secs, span, taken,
};

fn click() -> Rules {
    Rules { hold_at: HoldAt::Click, ..plain() }
}

fn payment() -> Rules {
    Rules { hold_at: HoldAt::Payment, ..plain() }
}

/// Rules under which a hold lasts longer than a pass.
fn short_pass(after_hold: AfterHold) -> Rules {
    Rules { pass: span(20), hold: span(30), after_hold, ..plain() }
}

fn last_event(story: &mut Story) -> Event {
    story.news().pop().unwrap().event
}

fn before(moment: Moment) -> Moment {
    Moment::from_nanos(moment.as_nanos() - 1)
}

#[test]
fn h1_a_hold_takes_all_seats_or_none() {
    let mut story = Story::inside(plain(), MINA);
    story.enter(JUNHO).unwrap();
    story.until(secs(12));
    assert_eq!(story.hold(MINA, &[3, 4]), held_until(secs(42)));
    story.until(secs(15));
    assert_eq!(story.hold(JUNHO, &[2, 4, 3]), taken(4, secs(12)));
    let late_by = Span::from_millis(3_000);
    assert_eq!(
        last_event(&mut story),
        Event::SeatMissed { visitor: JUNHO, seat: Seat(4), late_by }
    );
    assert_eq!((story.seat(2), story.held(JUNHO)), (FREE, None));
    assert_eq!((story.seat(3), story.seat(4)), (held_by(MINA), held_by(MINA)));
}

#[test]
fn h2_a_seat_added_later_does_not_move_the_end() {
    let mut story = Story::inside(click(), MINA);
    story.until(secs(12));
    assert_eq!(story.hold(MINA, &[0]), held_until(secs(42)));
    story.until(secs(40));
    assert_eq!(story.hold(MINA, &[5]), held_until(secs(42)));
    story.until(secs(42));
    assert_eq!((story.seat(0), story.seat(5)), (FREE, FREE));
}

#[test]
fn h3_a_hold_ends_to_the_nanosecond() {
    for late in [false, true] {
        let mut story = Story::inside(plain(), MINA);
        story.until(secs(12));
        story.hold(MINA, &[0]).unwrap();
        story.until(if late { secs(42) } else { before(secs(42)) });
        let answer = story.pay(MINA);
        assert_eq!(answer, if late { Err(Refusal::NoHold) } else { booked(0, 101_000) });
    }
}

#[test]
fn h3_the_seats_of_an_ended_hold_are_free_at_that_moment() {
    let mut story = Story::inside(plain(), MINA);
    story.enter(JUNHO).unwrap();
    story.until(secs(12));
    story.hold(MINA, &[0, 1]).unwrap();
    story.until(before(secs(42)));
    assert_eq!(story.hold(JUNHO, &[0]), taken(0, secs(12)));
    assert_eq!(story.hold(JUNHO, &[0]), held_until(secs(72)));
    let returned =
        Event::SeatsReturned { visitor: MINA, seats: seats(&[0, 1]), cause: Return::HoldEnded };
    let told = story.news();
    assert!(told.contains(&sale::Stamped { at: secs(42), event: returned }), "{told:?}");
}

#[test]
fn h4_after_an_unpaid_hold_the_visitor_leaves_or_stays() {
    let mut story = Story::inside(Rules { after_hold: AfterHold::Leaves, ..plain() }, MINA);
    story.hold(MINA, &[0]).unwrap();
    story.until(secs(41));
    assert!(story.is_away(MINA));
    let left = Event::Left { visitor: MINA, cause: Departure::HoldEnded };
    assert_eq!(last_event(&mut story), left);
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0]).unwrap();
    story.until(secs(41));
    assert_eq!(story.held(MINA), None);
    assert!(story.hold(MINA, &[0]).is_ok());
}

#[test]
fn h5_a_pass_without_a_hold_ends_in_time() {
    let mut story = Story::inside(plain(), MINA);
    story.until(before(secs(110)));
    assert!(story.is_inside(MINA));
    story.until(secs(110));
    assert!(story.is_away(MINA));
    let left = Event::Left { visitor: MINA, cause: Departure::PassEnded };
    assert_eq!(last_event(&mut story), left);
}

#[test]
fn h5_a_choice_that_holds_nothing_does_not_outlast_the_pass() {
    let mut story = Story::inside(payment(), MINA);
    story.hold(MINA, &[0]).unwrap();
    story.until(secs(110));
    assert!(story.is_away(MINA));
    assert_eq!(story.seat(0), FREE);
}

#[test]
fn h5_an_earlier_visits_pass_does_not_end_a_later_visit() {
    let mut story = Story::inside(plain(), MINA);
    story.until(secs(50));
    story.leave(MINA).unwrap();
    story.enter(MINA).unwrap();
    story.until(secs(149));
    assert!(story.is_inside(MINA));
    story.until(secs(151));
    assert!(story.is_away(MINA));
}

#[test]
fn h6_a_pass_that_ends_under_a_hold_lets_the_visitor_pay() {
    let mut story = Story::inside(short_pass(AfterHold::Stays), MINA);
    story.until(secs(25));
    story.hold(MINA, &[8]).unwrap();
    story.until(before(secs(55)));
    assert_eq!(story.pay(MINA), booked(0, 51_000));
}

#[test]
fn h6_when_the_hold_ends_after_the_pass_the_visit_ends() {
    for after_hold in [AfterHold::Stays, AfterHold::Leaves] {
        let mut story = Story::inside(short_pass(after_hold), MINA);
        story.until(secs(25));
        story.hold(MINA, &[8]).unwrap();
        story.until(secs(55));
        let cause = match after_hold {
            AfterHold::Stays => Departure::PassEnded,
            AfterHold::Leaves => Departure::HoldEnded,
        };
        assert_eq!(last_event(&mut story), Event::Left { visitor: MINA, cause });
        assert_eq!(story.seat(8), FREE);
    }
}

#[test]
fn h6_releasing_the_last_seat_after_the_pass_ends_the_visit() {
    let mut story = Story::inside(short_pass(AfterHold::Stays), MINA);
    story.until(secs(25));
    story.hold(MINA, &[8, 9]).unwrap();
    story.until(secs(40));
    story.release(MINA, &[8]).unwrap();
    assert!(story.is_inside(MINA));
    story.release(MINA, &[9]).unwrap();
    assert!(story.is_away(MINA));
}

#[test]
fn h7_releasing_frees_the_seats_named_and_no_others() {
    let mut story = Story::inside(plain(), MINA);
    story.until(secs(12));
    story.hold(MINA, &[0, 1, 2]).unwrap();
    story.until(secs(20));
    assert_eq!(story.release(MINA, &[1]), Ok(Outcome::Released));
    assert_eq!((story.seat(0), story.seat(1), story.seat(2)), (held_by(MINA), FREE, held_by(MINA)));
    let hold = story.held(MINA).unwrap();
    assert_eq!((hold.seats, hold.since, hold.until), (seats(&[0, 2]), secs(12), Some(secs(42))));
    assert_eq!(story.release(MINA, &[0, 1]), Err(Refusal::NotHeld));
    assert_eq!(story.seat(0), held_by(MINA));
    story.release(MINA, &[2, 0]).unwrap();
    assert_eq!(story.held(MINA), None);
    assert_eq!(story.release(MINA, &[0]), Err(Refusal::NoHold));
}

#[test]
fn h7_a_new_hold_does_not_end_when_the_old_one_would_have() {
    let mut story = Story::inside(click(), MINA);
    story.until(secs(12));
    story.hold(MINA, &[0]).unwrap();
    story.until(secs(30));
    story.release(MINA, &[0]).unwrap();
    let until = story.clock() + span(30);
    assert_eq!(story.hold(MINA, &[0]), held_until(until));
    story.until(secs(43));
    assert_eq!(story.seat(0), held_by(MINA));
    story.until(until);
    assert_eq!(story.seat(0), FREE);
}

#[test]
fn h8_each_click_takes_its_seat_and_adds_to_the_hold() {
    let mut story = Story::inside(click(), MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[6]).unwrap();
    assert_eq!(story.seat(6), held_by(MINA));
    story.hold(JUNHO, &[7]).unwrap();
    assert!(matches!(story.hold(MINA, &[7]), Ok(Outcome::SeatTaken { seat: Seat(7), .. })));
    story.hold(MINA, &[2, 9]).unwrap();
    assert_eq!(story.held(MINA).unwrap().seats, seats(&[6, 2, 9]));
}

#[test]
fn h9_a_confirmed_choice_is_changed_only_by_releasing_it() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0]).unwrap();
    assert_eq!(story.hold(MINA, &[1]), Err(Refusal::HoldExists));
    story.release(MINA, &[0]).unwrap();
    assert!(story.hold(MINA, &[1]).is_ok());
}

#[test]
fn h10_where_payment_decides_choosing_holds_nothing() {
    let mut story = Story::inside(payment(), MINA);
    story.enter(JUNHO).unwrap();
    story.news();
    assert_eq!(story.hold(MINA, &[0, 1]), CHOSEN);
    assert_eq!(story.hold(JUNHO, &[1]), CHOSEN);
    assert_eq!(story.hold(JUNHO, &[2]), Err(Refusal::HoldExists));
    assert_eq!((story.seat(0), story.seat(1)), (FREE, FREE));
    assert_eq!(story.sale.free_count(), 10);
    assert_eq!(story.news(), []);
    assert_eq!(story.release(MINA, &[0]), Ok(Outcome::Released));
    assert_eq!(story.held(MINA).unwrap().seats, seats(&[1]));
    assert_eq!(story.news(), []);
}

#[test]
fn h11_the_limit_of_one_person_counts_every_visit() {
    let mut story = Story::inside(click(), MINA);
    story.hold(MINA, &[0, 1, 2]).unwrap();
    assert_eq!(story.hold(MINA, &[3, 4]), Err(Refusal::TooManySeats));
    story.release(MINA, &[2]).unwrap();
    story.pay(MINA).unwrap();
    assert_eq!(story.enter(MINA), placed(2));
    assert_eq!(story.hold(MINA, &[3, 4, 5]), Err(Refusal::TooManySeats));
    story.hold(MINA, &[3, 4]).unwrap();
    assert_eq!(story.hold(MINA, &[5]), Err(Refusal::TooManySeats));
    story.cancel(MINA, 0).unwrap();
    assert!(story.hold(MINA, &[0, 1]).is_ok());
}

#[test]
fn h12_impossible_choices_are_refused() {
    let mut story = Story::inside(click(), MINA);
    story.hold(MINA, &[0]).unwrap();
    assert_eq!(story.hold(MINA, &[10]), Err(Refusal::NoSuchSeat));
    assert_eq!(story.hold(MINA, &[1, u32::MAX]), Err(Refusal::NoSuchSeat));
    assert_eq!(story.hold(MINA, &[1, 0]), Err(Refusal::SeatTwice));
    assert_eq!(Seats::new(&[]), Err(Refusal::NoSeats));
    assert_eq!(Seats::new(&[Seat(4), Seat(5), Seat(4)]), Err(Refusal::SeatTwice));
    let nine: Vec<Seat> = (0..9).map(Seat).collect();
    assert_eq!(Seats::new(&nine), Err(Refusal::TooManySeats));
    assert_eq!(Seats::new(&nine[..8]).unwrap().as_slice(), &nine[..8]);
    assert_eq!(Seats::one(Seat(3)), seats(&[3]));
    assert_eq!(story.seat(1), FREE);
}

#[test]
fn h20_the_section_opened_last_is_remembered_with_its_moment() {
    let mut story = Story::inside(plain(), MINA);
    let viewed = |story: &Story| match story.sale.standing(MINA) {
        Standing::Inside { viewed, .. } => viewed,
        _ => None,
    };
    assert_eq!(viewed(&story), None);
    story.until(secs(11));
    assert_eq!(story.view(MINA, 2), Ok(Outcome::Viewed));
    story.until(secs(12));
    story.view(MINA, 1).unwrap();
    assert_eq!(viewed(&story), Some((Section(1), secs(12))));
    assert_eq!(story.view(MINA, 3), Err(Refusal::NoSuchSection));
    assert_eq!(viewed(&story), Some((Section(1), secs(12))));
    assert!(story.hold(MINA, &[0]).is_ok(), "a seat of a section that was not opened");
}

#[test]
fn h21_late_is_counted_from_when_the_seat_was_taken() {
    let mut story = Story::inside(plain(), MINA);
    story.enter(JUNHO).unwrap();
    story.until(secs(20));
    story.hold(MINA, &[0]).unwrap();
    story.until(secs(35));
    story.pay(MINA).unwrap();
    story.until(secs(36));
    assert_eq!(story.hold(JUNHO, &[0]), taken(0, secs(20)));
    story.cancel(MINA, 0).unwrap();
    story.enter(SORA).unwrap();
    story.until(secs(50));
    story.hold(SORA, &[0]).unwrap();
    story.until(secs(51));
    assert_eq!(story.hold(JUNHO, &[0]), taken(0, secs(50)));
}

#[test]
fn h22_leaving_returns_the_hold() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0, 5]).unwrap();
    story.news();
    story.leave(MINA).unwrap();
    let returned =
        Event::SeatsReturned { visitor: MINA, seats: seats(&[0, 5]), cause: Return::Left };
    assert_eq!(story.news()[0].event, returned);
    assert_eq!((story.seat(0), story.seat(5)), (FREE, FREE));
    story.until(OPENING + span(60));
    assert_eq!(story.news(), [], "the returned hold does not end again");
    assert_eq!(story.sale.seat_state(Seat(0)), SeatState::Free);
}
