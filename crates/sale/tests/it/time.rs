//! What happens by itself, when, and in which order.

use sale::{Command, Event, Moment, Rules, Sale, Span, Stamped};

use crate::story::{
    FREE, JUNHO, MINA, OPENING, SEED, Story, booked, hall, one_inside, placed, plain, secs, span,
};

#[test]
fn s4_all_that_is_due_happens_before_the_command() {
    let mut story = Story::inside(one_inside(), MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[0]).unwrap();
    let sale = &mut story.sale;
    let pay = sale.handle(secs(500), Command::Pay { visitor: MINA });
    assert_eq!(pay, Err(sale::Refusal::NotInside));
    let at: Vec<Moment> = std::iter::from_fn(|| sale.poll_event()).map(|told| told.at).collect();
    let hold_ended = secs(40) + Span::from_nanos(2);
    // MINA's hold ends; her pass ends and JUNHO is let in; his pass ends.
    assert_eq!(at, [hold_ended, secs(110), secs(110), secs(210)]);
}

#[test]
fn s4_advancing_in_many_steps_is_advancing_in_one() {
    let mut story = Story::inside(one_inside(), MINA);
    story.enter(JUNHO).unwrap();
    story.hold(MINA, &[0]).unwrap();
    let (mut once, mut pieces) = (story.sale.clone(), story.sale);
    once.advance(secs(300));
    for tenth in 100..=3_000 {
        pieces.advance(Moment::from_millis(tenth * 100));
        pieces.advance(secs(5));
    }
    assert_eq!(pieces.now(), secs(300), "a time in the past does nothing");
    let events = |sale: &mut Sale| std::iter::from_fn(|| sale.poll_event()).collect::<Vec<_>>();
    assert_eq!(events(&mut once), events(&mut pieces));
    assert_eq!(once.snapshot(), pieces.snapshot());
}

#[test]
fn s7_the_same_commands_give_the_same_history() {
    let run = |noise: bool| {
        let mut story = Story::inside(one_inside(), MINA);
        for visitor in [JUNHO, MINA] {
            story.enter(visitor).unwrap();
            if noise {
                story.sale.advance(story.clock());
                assert!(story.sale.clone().handle(story.clock(), Command::Open).is_err());
            }
        }
        story.until(secs(20));
        if noise {
            assert!(story.sale.clone().handle(secs(20), Command::Resume).is_err());
            story.sale.handle_timeout(secs(20));
        }
        story.hold(MINA, &[0]).unwrap();
        story.until(secs(60));
        (story.sale.hash(), story.all_events().to_vec())
    };
    assert_eq!(run(false), run(true));
}

#[test]
fn s8_an_event_carries_the_moment_it_fell_due() {
    let mut story = Story::of(Rules { closes_at: Some(secs(80)), ..plain() });
    story.until(secs(1_000));
    let told = [(OPENING, Event::Opened), (secs(80), Event::Closed)];
    assert_eq!(story.news(), told.map(|(at, event)| Stamped { at, event }));
    assert_eq!(story.sale.now(), secs(1_000));
}

/// At 40 s a hold ends, a pass ends, a visitor is let in, and the sale closes.
#[test]
fn s9_what_is_due_at_one_moment_happens_in_a_fixed_order() {
    let mut rules = Rules { closes_at: Some(secs(40)), pass: span(20), hold: span(10), ..plain() };
    rules.admission.inside_max = 2;
    let mut story = Story::opened(rules);
    story.until(secs(20));
    story.enter(MINA).unwrap();
    story.enter(JUNHO).unwrap();
    for late in [sale::Visitor(8), sale::Visitor(9)] {
        story.enter(late).unwrap();
    }
    story.until(secs(30));
    story.hold(JUNHO, &[0]).unwrap();
    story.news();
    story.until(secs(40));
    let names: Vec<String> = story
        .news()
        .iter()
        .map(|told| {
            assert_eq!(told.at, secs(40));
            format!("{:?}", told.event).split([' ', '{']).next().unwrap().to_owned()
        })
        .collect();
    let order = ["SeatsReturned", "Left", "Admitted", "Closed", "Left", "Left"];
    assert_eq!(names, order, "JUNHO's hold, MINA's pass, the next visitor let in, and the closing");
}

#[test]
fn s9_the_opening_comes_before_the_command_of_its_moment() {
    let mut sale = Sale::new(plain(), hall(), SEED).unwrap();
    assert_eq!(sale.handle(OPENING, Command::Enter { visitor: MINA }), placed(1));
}

#[test]
fn s14_poll_timeout_names_what_comes_next() {
    let mut story = Story::of(one_inside());
    assert_eq!(story.sale.poll_timeout(), Some(OPENING));
    story.until(OPENING);
    assert_eq!(story.sale.poll_timeout(), None);
    story.enter(MINA).unwrap();
    assert_eq!(story.sale.poll_timeout(), Some(secs(110)));
    story.enter(JUNHO).unwrap();
    story.until(secs(20));
    story.hold(MINA, &[0]).unwrap();
    assert_eq!(story.sale.poll_timeout(), Some(secs(50)));
    story.sale.handle_timeout(secs(50));
    assert_eq!(story.seat(0), FREE);
    assert_eq!(story.sale.poll_timeout(), Some(secs(110)));
}

#[test]
fn s14_a_timer_that_rings_early_or_twice_does_no_harm() {
    let mut story = Story::inside(plain(), MINA);
    story.hold(MINA, &[0]).unwrap();
    for at in [secs(39), secs(39), secs(12)] {
        story.sale.handle_timeout(at);
    }
    story.until(secs(39));
    assert_eq!(story.pay(MINA), booked(0, 101_000));
}
