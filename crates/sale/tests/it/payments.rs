//! Payments in two steps: begun, then confirmed or ended.

use sale::{
    AfterHold, CancelledSeats, CaptchaStep, Command, Departure, Event, HoldAt, Moment, Outcome,
    PaymentFate, PaymentId, Refresh, Refusal, Return, Rules, Seat, Span, limits,
};

use crate::story::{
    Answer, CHOSEN, FREE, JUNHO, MINA, SORA, Story, booked, held_by, held_until, plain, seats,
    secs, sold_to, span, taken,
};

/// The answer to a payment that begins at `at`.
fn begun(payment: u32, at: Moment, total: u64) -> Answer {
    let until = at + limits::PAYING;
    Ok(Outcome::PaymentBegun { payment: PaymentId(payment), until, total })
}

const ENDED: Answer = Ok(Outcome::PaymentEnded);

fn by_paying() -> Rules {
    Rules { hold_at: HoldAt::Payment, ..plain() }
}

/// Mina holds seats 0 and 1 from second 12 on, until second 42, and begins to pay at second 20.
fn paying(rules: Rules) -> Story {
    let mut story = Story::inside(rules, MINA);
    story.until(secs(12));
    story.hold(MINA, &[0, 1]).unwrap();
    story.until(secs(20));
    assert_eq!(story.begin(MINA), begun(0, secs(20), 202_000));
    story
}

fn told(story: &mut Story) -> Vec<Event> {
    story.news().into_iter().map(|stamped| stamped.event).collect()
}

fn ended(payment: u32) -> Event {
    Event::PaymentEnded { visitor: MINA, payment: PaymentId(payment) }
}

fn returned(list: &[u32], cause: Return) -> Event {
    Event::SeatsReturned { visitor: MINA, seats: seats(list), cause }
}

fn left(cause: Departure) -> Event {
    Event::Left { visitor: MINA, cause }
}

fn before(moment: Moment) -> Moment {
    Moment::from_nanos(moment.as_nanos() - 1)
}

#[test]
fn h24_a_payment_begins_with_what_paying_needs() {
    let mut rules = plain();
    rules.captcha.step = CaptchaStep::BeforePay;
    let mut story = Story::opened(rules);
    assert_eq!(story.begin(MINA), Err(Refusal::NotInside));
    story.enter(MINA).unwrap();
    assert_eq!(story.begin(MINA), Err(Refusal::NoHold));
    story.hold(MINA, &[0]).unwrap();
    assert_eq!(story.begin(MINA), Err(Refusal::CaptchaDue));
    story.solve(MINA).unwrap();
    story.until(secs(20));
    story.news();
    assert_eq!(story.begin(MINA), begun(0, secs(20), 101_000));
    let until = secs(80);
    assert_eq!(
        told(&mut story),
        [Event::PaymentBegun { visitor: MINA, payment: PaymentId(0), until }]
    );
    let payment = story.held(MINA).unwrap().payment.unwrap();
    assert_eq!((payment.id, payment.until), (PaymentId(0), until));
    assert_eq!(limits::PAYING, span(60));
}

#[test]
fn h24_where_payment_decides_beginning_takes_the_seats_or_misses_one() {
    let mut story = Story::inside(by_paying(), MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[0, 1]).unwrap();
    story.hold(JUNHO, &[2, 1]).unwrap();
    story.until(secs(20));
    story.news();
    assert_eq!(story.begin(MINA), begun(0, secs(20), 202_000));
    let until = secs(80);
    let payment = PaymentId(0);
    let held = Event::SeatsHeld { visitor: MINA, seats: seats(&[0, 1]), until };
    assert_eq!(told(&mut story), [held, Event::PaymentBegun { visitor: MINA, payment, until }]);
    assert_eq!((story.seat(0), story.seat(1)), (held_by(MINA), held_by(MINA)));
    story.until(secs(30));
    assert_eq!(story.begin(JUNHO), taken(1, secs(20)));
    assert_eq!((story.held(JUNHO), story.seat(2)), (None, FREE));
    assert_eq!(story.hold(JUNHO, &[2]), CHOSEN);
    assert_eq!(story.confirm(MINA, 0), booked(0, 202_000));
}

#[test]
fn h25_the_holds_end_waits_for_the_end_of_the_payment() {
    for (after_hold, leaves) in [(AfterHold::Leaves, true), (AfterHold::Stays, false)] {
        let mut story = paying(Rules { after_hold, ..plain() });
        story.until(secs(50));
        assert_eq!(story.seat(0), held_by(MINA), "the hold's own end was at second 42");
        story.news();
        assert_eq!(story.end(MINA, 0), ENDED);
        let back = returned(&[0, 1], Return::HoldEnded);
        let mut expected = vec![ended(0), back];
        expected.extend(leaves.then_some(left(Departure::HoldEnded)));
        assert_eq!(told(&mut story), expected);
        assert_eq!((story.seat(0), story.is_inside(MINA)), (FREE, !leaves));
    }
}

