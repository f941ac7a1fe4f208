//! What rivals do inside, and how often.

use std::collections::{BTreeMap, BTreeSet};

use crowd::Persona;
use sale::{AfterHold, CaptchaStep, Departure, Event, HoldAt, Moment, Return, Span, Visitor};

use crate::world::{
    SEED, Show, after, always, around, as_f64, assert_share, crowd, instant, rules, scenario,
};

/// How many seats each booking has.
fn booked(show: &Show) -> Vec<usize> {
    show.pick(|_, event| match event {
        Event::Booked { seats, .. } => Some(seats.len()),
        _ => None,
    })
}

#[test]
fn c18_groups_want_as_many_seats_as_their_shares_say() {
    for hold_at in [HoldAt::Click, HoldAt::Done, HoldAt::Payment] {
        for (limit, shares) in [
            (1_u8, vec![1.0]),
            (2, vec![0.3, 0.7]),
            (3, vec![0.2, 0.2, 0.6]),
            (5, vec![0.2, 0.0, 0.0, 0.2, 0.6]),
        ] {
            let mut rules = rules();
            rules.seats_max = limit;
            rules.hold_at = hold_at;
            let show = Show::whole(scenario(rules, &[10_000], crowd(1_000, instant())), SEED);
            let sizes = booked(&show);
            assert_eq!(sizes.len(), 1_000);
            for (size, &share) in (1..).zip(&shares) {
                let count = sizes.iter().filter(|&&other| other == size).count();
                assert_share(count, 1_000, share);
            }
        }
    }
}

#[test]
fn c18_a_group_sits_side_by_side_where_it_can() {
    let mut rules = rules();
    let mut people = crowd(300, instant());
    people.groups.two_of_two = 1.0;
    people.personas[0].care.spread = 0.3;
    for hold_at in [HoldAt::Click, HoldAt::Done] {
        rules.hold_at = hold_at;
        let show = Show::whole(scenario(rules.clone(), &[2_000], people.clone()), SEED);
        let apart = show.pick(|_, event| match event {
            Event::Booked { seats, .. } => {
                let mut numbers: Vec<u32> = seats.iter().map(|seat| seat.0).collect();
                numbers.sort_unstable();
                let first = numbers[0];
                let run = numbers.iter().zip(first..).all(|(&seat, next)| seat == next);
                let row = numbers.iter().all(|seat| seat / 10 == first / 10);
                Some(!(run && row))
            }
            _ => None,
        });
        assert!(apart.iter().filter(|&&apart| apart).count() * 20 < apart.len(), "{hold_at:?}");
    }
}

#[test]
fn c19_a_rival_that_abandons_never_pays_and_its_seats_are_free_at_the_holds_end() {
    for after_hold in [AfterHold::Leaves, AfterHold::Stays] {
        let mut rules = rules();
        rules.seats_max = 1;
        rules.after_hold = after_hold;
        let hold = rules.hold;
        let persona = Persona { abandon: 0.3, ..instant() };
        let show = Show::whole(scenario(rules, &[5_000], crowd(2_000, persona)), SEED);
        let mut held: BTreeMap<Visitor, Moment> = BTreeMap::new();
        let mut ended = 0;
        for stamped in &show.events {
            match stamped.event {
                Event::SeatsHeld { visitor, .. } => {
                    held.insert(visitor, stamped.at);
                }
                Event::SeatsReturned { visitor, cause, .. } => {
                    assert_eq!(cause, Return::HoldEnded);
                    assert_eq!(stamped.at, held[&visitor] + hold);
                    ended += 1;
                }
                _ => {}
            }
        }
        assert_share(ended, 2_000, 0.3);
        assert_eq!(ended + show.race.sale().bookings().len(), 2_000);
        assert_eq!(show.observer.free_count(), 5_000 - 2_000 + u32::try_from(ended).unwrap());
        assert_eq!(show.tally().holds_ended() as usize, ended);
    }
}

#[test]
fn c19_abandoned_seats_are_taken_by_others() {
    let mut rules = rules();
    rules.hold = Span::from_millis(30_000);
    let persona = Persona { abandon: 0.5, give_up: 0.0, ..instant() };
    let show = Show::whole(scenario(rules, &[100], crowd(600, persona)), SEED);
    assert!(show.tally().holds_ended() > 30);
    assert_eq!(show.race.sale().sold_count(), 100);
}

