//! How outcomes of a run compare.

use core::cmp::{Ordering, Reverse};

use protocol::{Gain, RunOutcome};

/// Compares two outcomes: the greater one is better. Paid comes first, then held, the number of seats, their quality,
/// the quality of the best seat that was free at the click, and the place.
pub fn compare(one: &RunOutcome, other: &RunOutcome) -> Ordering {
    let quality = |quality: Option<f64>| quality.unwrap_or(-1.0);
    let place = |outcome: &RunOutcome| Reverse(outcome.place.unwrap_or(u32::MAX));
    (one.paid, one.held, one.seats.len())
        .cmp(&(other.paid, other.held, other.seats.len()))
        .then(quality(one.quality).total_cmp(&quality(other.quality)))
        .then(quality(one.best_quality).total_cmp(&quality(other.best_quality)))
        .then(place(one).cmp(&place(other)))
}

/// What an outcome is beside that of the run as it was.
pub fn gain(real: &RunOutcome, other: &RunOutcome) -> Gain {
    let is_as_good = |one: Option<f64>, other: Option<f64>| one == other;
    match compare(other, real) {
        Ordering::Less => Gain::Worse,
        Ordering::Equal => Gain::None,
        Ordering::Greater if other.paid != real.paid => Gain::Seat,
        Ordering::Greater if other.held != real.held => Gain::Hold,
        Ordering::Greater
            if other.seats.len() == real.seats.len()
                && is_as_good(other.quality, real.quality)
                && is_as_good(other.best_quality, real.best_quality) =>
        {
            Gain::Place
        }
        Ordering::Greater => Gain::BetterSeat,
    }
}
