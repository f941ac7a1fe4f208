//! A race of the command line: a practice, together with the notable moments that are found in it.

use practice::{Member, Practice, Watched};
use sale::{Moment, Span};

use crate::highlight::Lookout;

/// The race time between two checks of whether the race is over.
pub(crate) const STEP: Span = Span::from_millis(20);

/// A practice and a lookout that finds its notable moments.
pub(crate) type Narrated = Watched<Lookout>;

/// Has a lookout watch a practice from here on.
pub(crate) fn narrate(practice: Practice) -> Narrated {
    let lookout = Lookout::new(practice.race());
    Narrated::new(practice, lookout)
}

/// The person of the race, if one joined.
pub(crate) fn person_of(narrated: &Narrated) -> Option<&Member> {
    narrated.practice().members().first()
}

/// The time from the opening to `at`; zero before the opening.
pub(crate) fn since_opening(narrated: &Narrated, at: Moment) -> Span {
    at.since(narrated.race().sale().rules().opens_at)
}

/// The first moment after `at` at which a drive checks whether the race is over.
///
/// These moments are multiples of [`STEP`], so that a race that was interrupted ends at the same
/// moment as one that was not.
pub(crate) fn next_look(at: Moment) -> Moment {
    let step = STEP.as_nanos();
    Moment::from_nanos((at.as_nanos() / step + 1) * step)
}
