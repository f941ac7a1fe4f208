//! The same crowd behaves differently under different rules.

use sale::{Event, HoldAt, Refresh, Standing};

use crate::world::{SEED, Show, after, busy, crowd, instant, rules, scenario};

fn under(hold_at: HoldAt) -> Show {
    let mut scenario = busy(500);
    scenario.rules.hold_at = hold_at;
    Show::whole(scenario, SEED)
}

fn sizes(show: &Show) -> Vec<usize> {
    show.pick(|_, event| match event {
        Event::SeatsHeld { seats, .. } => Some(seats.len()),
        _ => None,
    })
}

#[test]
fn c22_seats_are_taken_click_by_click_together_or_by_paying() {
    let (click, done, payment) =
        (under(HoldAt::Click), under(HoldAt::Done), under(HoldAt::Payment));
    let clicked = sizes(&click);
    assert!(clicked.len() > 150 && clicked.iter().all(|&size| size == 1));
    let confirmed = sizes(&done);
    assert!(confirmed.iter().filter(|&&size| size == 2).count() > 50);
    assert_eq!(sizes(&payment), []);
    for show in [click, done, payment] {
        assert!(show.race.sale().sold_count() > 190, "{}", show.race.sale().sold_count());
    }
}

#[test]
fn c22_the_later_seats_are_taken_the_more_conflicts() {
    let rate = |hold_at| under(hold_at).tally().conflict_rate();
    let (click, done, payment) = (rate(HoldAt::Click), rate(HoldAt::Done), rate(HoldAt::Payment));
    assert!(click < done && done < payment, "{click}, {done}, {payment}");
}

#[test]
fn c22_a_refresh_costs_a_rival_what_the_rules_say() {
    let last_place = |refresh| {
        let mut rules = rules();
        rules.admission.inside_max = 1;
        rules.refresh_waiting = refresh;
        let mut people = crowd(1_000, instant());
        people.personas[0].section = crate::world::always(100.0);
        people.refresh_per_min = 0.5;
        let mut show = Show::of(scenario(rules, &[10], people), SEED);
        show.until(after(60.0));
        let sale = show.race.sale();
        let waits =
            |number| matches!(sale.standing(sale::Visitor(number)), Standing::Waiting { .. });
        assert_eq!((0..1_000).filter(|&number| waits(number)).count(), 999);
        sale.places_given()
    };
    assert_eq!(last_place(Refresh::Keeps), 1_000);
    assert!(last_place(Refresh::GoesToEnd) > 1_300);
}
