//! The result of a race for programs: one JSON object. Times are in seconds after the opening.

use crowd::Band;
use sale::Span;
use serde_json::{Map, Value, json};

use super::summary::{Person, Summary};

pub(super) fn text(summary: &Summary<'_>) -> String {
    let Summary { setup, tally, .. } = summary;
    let document = json!({
        "scenario": setup.course.recipe.name(),
        "style": setup.course.recipe.style(),
        "plan": setup.course.recipe.plan(),
        "rivals": setup.course.recipe.rivals(),
        "people": setup.people,
        "seats": tally.seats(),
        "seed": setup.seed,
        "hash": summary.hash.to_string(),
        "seats_held_all_at_s": seconds(tally.all_held_after()),
        "paid_50_s": seconds(tally.paid_after(50)),
        "paid_90_s": seconds(tally.paid_after(90)),
        "paid_99_s": seconds(tally.paid_after(99)),
        "paid_100_s": seconds(tally.paid_after(100)),
        "ended_s": summary.ended_after.as_secs_f64(),
        "conflict_rate": tally.conflict_rate(),
        "conflict_rate_by_free": by_band(summary),
        "conflicts": tally.conflicts(),
        "bookings": tally.bookings(),
        "seats_sold": tally.sold(),
        "abandoned_holds": tally.holds_ended(),
        "early_presses": tally.early_presses(),
        "places_given_up": tally.places_given_up(),
        "person": summary.person.as_ref().map(person),
        "events": summary.events,
        "wall_s": summary.effort.map(|effort| effort.wall.as_secs_f64()),
        "events_per_s": summary.effort.map(|effort| effort.events_per_s),
        "peak_rss_bytes": summary.peak_rss_bytes,
    });
    format!("{document}\n")
}

fn seconds(span: Option<Span>) -> Option<f64> {
    span.map(Span::as_secs_f64)
}

fn by_band(summary: &Summary<'_>) -> Value {
    let name = |band| match band {
        Band::Plenty => "over_70",
        Band::Half => "25_to_70",
        Band::Fifth => "15_to_25",
        Band::Scarce => "3_to_15",
        Band::Crumbs => "under_3",
    };
    let rates = Band::ALL
        .into_iter()
        .map(|band| (name(band).to_owned(), json!(summary.tally.conflict_rate_in(band))));
    Value::Object(rates.collect::<Map<_, _>>())
}

fn person(person: &Person) -> Value {
    let seats: Vec<Value> = person
        .seats
        .iter()
        .map(|seat| {
            json!({
                "floor": seat.floor,
                "section": seat.section,
                "row": seat.row,
                "number": seat.number,
                "grade": seat.grade,
            })
        })
        .collect();
    json!({
        "place": person.place,
        "conflicts": person.conflicts,
        "admitted_s": seconds(person.admitted_after),
        "held_s": seconds(person.held_after),
        "paid_s": seconds(person.paid_after),
        "seats": seats,
        "total_won": person.total_won,
    })
}
