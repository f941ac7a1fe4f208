//! Which sections and seats rivals choose.

use crowd::Care;
use sale::{Event, Seat};

use crate::world::{SEED, Show, assert_share, crowd, instant, rules, scenario};

/// The seats that this many rivals take, one each, in order.
fn taken(rivals: u32, sizes: &[u32], care: Care) -> Vec<Seat> {
    let mut rules = rules();
    rules.seats_max = 1;
    let mut people = crowd(rivals, instant());
    people.personas[0].care = care;
    let show = Show::whole(scenario(rules, sizes, people), SEED);
    show.pick(|_, event| match event {
        Event::SeatsHeld { seats, .. } => seats.iter().next(),
        _ => None,
    })
}

/// Care that always chooses the best section, and there the best seat.
fn sharp() -> Care {
    Care {
        temperature: 0.001,
        crowd_aversion: 0.0,
        random_section: 0.0,
        random_seat: 0.0,
        skip: 0.0,
        spread: 0.0,
        ..instant().care
    }
}

#[test]
fn c31_the_lowest_temperature_takes_the_best_seats_in_order() {
    let taken = taken(70, &[20, 30, 10], sharp());
    assert!(taken.iter().copied().eq((0..60).map(Seat)), "{taken:?}");
}

#[test]
fn c31_the_lowest_temperature_finds_seats_in_full_sections() {
    let care = Care { crowd_aversion: 10.0, ..sharp() };
    assert_eq!(taken(70, &[20, 30, 10], care).len(), 60);
}

#[test]
fn c31_a_high_temperature_spreads_over_the_sections() {
    let taken = taken(1_000, &[5_000, 5_000], Care { temperature: 100.0, ..sharp() });
    assert_share(taken.iter().filter(|seat| seat.0 < 5_000).count(), 1_000, 0.5);
}

#[test]
fn c31_the_weight_of_a_section_follows_from_quality_and_temperature() {
    // The mean qualities of two sections of the same size differ by a half.
    let taken = taken(1_000, &[5_000, 5_000], Care { temperature: 0.5, ..sharp() });
    let odds = 1.0_f64.exp();
    let first = taken.iter().filter(|seat| seat.0 < 5_000).count();
    assert_share(first, 1_000, odds / (1.0 + odds));
}

#[test]
fn c31_a_rival_avoids_crowded_sections() {
    let taken = taken(100, &[100, 100], Care { crowd_aversion: 5.0, ..sharp() });
    // The second section is worse by a half. The first seems as bad once a tenth of it is taken.
    let first = taken.iter().filter(|seat| seat.0 < 100).count();
    assert!((54..=56).contains(&first), "{first}");
}

#[test]
fn c31_a_rival_that_chooses_anywhere_goes_where_seats_are_free() {
    let taken = taken(1_000, &[3_000, 9_000], Care { random_section: 1.0, ..sharp() });
    assert_share(taken.iter().filter(|seat| seat.0 < 3_000).count(), 1_000, 0.25);
}

#[test]
fn c31_a_rival_may_skip_the_best_seats() {
    assert_eq!(taken(1, &[1_000], Care { skip: 0.5, ..sharp() }), [Seat(500)]);
    assert_eq!(taken(1, &[1_000], Care { skip: 1.0, ..sharp() }), [Seat(999)]);
}

#[test]
fn c31_choices_spread_from_the_best_seat_on() {
    let taken = taken(500, &[50_000], Care { spread: 0.1, ..sharp() });
    // In an exponential distribution about two thirds lie below the mean.
    let near = taken.iter().filter(|seat| seat.0 < 5_000).count();
    assert_share(near, 500, 1.0 - (-1.0_f64).exp());
    let anywhere = Care { random_seat: 1.0, ..sharp() };
    let taken = self::taken(500, &[50_000], anywhere);
    assert_share(taken.iter().filter(|seat| seat.0 < 5_000).count(), 500, 0.1);
}

#[test]
fn c31_a_rival_may_overlook_a_free_seat() {
    let mut rules = rules();
    rules.seats_max = 1;
    let mut people = crowd(1_000, instant());
    people.personas[0].care.glance = 1.0;
    people.personas[0].patience = 0;
    let show = Show::whole(scenario(rules, &[100_000], people), SEED);
    // A look at the hall, or at a section, notices a free seat with the chance 1 - 1/e. A rival
    // that notices none in the hall leaves; one that notices none in the section looks at the hall
    // again.
    let seen = 1.0 - (-1.0_f64).exp();
    let found = seen * seen / (1.0 - seen * (1.0 - seen));
    assert_share(show.race.sale().bookings().len(), 1_000, found);
}