#[test]
fn h25_a_hold_that_outlives_the_payment_goes_on_to_its_own_end() {
    let mut story = paying(plain());
    story.until(secs(25));
    assert_eq!(story.end(MINA, 0), ENDED);
    assert_eq!(story.seat(0), held_by(MINA));
    let hold = story.held(MINA).unwrap();
    assert_eq!((hold.until, hold.payment), (Some(secs(42)), None));
    assert_eq!(story.release(MINA, &[1]), Ok(Outcome::Released));
    story.until(before(secs(42)));
    assert_eq!(story.seat(0), held_by(MINA));
    story.until(secs(42));
    assert_eq!(story.seat(0), FREE);
}

#[test]
fn h25_the_pass_waits_for_the_end_of_the_payment() {
    for rules in [plain(), by_paying()] {
        let mut story = Story::inside(Rules { pass: span(20), ..rules }, MINA);
        story.until(secs(12));
        story.hold(MINA, &[0]).unwrap();
        story.begin(MINA).unwrap();
        story.until(secs(50));
        assert!(story.is_inside(MINA), "the pass ended at second 30");
        story.end(MINA, 0).unwrap();
        assert!(story.is_away(MINA));
        assert_eq!(told(&mut story).pop(), Some(left(Departure::PassEnded)));
    }
}

#[test]
fn h26_while_paying_a_visitor_changes_nothing_about_the_seats() {
    let rules = Rules {
        hold_at: HoldAt::Click,
        refresh_inside: Refresh::GoesToEnd,
        discounts: vec![50],
        ..plain()
    };
    for rules in [rules.clone(), Rules { refresh_inside: Refresh::Keeps, ..rules }] {
        let mut story = paying(rules);
        let refused: Answer = Err(Refusal::PaymentUnderWay);
        assert_eq!(story.hold(MINA, &[2]), refused);
        assert_eq!(story.release(MINA, &[0]), refused);
        assert_eq!(story.price(MINA, &[0], 1), refused);
        assert_eq!(story.enter(MINA), refused);
        assert_eq!(story.pay(MINA), refused);
        assert_eq!(story.begin(MINA), refused);
        assert_eq!(story.leave(MINA), refused);
        assert_eq!(story.view(MINA, 1), Ok(Outcome::Viewed));
        assert_eq!(story.confirm(MINA, 0), booked(0, 202_000));
    }
}

#[test]
fn h27_a_lost_connection_ends_the_visit_when_the_payment_ends() {
    for rules in [plain(), by_paying()] {
        let mut story = paying(rules.clone());
        story.news();
        assert_eq!(story.lose(MINA), Ok(Outcome::Left));
        assert_eq!((told(&mut story), story.is_inside(MINA)), (vec![], true));
        story.until(before(secs(80)));
        assert_eq!(story.seat(0), held_by(MINA));
        story.until(secs(80));
        let back =
            if rules.hold_at == HoldAt::Payment { Return::PaymentEnded } else { Return::Left };
        let expected = [ended(0), returned(&[0, 1], back), left(Departure::Lost)];
        assert_eq!(told(&mut story), expected);
        assert_eq!(story.seat(0), FREE);
    }
}

#[test]
fn h27_a_lost_visitor_has_the_seats_if_the_payment_is_confirmed() {
    let mut story = paying(plain());
    story.lose(MINA).unwrap();
    story.until(secs(70));
    story.news();
    assert_eq!(story.confirm(MINA, 0), booked(0, 202_000));
    assert_eq!(told(&mut story).pop(), Some(left(Departure::Paid)));
    assert_eq!(story.seat(0), sold_to(MINA));
}

#[test]
fn h28_where_payment_decides_the_seats_return_and_stay_chosen() {
    let mut story = paying(by_paying());
    story.news();
    story.until(secs(30));
    assert_eq!(story.end(MINA, 0), ENDED);
    assert_eq!(told(&mut story), [ended(0), returned(&[0, 1], Return::PaymentEnded)]);
    assert_eq!((story.seat(0), story.seat(1)), (FREE, FREE));
    let hold = story.held(MINA).unwrap();
    assert_eq!((hold.seats, hold.until, hold.payment), (seats(&[0, 1]), None, None));
    story.until(secs(40));
    assert_eq!(story.begin(MINA), begun(1, secs(40), 202_000));
    assert_eq!(story.confirm(MINA, 1), booked(0, 202_000));
}

