//! Paying and cancelling.

use sale::{CancelledSeats, Command, Event, HoldAt, Outcome, Refusal, Return, Rules, SeatState};

use crate::story::{
    CHOSEN, FREE, JUNHO, MINA, SORA, Story, booked, plain, seats, secs, sold_to, span, taken,
};

#[test]
fn b1_paying_books_the_whole_hold_and_ends_the_visit() {
    let mut story = Story::inside(plain(), MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[4, 0]).unwrap();
    story.hold(JUNHO, &[9]).unwrap();
    story.until(secs(20));
    assert_eq!(story.pay(JUNHO), booked(0, 51_000));
    assert_eq!(story.pay(MINA), booked(1, 182_000));
    assert_eq!((story.seat(4), story.seat(0)), (sold_to(MINA), sold_to(MINA)));
    assert!(story.is_away(MINA));
    assert_eq!(story.sale.sold_count(), 3);
    let row = story.sale.booking(sale::BookingId(1)).unwrap();
    assert_eq!((row.visitor, row.seats, row.total), (MINA, seats(&[4, 0]), 182_000));
    assert_eq!((row.paid_at, row.cancelled_at), (secs(20).next(), None));
    assert_eq!(story.sale.bookings().len(), 2);
    assert_eq!(story.pay(MINA), Err(Refusal::NotInside));
}

#[test]
fn b1_a_paid_seat_stays_sold_after_the_holds_end() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0]).unwrap();
    story.pay(MINA).unwrap();
    story.until(secs(500));
    assert_eq!(story.seat(0), sold_to(MINA));
}

#[test]
fn b2_each_seat_costs_its_price_and_a_fee() {
    for (list, total) in [(&[0][..], 101_500), (&[0, 4, 8], 234_500), (&[8, 9], 103_000)] {
        let mut story = Story::inside(Rules { fee_won: 1_500, ..plain() }, MINA);
        story.hold(MINA, list).unwrap();
        assert_eq!(story.pay(MINA), booked(0, total));
        assert_eq!(story.sale.bookings()[0].total, total);
    }
}

fn discounted() -> Rules {
    Rules { hold_at: HoldAt::Click, discounts: vec![50, 33], ..plain() }
}

fn now_costs(total: u64) -> Result<Outcome, Refusal> {
    Ok(Outcome::PriceChosen { total })
}

#[test]
fn b8_a_discount_takes_its_share_off_the_seats_it_is_chosen_for() {
    let mut story = Story::inside(discounted(), MINA);
    story.hold(MINA, &[0, 4]).unwrap();
    assert_eq!(story.price(MINA, &[4], 1), now_costs(101_000 + 41_000));
    assert_eq!(story.price(MINA, &[0, 4], 2), now_costs(68_000 + 54_600));
    assert_eq!(story.price(MINA, &[0], 0), now_costs(101_000 + 54_600));
    assert_eq!(story.pay(MINA), booked(0, 155_600));
}

#[test]
fn b8_added_seats_have_the_regular_price_and_the_others_keep_theirs() {
    let mut story = Story::inside(discounted(), MINA);
    story.hold(MINA, &[0, 4]).unwrap();
    story.price(MINA, &[4], 1).unwrap();
    story.release(MINA, &[0]).unwrap();
    story.hold(MINA, &[8]).unwrap();
    assert_eq!(story.pay(MINA), booked(0, 41_000 + 51_000));
}

#[test]
fn b9_a_price_that_is_not_offered_or_a_seat_not_held_changes_nothing() {
    let mut story = Story::inside(discounted(), MINA);
    assert_eq!(story.price(MINA, &[0], 1), Err(Refusal::NoHold));
    story.hold(MINA, &[0]).unwrap();
    assert_eq!(story.price(MINA, &[0], 3), Err(Refusal::NoSuchPrice));
    assert_eq!(story.price(MINA, &[0, 4], 1), Err(Refusal::NotHeld));
    assert_eq!(story.pay(MINA), booked(0, 101_000));
}

#[test]
fn b3_cancelled_seats_are_free_for_every_visitor() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0, 1]).unwrap();
    story.pay(MINA).unwrap();
    story.enter(JUNHO).unwrap();
    assert!(matches!(story.hold(JUNHO, &[1]), Ok(Outcome::SeatTaken { .. })));
    story.news();
    assert_eq!(story.cancel(MINA, 0), Ok(Outcome::Cancelled));
    let cause = Return::Cancelled;
    let returned = Event::SeatsReturned { visitor: MINA, seats: seats(&[0, 1]), cause };
    assert_eq!(story.news()[0].event, returned);
    assert_eq!((story.seat(0), story.seat(1)), (FREE, FREE));
    story.hold(JUNHO, &[1]).unwrap();
    story.pay(JUNHO).unwrap();
    assert_eq!(story.seat(1), sold_to(JUNHO));
}

#[test]
fn b4_a_cancelled_booking_keeps_its_row_and_number() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0]).unwrap();
    story.pay(MINA).unwrap();
    let paid = story.sale.bookings()[0];
    story.until(secs(33));
    story.cancel(MINA, 0).unwrap();
    let row = story.sale.bookings()[0];
    assert_eq!(row, sale::Booking { cancelled_at: Some(secs(33)), ..paid });
    story.enter(MINA).unwrap();
    story.hold(MINA, &[0]).unwrap();
    assert_eq!(story.pay(MINA), booked(1, 101_000));
    assert_eq!(story.sale.bookings()[0], row);
}