/// A race for one seat, which is taken at once. All other rivals look once a second.
fn hopeless(patience: u32, give_up: f64) -> Show {
    let mut rules = rules();
    rules.pass = Span::from_millis(60_000);
    rules.seats_max = 1;
    let persona = Persona { patience, give_up, ..instant() };
    Show::whole(scenario(rules, &[1], crowd(501, persona)), SEED)
}

/// How long the visitors stayed who left for this cause, in whole seconds.
fn stays(show: &Show, why: Departure) -> Vec<u64> {
    let mut since: BTreeMap<Visitor, Moment> = BTreeMap::new();
    let mut stays = Vec::new();
    for stamped in &show.events {
        match stamped.event {
            Event::Admitted { visitor, .. } => {
                since.insert(visitor, stamped.at);
            }
            Event::Left { visitor, cause } if cause == why => {
                stays.push(stamped.at.since(since[&visitor]).as_millis() / 1_000);
            }
            _ => {}
        }
    }
    stays
}

#[test]
fn c20_nobody_gives_up_before_patience_ends() {
    for patience in [0, 3, 9] {
        let show = hopeless(patience, 1.0);
        let stays = stays(&show, Departure::Left);
        assert_eq!(stays, vec![u64::from(patience); 500]);
    }
}

#[test]
fn c20_after_its_patience_a_rival_gives_up_with_the_same_chance_at_each_try() {
    let show = hopeless(3, 0.4);
    let stays = stays(&show, Departure::Left);
    assert_eq!(stays.len(), 500);
    let at = |secs| stays.iter().filter(|&&stay| stay == secs).count();
    assert_eq!(at(2), 0);
    assert_share(at(3), 500, 0.4);
    assert_share(at(4), 500, 0.24);
    assert_share(at(5), 500, 0.144);
}

#[test]
fn c20_a_rival_that_never_gives_up_stays_until_the_pass_ends() {
    let show = hopeless(3, 0.0);
    let stays = stays(&show, Departure::PassEnded);
    assert_eq!(stays, vec![60; 500]);
    assert_eq!(show.race.poll_timeout(), None, "no rival looks after its visit");
    assert!(show.race.is_over());
}

#[test]
fn c20_a_rival_that_looks_again_at_once_does_not_stop_the_race() {
    let mut rules = rules();
    rules.pass = Span::from_millis(5_000);
    let persona =
        Persona { give_up: 0.0, look_again: always(0.0), patience: u32::MAX, ..instant() };
    let show = Show::whole(scenario(rules, &[1], crowd(20, persona)), SEED);
    assert!(show.race.is_over());
}

#[test]
fn c20_a_rival_that_holds_seats_may_be_content_with_them() {
    let with = |settle| {
        let mut rules = rules();
        rules.admission.per_1000_s = 50_000;
        rules.admission.burst = 100;
        let persona = Persona {
            first_seat: around(2.0),
            next_seat: around(2.0),
            repick: around(2.0),
            settle,
            ..instant()
        };
        let mut people = crowd(1_500, persona);
        people.click = always(0.5);
        let show = Show::whole(scenario(rules, &[300], people), SEED);
        let sizes = booked(&show);
        as_f64(sizes.iter().sum::<usize>()) / as_f64(sizes.len())
    };
    assert!(with(0.0) > with(1.0));
}

#[test]
fn c20_a_rival_that_holds_seats_never_gives_them_up() {
    let mut rules = rules();
    rules.admission.per_1000_s = 50_000;
    rules.admission.burst = 100;
    rules.seats_max = 4;
    let persona = Persona {
        first_seat: around(2.0),
        next_seat: around(2.0),
        patience: 0,
        give_up: 1.0,
        ..instant()
    };
    let mut people = crowd(1_500, persona);
    people.click = always(0.5);
    let show = Show::whole(scenario(rules, &[300], people), SEED);
    assert!(show.tally().conflicts() > 300);
    assert!(show.count(|event| matches!(event, Event::Left { cause: Departure::Left, .. })) > 300);
    assert_eq!(show.count(|event| matches!(event, Event::SeatsReturned { .. })), 0);
    assert_eq!(show.race.sale().sold_count(), 300);
}

/// When each rival did this for the first time.
fn times(show: &Show, is_it: impl Fn(&Event) -> Option<Visitor>) -> BTreeMap<Visitor, Moment> {
    let mut times = BTreeMap::new();
    for (at, visitor) in show.pick(|at, event| is_it(event).map(|visitor| (at, visitor))) {
        times.entry(visitor).or_insert(at);
    }
    times
}

