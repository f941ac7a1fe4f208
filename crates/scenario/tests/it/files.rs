//! The files that come with the program.

use crowd::Race;
use sale::{Moment, Span, Visitor};
use scenario::{Course, Kind, Library, Overrides, Recipe};

use crate::test_folder::built_in;

fn names(kind: Kind) -> Vec<String> {
    Library::built_in().names(kind)
}

#[test]
fn d1_every_built_in_scenario_can_be_raced() {
    let scenarios = names(Kind::Scenario);
    assert!(scenarios.len() >= 10);
    for name in scenarios {
        let course = built_in(&name, &Overrides::default());
        let scenario = &course.scenario;
        assert!((500..=1_000_000).contains(&scenario.crowd.rivals), "{name}");
        assert!(scenario.rules.seats_max >= 1, "{name}");
        assert_eq!(course.plan.seats.len(), scenario.layout.seat_count() as usize, "{name}");
        assert_eq!(Moment::START + course.lobby(), scenario.rules.opens_at, "{name}");
        let length = course.ends_at.since(scenario.rules.opens_at);
        assert!((Span::from_millis(600_000)..=Span::from_millis(3_600_000)).contains(&length));
        assert!(
            course.lobby() >= Span::from_millis(10_000),
            "{name}: the lobby leaves time to get ready"
        );
        for title in [&course.title, &course.style.title, &course.demand_title] {
            assert!(![&title.ko, &title.en, &title.ja].iter().any(|text| text.is_empty()));
        }
        let mut race = Race::new(course.scenario, 1).unwrap();
        race.advance(Moment::START + Span::from_millis(10_000), crowd::ignore);
        assert!(!race.is_over());
    }
}

#[test]
fn d1_every_built_in_style_can_be_played_in_every_scenario() {
    for name in names(Kind::Scenario) {
        for style in names(Kind::Style) {
            let overrides = Overrides { rivals: Some(200), style: Some(style.clone()) };
            let course = built_in(&name, &overrides);
            assert_eq!(course.style.is_map_by_hand, style == "m-style");
            assert_eq!(course.scenario.crowd.rivals, 200);
        }
    }
}

#[test]
fn d1_every_file_under_data_is_built_in() {
    let data = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let folders = ["scenarios", "plans", "styles", "demand", "people"];
    for (kind, folder) in Kind::ALL.into_iter().zip(folders) {
        let files = data.join(folder).read_dir().unwrap();
        let mut on_disk: Vec<String> = files
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter_map(|file| file.strip_suffix(".toml").map(str::to_owned))
            .collect();
        let mut known = names(kind);
        known.sort_unstable();
        on_disk.sort_unstable();
        assert_eq!(known, on_disk);
    }
}

#[test]
fn d1_built_in_names_have_a_fixed_order() {
    assert_eq!(names(Kind::Scenario)[0], "first-time");
    assert_eq!(names(Kind::Style), ["n-style", "m-style"]);
    assert_eq!(names(Kind::Demand), ["practice", "small", "normal", "hot", "mega"]);
    assert_eq!(names(Kind::People), ["fans"]);
    assert_eq!(names(Kind::Plan).len(), 7);
}

#[test]
fn d9_the_number_of_rivals_is_the_callers_or_the_scenarios_or_the_tiers() {
    let load = |name: &str, rivals| {
        let overrides = Overrides { rivals, style: None };
        Recipe::load(&Library::built_in(), name, &overrides).unwrap().rivals()
    };
    assert_eq!(load("first-time", Some(7)), 7);
    assert_eq!(load("first-time", None), 1_500);
    assert_eq!(load("hall-normal", None), 40_000);
}

