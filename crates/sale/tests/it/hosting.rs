//! The host's commands, and opening and closing at their times.

use sale::{Command, Departure, Event, Moment, Outcome, Refusal, Return, Rules, Stage};

use crate::story::{
    FREE, JUNHO, MINA, OPENING, SORA, Story, booked, one_inside, placed, plain, seats, secs,
    sold_to,
};

const DONE: Result<Outcome, Refusal> = Ok(Outcome::Done);

#[test]
fn s15_the_sale_opens_at_its_time_and_once() {
    let mut story = Story::of(plain());
    story.until(Moment::from_nanos(OPENING.as_nanos() - 1));
    assert_eq!((story.sale.stage(), story.news()), (Stage::Before, vec![]));
    story.until(secs(12));
    assert_eq!(story.sale.stage(), Stage::Open);
    assert_eq!(story.news(), [sale::Stamped { at: OPENING, event: Event::Opened }]);
    assert_eq!(story.does(Command::Open), Err(Refusal::AlreadyOpen));
}

#[test]
fn s15_the_host_may_open_early() {
    let mut story = Story::of(plain());
    story.until(secs(3));
    assert_eq!(story.does(Command::Open), DONE);
    assert_eq!(story.news(), [sale::Stamped { at: secs(3), event: Event::Opened }]);
    assert_eq!(story.enter(MINA), placed(1));
    story.until(secs(20));
    assert!(story.news().iter().all(|stamped| stamped.event != Event::Opened));
}

#[test]
fn s16_a_pause_stops_entries_admissions_and_new_holds() {
    let mut story = Story::inside(one_inside(), MINA);
    story.enter(JUNHO).unwrap();
    assert_eq!(story.does(Command::Pause), DONE);
    assert_eq!(story.sale.stage(), Stage::Paused);
    assert_eq!(story.enter(SORA), Err(Refusal::Paused));
    assert_eq!(story.hold(MINA, &[0]), Err(Refusal::Paused));
    assert_eq!(story.does(Command::Pause), Err(Refusal::Paused));
    story.leave(MINA).unwrap();
    assert_eq!(story.sale.inside_count(), 0);
    assert_eq!(story.position(JUNHO), 1);
}

#[test]
fn s16_in_a_pause_holds_run_on_and_can_be_released_and_paid() {
    let mut story = Story::inside(plain(), MINA);
    for visitor in [JUNHO, SORA] {
        story.enter(visitor).unwrap();
    }
    story.until(secs(12));
    story.hold(MINA, &[0, 1]).unwrap();
    story.hold(JUNHO, &[2]).unwrap();
    story.hold(SORA, &[3]).unwrap();
    story.does(Command::Pause).unwrap();
    story.view(MINA, 0).unwrap();
    assert_eq!(story.release(MINA, &[1]), Ok(Outcome::Released));
    assert_eq!(story.pay(MINA), booked(0, 101_000));
    story.until(secs(43));
    assert_eq!((story.seat(2), story.seat(3)), (FREE, FREE));
    story.until(secs(111));
    assert!(story.is_away(JUNHO) && story.is_away(SORA));
    assert_eq!(story.cancel(MINA, 0), Ok(Outcome::Cancelled));
}

#[test]
fn s17_a_paused_sale_goes_on_where_it_was() {
    let mut story = Story::inside(one_inside(), MINA);
    story.enter(JUNHO).unwrap();
    assert_eq!(story.does(Command::Resume), Err(Refusal::AlreadyOpen));
    story.does(Command::Pause).unwrap();
    story.leave(MINA).unwrap();
    story.until(secs(60));
    story.news();
    assert_eq!(story.does(Command::Resume), DONE);
    assert!(story.is_inside(JUNHO));
    let until = secs(160);
    let admitted = Event::Admitted { visitor: JUNHO, place: sale::Place(2), until };
    let told: Vec<Event> = story.news().iter().map(|stamped| stamped.event).collect();
    assert_eq!(told, [Event::Resumed, admitted]);
    assert_eq!(story.does(Command::Open), Err(Refusal::AlreadyOpen));
}

#[test]
fn s17_a_sale_that_is_not_open_can_be_neither_paused_nor_resumed() {
    let mut story = Story::of(plain());
    assert_eq!(story.does(Command::Pause), Err(Refusal::NotOpen));
    assert_eq!(story.does(Command::Resume), Err(Refusal::NotOpen));
}

#[test]
fn s18_closing_returns_holds_and_keeps_bookings() {
    let mut rules = plain();
    rules.admission.inside_max = 2;
    let mut story = Story::inside(rules, MINA);
    story.hold(MINA, &[0]).unwrap();
    story.pay(MINA).unwrap();
    for visitor in [JUNHO, SORA, MINA] {
        story.enter(visitor).unwrap();
    }
    story.hold(JUNHO, &[1, 2]).unwrap();
    story.news();
    assert_eq!(story.does(Command::Close), DONE);
    let told: Vec<Event> = story.news().iter().map(|stamped| stamped.event).collect();
    let returned =
        Event::SeatsReturned { visitor: JUNHO, seats: seats(&[1, 2]), cause: Return::Closed };
    assert_eq!(told[0], Event::Closed);
    for event in [
        returned,
        Event::Left { visitor: JUNHO, cause: Departure::Closed },
        Event::Left { visitor: SORA, cause: Departure::Closed },
    ] {
        assert!(told.contains(&event), "{told:?}");
    }
    assert_eq!((story.seat(0), story.seat(1)), (sold_to(MINA), FREE));
    assert_eq!(story.position(MINA), 1);
    story.until(secs(900));
    assert_eq!((story.position(MINA), story.news()), (1, vec![]));
    for command in [Command::Close, Command::Open, Command::Resume, Command::Pause] {
        assert_eq!(story.does(command), Err(Refusal::Closed));
    }
    assert_eq!(story.enter(MINA), Err(Refusal::Closed));
    assert_eq!(story.leave(MINA), Err(Refusal::Closed));
    assert_eq!(story.cancel(MINA, 0), Err(Refusal::Closed));
}

#[test]
fn s18_a_sale_closed_before_its_opening_never_opens() {
    let mut story = Story::of(plain());
    story.does(Command::Close).unwrap();
    story.until(secs(60));
    assert_eq!(story.sale.stage(), Stage::Closed);
    assert_eq!(story.enter(MINA), Err(Refusal::Closed));
}

#[test]
fn s19_a_sale_closes_at_its_time_open_or_paused() {
    for pause in [false, true] {
        let mut story = Story::inside(Rules { closes_at: Some(secs(40)), ..plain() }, MINA);
        story.until(secs(20));
        story.hold(MINA, &[0]).unwrap();
        if pause {
            story.does(Command::Pause).unwrap();
        }
        story.until(secs(41));
        assert_eq!((story.sale.stage(), story.seat(0)), (Stage::Closed, FREE));
        let closed = sale::Stamped { at: secs(40), event: Event::Closed };
        assert_eq!(story.news().iter().filter(|&&stamped| stamped == closed).count(), 1);
    }
}
