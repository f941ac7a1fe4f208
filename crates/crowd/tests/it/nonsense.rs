//! Numbers that cannot be played are refused by name.

use crowd::{CrowdRules, Delay, Dist, Hall, HallError, Persona, Race, RaceError};
use sale::Layout;

use crate::world::{SEED, busy, crowd, human, scenario, seats};

type Change = fn(&mut Persona, f64);

type Pick = fn(&mut Persona) -> &mut Delay;

fn refused(change: impl FnOnce(&mut CrowdRules)) -> String {
    let mut rules = crowd(100, human());
    change(&mut rules);
    let told = rules.check().unwrap_err();
    let mut scene = busy(1);
    scene.crowd = rules;
    assert_eq!(Race::new(scene, SEED).unwrap_err(), RaceError::Crowd(told.clone()));
    told.field
}

#[test]
fn c24_a_crowd_that_can_be_played_is_accepted() {
    assert_eq!(crowd(0, human()).check(), Ok(()));
    assert_eq!(crowd(2_000_000, human()).check(), Ok(()));
}

#[test]
fn c24_a_crowd_that_cannot_be_played_is_refused_by_field() {
    assert_eq!(refused(|rules| rules.rivals = 2_000_001), "rivals");
    assert_eq!(refused(|rules| rules.personas.clear()), "personas");
    assert_eq!(refused(|rules| rules.personas[0].share = 0.0), "personas");
    assert_eq!(refused(|rules| rules.personas[0].share = 1e-300), "personas");
    assert_eq!(refused(|rules| rules.personas[0].share = f64::NAN), "human.share");
    assert_eq!(refused(|rules| rules.personas = vec![human(); 33]), "personas");
    let wrong = || Delay(vec![Dist::Fixed(1.0), Dist::Fixed(f64::NAN)]);
    assert_eq!(refused(|rules| rules.notice = wrong()), "notice");
    assert_eq!(refused(|rules| rules.click = wrong()), "click");
    assert_eq!(refused(|rules| rules.map_refresh = Dist::Fixed(1e9)), "map_refresh");
    for wrong in [-0.001, 1.001, f64::NAN, f64::INFINITY] {
        assert_eq!(refused(|rules| rules.groups.all = wrong), "groups.all");
        assert_eq!(refused(|rules| rules.groups.one_less = wrong), "groups.one_less");
        assert_eq!(refused(|rules| rules.groups.two_of_two = wrong), "groups.two_of_two");
        assert_eq!(refused(|rules| rules.leave_per_min = wrong), "leave_per_min");
        assert_eq!(refused(|rules| rules.refresh_per_min = wrong), "refresh_per_min");
    }
    assert_eq!(refused(|rules| rules.groups.one_less = 0.41), "groups.one_less");
    assert_eq!(refused(|rules| rules.leave_late_factor = 100.1), "leave_late_factor");
    assert_eq!(refused(|rules| rules.leave_late_factor = -1.0), "leave_late_factor");
}

#[test]
fn c24_a_persona_that_cannot_be_played_is_refused_by_field() {
    let refused = |change: &dyn Fn(&mut Persona)| refused(|rules| change(&mut rules.personas[0]));
    let shares: [(&str, f64, Change); 12] = [
        ("captcha_error", 1.0, |persona, wrong| persona.captcha_error = wrong),
        ("put_off", 1.1, |persona, wrong| persona.put_off = wrong),
        ("abandon", 1.1, |persona, wrong| persona.abandon = wrong),
        ("give_up", 1.1, |persona, wrong| persona.give_up = wrong),
        ("settle", 1.1, |persona, wrong| persona.settle = wrong),
        ("care.crowd_aversion", 11.0, |persona, wrong| persona.care.crowd_aversion = wrong),
        ("care.random_section", 1.1, |persona, wrong| persona.care.random_section = wrong),
        ("care.random_seat", 1.1, |persona, wrong| persona.care.random_seat = wrong),
        ("care.skip", 1.1, |persona, wrong| persona.care.skip = wrong),
        ("care.spread", 10.1, |persona, wrong| persona.care.spread = wrong),
        ("care.glance", 1.1e9, |persona, wrong| persona.care.glance = wrong),
        ("care.haste", 0.91, |persona, wrong| persona.care.haste = wrong),
    ];
    for (field, too_much, change) in shares {
        for wrong in [too_much, -0.001, f64::NAN] {
            let told = refused(&|persona| change(persona, wrong));
            assert_eq!(told, format!("human.{field}"));
        }
    }
    for wrong in [0.0, -1.0, 101.0, f64::NAN] {
        let told = refused(&|persona| persona.care.temperature = wrong);
        assert_eq!(told, "human.care.temperature");
    }
    let delays: [(&str, Pick); 11] = [
        ("press_again", |persona| &mut persona.press_again),
        ("captcha", |persona| &mut persona.captcha),
        ("captcha_again", |persona| &mut persona.captcha_again),
        ("section", |persona| &mut persona.section),
        ("first_seat", |persona| &mut persona.first_seat),
        ("next_seat", |persona| &mut persona.next_seat),
        ("done", |persona| &mut persona.done),
        ("alert", |persona| &mut persona.alert),
        ("repick", |persona| &mut persona.repick),
        ("look_again", |persona| &mut persona.look_again),
        ("pay", |persona| &mut persona.pay),
    ];
    for (field, pick) in delays {
        let told = refused(&|persona| {
            *pick(persona) = Delay(vec![Dist::Uniform { low: 2.0, high: 1.0 }]);
        });
        assert_eq!(told, format!("human.{field}"));
    }
}

