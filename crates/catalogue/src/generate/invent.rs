//! Inventing concerts: pure functions of a seed and a number. They know no database and no clock.

use sale::random::Stream;

use super::words::{ABROAD, CITIES, ENGLISH, JAPANESE, KOREAN, PERFORMERS, Titles, VENUES};
use super::{PlanOffer, Stock};
use crate::concert::{Grade, NewPerformer, NewVenue};

/// How many different titles a language has, as many as the original service had concerts.
pub(super) const TITLES: u64 = 12 * 9 * 8 * 35 * 10;

/// The zone of venues that are not abroad.
pub(super) const ZONE: &str = "Asia/Seoul";

const TITLE: u64 = 0x7469_746c_6500_0000;
const PICTURE: u64 = 0x7069_6374_7572_6500;
const PRICE: u64 = 0x7072_6963_6500_0000;

/// A title and a description in the language that the number falls to: three of five are Korean. Different numbers below
/// [`TITLES`] give different titles.
pub(super) fn title(seed: u64, number: u64) -> (String, &'static str) {
    let draw = Stream::new(seed, TITLE, number);
    let words: &Titles = match draw.below(0, 5) {
        0 => &ENGLISH,
        1 => &JAPANESE,
        _ => &KOREAN,
    };
    // A factor that shares no divisor with the count visits all of them, so that neighbours are not alike.
    let mut rest = (number % TITLES).wrapping_mul(123_457) % TITLES;
    let time = pick(&words.times, &mut rest);
    let colour = pick(&words.colours, &mut rest);
    let thing = pick(&words.things, &mut rest);
    let doing = pick(&words.doings, &mut rest);
    let kind = pick(&words.kinds, &mut rest);
    let [first, second, third] = words.gaps;
    let title = format!("{time}{first}{colour}{second}{thing}{third}{doing} {kind}");
    let at = usize::try_from(draw.below(1, words.descriptions.len() as u64)).unwrap_or_default();
    (title, words.descriptions[at])
}

fn pick<'a>(words: &[&'a str], rest: &mut u64) -> &'a str {
    let count = words.len() as u64;
    let at = usize::try_from(*rest % count).unwrap_or_default();
    *rest /= count;
    words[at]
}

/// A hundred performers.
pub(super) fn performers(seed: u64) -> Vec<NewPerformer> {
    let names = PERFORMERS.iter().flat_map(|(firsts, seconds, gap)| {
        let names =
            seconds.iter().flat_map(|second| firsts.iter().map(move |first| (first, second)));
        names.map(move |(first, second)| format!("{first}{gap}{second}"))
    });
    (0..)
        .zip(names)
        .map(|(number, name)| NewPerformer {
            name,
            picture_seed: Stream::new(seed, PICTURE, number).at(0),
        })
        .collect()
}

/// Ninety-six venues: twelve in each of eight cities, with the plans in turn.
pub(super) fn venues(stock: &Stock) -> Vec<NewVenue> {
    let named = CITIES.iter().flat_map(|city| VENUES.iter().map(move |name| (*name, *city, ZONE)));
    let plans = stock.plans.iter().cycle();
    named.zip(plans).map(|(venue, plan)| new_venue(venue, plan)).collect()
}

/// The venues of the demo: one of each name, each in another city as long as there are some, and two abroad.
pub(super) fn demo_venues(stock: &Stock) -> Vec<NewVenue> {
    let named = VENUES.iter().zip(CITIES.iter().cycle()).map(|(name, city)| (*name, *city, ZONE));
    let plans = stock.plans.iter().cycle();
    named.chain(ABROAD).zip(plans).map(|(venue, plan)| new_venue(venue, plan)).collect()
}

fn new_venue((name, city, zone): (&str, &str, &str), plan: &PlanOffer) -> NewVenue {
    NewVenue {
        name: name.to_owned(),
        city: city.to_owned(),
        zone: zone.to_owned(),
        plan: plan.name.clone(),
    }
}

/// The prices of a concert: those of the plan, or a tenth or two less, in whole thousands.
pub(super) fn grades(seed: u64, number: u64, plan: &PlanOffer) -> Vec<Grade> {
    let tenths = 10 - Stream::new(seed, PRICE, number).below(0, 3);
    let price = |regular: u64| regular * tenths / 10 / 1000 * 1000;
    let grades = plan.grades.iter();
    grades
        .map(|grade| Grade { name: grade.name.clone(), price_won: price(grade.price_won) })
        .collect()
}

#[cfg(test)]
mod tests;
