//! Golden races: every event of them must stay the same.

use std::fmt::Write;

use crowd::{Race, ignore};
use sale::Span;
use scenario::{Course, Library, Overrides, Recipe};

/// Scenario, style, the number of rivals if it is not the scenario's own, and the second after the
/// opening at which the race is stopped if it is not run to its end.
const RACES: [(&str, &str, Option<u32>, Option<u64>); 6] = [
    ("first-time", "n-style", None, None),
    ("theatre-small", "n-style", None, None),
    ("hall-normal", "n-style", Some(5_000), None),
    ("arena-hot", "n-style", Some(20_000), None),
    ("arena-hot", "m-style", Some(20_000), None),
    ("stadium-mega", "n-style", Some(20_000), Some(60)),
];

const SEED: u64 = 20_260_401;

/// `INSTA_UPDATE=always` accepts a changed table. After a release, a changed line means that recorded
/// races can no longer be replayed. Then raise `sale::RULES_VERSION` or `crowd::CROWD_VERSION` in
/// the same commit, unless only a data file changed.
#[test]
fn c3_races_stay_what_they_are() {
    let mut table = String::new();
    for (name, style, rivals, secs) in RACES {
        let overrides = Overrides { rivals, style: Some(style.to_owned()) };
        let recipe = Recipe::load(&Library::built_in(), name, &overrides).unwrap();
        let course = Course::new(recipe).unwrap();
        let opens_at = course.scenario.rules.opens_at;
        let until = secs.map_or(course.ends_at, |secs| opens_at + Span::from_millis(secs * 1_000));
        let mut race = Race::new(course.scenario, SEED).unwrap();
        race.advance(until, ignore);
        let tally = race.tally();
        writeln!(
            table,
            "{name:<13} {style} {:>6} rivals {:>6} events {:>5} sold {:>5} conflicts {}",
            race.rival_count(),
            tally.events(),
            tally.sold(),
            tally.conflicts(),
            race.hash(),
        )
        .unwrap();
    }
    insta::assert_snapshot!(table);
}
