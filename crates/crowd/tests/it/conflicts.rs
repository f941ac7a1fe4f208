//! No seat has two owners, and conflicts come from outdated looks.

use crowd::{Dist, Persona, Scenario};
use proptest::prelude::*;
use sale::{Event, HoldAt, Seat, SeatState};

use crate::world::{
    SEED, Show, after, always, around, busy, crowd, human, instant, rules, scenario, span,
};

/// Many rivals at once, who look, think for a while and click.
fn thoughtful() -> Scenario {
    let mut rules = rules();
    rules.admission.per_1000_s = 50_000;
    rules.admission.burst = 100;
    let persona = Persona { first_seat: around(2.0), next_seat: around(1.0), ..instant() };
    scenario(rules, &[150, 150], crowd(1_500, persona))
}

fn conflicts(scenario: Scenario) -> u32 {
    let show = Show::whole(scenario, SEED);
    assert_eq!(show.observer.free_count(), 0, "every seat is taken");
    show.tally().conflicts()
}

#[test]
fn c13_by_the_events_each_seat_has_one_owner_and_each_miss_is_true() {
    let mut misses = 0;
    for hold_at in [HoldAt::Click, HoldAt::Done, HoldAt::Payment] {
        for seed in 0..4 {
            let mut scenario = busy(500);
            scenario.rules.hold_at = hold_at;
            let mut show = Show::of(scenario, seed);
            for quarter in 0..40 {
                show.until(after(f64::from(quarter) * 15.0));
                let sale = show.race.sale();
                assert_eq!(show.observer.free_count(), sale.free_count());
                for seat in (0..sale.layout().seat_count()).map(Seat) {
                    let free = show.observer.owner(seat).is_none();
                    assert_eq!(free, sale.seat_state(seat) == SeatState::Free);
                    assert_eq!(show.observer.owner(seat), sale.seat_owner(seat));
                }
                sale.audit();
            }
            misses += show.count(|event| matches!(event, Event::SeatMissed { .. }));
        }
    }
    assert!(misses > 1_000, "{misses}");
}

#[test]
fn c14_a_rival_that_acts_at_once_never_misses() {
    let show = Show::whole(scenario(rules(), &[300, 200], crowd(3_000, instant())), SEED);
    assert_eq!(show.tally().conflicts(), 0);
    assert_eq!(show.observer.free_count(), 0);
}

#[test]
fn c14_a_rival_that_sees_the_map_as_it_is_never_misses_however_long_it_thinks() {
    assert_eq!(conflicts(thoughtful()), 0);
}

#[test]
fn c14_the_older_the_map_the_more_conflicts() {
    let with = |secs| {
        let mut scenario = thoughtful();
        scenario.crowd.map_refresh = Dist::Fixed(secs);
        conflicts(scenario)
    };
    let (fresh, old, older) = (with(0.2), with(1.0), with(10.0));
    assert!(fresh > 0 && old > fresh && older > old, "{fresh}, {old}, {older}");
}

#[test]
fn c14_the_longer_a_click_takes_the_more_conflicts() {
    let with = |secs| {
        let mut scenario = thoughtful();
        scenario.crowd.click = always(secs);
        conflicts(scenario)
    };
    let (quick, slow, slower) = (with(0.02), with(0.2), with(1.0));
    assert!(quick > 0 && slow > quick * 2 && slower > slow, "{quick}, {slow}, {slower}");
}

/// The look before a click is at most as old as the map's refresh, and the click takes its time.
#[test]
fn c14_nobody_misses_a_seat_that_was_gone_before_the_look() {
    let mut scenario = thoughtful();
    scenario.crowd.map_refresh = Dist::Fixed(0.7);
    scenario.crowd.click = always(0.4);
    let show = Show::whole(scenario, SEED);
    let late = show.pick(|_, event| match *event {
        Event::SeatMissed { late_by, .. } => Some(late_by),
        _ => None,
    });
    assert!(late.len() > 100);
    assert!(late.iter().all(|&by| by <= span(1.1001)), "{:?}", late.iter().max());
    assert!(late.iter().any(|&by| by > span(0.8)), "{:?}", late.iter().max());
}

#[test]
fn c14_conflicts_shorten_the_time_for_choosing() {
    let with = |haste| {
        let mut scenario = thoughtful();
        scenario.crowd.click = always(0.5);
        scenario.crowd.personas[0].repick = always(4.0);
        scenario.crowd.personas[0].give_up = 0.0;
        // All choices are random already, so conflicts can change only the time for choosing.
        scenario.crowd.personas[0].care.random_seat = 1.0;
        scenario.crowd.personas[0].care.haste = haste;
        let show = Show::whole(scenario, SEED);
        show.tally().all_held_after().unwrap()
    };
    assert!(with(0.5) < with(0.0));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever the crowd and the hall, the observer finds nothing wrong.
    #[test]
    fn c13_any_crowd_is_consistent(
        seed in any::<u64>(),
        rivals in 1_u32..400,
        sizes in prop::collection::vec(1_u32..60, 1..5),
        hold_at in prop::sample::select(vec![HoldAt::Click, HoldAt::Done, HoldAt::Payment]),
        seats_max in 1_u8..=8,
        refresh in 0.0_f64..6.0,
        temperature in 0.001_f64..2.0,
        glance in 0.0_f64..100.0,
    ) {
        let mut scene = busy(rivals);
        scene.rules.hold_at = hold_at;
        scene.rules.seats_max = seats_max;
        let persona = Persona { settle: 0.3, patience: 3, ..human() };
        scene.crowd.personas = vec![persona];
        scene.crowd.map_refresh = Dist::Fixed(refresh);
        scene.crowd.personas[0].care.temperature = temperature;
        scene.crowd.personas[0].care.glance = glance;
        let show = Show::whole(scenario(scene.rules, &sizes, scene.crowd), seed);
        prop_assert_eq!(show.observer.free_count(), show.race.sale().free_count());
        prop_assert_eq!(show.tally().free(), show.observer.free_count());
        prop_assert!(show.race.is_over());
        show.race.sale().audit();
    }
}