#[test]
fn d9_the_callers_style_replaces_the_scenarios() {
    let load = |style: Option<&str>| {
        let overrides = Overrides { rivals: None, style: style.map(str::to_owned) };
        Recipe::load(&Library::built_in(), "first-time", &overrides).unwrap()
    };
    assert_eq!((load(None).style(), load(Some("m-style")).style()), ("n-style", "m-style"));
    assert_eq!((load(None).name(), load(None).plan()), ("first-time", "theatre"));
    let n = Course::new(load(None)).unwrap().scenario.rules;
    let m = Course::new(load(Some("m-style"))).unwrap().scenario.rules;
    assert_ne!(n.hold_at, m.hold_at);
    assert_eq!(n.admission, m.admission, "the style says nothing about how many come in");
}

#[test]
fn d9_a_scenario_may_set_its_own_rate_and_share_of_programs() {
    let course = built_in("sanity-arena-15k", &Overrides::default());
    assert_eq!(course.scenario.rules.admission.per_1000_s, 150_000);
    assert_eq!(course.scenario.rules.admission.burst, 450, "as many as otherwise in three seconds");
    let hot = built_in("arena-hot", &Overrides::default());
    assert_eq!(hot.scenario.rules.admission.per_1000_s, 60_000);
}

/// How many of the rivals are programs, and how many rivals there are.
fn programs(name: &str) -> (u32, u32) {
    let course = built_in(name, &Overrides { rivals: Some(10_000), style: None });
    let race = Race::new(course.scenario, 1).unwrap();
    let is_program = |number: &u32| race.persona_of(Visitor(*number)).unwrap().is_program;
    (u32::try_from((0..10_000).filter(is_program).count()).unwrap(), 10_000)
}

#[test]
fn d11_programs_have_the_share_that_the_tier_or_the_scenario_says() {
    assert_eq!(programs("first-time"), (0, 10_000));
    assert_eq!(programs("arena-hot"), (65, 10_000));
    assert_eq!(programs("sanity-hall"), (300, 10_000));
}

#[test]
fn d11_personas_that_are_no_programs_keep_their_proportions() {
    let course = built_in("arena-hot", &Overrides { rivals: Some(97_000), style: None });
    let race = Race::new(course.scenario, 1).unwrap();
    let share = |name: &str| {
        let is_it = |number: &u32| race.persona_of(Visitor(*number)).unwrap().name == name;
        f64::from(u32::try_from((0..97_000).filter(is_it).count()).unwrap()) / 97_000.0
    };
    let people = 0.9935 / 0.97;
    for (name, asked) in [("novice", 0.45), ("regular", 0.40), ("expert", 0.12)] {
        assert!((share(name) - asked * people).abs() < 1e-4, "{name}: {}", share(name));
    }
}

#[test]
fn d12_wheelchair_places_appeal_less_to_rivals() {
    let course = built_in("arena-hot", &Overrides::default());
    let hall = &course.scenario.hall;
    let mut wheelchairs = 0;
    for (at, seat) in (0..).zip(&course.plan.seats) {
        let appeal = hall.quality(sale::Seat(at));
        if seat.kind == scenario::plan::SeatKind::Wheelchair {
            assert!(appeal <= seat.quality * 0.31);
            wheelchairs += 1;
        } else {
            assert!((appeal - seat.quality).abs() < 1e-6);
        }
    }
    assert!(wheelchairs > 10);
}

#[test]
fn d12_sections_neighbours_and_prices_come_from_the_plan() {
    let course = built_in("hall-normal", &Overrides::default());
    let (plan, layout) = (&course.plan, &course.scenario.layout);
    assert_eq!(layout.section_count(), plan.sections.len());
    for (at, section) in (0_u16..).zip(&plan.sections) {
        assert_eq!(layout.seats_of(sale::Section(at)), section.seats);
    }
    for (at, seat) in (0..).zip(&plan.seats) {
        let grade = &plan.grades[usize::from(seat.grade)];
        assert_eq!(layout.price_of(sale::Seat(at)), u64::from(grade.price_won));
        let right = course.scenario.hall.right_of(sale::Seat(at));
        assert_eq!(right, seat.next_adjacent.then_some(sale::Seat(at + 1)));
    }
}