#[test]
fn b5_a_booking_is_cancelled_once_by_its_payer() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0]).unwrap();
    story.pay(MINA).unwrap();
    assert_eq!(story.cancel(JUNHO, 0), Err(Refusal::NoSuchBooking));
    assert_eq!(story.cancel(MINA, 1), Err(Refusal::NoSuchBooking));
    assert_eq!(story.cancel(MINA, u32::MAX), Err(Refusal::NoSuchBooking));
    assert_eq!(story.seat(0), sold_to(MINA));
    story.cancel(MINA, 0).unwrap();
    assert_eq!(story.cancel(MINA, 0), Err(Refusal::NoSuchBooking));
}

#[test]
fn b6_paying_without_a_hold_is_refused() {
    let mut story = Story::inside(plain(), MINA);
    assert_eq!(story.pay(MINA), Err(Refusal::NoHold));
    story.hold(MINA, &[0]).unwrap();
    story.release(MINA, &[0]).unwrap();
    assert_eq!(story.pay(MINA), Err(Refusal::NoHold));
    assert_eq!(story.sale.bookings(), []);
}

#[test]
fn b7_where_payment_decides_the_first_payer_has_the_seats() {
    let mut story = Story::inside(Rules { hold_at: HoldAt::Payment, ..plain() }, MINA);
    for visitor in [JUNHO, SORA] {
        story.enter(visitor).unwrap();
    }
    story.hold(MINA, &[0, 1]).unwrap();
    story.hold(JUNHO, &[2, 1, 0]).unwrap();
    story.until(secs(20));
    assert_eq!(story.pay(MINA), booked(0, 202_000));
    assert_eq!(story.sale.seat_state(sale::Seat(2)), SeatState::Free);
    story.until(secs(30));
    assert_eq!(story.pay(JUNHO), taken(1, secs(20)));
    assert!(story.is_inside(JUNHO));
    assert_eq!(story.held(JUNHO), None);
    assert_eq!(story.seat(2), FREE);
    assert_eq!(story.sale.bookings().len(), 1);
    assert_eq!(story.hold(SORA, &[0]), taken(0, secs(20)));
    assert_eq!(story.hold(JUNHO, &[2]), CHOSEN);
    assert_eq!(story.does(Command::Pay { visitor: JUNHO }), booked(1, 81_000));
}

fn in_batches() -> Rules {
    Rules { cancelled: CancelledSeats::InBatches { every: span(60) }, ..plain() }
}

#[test]
fn b10_cancelled_seats_wait_for_the_next_batch() {
    let mut story = Story::inside(in_batches(), MINA);
    let opens_at = story.sale.rules().opens_at;
    let batch = opens_at + span(60);
    story.hold(MINA, &[0, 1]).unwrap();
    story.pay(MINA).unwrap();
    story.enter(JUNHO).unwrap();
    story.news();
    assert_eq!(story.cancel(MINA, 0), Ok(Outcome::Cancelled));
    let told: Vec<_> = story.news().into_iter().map(|stamped| stamped.event).collect();
    let booking = sale::BookingId(0);
    assert_eq!(told, [Event::BookingCancelled { visitor: MINA, booking }]);
    assert_eq!(story.seat(0), sold_to(MINA), "until its batch a seat looks sold");
    assert_eq!(story.sale.cancelled_return_at(), Some(batch));
    assert!(matches!(story.hold(JUNHO, &[1]), Ok(Outcome::SeatTaken { .. })));
    assert_eq!(story.cancel(MINA, 0), Err(Refusal::NoSuchBooking));
    story.sale.audit();
    story.news();
    story.until(batch);
    let returned =
        Event::SeatsReturned { visitor: MINA, seats: seats(&[0, 1]), cause: Return::Cancelled };
    let news = story.news();
    assert_eq!((news[0].at, news[0].event), (batch, returned));
    assert_eq!((story.seat(0), story.seat(1)), (FREE, FREE));
    assert_eq!(story.sale.cancelled_return_at(), None);
    story.hold(JUNHO, &[1]).unwrap();
    story.sale.audit();
}

#[test]
fn b10_a_batch_brings_all_that_was_cancelled_since_the_last_one() {
    let mut story = Story::inside(Rules { seats_max: 1, ..in_batches() }, MINA);
    let batch = story.sale.rules().opens_at + span(120);
    story.enter(JUNHO).unwrap();
    for (visitor, seat) in [(MINA, 0), (JUNHO, 1)] {
        story.hold(visitor, &[seat]).unwrap();
        story.pay(visitor).unwrap();
    }
    // What is cancelled at the moment of a batch waits for the one after it.
    story.until(story.sale.rules().opens_at + span(60));
    story.cancel(MINA, 0).unwrap();
    story.enter(MINA).unwrap();
    story.hold(MINA, &[2]).unwrap();
    story.until(story.sale.rules().opens_at + span(100));
    story.cancel(JUNHO, 1).unwrap();
    story.until(batch);
    assert_eq!((story.seat(0), story.seat(1)), (FREE, FREE));
}

#[test]
fn b11_the_limit_holds_over_all_bookings_and_a_hold_has_eight_seats() {
    let mut story = Story::inside(Rules { seats_max: 9, hold_at: HoldAt::Click, ..plain() }, MINA);
    story.hold(MINA, &[0, 1, 2, 3, 4, 5, 6, 7]).unwrap();
    assert_eq!(story.hold(MINA, &[8]), Err(Refusal::TooManySeats), "a hold has eight seats");
    story.pay(MINA).unwrap();
    story.enter(MINA).unwrap();
    assert_eq!(story.hold(MINA, &[8, 9]), Err(Refusal::TooManySeats), "nine are the limit");
    story.hold(MINA, &[8]).unwrap();
    story.pay(MINA).unwrap();
    assert_eq!(story.enter(MINA), Err(Refusal::LimitReached));
    story.cancel(MINA, 1).unwrap();
    assert!(story.enter(MINA).is_ok(), "a cancelled seat no longer counts");
}