#[test]
fn h29_closing_ends_payments_first_in_the_order_in_which_they_began() {
    let mut story = Story::inside(plain(), MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[0]).unwrap();
    story.hold(JUNHO, &[1]).unwrap();
    story.begin(JUNHO).unwrap();
    story.begin(MINA).unwrap();
    story.news();
    story.does(Command::Close).unwrap();
    let first = Event::PaymentEnded { visitor: JUNHO, payment: PaymentId(0) };
    let news = told(&mut story);
    assert_eq!(news[..3], [first, ended(1), Event::Closed]);
    assert_eq!(news[3..5], [returned(&[0], Return::Closed), left(Departure::Closed)]);
    assert_eq!((story.seat(0), story.seat(1), story.sale.inside_count()), (FREE, FREE, 0));
    assert_eq!(story.confirm(MINA, 1), Err(Refusal::Closed));
}

#[test]
fn h29_a_sale_that_closes_by_itself_leaves_no_payment() {
    let mut story = paying(Rules { closes_at: Some(secs(60)), ..by_paying() });
    story.until(secs(60));
    assert_eq!((story.seat(0), story.sale.inside_count()), (FREE, 0));
    assert_eq!(story.sale.poll_timeout(), None);
}

#[test]
fn b13_a_confirmed_payment_is_a_booking_like_any_other() {
    for rules in [plain(), by_paying()] {
        let mut story = paying(rules);
        story.enter(JUNHO).unwrap();
        story.hold(JUNHO, &[9]).unwrap();
        story.until(secs(30));
        story.pay(JUNHO).unwrap();
        story.news();
        assert_eq!(story.confirm(MINA, 0), booked(1, 202_000));
        let booking = sale::BookingId(1);
        let row = Event::Booked { visitor: MINA, booking, seats: seats(&[0, 1]), total: 202_000 };
        assert_eq!(told(&mut story), [row, left(Departure::Paid)]);
        assert_eq!(story.seat(0), sold_to(MINA));
        let payments = story.sale.bookings().iter().map(|row| row.payment);
        assert_eq!(payments.collect::<Vec<_>>(), [None, Some(PaymentId(0))]);
        story.cancel(MINA, 1).unwrap();
        assert_eq!(story.seat(0), FREE);
        assert_eq!(story.sale.bookings()[1].payment, Some(PaymentId(0)));
    }
}

#[test]
fn b13_a_payment_keeps_the_prices_that_were_chosen() {
    let mut story =
        Story::inside(Rules { discounts: vec![50], hold_at: HoldAt::Payment, ..plain() }, MINA);
    story.hold(MINA, &[0, 4]).unwrap();
    story.price(MINA, &[4], 1).unwrap();
    story.until(secs(20));
    assert_eq!(story.begin(MINA), begun(0, secs(20), 101_000 + 41_000));
    assert_eq!(story.confirm(MINA, 0), booked(0, 142_000));
}

#[test]
fn b14_no_payment_but_the_one_under_way_is_confirmed_or_ended() {
    let mut story = Story::opened(plain());
    let none: Answer = Err(Refusal::NoPayment);
    assert_eq!((story.confirm(MINA, 0), story.end(MINA, 0)), (none, none));
    story.enter(MINA).unwrap();
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[0]).unwrap();
    assert_eq!((story.confirm(MINA, 0), story.end(MINA, 0)), (none, none));
    story.begin(MINA).unwrap();
    story.hold(JUNHO, &[1]).unwrap();
    story.begin(JUNHO).unwrap();
    for number in [1, 2, u32::MAX] {
        assert_eq!((story.confirm(MINA, number), story.end(MINA, number)), (none, none));
    }
    assert_eq!((story.confirm(SORA, 0), story.end(SORA, 0)), (none, none));
    assert!(story.confirm(MINA, 0).is_ok());
    assert_eq!((story.confirm(MINA, 0), story.end(MINA, 0)), (none, none));
    assert_eq!(story.sale.bookings().len(), 1);
}

#[test]
fn b15_a_payment_that_ended_is_never_confirmed_and_its_number_not_given_again() {
    let mut story = paying(plain());
    story.end(MINA, 0).unwrap();
    assert_eq!(story.confirm(MINA, 0), Err(Refusal::NoPayment));
    let at = story.clock();
    assert_eq!(story.begin(MINA), begun(1, at, 202_000));
    assert_eq!(story.confirm(MINA, 0), Err(Refusal::NoPayment));
    assert_eq!(story.confirm(MINA, 1), booked(0, 202_000));
}