#[test]
fn c24_ways_of_arriving_that_cannot_be_played_are_refused() {
    let refused = |change: &dyn Fn(&mut Persona)| refused(|rules| change(&mut rules.personas[0]));
    let told = [
        refused(&|persona| persona.arrivals.clear()),
        refused(&|persona| persona.arrivals.iter_mut().for_each(|way| way.weight = 0.0)),
        refused(&|persona| persona.arrivals[0].weight = -0.1),
        refused(&|persona| persona.arrivals[0].weight = f64::NAN),
        refused(&|persona| persona.arrivals[0].weight = 1e305),
        refused(&|persona| persona.arrivals[0].press = Dist::Fixed(f64::INFINITY)),
        refused(&|persona| persona.arrivals[0].to_place = Delay(vec![Dist::Fixed(1e9)])),
    ];
    assert_eq!(told, [const { "human.arrivals" }; 7]);
}

#[test]
fn c24_a_wrong_share_is_refused_though_the_sum_is_right() {
    let mut rules = crowd(100, human());
    rules.personas.push(Persona { share: -0.5, ..human() });
    assert_eq!(rules.check().unwrap_err().field, "human.share");
    rules.personas[1].share = 1e7;
    assert_eq!(rules.check().unwrap_err().field, "human.share");
}

#[test]
fn c24_rules_that_cannot_be_played_are_refused_too() {
    let mut scene = busy(10);
    scene.rules.seats_max = 0;
    assert!(matches!(Race::new(scene, SEED), Err(RaceError::Sale(_))));
}

#[test]
fn c25_a_hall_knows_its_best_seats_and_its_neighbours() {
    let layout = Layout::new(&[4, 3], vec![0; 7], vec![1]).unwrap();
    let quality = vec![0.1, 0.9, 0.9, 0.5, 0.2, 0.4, 0.3];
    let hall = Hall::new(&layout, quality, vec![true, true, false, true, false, true, true]);
    let hall = hall.unwrap();
    let best = |section| -> Vec<u32> {
        hall.best_first(&layout, sale::Section(section)).iter().map(|seat| seat.0).collect()
    };
    assert_eq!(best(0), [1, 2, 3, 0], "of two equal seats, the first comes first");
    assert_eq!(best(1), [5, 6, 4]);
    let mean = hall.section_quality();
    assert!((mean[0] - 0.6).abs() < 1e-6 && (mean[1] - 0.3).abs() < 1e-6);
    let right = |seat| hall.right_of(sale::Seat(seat)).map(|seat| seat.0);
    let left = |seat| hall.left_of(sale::Seat(seat)).map(|seat| seat.0);
    assert_eq!(
        (0..7).map(right).collect::<Vec<_>>(),
        [
            Some(1),
            Some(2),
            None,
            // The next section begins.
            None,
            None,
            Some(6),
            None
        ]
    );
    assert_eq!(
        (0..7).map(left).collect::<Vec<_>>(),
        [None, Some(0), Some(1), None, None, None, Some(5)]
    );
    assert!((hall.quality(sale::Seat(1)) - 0.9).abs() < 1e-6);
}

#[test]
fn c25_a_hall_that_does_not_fit_is_refused() {
    let (layout, _) = seats(&[3]);
    let hall = |quality: Vec<f32>, adjacent| Hall::new(&layout, quality, adjacent);
    let length = Err(HallError::Length { seats: 3 });
    assert_eq!(hall(vec![0.5; 2], vec![true; 3]), length);
    assert_eq!(hall(vec![0.5; 3], vec![true; 4]), length);
    for wrong in [-0.1, 1.1, f32::NAN] {
        let told = hall(vec![0.5, wrong, wrong], vec![true; 3]);
        assert_eq!(told, Err(HallError::Quality { seat: 1 }));
    }
}

#[test]
#[should_panic(expected = "the hall is that of the layout")]
fn c25_a_hall_of_another_layout_stops_the_program() {
    let mut scene = scenario(crate::world::rules(), &[10, 10], crowd(1, human()));
    scene.hall = seats(&[20]).1;
    drop(Race::new(scene, SEED));
}
