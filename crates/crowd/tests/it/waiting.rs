//! Visitors in the queue: places, positions and unrest.

use std::collections::BTreeSet;

use sale::{Command, Departure, Event, Standing, Visitor};

use crate::world::{
    SEED, Show, after, as_f64, assert_share, busy, crowd, human, instant, rules, scenario,
};

#[test]
fn c15_a_position_is_the_count_of_those_who_came_before_and_still_wait() {
    let mut show = Show::of(busy(600), SEED);
    let mut compared = 0;
    for step in 0_u32..60 {
        show.until(after(f64::from(step) * 1.7 + 0.01));
        let waiting: Vec<_> = show.observer.waiting().collect();
        for (position, (place, visitor)) in (1..).zip(waiting) {
            let standing = show.race.sale().standing(visitor);
            assert_eq!(standing, Standing::Waiting { place, position });
            compared += 1;
        }
    }
    assert!(compared > 3_000, "{compared}");
}

#[test]
fn c16_people_are_never_made_to_leave_or_refresh() {
    let mut rules = rules();
    rules.admission.inside_max = 1;
    let mut people = crowd(500, human());
    people.leave_per_min = 1.0;
    people.refresh_per_min = 1.0;
    let mut show = Show::of(scenario(rules, &[10], people), SEED);
    let persons: Vec<Visitor> = (0..200).map(|number| show.race.person(number)).collect();
    for (tenth, &visitor) in (20..).zip(&persons) {
        show.race.handle(after(f64::from(tenth) / 10.0), Command::Enter { visitor }).unwrap();
    }
    show.until(after(400.0));
    let mine: BTreeSet<Visitor> = persons.iter().copied().collect();
    assert!(mine.iter().all(|visitor| visitor.0 >= 500), "people come after the rivals");
    let is_unrest = |event: &Event| match event {
        Event::PlaceGivenUp { visitor, .. } | Event::Left { visitor, .. } => Some(*visitor),
        _ => None,
    };
    let restless = show.pick(|_, event| is_unrest(event));
    assert!(restless.len() > 400, "{}", restless.len());
    let waited = restless.iter().filter(|visitor| mine.contains(visitor)).count();
    let inside = show.pick(|_, event| match *event {
        Event::Admitted { visitor, .. } => mine.contains(&visitor).then_some(visitor),
        _ => None,
    });
    assert!(waited <= inside.len(), "only persons who were let in have left");
    assert!(waited < 5);
}

/// How many of 20,000 in the queue gave up a place within a minute, by leaving and by refreshing.
fn restless(leave_per_min: f64, refresh_per_min: f64) -> (usize, usize, Show) {
    let mut rules = rules();
    rules.admission.inside_max = 1;
    let mut people = crowd(20_001, instant());
    people.personas[0].section = crate::world::always(500.0);
    people.leave_per_min = leave_per_min;
    people.refresh_per_min = refresh_per_min;
    let mut show = Show::of(scenario(rules, &[10], people), SEED);
    show.until(after(61.5));
    let left = show.count(|event| matches!(event, Event::Left { cause: Departure::Left, .. }));
    let given_up = show.count(|event| matches!(event, Event::PlaceGivenUp { .. }));
    (left, given_up - left, show)
}

#[test]
fn c17_as_many_leave_and_refresh_as_the_rates_say() {
    let (left, refreshed, show) = restless(0.06, 0.0);
    assert_eq!(refreshed, 0);
    // In each of 61 seconds, one in a thousand of those who still wait.
    assert_share(left, 20_000, 1.0 - 0.999_f64.powi(61));
    assert_eq!(show.race.sale().waiting_count() as usize, 20_000 - left);
    let (left, refreshed, _) = restless(0.0, 0.06);
    assert_eq!(left, 0);
    assert_share(refreshed, 20_000, 0.061);
    let (left, refreshed, show) = restless(0.0, 0.0);
    assert_eq!((left, refreshed), (0, 0));
    assert_eq!(show.tally().places_given_up(), 0);
}

#[test]
fn c17_unrest_is_spread_over_the_whole_queue() {
    let (_, _, show) = restless(0.2, 0.0);
    let places = show.pick(|_, event| match *event {
        Event::PlaceGivenUp { place, .. } => Some(place.0),
        _ => None,
    });
    for quarter in 0..4_u32 {
        let range = quarter * 5_000 + 2..(quarter + 1) * 5_000 + 2;
        let here = places.iter().filter(|place| range.contains(place)).count();
        assert_share(here, places.len(), 0.25);
    }
}

#[test]
fn c17_a_rate_below_one_rival_a_second_is_met_on_average() {
    // The expected number in a second is a tenth of a rival.
    let mut rules = rules();
    rules.admission.inside_max = 1;
    let mut people = crowd(101, instant());
    people.personas[0].section = crate::world::always(5_000.0);
    people.refresh_per_min = 0.06;
    rules.pass = crate::world::span(5_000.0);
    let mut show = Show::of(scenario(rules, &[10], people), SEED);
    show.until(after(3_001.0));
    let refreshed = as_f64(show.count(|event| matches!(event, Event::PlaceGivenUp { .. })));
    assert!((240.0..360.0).contains(&refreshed), "{refreshed}");
}

#[test]
fn c17_more_leave_when_nine_tenths_are_sold() {
    let left_in_a_minute = |seats: u32| {
        let mut rules = rules();
        rules.seats_max = 1;
        rules.admission.burst = 10;
        rules.admission.per_1000_s = 1;
        let mut people = crowd(20_010, instant());
        people.leave_per_min = 0.012;
        people.leave_late_factor = 4.0;
        let mut show = Show::of(scenario(rules, &[seats], people), SEED);
        show.until(after(61.5));
        assert_eq!(show.race.sale().sold_count(), 10);
        show.count(|event| matches!(event, Event::PlaceGivenUp { .. }))
    };
    assert_share(left_in_a_minute(12), 20_000, 0.012 * 61.0 / 60.0);
    assert_share(left_in_a_minute(11), 20_000, 1.0 - (1.0_f64 - 0.0008).powi(61));
}

#[test]
fn c17_unrest_goes_on_for_those_who_come_after_a_lull() {
    use crate::world::{always, arrival};
    use crowd::{Arrival, Dist, Persona};
    // All rivals press in the first second; the queue stays empty until their pages have loaded.
    let mut rules = rules();
    rules.admission.inside_max = 1;
    let loading = Arrival { to_place: always(30.0), ..arrival(Dist::Fixed(0.5)) };
    let persona = Persona { arrivals: vec![loading], section: always(500.0), ..instant() };
    let mut people = crowd(1_000, persona);
    people.leave_per_min = 1.0;
    let mut show = Show::of(scenario(rules, &[10], people), SEED);
    show.until(after(120.0));
    assert!(show.tally().places_given_up() > 500, "{}", show.tally().places_given_up());
}