#[test]
fn b17_a_sale_says_what_has_become_of_each_payment() {
    let mut story = paying(plain());
    let fate = |story: &Story, number| story.sale.payment(PaymentId(number));
    assert_eq!(fate(&story, 0), Some(PaymentFate::UnderWay { until: secs(80) }));
    assert_eq!(fate(&story, 1), None, "never begun");
    story.end(MINA, 0).unwrap();
    assert_eq!(fate(&story, 0), Some(PaymentFate::Over));
    story.enter(JUNHO).unwrap();
    story.hold(JUNHO, &[9]).unwrap();
    story.pay(JUNHO).unwrap();
    story.begin(MINA).unwrap();
    assert!(matches!(fate(&story, 1), Some(PaymentFate::UnderWay { .. })));
    story.confirm(MINA, 1).unwrap();
    story.cancel(MINA, 1).unwrap();
    let booked = Some(PaymentFate::Booked(sale::BookingId(1)));
    assert_eq!((fate(&story, 0), fate(&story, 1)), (Some(PaymentFate::Over), booked));
    story.until(secs(300));
    assert_eq!((fate(&story, 0), fate(&story, 1)), (Some(PaymentFate::Over), booked));
}

#[test]
fn b16_a_payment_ends_by_itself_when_its_time_is_over() {
    let mut story = paying(plain());
    assert_eq!(story.sale.poll_timeout(), Some(secs(42)));
    story.until(before(secs(80)));
    assert!(story.held(MINA).unwrap().payment.is_some());
    assert_eq!(story.sale.poll_timeout(), Some(secs(80)));
    story.news();
    story.until(secs(80));
    let news = story.news();
    assert_eq!((news[0].at, news[0].event), (secs(80), ended(0)));
    assert_eq!(story.confirm(MINA, 0), Err(Refusal::NoPayment));
    let mut in_time = paying(plain());
    in_time.until(before(secs(80)));
    assert_eq!(in_time.confirm(MINA, 0), booked(0, 202_000));
}

#[test]
fn b17_a_payment_leads_to_one_booking_at_most_in_batches_too() {
    let every = span(60);
    let mut story = paying(Rules { cancelled: CancelledSeats::InBatches { every }, ..plain() });
    story.confirm(MINA, 0).unwrap();
    story.cancel(MINA, 0).unwrap();
    story.enter(MINA).unwrap();
    story.hold(MINA, &[2]).unwrap();
    story.begin(MINA).unwrap();
    assert_eq!(story.confirm(MINA, 0), Err(Refusal::NoPayment));
    story.confirm(MINA, 1).unwrap();
    let payments: Vec<_> = story.sale.bookings().iter().map(|row| row.payment).collect();
    assert_eq!(payments, [Some(PaymentId(0)), Some(PaymentId(1))]);
}

#[test]
fn s9_the_end_of_a_payment_comes_before_the_ends_of_holds() {
    // Junho's hold of 70 s begins ten seconds before Mina's payment of 60 s.
    let mut story = Story::inside(Rules { hold: span(70), pass: span(300), ..plain() }, MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[1]).unwrap();
    story.until(secs(20));
    story.hold(JUNHO, &[0]).unwrap();
    story.until(secs(30));
    story.begin(MINA).unwrap();
    story.news();
    story.until(secs(90));
    let news = story.news();
    assert!(news.iter().all(|stamped| stamped.at == secs(90)), "{news:?}");
    let whose: Vec<_> = news.iter().map(|stamped| stamped.event.visitor()).collect();
    assert_eq!(whose, [Some(MINA), Some(MINA), Some(JUNHO)], "payment, its hold, the other hold");
}

#[test]
fn h2_a_payment_does_not_move_the_holds_own_end() {
    let mut story = paying(Rules { hold_at: HoldAt::Click, ..plain() });
    story.end(MINA, 0).unwrap();
    assert_eq!(story.hold(MINA, &[5]), held_until(secs(42)));
}

#[test]
fn s16_a_paused_sale_lets_payments_go_on() {
    let mut story = paying(plain());
    story.does(Command::Pause).unwrap();
    assert_eq!(story.confirm(MINA, 0), booked(0, 202_000));
}

/// Deadlines of payments that were ended by hand are swept, like those of holds.
#[test]
fn s22_beginning_and_ending_payments_without_end_stays_small() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0]).unwrap();
    let mut size = 0;
    for round in 0..10_000_u32 {
        story.begin(MINA).unwrap();
        story.end(MINA, round).unwrap();
        if round == 3_000 {
            size = story.sale.snapshot().len();
        }
    }
    // A block of the digest differs in length by a few thousand bytes.
    assert!(story.sale.snapshot().len() < size + 30_000);
    assert_eq!(story.sale.seat_owner(Seat(0)), Some(MINA));
}

#[test]
fn h3_a_payment_cannot_begin_at_the_holds_end() {
    let mut story = Story::inside(plain(), MINA);
    story.until(secs(12));
    story.hold(MINA, &[0]).unwrap();
    story.until(secs(12) + Span::from_millis(30_000));
    assert_eq!(story.begin(MINA), Err(Refusal::NoHold));
}
