//! When rivals come.

use std::collections::BTreeMap;

use crowd::{Arrival, Dist, Persona};
use sale::{Event, Moment, Order, Stage, Standing, Visitor};

use crate::world::{
    OPENING, SEED, Show, after, always, arrival, as_f64, crowd, human, instant, rules, scenario,
    since_opening, span,
};

/// Each rival's presses, in order.
fn presses(show: &Show) -> BTreeMap<Visitor, Vec<Moment>> {
    let mut presses: BTreeMap<Visitor, Vec<Moment>> = BTreeMap::new();
    let all = show.pick(|at, event| match *event {
        Event::PressedEarly { visitor } | Event::Placed { visitor, .. } => Some((visitor, at)),
        _ => None,
    });
    for (visitor, at) in all {
        presses.entry(visitor).or_default().push(at);
    }
    presses
}

fn kind(name: &str, share: f64, arrivals: Vec<Arrival>) -> Persona {
    Persona { name: name.to_owned(), share, arrivals, ..instant() }
}

#[test]
fn c4_every_rival_comes_once_and_those_of_one_way_in_order() {
    let mut people = crowd(3_000, instant());
    people.personas = vec![
        kind("early", 0.3, vec![arrival(Dist::Normal { mean: 0.1, sd: 0.2 })]),
        kind("late", 0.7, vec![arrival(Dist::Exponential { from: 1.0, mean: 50.0 })]),
    ];
    let show = Show::whole(scenario(rules(), &[10], people), SEED);
    let presses = presses(&show);
    assert!(presses.keys().copied().eq((0..3_000).map(Visitor)), "every rival comes");
    let places = show.count(|event| matches!(event, Event::Placed { .. }));
    assert_eq!(places, 3_000, "and each gets one place");
    for kind in [0..900, 900..3_000] {
        let firsts: Vec<Moment> = kind.map(|rival| presses[&Visitor(rival)][0]).collect();
        assert!(firsts.is_sorted());
    }
}

#[test]
fn c5_shares_of_personas_and_ways_are_exact_to_one_rival() {
    let early = |weight| Arrival { weight, ..arrival(Dist::Fixed(-1.0)) };
    let late = |weight| Arrival { weight, ..arrival(Dist::Fixed(1.0)) };
    for rivals in [0_u32, 1, 7, 1_000, 9_999] {
        let mut people = crowd(rivals, instant());
        people.personas = vec![
            kind("a", 2.0, vec![early(0.2), late(0.6)]),
            kind("nobody", 0.0, vec![late(1.0)]),
            kind("b", 6.0, vec![late(5.0), early(5.0)]),
        ];
        let mut show = Show::of(scenario(rules(), &[10], people), SEED);
        let persona_of = |number| show.race.persona_of(Visitor(number)).map(|p| p.name.clone());
        let names: Vec<_> = (0..rivals).map(|number| persona_of(number).unwrap()).collect();
        assert_eq!(persona_of(rivals), None, "a person has no persona");
        show.until(after(-0.5));
        let pressed = show.count(|event| matches!(event, Event::PressedEarly { .. }));
        let share = |name: &str| names.iter().filter(|&other| other == name).count();
        let near = |count: usize, asked: f64| (as_f64(count) - asked).abs() <= 1.0;
        assert!(near(share("a"), f64::from(rivals) * 0.25), "{rivals}");
        assert_eq!(share("nobody"), 0);
        assert_eq!(share("a") + share("b"), rivals as usize);
        // A quarter of `a` and half of `b` come early: these are two ways, each exact to one rival.
        let early = f64::from(rivals) * (0.0625 + 0.375);
        assert!((as_f64(pressed) - early).abs() <= 2.0, "{pressed} of {rivals}");
    }
}

fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The greatest distance between the share of rivals that pressed by a moment and the distribution
/// function.
fn kolmogorov_smirnov(presses: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let count = as_f64(presses.len());
    let gaps = presses.iter().enumerate().map(|(at, &press)| {
        let share = cdf(press);
        (share - as_f64(at) / count).abs().max((as_f64(at + 1) / count - share).abs())
    });
    gaps.fold(0.0, f64::max)
}

