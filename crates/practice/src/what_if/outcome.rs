//! How outcomes of a run compare.

use core::cmp::{Ordering, Reverse};

use protocol::{Gain, RunOutcome};

/// Compares two outcomes: the greater one is better. Paid comes first, then held, the number of seats, their quality,
/// the place, and the quality of the best seat that was free at the click.
pub fn compare(one: &RunOutcome, other: &RunOutcome) -> Ordering {
    let quality = |quality: Option<f64>| quality.unwrap_or(-1.0);
    let place = |outcome: &RunOutcome| Reverse(outcome.place.unwrap_or(u32::MAX));
    (one.paid, one.held, one.seats.len())
        .cmp(&(other.paid, other.held, other.seats.len()))
        .then(quality(one.quality).total_cmp(&quality(other.quality)))
        .then(place(one).cmp(&place(other)))
        .then(quality(one.best_quality).total_cmp(&quality(other.best_quality)))
}

/// What an outcome is beside that of the run as it was.
pub fn gain(real: &RunOutcome, other: &RunOutcome) -> Gain {
    let has_same_seats = other.seats.len() == real.seats.len() && other.quality == real.quality;
    match compare(other, real) {
        Ordering::Less => Gain::Worse,
        Ordering::Equal => Gain::None,
        Ordering::Greater if other.paid != real.paid => Gain::Seat,
        Ordering::Greater if other.held != real.held => Gain::Hold,
        Ordering::Greater if has_same_seats && other.place != real.place => Gain::Place,
        Ordering::Greater => Gain::BetterSeat,
    }
}

#[cfg(test)]
mod tests;