fn put_off(event: &Event) -> Option<Visitor> {
    if let Event::CaptchaPutOff { visitor } = *event { Some(visitor) } else { None }
}

fn passed(event: &Event) -> Option<Visitor> {
    if let Event::CaptchaPassed { visitor } = *event { Some(visitor) } else { None }
}

fn held(event: &Event) -> Option<Visitor> {
    if let Event::SeatsHeld { visitor, .. } = *event { Some(visitor) } else { None }
}

#[test]
fn c21_a_captcha_is_put_off_by_the_personas_share_and_typed_at_the_confirmation() {
    let mut rules = rules();
    rules.captcha.step = CaptchaStep::BeforeMap;
    rules.captcha.put_off = true;
    rules.hold_at = HoldAt::Done;
    let persona = Persona {
        put_off: 0.35,
        captcha: always(4.0),
        section: always(2.0),
        first_seat: always(3.0),
        ..instant()
    };
    let show = Show::whole(scenario(rules.clone(), &[5_000], crowd(1_000, persona.clone())), SEED);
    let (later, typed, took) = (times(&show, put_off), times(&show, passed), times(&show, held));
    assert_share(later.len(), 1_000, 0.35);
    assert_eq!(typed.len(), 1_000);
    assert_eq!(took.len(), 1_000);
    for (visitor, at) in &took {
        let secs = |from: Moment, to: Moment| to.since(from).as_secs_f64().round();
        let waited = secs(typed[visitor], *at);
        match later.get(visitor) {
            // The rival chose section and seats first, and holds the seats once it has typed the
            // captcha.
            Some(put_off_at) => {
                assert_eq!(secs(*put_off_at, typed[visitor]).to_bits(), 9.0_f64.to_bits());
                assert_eq!(at.since(typed[visitor]).as_millis(), 0);
            }
            None => assert_eq!(waited.to_bits(), 5.0_f64.to_bits()),
        }
    }
    rules.captcha.put_off = false;
    let show = Show::whole(scenario(rules, &[5_000], crowd(1_000, persona)), SEED);
    assert_eq!(times(&show, put_off).len(), 0, "never where the rules forbid it");
    assert_eq!(show.race.sale().bookings().len(), 1_000);
}

#[test]
fn c21_a_captcha_is_typed_wrong_as_often_as_the_persona_says() {
    let mut rules = rules();
    rules.captcha.step = CaptchaStep::BeforeMap;
    let persona = Persona { captcha_error: 0.25, ..instant() };
    let show = Show::whole(scenario(rules, &[5_000], crowd(2_000, persona)), SEED);
    let missed = show.count(|event| matches!(event, Event::CaptchaMissed { .. }));
    let right = show.count(|event| matches!(event, Event::CaptchaPassed { .. }));
    assert_eq!(right, 2_000, "each rival types it until it is right");
    assert_share(missed, missed + right, 0.25);
}

#[test]
fn c21_the_captcha_is_typed_where_the_rules_ask_for_it() {
    for step in [
        CaptchaStep::Never,
        CaptchaStep::BeforeMap,
        CaptchaStep::BeforeHold,
        CaptchaStep::BeforePay,
    ] {
        let mut rules = rules();
        rules.captcha.step = step;
        let persona = Persona { section: always(1.0), pay: always(1.0), ..instant() };
        let show = Show::whole(scenario(rules, &[500], crowd(100, persona)), SEED);
        let (typed, took) = (times(&show, passed), times(&show, held));
        assert_eq!(took.len(), 100);
        let before: BTreeSet<bool> =
            typed.iter().map(|(visitor, &at)| at < took[visitor]).collect();
        let as_asked = match step {
            CaptchaStep::Never => typed.is_empty(),
            CaptchaStep::BeforeMap | CaptchaStep::BeforeHold => before == BTreeSet::from([true]),
            CaptchaStep::BeforePay => before == BTreeSet::from([false]),
        };
        assert!(as_asked, "{step:?}");
        assert_eq!(show.race.sale().bookings().len(), 100);
    }
}

#[test]
fn c21_a_rival_too_slow_for_the_captcha_leaves() {
    let mut rules = rules();
    rules.captcha.step = CaptchaStep::BeforeMap;
    rules.captcha.valid_for = Span::from_millis(3_000);
    let persona = Persona { captcha: always(4.0), ..instant() };
    let mut show = Show::of(scenario(rules, &[500], crowd(100, persona)), SEED);
    show.until(after(20.0));
    assert_eq!(show.race.sale().bookings().len(), 0);
    assert!(show.race.is_over());
}