#[test]
fn c6_presses_follow_their_distribution() {
    type Cdf = fn(f64) -> f64;
    let all: [(Dist, Cdf); 4] = [
        (Dist::Uniform { low: -0.5, high: 1.5 }, |x| x / 2.0 + 0.25),
        (Dist::Normal { mean: 0.2, sd: 0.5 }, |x| normal_cdf((x - 0.2) / 0.5)),
        (Dist::LogNormal { median: 3.0, sd: 0.9 }, |x| normal_cdf((x / 3.0).ln() / 0.9)),
        (Dist::Exponential { from: 5.0, mean: 150.0 }, |x| 1.0 - (-(x - 5.0) / 150.0).exp()),
    ];
    let rivals = 4_000;
    for (dist, cdf) in all {
        let persona = Persona { arrivals: vec![arrival(dist)], ..instant() };
        let show = Show::whole(scenario(rules(), &[10], crowd(rivals, persona)), SEED);
        let presses = presses(&show);
        let first: Vec<f64> = presses.values().map(|all| since_opening(all[0])).collect();
        assert_eq!(first.len(), rivals as usize);
        // Times the root of the size, the distance of one sample in a hundred is above 1.63, and
        // that of one in a million below 0.3.
        let distance = kolmogorov_smirnov(&first, cdf) * f64::from(rivals).sqrt();
        assert!((0.3..1.63).contains(&distance), "{dist:?}: {distance}");
    }
}

#[test]
fn c7_an_early_press_is_refused_by_the_sale_and_comes_again() {
    let persona = Persona {
        arrivals: vec![arrival(Dist::Uniform { low: -3.0, high: 0.0 })],
        press_again: always(0.8),
        ..instant()
    };
    let show = Show::whole(scenario(rules(), &[10], crowd(300, persona)), SEED);
    for (visitor, presses) in presses(&show) {
        let (last, early) = presses.split_last().unwrap();
        assert!(!early.is_empty() && early.iter().all(|&press| press < OPENING), "{visitor:?}");
        assert!(*last >= OPENING, "no place before the opening");
        for pair in presses.windows(2) {
            // The sale decides one command a nanosecond, so a press may come a few nanoseconds
            // later.
            let waited = pair[1].since(pair[0]).as_secs_f64();
            assert!((waited - 0.8).abs() < 1e-6, "{visitor:?} pressed again after {waited} s");
        }
    }
}

#[test]
fn c7_nobody_presses_a_locked_button() {
    let persona = Persona {
        arrivals: vec![arrival(Dist::Uniform { low: -3.0, high: 0.0 })],
        press_again: always(0.1),
        ..instant()
    };
    let mut rules = rules();
    rules.early_lock = span(2.0);
    let show = Show::whole(scenario(rules, &[10], crowd(300, persona)), SEED);
    for (visitor, presses) in presses(&show) {
        for pair in presses.windows(2) {
            let waited = pair[1].since(pair[0]).as_secs_f64();
            assert!((2.0..2.0011).contains(&waited), "{visitor:?} came again after {waited} s");
        }
        assert!(*presses.last().unwrap() >= OPENING, "every rival presses again");
    }
}

#[test]
fn c7_in_a_lottery_an_early_press_joins_the_pool() {
    let mut rules = rules();
    rules.order = Order::Lottery;
    let persona =
        Persona { arrivals: vec![arrival(Dist::Uniform { low: -1.0, high: 1.0 })], ..instant() };
    let show = Show::whole(scenario(rules, &[10], crowd(500, persona)), SEED);
    let pooled = show.count(|event| matches!(event, Event::Pooled { .. }));
    assert!((200..300).contains(&pooled), "{pooled}");
    assert_eq!(show.placed().len(), 500);
}

#[test]
fn c7_the_page_loads_between_press_and_place() {
    let loading = Arrival { to_place: always(2.5), ..arrival(Dist::Fixed(0.25)) };
    let persona = Persona { arrivals: vec![loading], ..instant() };
    let show = Show::whole(scenario(rules(), &[10], crowd(3, persona)), SEED);
    let at: Vec<u64> = show.placed().iter().map(|(at, _)| at.as_nanos()).collect();
    let place = after(2.75).as_nanos();
    assert_eq!(at, [place, place + 1, place + 2]);
}

fn crowd_bytes(show: &Show) -> usize {
    show.race.snapshot().len() - show.race.sale().snapshot().len()
}

#[test]
fn c8_rivals_who_have_not_come_cost_nothing() {
    let bytes = |rivals, at| {
        let mut show = Show::of(scenario(rules(), &[10], crowd(rivals, human())), SEED);
        show.until(at);
        crowd_bytes(&show)
    };
    assert_eq!(bytes(100, after(-9.0)), bytes(2_000_000, after(-9.0)));
    assert!(bytes(2_000_000, after(-9.0)) < 400);
}

#[test]
fn c8_rivals_who_only_wait_cost_nothing() {
    let bytes = |rivals| {
        let mut rules = rules();
        rules.admission.inside_max = 3;
        let persona = Persona { section: always(3_000.0), ..instant() };
        let mut show = Show::of(scenario(rules, &[10], crowd(rivals, persona)), SEED);
        show.until(after(30.0));
        assert_eq!(show.race.sale().waiting_count(), rivals - 3);
        crowd_bytes(&show)
    };
    assert_eq!(bytes(100), bytes(100_000));
    assert!(bytes(100_000) < 700, "{}", bytes(100_000));
}

#[test]
fn c8_rivals_who_are_out_cost_nothing() {
    let mut show = Show::of(scenario(rules(), &[500], crowd(20_000, instant())), SEED);
    show.until(after(700.0));
    let curve = show.tally().curve().len() * 12;
    let room = crowd_bytes(&show) - curve;
    // A slot stays for each rival that was inside at once. A vacant one takes a few bytes.
    assert_eq!(show.race.sale().inside_count(), 0);
    assert!(room < 20_000 * 8, "{room}");
}

#[test]
fn c27_a_rival_that_finds_the_sale_paused_or_closed_does_not_come_again() {
    let mut show = Show::of(scenario(rules(), &[10], crowd(1_000, instant())), SEED);
    show.race.handle(after(0.25), sale::Command::Pause).unwrap();
    show.race.handle(after(0.5), sale::Command::Resume).unwrap();
    show.until(after(100.0));
    let placed = show.placed();
    assert!((700..800).contains(&placed.len()), "{}", placed.len());
    let paused = after(0.25)..after(0.5);
    assert!(placed.iter().all(|(at, _)| !paused.contains(at)));
}

#[test]
fn c27_after_the_closing_nothing_happens_in_a_race() {
    let mut rules = rules();
    rules.admission.inside_max = 5;
    let mut people = crowd(1_000, human());
    people.leave_per_min = 0.5;
    let mut show = Show::of(scenario(rules, &[100], people), SEED);
    show.until(after(20.0));
    show.race.handle(after(20.0), sale::Command::Close).unwrap();
    assert!(show.race.is_over());
    show.until(after(2_000.0));
    assert_eq!(show.race.sale().stage(), Stage::Closed);
    assert!(show.events.last().unwrap().at <= after(20.001), "nothing happens after the closing");
    assert_eq!(show.race.poll_timeout(), None);
}

#[test]
fn c27_a_race_is_not_over_while_a_page_still_loads() {
    let loading = Arrival { to_place: always(3.0), ..arrival(Dist::Fixed(0.5)) };
    let persona = Persona { arrivals: vec![loading], ..instant() };
    let mut show = Show::of(scenario(rules(), &[10], crowd(2, persona)), SEED);
    for tenth in 0..35 {
        assert!(!show.race.is_over(), "{tenth}");
        show.until(after(f64::from(tenth) / 10.0));
    }
    show.until(after(10.0));
    assert_eq!(show.race.sale().bookings().len(), 2);
    assert!(show.race.is_over(), "nobody is left");
    // The deadlines of visits that are over are still in their queue until then.
    show.until(after(1_000.0));
    assert_eq!(show.race.poll_timeout(), None);
}

#[test]
fn c27_a_race_is_over_when_every_seat_is_paid() {
    let mut people = crowd(500, human());
    people.personas[0].abandon = 0.0;
    let mut show = Show::of(scenario(rules(), &[40], people), SEED);
    let mut at = OPENING;
    while !show.race.is_over() {
        at = show.race.poll_timeout().unwrap();
        show.until(at);
    }
    assert_eq!(show.race.sale().sold_count(), 40);
    let last = show.pick(|at, event| matches!(event, Event::Booked { .. }).then_some(at));
    assert!(at.since(*last.last().unwrap()) < span(1e-3), "over with the last payment");
}

#[test]
fn c27_a_race_can_advance_to_the_last_moment_there_is() {
    let mut show = Show::of(scenario(rules(), &[10], crowd(50, human())), SEED);
    show.race.advance(Moment::NEVER);
    show.watch();
    assert!(show.race.is_over());
    assert_eq!(show.race.poll_timeout(), None);
    show.race.advance(Moment::NEVER);
    let away = |number| show.race.sale().standing(Visitor(number));
    assert!((0..50).all(|number| matches!(away(number), Standing::Away { .. })));
}

#[test]
fn c28_nothing_happens_before_the_moment_that_is_named() {
    let mut show = Show::of(crate::world::busy(80), SEED);
    let mut quiet = 0;
    while let Some(at) = show.race.poll_timeout().filter(|&at| at < after(300.0)) {
        let before = Moment::from_nanos(at.as_nanos() - 1);
        let told = show.events.len();
        if before >= show.race.sale().now() {
            show.until(before);
            assert_eq!(show.events.len(), told);
            quiet += 1;
        }
        show.until(at);
    }
    assert!(quiet > 500 && show.events.len() > 400, "{quiet}");
}
